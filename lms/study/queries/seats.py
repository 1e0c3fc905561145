"""A class as one person sits in it: what is done, what is open, what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from lms.content import queries as content
from lms.content.models import Edition
from lms.content.outline import Activity, Outline
from lms.db import Missing, db
from lms.people.models import Organisation, Person
from lms.people.rules import Place, may
from lms.study import rules
from lms.study.models import Class, Enrolment, ProgressStep
from lms.study.rules import State, Step

# Built once: building a statement costs three times what the database takes to answer it.
_PLACES = (
    select(Class, Organisation, Enrolment, Edition.source_hash)
    .join(Organisation, Organisation.id == Class.organisation_id)
    .join(Edition, Edition.id == Class.edition_id)
)
_SEAT = _PLACES.outerjoin(
    Enrolment,
    (Enrolment.class_id == Class.id)
    & (Enrolment.person_id == bindparam("person_id"))
    & Enrolment.ended_at.is_(None),
).where(Class.id == bindparam("class_id"))
_SEATS = (
    _PLACES.join(Enrolment, Enrolment.class_id == Class.id)
    .where(Enrolment.person_id == bindparam("person_id"), Enrolment.ended_at.is_(None))
    .order_by(
        Enrolment.completed_at.is_not(None),
        Enrolment.seen_at.is_(None),
        Enrolment.seen_at.desc(),
        Class.id,
    )
)
_STEPS = (
    select(
        ProgressStep.enrolment_id,
        ProgressStep.activity,
        ProgressStep.kind,
        ProgressStep.fraction,
        ProgressStep.passed,
    )
    .where(ProgressStep.enrolment_id.in_(bindparam("enrolment_ids", expanding=True)))
    .order_by(ProgressStep.id)
)


@dataclass(frozen=True)
class Seat:
    """A class as one person may see it: `enrolment` is None for somebody who only looks after it."""

    class_: Class
    organisation: Organisation
    outline: Outline
    enrolment: Enrolment | None
    states: Mapping[str, State]

    def state(self, activity: str) -> State:
        """The state of an activity that exists; whether it is open is for the caller. Raises Missing."""
        if activity not in self.states:
            raise Missing(f"activity {activity}")
        return self.states[activity]

    @property
    def done(self) -> int:
        return rules.done_count(self.states)

    @property
    def next_activity(self) -> Activity | None:
        return rules.next_activity(self.states)


def seat(person: Person, class_id: int, *, now: datetime) -> Seat:
    """The class for somebody who studies in it, or may view it. Raises Missing."""
    row = db.session.execute(_SEAT, {"person_id": person.id, "class_id": class_id}).one_or_none()
    if row is None:
        raise Missing(f"class {class_id}")
    class_, organisation, enrolment, name = row
    outline = content.outline_with_hash(name)
    if enrolment is not None:
        return seat_of(class_, organisation, enrolment, outline, steps_of([enrolment.id]), now)
    if not may(person.grants, "class.view", _place(class_, organisation)):
        raise Missing(f"class {class_id}")
    return Seat(class_, organisation, outline, None, rules.all_open(outline))


def own_seat(person: Person, class_id: int, *, now: datetime) -> Seat:
    """The class for somebody who studies in it. Raises Missing."""
    found = seat(person, class_id, now=now)
    if found.enrolment is None:
        raise Missing(f"class {class_id}")
    return found


def seats(person: Person, *, now: datetime) -> list[Seat]:
    """Every class the person studies in, the one visited last first."""
    rows = db.session.execute(_SEATS, {"person_id": person.id}).all()
    steps = steps_of([enrolment.id for _, _, enrolment, _ in rows])
    return [
        seat_of(class_, organisation, enrolment, content.outline_with_hash(name), steps, now)
        for class_, organisation, enrolment, name in rows
    ]


def class_for(person: Person, class_id: int, permission: str) -> Class:
    """The class, if the person holds the permission there. Raises Missing."""
    row = db.session.execute(
        select(Class, Organisation)
        .join(Organisation, Organisation.id == Class.organisation_id)
        .where(Class.id == class_id)
    ).one_or_none()
    if row is None or not may(person.grants, permission, _place(row[0], row[1])):
        raise Missing(f"class {class_id}")
    return row[0]


def seat_of(
    class_: Class,
    organisation: Organisation,
    enrolment: Enrolment,
    outline: Outline,
    steps: Mapping[int, Sequence[Step]],
    now: datetime,
) -> Seat:
    """The seat of an enrolment; `steps` as from `steps_of`."""
    own = steps.get(enrolment.id, ())
    states = rules.states(outline, own, day_at(now, organisation))
    return Seat(class_, organisation, outline, enrolment, states)


def steps_of(enrolment_ids: list[int]) -> dict[int, list[Step]]:
    """What happened in these enrolments, in order: bare rows, since a course has hundreds of them."""
    steps: dict[int, list[Step]] = {}
    rows = db.session.execute(_STEPS, {"enrolment_ids": enrolment_ids}) if enrolment_ids else ()
    for row in rows:
        steps.setdefault(row.enrolment_id, []).append(cast(Step, row))
    return steps


def _place(class_: Class, organisation: Organisation) -> Place:
    return Place(organisation.path, class_.course_id, class_.id)


def day_at(now: datetime, organisation: Organisation) -> date:
    """The day at the organisation: what opens on a day opens at its midnight, not at that of Greenwich."""
    return now.astimezone(ZoneInfo(organisation.time_zone)).date()
