"""The tracks that somebody follows, and how far they have come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from lms.content import queries as content
from lms.content.models import Course, Edition
from lms.content.outline import Outline
from lms.db import Missing, db
from lms.people.models import Person
from lms.programmes import rules
from lms.programmes.models import Membership, Programme
from lms.programmes.rules import Stage
from lms.study.models import Class, Enrolment

# Built once: building a statement costs three times what the database takes to answer it.
_FOLLOWED = (
    select(Programme, Membership)
    .join(Membership, Membership.programme_id == Programme.id)
    .where(Membership.person_id == bindparam("person_id"))
    .order_by(Membership.id)
)
_ENROLLED = (
    select(
        Course.key,
        Class.id.label("class_id"),
        Edition.source_hash,
        Enrolment.done_count,
        Enrolment.completed_at,
    )
    .join(Class, Class.course_id == Course.id)
    .join(Edition, Edition.id == Class.edition_id)
    .join(Enrolment, Enrolment.class_id == Class.id)
    .where(
        Enrolment.person_id == bindparam("person_id"),
        Enrolment.ended_at.is_(None),
        Course.key.in_(bindparam("course_keys", expanding=True)),
    )
    .order_by(Enrolment.completed_at.is_(None).desc(), Enrolment.done_count)
)


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
    rows = db.session.execute(_FOLLOWED, {"person_id": person_id}).all()
    if not rows:
        return []
    wanted = {key for programme, _ in rows for key in rules.course_keys(programme.source)}
    enrolled = _enrolled(person_id, wanted)
    stages = _stages_ahead(wanted - set(enrolled)) | {key: _stage(enrolled[key]) for key in enrolled}
    return [
        Track(programme, membership, [stages[key] for key in rules.course_keys(programme.source)])
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


def _enrolled(person_id: int, course_keys: set[str]) -> dict[str, Any]:
    """The enrolment that counts for each course: a completed one before one under way."""
    rows = db.session.execute(_ENROLLED, {"person_id": person_id, "course_keys": list(course_keys)})
    return {row.key: row for row in rows}


def _stage(enrolled: Any) -> Stage:
    outline = content.outline_with_hash(enrolled.source_hash)
    return Stage(
        enrolled.key,
        outline.title,
        enrolled.class_id,
        enrolled.done_count,
        len(outline.activities),
        enrolled.completed_at is not None,
    )


def _stages_ahead(course_keys: set[str]) -> dict[str, Stage]:
    """The courses that the person is in no class of."""
    if not course_keys:
        return {}
    latest = content.latest_editions(course_keys)
    outlines = content.outlines(latest.values())
    return {key: _stage_ahead(key, outlines.get(latest.get(key, 0))) for key in course_keys}


def _stage_ahead(key: str, outline: Outline | None) -> Stage:
    if outline is None:
        return Stage(key, {"en": key}, None, 0, 0, False)  # a track may be there before its courses are
    return Stage(key, outline.title, None, 0, len(outline.activities), False)
