"""Open classes, enrol people, record what they did."""

from datetime import UTC, date, datetime

from sqlalchemy import select, update

from lms.content import queries as content
from lms.content.models import Edition
from lms.db import db, insert_once
from lms.jobs import actions as jobs
from lms.people.models import Organisation, Person
from lms.study import events, rules
from lms.study.models import Class, Enrolment, ProgressStep


def open_class(
    *,
    key: str,
    title: str,
    edition: Edition,
    organisation: Organisation,
    now: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Class:
    """A new class that delivers the edition, and follows the later ones."""
    opened = Class(
        key=key,
        title=title,
        course_id=edition.course_id,
        edition_id=edition.id,
        organisation_id=organisation.id,
        starts_on=starts_on,
        ends_on=ends_on,
        created_at=now,
    )
    db.session.add(opened)
    db.session.flush()
    return opened


def enrol(person: Person, class_id: int, *, now: datetime) -> None:
    """Let somebody study in a class, again if they had left it; twice changes nothing."""
    if insert_once(Enrolment, class_id=class_id, person_id=person.id, enrolled_at=now) is None:
        theirs = (Enrolment.class_id == class_id) & (Enrolment.person_id == person.id)
        db.session.execute(update(Enrolment).where(theirs).values(ended_at=None))


def follow(course_id: int, edition_id: int, *, now: datetime) -> None:
    """Move every class that follows the course to this edition, and ask for what follows to be counted.

    Progress holds on to stable ids.
    """
    moved = db.session.scalars(
        update(Class)
        .where(Class.course_id == course_id, Class.follows_latest, Class.edition_id != edition_id)
        .values(edition_id=edition_id)
        .returning(Class.id)
    ).all()
    for class_id in moved:
        key = f"recount:{class_id}:{edition_id}"
        jobs.request("study.recount", {"class_id": class_id}, key=key, now=now)


def recount(class_id: int, *, now: datetime) -> None:
    """Count for every learner what is done of the edition that the class delivers now.

    What was missing for the course may not be part of it any more.
    """
    learners = db.session.scalars(
        select(Enrolment)
        .where(Enrolment.class_id == class_id, Enrolment.ended_at.is_(None))
        .order_by(Enrolment.id)
        .with_for_update()
    ).all()
    for enrolment in learners:
        _summarise(enrolment, now)


def record(
    enrolment_id: int,
    activity: str,
    kind: str,
    *,
    source: str,
    now: datetime,
    fraction: float | None = None,
    passed: bool | None = None,
) -> None:
    """Note what a learner did or earned, once per source, and what follows from it for the course."""
    # Two steps at once must see each other, or neither notices that the course is complete.
    enrolment = db.session.scalars(
        select(Enrolment).where(Enrolment.id == enrolment_id).with_for_update()
    ).one()
    added = insert_once(
        ProgressStep,
        enrolment_id=enrolment_id,
        activity=activity,
        kind=kind,
        source=source,
        fraction=fraction,
        passed=passed,
        at=now,
    )
    if added is not None:
        enrolment.seen_at = now
        _summarise(enrolment, now)


def _summarise(enrolment: Enrolment, now: datetime) -> None:
    class_ = db.session.scalars(select(Class).where(Class.id == enrolment.class_id)).one()
    steps = db.session.scalars(
        select(ProgressStep).where(ProgressStep.enrolment_id == enrolment.id).order_by(ProgressStep.id)
    ).all()
    states = rules.states(content.outline(class_.edition_id), steps, now.astimezone(UTC).date())
    enrolment.done_count = rules.done_count(states)
    if enrolment.completed_at is None and rules.is_course_complete(states):
        enrolment.completed_at = now
        events.course_completed.send(
            events.CourseCompleted(
                enrolment_id=enrolment.id,
                person_id=enrolment.person_id,
                class_id=class_.id,
                course_id=class_.course_id,
                edition_id=class_.edition_id,
                organisation_id=class_.organisation_id,
                at=now,
            )
        )
