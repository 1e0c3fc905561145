"""What a course consists of: immutable values, the same for everyone, referred to by stable keys."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import Any, Self

Text = Mapping[str, str]  # words by language; "en" is always there
Json = Any


def digest(value: Json) -> str:
    """The SHA-256 of a value's canonical JSON: equal values, equal digests."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Activity:
    """One thing to do. `minutes` of a learner's time; `bytes` that its page weighs on the network.

    `document` is the digest of the document that holds it, `opens_when` its condition as the author wrote
    it (None: by the order of the course), `settings` what its kind wants to know without the document.
    `completes` says what makes it complete: having been "read", or having been "graded" well enough.
    """

    key: str
    kind: str
    title: Text
    minutes: int
    bytes: int
    document: str
    completes: str
    opens_when: Mapping[str, Json] | None = None
    settings: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Module:
    """Activities that belong together, in the order of the author."""

    key: str
    title: Text
    summary: Text
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class Outline:
    """A whole edition of a course except the words of its activities; `pass_mark` in percent."""

    key: str
    title: Text
    summary: Text
    subject: str
    level: Text | None
    hours: float
    licence: str
    authors: tuple[str, ...]
    outcomes: tuple[Text, ...]
    order: str
    pass_mark: int
    certificate_title: Text | None
    modules: tuple[Module, ...]

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """All activities, in order."""
        return tuple(activity for module in self.modules for activity in module.activities)

    @cached_property
    def _by_key(self) -> Mapping[str, Activity]:
        return {activity.key: activity for activity in self.activities}

    def activity(self, key: str) -> Activity:
        """The activity with this key. Raises KeyError."""
        return self._by_key[key]

    def to_json(self) -> dict[str, Json]:
        """Plain values, for the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Json]) -> Self:
        """The outline that `to_json` described; keys of a later version are passed over."""
        modules = tuple(
            Module(**_known(Module, module) | {"activities": tuple(map(_activity, module["activities"]))})
            for module in stored["modules"]
        )
        values = _known(cls, stored) | {"modules": modules}
        values |= {"authors": tuple(stored["authors"]), "outcomes": tuple(stored["outcomes"])}
        return cls(**values)


def _activity(stored: Mapping[str, Json]) -> Activity:
    return Activity(**_known(Activity, stored))


def _known(shape: type, stored: Mapping[str, Json]) -> dict[str, Json]:
    names = {each.name for each in fields(shape)}
    return {name: value for name, value in stored.items() if name in names}
