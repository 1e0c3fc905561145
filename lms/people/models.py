"""Organisations in a tree, people, what they may do where, and how they sign in."""

from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Key, Model, Moment
from lms.people.rules import ROLES, Grant

SCOPES = ("organisation", "course", "class")


class Organisation(Model):
    """A place in the tree; `path` holds the ids from the root down to this one: `/1/4/9/`."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("key"), Index("ix_organisation_path", "path"))

    id: Mapped[Key]
    key: Mapped[str]
    name: Mapped[str]
    name_hanzi: Mapped[str | None]
    name_urdu: Mapped[str | None]
    kind: Mapped[str]  # an open set: alliance, board, university, college, campus, centre, enterprise
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    path: Mapped[str]
    country: Mapped[str]
    city: Mapped[str]
    time_zone: Mapped[str]


class Person(Model):
    """Somebody with one full name as on the documents, and its parts in other scripts."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("email"),
        UniqueConstraint("phone"),
        CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="reachable"),
    )

    id: Mapped[Key]
    key: Mapped[str]
    full_name: Mapped[str]
    name_hanzi: Mapped[str | None]
    name_pinyin: Mapped[str | None]
    name_urdu: Mapped[str | None]
    father_name: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    created_at: Mapped[Moment]

    # Filled when the person is loaded as the one who asks; never a query behind the reader's back.
    grants = cast(tuple[Grant, ...], ())
    sign_in_token = ""
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the token of this sign-in, not the person's id."""
        return self.sign_in_token


class RoleGrant(Model):
    """A role that somebody holds at an organisation (and below it), in a course, or in a class."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint(f"scope_kind IN {SCOPES}", name="scope_kind"),
        CheckConstraint(f"role IN {tuple(ROLES)}", name="role"),
        Index("ix_role_grant_person", "person_id"),
        Index("ix_role_grant_scope", "scope_kind", "scope_id"),
        Index(
            "uq_role_grant_open",
            "person_id",
            "role",
            "scope_kind",
            "scope_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    scope_kind: Mapped[str]
    scope_id: Mapped[int]
    granted_at: Mapped[Moment]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[Moment | None]


class SignIn(Model):
    """One device where somebody is signed in. Only a hash of its token is stored."""

    __tablename__ = "sign_in"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_sign_in_person", "person_id"))

    id: Mapped[Key]
    token_hash: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    address: Mapped[str]
    agent: Mapped[str]


class ApiToken(Model):
    """A personal access token for programs. Only its hash is stored; it is shown once."""

    __tablename__ = "api_token"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_api_token_person", "person_id"))

    id: Mapped[Key]
    token_hash: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
