"""The one function that decides every permission; and what people call their devices."""

from collections.abc import Iterable
from dataclasses import dataclass

ROLES: dict[str, frozenset[str]] = {
    "student": frozenset({"class.study"}),
    "teacher": frozenset({"class.view", "class.mark"}),
    "author": frozenset({"course.edit"}),
    "registrar": frozenset({"class.view", "award.approve", "person.view"}),
    "administrator": frozenset(
        {
            "class.view",
            "class.mark",
            "course.edit",
            "award.approve",
            "person.view",
            "organisation.edit",
            "ops.view",
        }
    ),
}
# What a browser says it is, and what its owner calls it. The first that fits: most claim to be others, too.
BROWSERS = {
    "MicroMessenger": "WeChat",
    "SamsungBrowser": "Samsung Internet",
    "UCBrowser": "UC Browser",
    "MiuiBrowser": "Mi Browser",
    "OPR/": "Opera",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}
PERMISSIONS = frozenset().union(*ROLES.values())


@dataclass(frozen=True)
class Grant:
    """A role held at a place; `path` is that of the organisation, empty for a course or a class."""

    role: str
    scope_kind: str
    scope_id: int
    path: str = ""


@dataclass(frozen=True)
class Place:
    """Where something is: in an organisation, and perhaps in a course and a class."""

    organisation_path: str = ""
    course_id: int | None = None
    class_id: int | None = None


@dataclass(frozen=True)
class Reach:
    """Everything that a permission covers for somebody: whole organisations, courses, classes."""

    paths: tuple[str, ...]
    course_ids: tuple[int, ...]
    class_ids: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.paths or self.course_ids or self.class_ids)


def sign_in_name(typed: str) -> str:
    """An e-mail address or phone number in the one spelling in which it is stored and counted."""
    name = typed.strip().lower()
    return name if "@" in name else "".join(name.split()).replace("-", "")


def may(grants: Iterable[Grant], permission: str, place: Place) -> bool:
    """Whether one of the grants allows this here. Raises KeyError for a permission that does not exist."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return any(permission in ROLES[grant.role] and covers(grant, place) for grant in grants)


def covers(grant: Grant, place: Place) -> bool:
    """Whether the place lies where the grant holds."""
    if grant.scope_kind == "organisation":
        return bool(grant.path) and place.organisation_path.startswith(grant.path)
    if grant.scope_kind == "course":
        return place.course_id == grant.scope_id
    return place.class_id == grant.scope_id


def holds(grants: Iterable[Grant], permission: str) -> bool:
    """Whether the permission is held anywhere at all."""
    return any(permission in ROLES[grant.role] for grant in grants)


def reach(grants: Iterable[Grant], permission: str) -> Reach:
    """Where the permission is held, for a query to filter by."""
    giving = [grant for grant in grants if permission in ROLES[grant.role]]
    return Reach(
        tuple(sorted({grant.path for grant in giving if grant.scope_kind == "organisation" and grant.path})),
        tuple(sorted({grant.scope_id for grant in giving if grant.scope_kind == "course"})),
        tuple(sorted({grant.scope_id for grant in giving if grant.scope_kind == "class"})),
    )


def device(agent: str) -> str:
    """What a browser says of itself in its owner's words: "Chrome · Android"; "" if nothing is known."""
    found = (
        next((name for word, name in names.items() if word in agent), "") for names in (BROWSERS, SYSTEMS)
    )
    return " · ".join(filter(None, found))
