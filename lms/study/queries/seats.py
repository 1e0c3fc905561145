"""A class as one person sits in it: what is done, what is open, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.content import queries as content
from lms.content.outline import Activity, Outline
from lms.db import Missing, db
from lms.people.models import Organisation, Person
from lms.people.rules import Place, may
from lms.study import rules
from lms.study.models import Class, Enrolment, ProgressStep
from lms.study.rules import State


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
    class_, organisation, enrolment = _row(person, class_id)
    outline = content.outline(class_.edition_id)
    if enrolment is not None:
        states = rules.states(
            outline, steps_of([enrolment.id]).get(enrolment.id, []), day_at(now, organisation)
        )
        return Seat(class_, organisation, outline, enrolment, states)
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
    rows = db.session.execute(
        select(Class, Organisation, Enrolment)
        .join(Organisation, Organisation.id == Class.organisation_id)
        .join(Enrolment, Enrolment.class_id == Class.id)
        .where(Enrolment.person_id == person.id, Enrolment.ended_at.is_(None))
        .order_by(
            Enrolment.completed_at.is_not(None),
            Enrolment.seen_at.is_(None),
            Enrolment.seen_at.desc(),
            Class.id,
        )
    ).all()
    steps = steps_of([enrolment.id for _, _, enrolment in rows])
    outlines = content.outlines(class_.edition_id for class_, _, _ in rows)
    return [
        seat_of(
            class_, organisation, enrolment, outlines[class_.edition_id], steps.get(enrolment.id, []), now
        )
        for class_, organisation, enrolment in rows
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


def _row(person: Person, class_id: int) -> tuple[Class, Organisation, Enrolment | None]:
    row = db.session.execute(
        select(Class, Organisation, Enrolment)
        .join(Organisation, Organisation.id == Class.organisation_id)
        .outerjoin(
            Enrolment,
            (Enrolment.class_id == Class.id)
            & (Enrolment.person_id == person.id)
            & Enrolment.ended_at.is_(None),
        )
        .where(Class.id == class_id)
    ).one_or_none()
    if row is None:
        raise Missing(f"class {class_id}")
    return row[0], row[1], row[2]


def seat_of(
    class_: Class,
    organisation: Organisation,
    enrolment: Enrolment,
    outline: Outline,
    steps: list[ProgressStep],
    now: datetime,
) -> Seat:
    return Seat(
        class_, organisation, outline, enrolment, rules.states(outline, steps, day_at(now, organisation))
    )


def steps_of(enrolment_ids: list[int]) -> dict[int, list[ProgressStep]]:
    steps: dict[int, list[ProgressStep]] = {}
    if enrolment_ids:
        for step in db.session.scalars(
            select(ProgressStep).where(ProgressStep.enrolment_id.in_(enrolment_ids)).order_by(ProgressStep.id)
        ):
            steps.setdefault(step.enrolment_id, []).append(step)
    return steps


def _place(class_: Class, organisation: Organisation) -> Place:
    return Place(organisation.path, class_.course_id, class_.id)


def day_at(now: datetime, organisation: Organisation) -> date:
    """The day at the organisation: what opens on a day opens at its midnight, not at that of Greenwich."""
    return now.astimezone(ZoneInfo(organisation.time_zone)).date()
