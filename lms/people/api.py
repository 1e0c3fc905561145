"""Who a token stands for, for programs."""

from lms.people.access import me, requires
from lms.web.endpoints import Told, blueprint, operation

bp = blueprint("people", __name__)


class Role(Told):
    """A role, and where it is held."""

    role: str
    scope_kind: str
    scope_id: int


class Me(Told):
    """The owner of the token."""

    id: int
    key: str
    full_name: str
    name_hanzi: str | None
    name_pinyin: str | None
    name_urdu: str | None
    email: str | None
    phone: str | None
    language: str
    roles: list[Role]


@bp.get("/me")
@requires("signed-in")
@operation({200: Me})
def whoami() -> Me:
    """Whose token this is, and what they may do where."""
    person = me()
    return Me(
        id=person.id,
        key=person.key,
        full_name=person.full_name,
        name_hanzi=person.name_hanzi,
        name_pinyin=person.name_pinyin,
        name_urdu=person.name_urdu,
        email=person.email,
        phone=person.phone,
        language=person.language,
        roles=[
            Role(role=grant.role, scope_kind=grant.scope_kind, scope_id=grant.scope_id)
            for grant in person.grants
        ],
    )
