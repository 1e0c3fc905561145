"""Start an attempt, keep an answer, hand in, mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import select, update

from lms.content import queries as content
from lms.content.outline import Activity
from lms.db import changed, db, insert_once
from lms.jobs import actions as jobs
from lms.people.models import Person
from lms.questions import queries as questions
from lms.questions.behaviours import BEHAVIOURS
from lms.questions.contract import Unreadable
from lms.quizzes import queries, rules
from lms.quizzes.models import Attempt, Slot, Step
from lms.quizzes.rules import Policy
from lms.study import actions as study
from lms.study.models import Enrolment
from lms.study.queries.seats import Seat

LONGEST_RAW = 2000  # characters kept of what could not be read
Fields = Mapping[str, Sequence[str]]


class NoAttemptLeft(Exception):
    """The learner has used every attempt that the quiz allows."""


class Closed(Exception):
    """The attempt is handed in: it takes no more answers."""


@dataclass(frozen=True)
class Receipt:
    """What became of an answer; `problem` says in the learner's words why it could not be read."""

    at: datetime
    problem: str | None = None


def start(seat: Seat, activity: Activity, *, now: datetime, dice: Random) -> int:
    """The id of the learner's open attempt, begun now unless one is open. Raises NoAttemptLeft."""
    assert seat.enrolment is not None
    existing = queries.attempts_of(seat.enrolment.id, activity.key)
    for attempt in existing:
        if attempt.state == "open":
            return attempt.id
    policy = Policy.of(activity.settings)
    if not rules.may_start(policy, len(existing)):
        raise NoAttemptLeft
    asked = list(content.document(activity.document).source["questions"])
    if policy.shuffle_questions:
        dice.shuffle(asked)
    attempt_id = insert_once(
        Attempt,
        enrolment_id=seat.enrolment.id,
        class_id=seat.class_.id,
        activity=activity.key,
        edition_id=seat.class_.edition_id,
        number=len(existing) + 1,
        started_at=now,
        max_mark=sum(question["marks"] for question in asked),
    )
    if attempt_id is None:  # a second click was quicker
        return queries.open_attempt_id(seat.enrolment.id, activity.key)
    _deal(attempt_id, asked, dice)
    return attempt_id


def answer(
    attempt: Attempt, slot: Slot, fields: Fields, *, key: str, age_ms: int | None, by: Person, now: datetime
) -> Receipt:
    """Keep what the learner gave for one slot. The same `key` for it twice keeps it once. Raises Closed.

    What cannot be read is kept as well, is told back, and costs nothing.
    """
    if attempt.state != "open":
        raise Closed
    kind, response, problem = _read(slot, fields)
    insert_once(
        Step,
        attempt_id=attempt.id,
        slot=slot.number,
        kind=kind,
        key=f"{slot.number}:{key}",
        response=response,
        made_at=rules.made_at(age_ms, started_at=attempt.started_at, now=now),
        at=now,
        by_id=by.id,
    )
    return Receipt(now, problem)


def answer_all(
    attempt: Attempt, fields_of: Mapping[int, Fields], *, key: str, by: Person, now: datetime
) -> dict[int, str]:
    """Keep whatever differs from what was kept before; the problems by slot. Raises Closed."""
    if attempt.state != "open":
        raise Closed
    slots = queries.slots(attempt.id)
    before = rules.latest(queries.steps(attempt.id))
    problems: dict[int, str] = {}
    for slot in slots:
        kind, response, problem = _read(slot, fields_of.get(slot.number, {}))
        said = before.get(slot.number)
        if problem:
            problems[slot.number] = problem
        if (said.kind, said.response) == (kind, response) if said else response is None:
            continue
        insert_once(
            Step,
            attempt_id=attempt.id,
            slot=slot.number,
            kind=kind,
            key=f"{key}:{slot.number}",
            response=response,
            made_at=now,
            at=now,
            by_id=by.id,
        )
    return problems


