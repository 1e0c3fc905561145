"""Who has earned what, who decided on it, and what was issued."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Json, Key, Model, Moment

BASES = ("course", "programme")


class Eligibility(Model):
    """Somebody has completed something that a certificate is given for.

    `basis_id` is the enrolment or the membership that was completed; `subject` the stable key of the
    course or programme. `facts` holds what the certificate states about it: see `actions.note_completion`.
    """

    __tablename__ = "eligibility"
    __table_args__ = (
        CheckConstraint(f"basis_kind IN {BASES}", name="basis_kind"),
        UniqueConstraint("basis_kind", "basis_id"),
        Index("ix_eligibility_person", "person_id"),
        Index("ix_eligibility_organisation", "organisation_id", "id"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    basis_kind: Mapped[str]
    basis_id: Mapped[int]
    subject: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[Json]
    facts: Mapped[Json]
    eligible_at: Mapped[Moment]


class Decision(Model):
    """A registrar's word, given once. `batch` holds together what was decided with one click."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("eligibility_id"),
        CheckConstraint("approved OR reason <> ''", name="reason"),
        Index("ix_decision_batch", "batch"),
    )

    id: Mapped[Key]
    eligibility_id: Mapped[int] = mapped_column(ForeignKey("eligibility.id"))
    approved: Mapped[bool]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]
    batch: Mapped[str]


class Series(Model):
    """The next number of a series. Raised in the transaction that uses it: no gaps, no twins."""

    __tablename__ = "award_series"
    __table_args__ = (UniqueConstraint("key"), CheckConstraint("next > 0", name="next"))

    id: Mapped[Key]
    key: Mapped[str]
    next: Mapped[int]


class Award(Model):
    """An issued certificate. `facts` and the bytes behind `file_hash` are frozen: nothing redraws them."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("eligibility_id"),
        UniqueConstraint("series", "sequence"),
        UniqueConstraint("number"),
        UniqueConstraint("code"),
    )

    id: Mapped[Key]
    eligibility_id: Mapped[int] = mapped_column(ForeignKey("eligibility.id"))
    series: Mapped[str]
    sequence: Mapped[int]
    number: Mapped[str]
    code: Mapped[str]
    facts: Mapped[Json]
    file_hash: Mapped[str]
    issued_at: Mapped[Moment]
