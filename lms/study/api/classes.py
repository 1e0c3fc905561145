"""Classes, who studies in them, and how far they have come, for programs."""

from datetime import date, datetime

from lms.content import queries as content
from lms.db import Missing
from lms.people.access import me, requires
from lms.study import actions
from lms.study.api.blueprint import bp
from lms.study.api.courses import ModuleOfCourse, modules_of
from lms.study.models import Class
from lms.study.queries import classes, seats
from lms.study.queries.classes import Learner
from lms.study.queries.seats import Seat
from lms.study.rules import Reason, State, Stuck
from lms.web import clock
from lms.web.endpoints import Listing, Paging, Told, listing, operation
from lms.web.problems import Refused


class ClassInBrief(Told):
    """A class: one delivery of a course. `studies` is whether the token's owner is enrolled in it."""

    id: int
    key: str
    title: str
    course: str
    organisation: str
    starts_on: date | None
    ends_on: date | None
    studies: bool


class ClassInFull(ClassInBrief):
    """A class with what is studied in it: the edition of the course that it delivers."""

    modules: list[ModuleOfCourse]


class Needs(Told):
    """What would open an activity. `kind`: completed, passed (`mark` %), after (`day`), all_of, any_of."""

    kind: str
    activity: str | None
    mark: int | None
    day: date | None
    parts: list["Needs"]


class ActivityProgress(Told):
    """How a learner stands in one activity; `fraction` is the grade that counts, from 0 to 1."""

    key: str
    is_open: bool
    is_complete: bool
    fraction: float | None
    needs: Needs | None


class Progress(Told):
    """How far somebody has come in a class; `next` is the activity to go on with."""

    done: int
    total: int
    completed_at: datetime | None
    next: str | None
    activities: list[ActivityProgress]


class Trouble(Told):
    """Why a teacher should look at a learner: quiet, not_started (for `days`) or failing (an `activity`)."""

    kind: str
    days: int | None
    activity: str | None
    tries: int | None


class EnrolmentInClass(Told):
    """A learner of a class."""

    person: int
    full_name: str
    name_hanzi: str | None
    enrolled_at: datetime
    seen_at: datetime | None
    done: int
    total: int
    completed_at: datetime | None
    trouble: Trouble | None


class ReadingNoted(Told):
    """What a lesson that was read has made of the course."""

    activity: str
    done: int
    total: int
    completed_at: datetime | None


@bp.get("/classes")
@requires("signed-in")
@operation({200: Listing[ClassInBrief]})
def classes_of_mine(query: Paging) -> Listing[ClassInBrief]:
    """The classes that the token's owner studies in or may view."""
    found, total = classes.classes(me(), page=query.page)
    outlines = content.outlines(class_.edition_id for class_, _, _ in found)
    items = [
        ClassInBrief(**_brief(class_, outlines[class_.edition_id].key, organisation), studies=studies)
        for class_, organisation, studies in found
    ]
    return listing(ClassInBrief, items, total=total, page=query.page)


@bp.get("/classes/<int:class_id>")
@requires("signed-in")
@operation({200: ClassInFull})
def class_(class_id: int) -> ClassInFull:
    """One of these classes, with the outline of what is studied in it."""
    seat = seats.seat(me(), class_id, now=clock.now())
    return ClassInFull(
        **_brief(seat.class_, seat.outline.key, seat.organisation.name),
        studies=seat.enrolment is not None,
        modules=modules_of(seat.outline),
    )


@bp.get("/classes/<int:class_id>/enrolments")
@requires("class.view")
@operation({200: Listing[EnrolmentInClass]})
def enrolments(class_id: int, query: Paging) -> Listing[EnrolmentInClass]:
    """The learners of a class, for whoever may view it."""
    found = classes.class_list(me(), class_id, page=query.page, now=clock.now())
    total = len(found.outline.activities)
    items = [_enrolment(learner, total) for learner in found.learners]
    return listing(EnrolmentInClass, items, total=found.total, page=query.page)


@bp.get("/classes/<int:class_id>/progress")
@requires("signed-in")
@operation({200: Progress})
def progress(class_id: int) -> Progress:
    """How far the token's owner has come, in a class where they study."""
    seat = seats.own_seat(me(), class_id, now=clock.now())
    assert seat.enrolment is not None
    return Progress(
        done=seat.done,
        total=len(seat.states),
        completed_at=seat.enrolment.completed_at,
        next=seat.next_activity.key if seat.next_activity else None,
        activities=[_activity(state) for state in seat.states.values()],
    )


@bp.post("/classes/<int:class_id>/lessons/<key>/reading")
@requires("signed-in")
@operation({200: ReadingNoted}, {409: "The lesson is not open yet."})
def read(class_id: int, key: str) -> ReadingNoted:
    """Note that the token's owner has read a lesson; twice changes nothing."""
    now = clock.now()
    seat = seats.own_seat(me(), class_id, now=now)
    _check(seat.state(key))
    assert seat.enrolment is not None
    actions.record(seat.enrolment.id, key, "read", source="read", now=now)
    return _noted(seats.own_seat(me(), class_id, now=now), key)


def _check(state: State) -> None:
    if state.activity.completes != "read":
        raise Missing(f"lesson {state.activity.key}")
    if not state.is_open:
        raise Refused(409, "This lesson is not open yet: see needs in the progress of the class.")


def _noted(seat: Seat, key: str) -> ReadingNoted:
    assert seat.enrolment is not None
    return ReadingNoted(
        activity=key, done=seat.done, total=len(seat.states), completed_at=seat.enrolment.completed_at
    )


def _brief(class_: Class, course: str, organisation: str) -> dict[str, object]:
    return {
        "id": class_.id,
        "key": class_.key,
        "title": class_.title,
        "course": course,
        "organisation": organisation,
        "starts_on": class_.starts_on,
        "ends_on": class_.ends_on,
    }


def _activity(state: State) -> ActivityProgress:
    return ActivityProgress(
        key=state.activity.key,
        is_open=state.is_open,
        is_complete=state.is_complete,
        fraction=state.fraction,
        needs=_needs(state.reason) if state.reason else None,
    )


def _needs(reason: Reason) -> Needs:
    return Needs(
        kind=reason.kind,
        activity=reason.activity or None,
        mark=reason.mark,
        day=reason.day,
        parts=[_needs(part) for part in reason.parts],
    )


def _enrolment(learner: Learner, total: int) -> EnrolmentInClass:
    return EnrolmentInClass(
        person=learner.person.id,
        full_name=learner.person.full_name,
        name_hanzi=learner.person.name_hanzi,
        enrolled_at=learner.enrolment.enrolled_at,
        seen_at=learner.enrolment.seen_at,
        done=learner.enrolment.done_count,
        total=total,
        completed_at=learner.enrolment.completed_at,
        trouble=_trouble(learner.stuck) if learner.stuck else None,
    )


def _trouble(stuck: Stuck) -> Trouble:
    failing = stuck.kind == "failing"
    return Trouble(
        kind=stuck.kind,
        days=None if failing else stuck.days,
        activity=stuck.activity or None,
        tries=stuck.tries if failing else None,
    )
