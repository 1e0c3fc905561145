"""Tracks, and who follows them."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Json, Key, Model, Moment


class Programme(Model):
    """Several courses in an order. `source` is the track as its author wrote it: titles, course keys."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[Key]
    key: Mapped[str]
    source: Mapped[Json]
    published_at: Mapped[Moment]


class Membership(Model):
    """Somebody follows a track at an organisation. `completed_at` is set once and stays."""

    __tablename__ = "programme_membership"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id"),
        Index("ix_membership_person", "person_id"),
    )

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    joined_at: Mapped[Moment]
    completed_at: Mapped[Moment | None]
