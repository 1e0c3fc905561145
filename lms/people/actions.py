"""Bring people and places into being, give roles, sign in and out."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import update

from lms.db import db, insert_once
from lms.people import passwords, queries
from lms.people.models import ApiToken, Organisation, Person, RoleGrant, SignIn
from lms.people.rules import sign_in_name

TOKEN_PREFIX = "kk_"  # lets a secret scanner recognise a leaked one
LONGEST_AGENT = 200


def add_organisation(
    *,
    key: str,
    name: str,
    kind: str,
    parent: Organisation | None,
    country: str,
    city: str,
    time_zone: str,
    name_hanzi: str | None = None,
    name_urdu: str | None = None,
) -> Organisation:
    """A new place in the tree, below `parent`."""
    added = Organisation(
        key=key,
        name=name,
        name_hanzi=name_hanzi,
        name_urdu=name_urdu,
        kind=kind,
        parent_id=parent.id if parent else None,
        path="",
        country=country,
        city=city,
        time_zone=time_zone,
    )
    db.session.add(added)
    db.session.flush()  # the path holds the id
    added.path = f"{parent.path if parent else '/'}{added.id}/"
    return added


def add_person(
    *,
    key: str,
    full_name: str,
    now: datetime,
    email: str | None = None,
    phone: str | None = None,
    password: str | None = None,
    name_hanzi: str | None = None,
    name_pinyin: str | None = None,
    name_urdu: str | None = None,
    father_name: str | None = None,
    language: str = "en",
) -> Person:
    """Somebody new, reachable by e-mail or phone."""
    added = Person(
        key=key,
        full_name=full_name,
        name_hanzi=name_hanzi,
        name_pinyin=name_pinyin,
        name_urdu=name_urdu,
        father_name=father_name,
        email=sign_in_name(email) if email else None,
        phone=sign_in_name(phone) if phone else None,
        language=language,
        password_hash=passwords.hashed(password) if password else None,
        created_at=now,
    )
    db.session.add(added)
    db.session.flush()
    return added


def grant(
    person: Person, role: str, *, scope_kind: str, scope_id: int, now: datetime, by: Person | None = None
) -> None:
    """Give a role at a place; giving it twice changes nothing."""
    insert_once(
        RoleGrant,
        person_id=person.id,
        role=role,
        scope_kind=scope_kind,
        scope_id=scope_id,
        granted_at=now,
        granted_by_id=by.id if by else None,
    )


def sign_in(person: Person, *, address: str, agent: str, now: datetime, days: int) -> str:
    """Open a sign-in for this device and return its token, which is stored nowhere else."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            token_hash=queries.token_hash(token),
            person_id=person.id,
            created_at=now,
            expires_at=now + timedelta(days=days),
            address=address,
            agent=agent[:LONGEST_AGENT],
        )
    )
    person.sign_in_token = token
    return token


def keep_signed_in(token: str, *, now: datetime, days: int) -> None:
    """Push the expiry out, at most once a day: a visit counts, but not every click is a write."""
    db.session.execute(
        update(SignIn)
        .where(
            SignIn.token_hash == queries.token_hash(token), SignIn.expires_at < now + timedelta(days=days - 1)
        )
        .values(expires_at=now + timedelta(days=days))
    )


def sign_out(token: str, *, now: datetime) -> None:
    """End the sign-in on this device."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.token_hash == queries.token_hash(token), SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def sign_out_everywhere(person: Person, *, now: datetime, but: str | None = None) -> None:
    """End every sign-in of the person, except the one with the token `but`."""
    db.session.execute(
        update(SignIn)
        .where(
            SignIn.person_id == person.id,
            SignIn.ended_at.is_(None),
            SignIn.token_hash != (queries.token_hash(but) if but else ""),
        )
        .values(ended_at=now)
    )


def change_password(person: Person, password: str, *, now: datetime) -> None:
    """Set a new password and end the sign-ins on all other devices."""
    person.password_hash = passwords.hashed(password)
    sign_out_everywhere(person, now=now, but=person.sign_in_token)


def add_api_token(person: Person, *, name: str, now: datetime, token: str | None = None) -> str:
    """A new personal access token; the text returned is shown once and stored nowhere."""
    made = token or TOKEN_PREFIX + secrets.token_urlsafe(32)
    db.session.add(
        ApiToken(token_hash=queries.token_hash(made), person_id=person.id, name=name, created_at=now)
    )
    return made


def end_api_token(person: Person, token_id: int, *, now: datetime) -> None:
    """Revoke one of the person's own tokens; somebody else's is left alone."""
    db.session.execute(
        update(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.person_id == person.id, ApiToken.ended_at.is_(None))
        .values(ended_at=now)
    )