def submit(attempt: Attempt, *, by: Person, now: datetime) -> None:
    """Hand the attempt in and ask for its marking; twice changes nothing."""
    handed_in = changed(
        update(Attempt)
        .where(Attempt.id == attempt.id, Attempt.state == "open")
        .values(state="submitted", submitted_at=now)
    )
    if not handed_in:
        return
    insert_once(
        Step,
        attempt_id=attempt.id,
        slot=0,
        kind="submitted",
        key="submitted",
        made_at=now,
        at=now,
        by_id=by.id,
    )
    jobs.request(
        "quizzes.mark", {"attempt_id": attempt.id}, key=f"mark:{attempt.id}", person_id=by.id, now=now
    )


def mark(attempt_id: int, *, now: datetime) -> None:
    """Mark every slot of a submitted attempt from its steps, and tell the class what it is worth."""
    attempt = db.session.scalars(select(Attempt).where(Attempt.id == attempt_id).with_for_update()).one()
    if attempt.state != "submitted":
        return  # done before: a job may be repeated
    slots = queries.slots(attempt.id)
    steps = queries.steps(attempt.id)
    sources = questions.questions([slot.question_hash for slot in slots])
    behaviour = BEHAVIOURS[attempt.behaviour]
    fractions: list[float | None] = []
    for slot in slots:
        said = [_response(step) for step in rules.in_order(steps) if step.slot == slot.number]
        outcome = behaviour.replay(sources[slot.question_hash], said)
        fractions.append(outcome.fraction)
        insert_once(
            Step,
            attempt_id=attempt.id,
            slot=slot.number,
            kind="marked",
            key=f"marked:1:{slot.number}",
            response=outcome.response,
            fraction=outcome.fraction,
            outcome=outcome.state,
            made_at=now,
            at=now,
        )
    attempt.mark = rules.total(fractions, [slot.max_mark for slot in slots])
    attempt.state, attempt.marked_at = "marked", now
    _tell_class(attempt, now)


def _tell_class(attempt: Attempt, now: datetime) -> None:
    activity = content.outline(attempt.edition_id).activity(attempt.activity)
    policy = Policy.of(activity.settings)
    db.session.flush()
    # Two attempts marked at once must see each other, or the one that comes second counts alone.
    db.session.execute(select(Enrolment.id).where(Enrolment.id == attempt.enrolment_id).with_for_update())
    attempts = queries.attempts_of(attempt.enrolment_id, attempt.activity)
    fractions = [rules.fraction(each.mark, each.max_mark) for each in attempts if each.state != "open"]
    fraction = rules.grade(policy, fractions)
    study.record(
        attempt.enrolment_id,
        attempt.activity,
        "graded",
        source=f"attempt:{attempt.id}:1",
        fraction=fraction,
        passed=rules.is_passed(policy, fraction),
        now=now,
    )


def _deal(attempt_id: int, asked: Sequence[Mapping[str, Any]], dice: Random) -> None:
    sources = questions.questions([question["hash"] for question in asked])
    db.session.add_all(
        Slot(
            attempt_id=attempt_id,
            number=number,
            question=question["id"],
            question_hash=question["hash"],
            max_mark=question["marks"],
            deal=sources[question["hash"]].deal(dice),
        )
        for number, question in enumerate(asked, start=1)
    )
    db.session.flush()


def _read(slot: Slot, fields: Fields) -> tuple[str, Any, str | None]:
    """The kind of step, its response, and the problem if there is one."""
    try:
        return "answered", questions.question(slot.question_hash).read(fields, slot.deal), None
    except Unreadable as problem:
        raw = {
            _kept(name): [_kept(value) for value in values[:10]] for name, values in [*fields.items()][:50]
        }
        return "unreadable", {"raw": raw}, str(problem)


def _kept(typed: str) -> str:
    """What was typed, as far as PostgreSQL's JSON can hold it: no NUL, no half of a surrogate pair."""
    return typed[:LONGEST_RAW].replace("\0", "").encode("utf-8", "replace").decode()


def _response(step: Step) -> Any:
    return step.response if step.kind == "answered" else None
