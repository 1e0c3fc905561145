"""Classes as whoever looks after them sees them: lists, figures, who needs a word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select

from lms.content import queries as content
from lms.content.models import Course
from lms.content.outline import Outline
from lms.db import Missing, db
from lms.people.models import Organisation, Person
from lms.people.rules import Reach, reach
from lms.study import rules
from lms.study.models import Class, Enrolment, ProgressStep
from lms.study.queries.seats import Seat, class_for, seat_of, steps_of
from lms.study.rules import Stuck

PAGE_SIZE = 100


@dataclass(frozen=True)
class Learner:
    """One row of a class list."""

    enrolment: Enrolment
    person: Person
    stuck: Stuck | None


@dataclass(frozen=True)
class ClassList:
    """A page of the learners of a class, those who need a word first."""

    class_: Class
    outline: Outline
    learners: tuple[Learner, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class Taught:
    """A class that somebody looks after, in figures."""

    class_: Class
    organisation: str
    learners: int
    finished: int
    quiet: int
    course: Outline = field(repr=False)


def looked_after(person: Person, *, now: datetime) -> list[Taught]:
    """The classes that the person may view, with figures, in two statements."""
    held = reach(person.grants, "class.view")
    if not held:
        return []
    quiet_since = now - rules.QUIET_FOR
    idle = (Enrolment.completed_at.is_(None)) & (
        func.coalesce(Enrolment.seen_at, Enrolment.enrolled_at) < quiet_since
    )
    rows = db.session.execute(
        select(
            Class,
            Organisation.name,
            func.count(Enrolment.id),
            func.count(Enrolment.completed_at),
            func.count(Enrolment.id).filter(idle),
        )
        .join(Organisation, Organisation.id == Class.organisation_id)
        .outerjoin(Enrolment, (Enrolment.class_id == Class.id) & Enrolment.ended_at.is_(None))
        .where(within(held))
        .group_by(Class.id, Organisation.name)
        .order_by(Class.title)
        .limit(PAGE_SIZE)
    ).all()
    outlines = content.outlines(row[0].edition_id for row in rows)
    return [Taught(*row, course=outlines[row[0].edition_id]) for row in rows]


def class_list(person: Person, class_id: int, *, page: int, now: datetime) -> ClassList:
    """The learners of a class for whoever may view it, in a constant number of statements. Raises Missing."""
    class_ = class_for(person, class_id, "class.view")
    total = db.session.scalar(
        select(func.count())
        .select_from(Enrolment)
        .where(Enrolment.class_id == class_id, Enrolment.ended_at.is_(None))
    )
    rows = db.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_id == class_id, Enrolment.ended_at.is_(None))
        .order_by(Person.full_name, Person.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    failures = _failures([enrolment.id for enrolment, _ in rows])
    learners = [
        Learner(enrolment, learner, _stuck(enrolment, failures.get(enrolment.id, {}), now))
        for enrolment, learner in rows
    ]
    return ClassList(
        class_,
        content.outline(class_.edition_id),
        tuple(sorted(learners, key=lambda learner: learner.stuck is None)),
        page,
        max(1, -(-(total or 0) // PAGE_SIZE)),
        total or 0,
    )


def learner(person: Person, class_id: int, learner_id: int, *, now: datetime) -> tuple[Seat, Learner]:
    """One learner of a class, seen by whoever may view the class. Raises Missing."""
    class_for(person, class_id, "class.view")
    row = db.session.execute(
        select(Class, Organisation, Enrolment, Person)
        .join(Organisation, Organisation.id == Class.organisation_id)
        .join(Enrolment, Enrolment.class_id == Class.id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Class.id == class_id, Enrolment.person_id == learner_id, Enrolment.ended_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Missing(f"learner {learner_id}")
    class_, organisation, enrolment, learner = row
    steps = steps_of([enrolment.id])
    failures = _failures([enrolment.id]).get(enrolment.id, {})
    return (
        seat_of(class_, organisation, enrolment, content.outline(class_.edition_id), steps, now),
        Learner(enrolment, learner, _stuck(enrolment, failures, now)),
    )


def classes(person: Person, *, page: int) -> tuple[list[tuple[Class, str, bool]], int]:
    """A page of the classes that the person studies in or may view, and how many there are.

    With each class the name of its organisation, and whether the person studies in it.
    """
    studies = _studies(person)
    found = _classes(person, Class, Organisation.name, studies)
    rows = db.session.execute(found.order_by(Class.id).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    total = db.session.scalar(_classes(person, func.count()))
    return [(class_, organisation, bool(own)) for class_, organisation, own in rows], total or 0


def course_keys(person: Person, *, page: int) -> tuple[list[str], int]:
    """A page of the courses that the person studies, may view or edits, and how many there are."""
    found = select(Course.key).where(_concerns(person)).order_by(Course.key)
    total = db.session.scalar(select(func.count(Course.id)).where(_concerns(person)))
    return list(db.session.scalars(found.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))), total or 0


def has_course(person: Person, key: str) -> bool:
    """Whether a course with this key is among those."""
    found = db.session.scalar(select(Course.id).where(Course.key == key, _concerns(person)))
    return found is not None


def within(held: Reach) -> ColumnElement[bool]:
    """The condition on `Class` joined with `Organisation` that keeps what a permission covers."""
    return or_(
        *(Organisation.path.startswith(path, autoescape=True) for path in held.paths),
        Class.course_id.in_(held.course_ids),
        Class.id.in_(held.class_ids),
    )


def _studies(person: Person) -> ColumnElement[bool]:
    return exists().where(
        Enrolment.class_id == Class.id, Enrolment.person_id == person.id, Enrolment.ended_at.is_(None)
    )


def _classes(person: Person, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Class)
        .join(Organisation, Organisation.id == Class.organisation_id)
        .where(or_(_studies(person), within(reach(person.grants, "class.view"))))
    )


def _concerns(person: Person) -> ColumnElement[bool]:
    edits = reach(person.grants, "course.edit")
    places = select(Organisation.id).where(
        or_(false(), *(Organisation.path.startswith(path, autoescape=True) for path in edits.paths))
    )
    return or_(
        Course.id.in_(_classes(person, Class.course_id)),
        Course.id.in_(edits.course_ids),
        Course.organisation_id.in_(places),
    )


def _failures(enrolment_ids: list[int]) -> dict[int, dict[str, int]]:
    """How often each learner failed each activity that they have not passed since."""
    failures: dict[int, dict[str, int]] = {}
    if enrolment_ids:
        passed = func.count().filter(ProgressStep.passed.is_(True))
        for enrolment_id, activity, count in db.session.execute(
            select(ProgressStep.enrolment_id, ProgressStep.activity, func.count())
            .where(ProgressStep.enrolment_id.in_(enrolment_ids), ProgressStep.kind == "graded")
            .group_by(ProgressStep.enrolment_id, ProgressStep.activity)
            .having(passed == 0)
        ):
            failures.setdefault(enrolment_id, {})[activity] = count
    return failures


def _stuck(enrolment: Enrolment, failures: Mapping[str, int], now: datetime) -> Stuck | None:
    return rules.stuck(
        enrolled_at=enrolment.enrolled_at,
        seen_at=enrolment.seen_at,
        is_complete=enrolment.completed_at is not None,
        failures=failures,
        now=now,
    )
