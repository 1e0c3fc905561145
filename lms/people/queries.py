"""Finding people, and who they are to the system."""

import hashlib
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from lms.db import Missing, db
from lms.people.models import ApiToken, Organisation, Person, RoleGrant, SignIn
from lms.people.rules import Grant, sign_in_name

_GRANT = (RoleGrant.role, RoleGrant.scope_kind, RoleGrant.scope_id, Organisation.path)
_OF_ORGANISATION = (Organisation.id == RoleGrant.scope_id) & (RoleGrant.scope_kind == "organisation")
# Every request asks this: building a statement costs three times what the database takes to answer it.
_SIGNED_IN = (
    select(Person, *_GRANT)
    .join(SignIn, SignIn.person_id == Person.id)
    .outerjoin(RoleGrant, (RoleGrant.person_id == Person.id) & RoleGrant.ended_at.is_(None))
    .outerjoin(Organisation, _OF_ORGANISATION)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.expires_at > bindparam("now"),
    )
)
_GRANTS = (
    select(*_GRANT)
    .outerjoin(Organisation, _OF_ORGANISATION)
    .where(RoleGrant.person_id == bindparam("person_id"), RoleGrant.ended_at.is_(None))
)


def token_hash(token: str) -> str:
    """What is stored of a token: enough to recognise it, useless to whoever reads the table."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def signed_in(token: str, *, now: datetime) -> Person | None:
    """The person behind the token of a sign-in that has neither ended nor expired, with their grants."""
    rows = db.session.execute(_SIGNED_IN, {"token_hash": token_hash(token), "now": now}).all()
    if not rows:
        return None
    person = rows[0][0]
    person.grants = tuple(_grant(*row[1:]) for row in rows if row.role)
    person.sign_in_token = token
    return person


def person_with_api_token(token: str, *, now: datetime) -> Person | None:
    """The owner of a personal access token that is still good, with their grants."""
    person = db.session.scalar(
        select(Person)
        .join(ApiToken, ApiToken.person_id == Person.id)
        .where(
            ApiToken.token_hash == token_hash(token),
            ApiToken.ended_at.is_(None),
            or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now),
        )
    )
    if person is not None:
        person.grants = grants_of(person.id)
    return person


def person_to_sign_in(identifier: str) -> Person | None:
    """Who signs in with this e-mail address or phone number."""
    name = sign_in_name(identifier)
    return db.session.scalar(select(Person).where(or_(Person.email == name, Person.phone == name)))


def grants_of(person_id: int) -> tuple[Grant, ...]:
    rows = db.session.execute(_GRANTS, {"person_id": person_id})
    return tuple(_grant(*row) for row in rows)


def person(person_id: int) -> Person:
    """Somebody by id, for work that is done in nobody's name. Raises Missing."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise Missing(f"person {person_id}")
    return found


def person_as_actor(key: str) -> Person | None:
    """Somebody by their stable key, with their grants, for commands and tests."""
    found = db.session.scalar(select(Person).where(Person.key == key))
    if found is not None:
        found.grants = grants_of(found.id)
    return found


def organisation(organisation_id: int) -> Organisation:
    """Raises Missing."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise Missing(f"organisation {organisation_id}")
    return found


def organisation_with_key(key: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.key == key))


def api_tokens(person: Person) -> list[ApiToken]:
    """The person's own tokens that are still good, newest first."""
    return list(
        db.session.scalars(
            select(ApiToken)
            .where(ApiToken.person_id == person.id, ApiToken.ended_at.is_(None))
            .order_by(ApiToken.id.desc())
        )
    )


def open_sign_ins(person: Person, *, now: datetime) -> list[SignIn]:
    """Where the person is signed in, newest first."""
    return list(
        db.session.scalars(
            select(SignIn)
            .where(SignIn.person_id == person.id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
            .order_by(SignIn.id.desc())
        )
    )


def _grant(role: str, kind: str, scope_id: int, path: str | None) -> Grant:
    return Grant(role, kind, scope_id, path or "")
