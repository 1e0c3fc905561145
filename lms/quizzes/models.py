"""Attempts, what each learner was dealt, and every step that happened: added to, never changed."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Json, Key, Model, Moment

STATES = ("open", "submitted", "marked")
STEP_KINDS = ("answered", "unreadable", "submitted", "marked")
IS_OPEN = text("state = 'open'")


class Attempt(Model):
    """One go at a quiz. What was asked is fixed by its slots; later editions do not disturb it.

    `mark` and `max_mark` are sums over the slots; `mark` is None until every slot is marked. They follow
    from the steps, and a test recomputes them.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        UniqueConstraint("enrolment_id", "activity", "number"),
        Index(
            "uq_attempt_open",
            "enrolment_id",
            "activity",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    class_id: Mapped[int] = mapped_column(ForeignKey("class.id"))
    activity: Mapped[str]
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    number: Mapped[int]
    behaviour: Mapped[str] = mapped_column(default="deferred")
    state: Mapped[str] = mapped_column(default="open")
    started_at: Mapped[Moment]
    submitted_at: Mapped[Moment | None]
    marked_at: Mapped[Moment | None]
    mark: Mapped[float | None]
    max_mark: Mapped[float]


class Slot(Model):
    """One question of an attempt: which version of it, what was dealt, what it is worth."""

    __tablename__ = "attempt_slot"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str]  # the author's id
    question_hash: Mapped[str] = mapped_column(ForeignKey("question_source.hash"))
    max_mark: Mapped[float]
    deal: Mapped[Json]


class Step(Model):
    """Something that happened in an attempt. `slot` is 0 for the attempt as a whole.

    `key` is given by whoever tells of the step, so that telling it twice adds nothing. `made_at` is when
    it was made, as well as the server can know; `at` is when it arrived.
    """

    __tablename__ = "attempt_step"
    __table_args__ = (
        CheckConstraint(f"kind IN {STEP_KINDS}", name="kind"),
        UniqueConstraint("attempt_id", "key"),
    )

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    kind: Mapped[str]
    key: Mapped[str]
    response: Mapped[Json | None]
    fraction: Mapped[float | None]
    outcome: Mapped[str | None]
    made_at: Mapped[Moment]
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
