"""The tracks that somebody follows, and how far they have come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from lms.content import queries as content
from lms.content.models import Course
from lms.content.outline import Outline
from lms.db import Missing, db
from lms.people.models import Person
from lms.programmes import rules
from lms.programmes.models import Membership, Programme
from lms.programmes.rules import Stage
from lms.study.models import Class, Enrolment


@dataclass(frozen=True)
class Track:
    """A track as one person sees it."""

    programme: Programme
    membership: Membership
    stages: Sequence[Stage]

    @property
    def source(self) -> Mapping[str, Any]:
        return self.programme.source

    @property
    def done(self) -> int:
        return sum(stage.is_complete for stage in self.stages)

    @property
    def next_stage(self) -> Stage | None:
        return rules.next_stage(self.stages)


def tracks(person_id: int) -> list[Track]:
    """Every track the person follows, in a constant number of statements."""
    rows = db.session.execute(
        select(Programme, Membership)
        .join(Membership, Membership.programme_id == Programme.id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.id)
    ).all()
    if not rows:
        return []
    wanted = {key for programme, _ in rows for key in rules.course_keys(programme.source)}
    enrolled = _enrolled(person_id, wanted)
    latest = content.latest_editions(wanted - set(enrolled))
    outlines = content.outlines([*(class_.edition_id for class_, _ in enrolled.values()), *latest.values()])
    return [
        Track(
            programme,
            membership,
            [_stage(key, enrolled.get(key), latest, outlines) for key in rules.course_keys(programme.source)],
        )
        for programme, membership in rows
    ]


def track(person: Person, key: str) -> Track:
    """One of the tracks the person follows. Raises Missing."""
    found = next((each for each in tracks(person.id) if each.programme.key == key), None)
    if found is None:
        raise Missing(f"track {key}")
    return found


def programme_with_key(key: str) -> Programme | None:
    return db.session.scalar(select(Programme).where(Programme.key == key))


def _enrolled(person_id: int, course_keys: set[str]) -> dict[str, tuple[Class, Enrolment]]:
    """The enrolment that counts for each course: a completed one before one under way."""
    rows = db.session.execute(
        select(Course.key, Class, Enrolment)
        .join(Class, Class.course_id == Course.id)
        .join(Enrolment, Enrolment.class_id == Class.id)
        .where(Enrolment.person_id == person_id, Enrolment.ended_at.is_(None), Course.key.in_(course_keys))
        .order_by(Enrolment.completed_at.is_(None).desc(), Enrolment.done_count)
    ).all()
    return {key: (class_, enrolment) for key, class_, enrolment in rows}


def _stage(
    key: str,
    enrolled: tuple[Class, Enrolment] | None,
    latest: Mapping[str, int],
    outlines: Mapping[int, Outline],
) -> Stage:
    if enrolled is None and key not in latest:
        return Stage(key, {"en": key}, None, 0, 0, False)  # a track may be there before its courses are
    if enrolled is None:
        outline = outlines[latest[key]]
        return Stage(key, outline.title, None, 0, len(outline.activities), False)
    class_, enrolment = enrolled
    outline = outlines[class_.edition_id]
    return Stage(
        key,
        outline.title,
        class_.id,
        enrolment.done_count,
        len(outline.activities),
        enrolment.completed_at is not None,
    )
