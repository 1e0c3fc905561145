"""Classes that deliver an edition to people, and what happened in them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Key, Model, Moment

STEP_KINDS = ("read", "graded")


class Class(Model):
    """One delivery of a course: an edition, an organisation, dates. It may follow each new edition."""

    __tablename__ = "class"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_class_organisation", "organisation_id"),
        Index("ix_class_course", "course_id"),
    )

    id: Mapped[Key]
    key: Mapped[str]
    title: Mapped[str]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    follows_latest: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Moment]


class Enrolment(Model):
    """Somebody studies in a class.

    `done_count`, `seen_at` and `completed_at` follow from the progress steps and are kept here because
    a class list would otherwise read thousands of steps; a test recomputes them.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("class_id", "person_id"),
        Index("ix_enrolment_person", "person_id"),
    )

    id: Mapped[Key]
    class_id: Mapped[int] = mapped_column(ForeignKey("class.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enrolled_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    done_count: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[Moment | None]
    completed_at: Mapped[Moment | None]


class ProgressStep(Model):
    """Something that happened to a learner in an activity; never changed, never removed.

    `source` says what it comes from ("read", "attempt:7:1"), so that telling it twice changes nothing.
    `fraction` is the grade from 0 to 1 that counts from this step on.
    """

    __tablename__ = "progress_step"
    __table_args__ = (
        CheckConstraint(f"kind IN {STEP_KINDS}", name="kind"),
        UniqueConstraint("enrolment_id", "activity", "source"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    activity: Mapped[str]
    kind: Mapped[str]
    fraction: Mapped[float | None]
    passed: Mapped[bool | None]
    source: Mapped[str]
    at: Mapped[Moment]
