"""Attempts, for the learner whose they are and for whoever marks in their class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, bindparam, select

from lms.content import queries as content
from lms.content.outline import Activity, Outline
from lms.db import Missing, db
from lms.people.models import Person
from lms.questions import queries as questions
from lms.questions.contract import Mark, QuestionType
from lms.quizzes import rules
from lms.quizzes.models import Attempt, Slot, Step
from lms.quizzes.rules import Policy, Review
from lms.study.models import Enrolment
from lms.study.queries import classes, seats
from lms.study.queries.seats import Seat

Purpose = Literal["read", "answer", "hand in"]

# Built once: building a statement costs three times what the database takes to answer it.
_OWN_TO_READ = (
    select(Attempt)
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .where(
        Attempt.id == bindparam("attempt_id"),
        Enrolment.person_id == bindparam("person_id"),
        Enrolment.ended_at.is_(None),
    )
)
_OWN: dict[Purpose, Select[Attempt]] = {
    "read": _OWN_TO_READ,
    "answer": _OWN_TO_READ.with_for_update(read=True, of=Attempt),
    # Two that hand in at once with the lock for answers would each wait for the other to let go of it.
    "hand in": _OWN_TO_READ.with_for_update(of=Attempt),
}
_SLOTS = select(Slot).where(Slot.attempt_id == bindparam("attempt_id")).order_by(Slot.number)
_SLOT = _SLOTS.where(Slot.number == bindparam("number"))
_STEPS = select(Step).where(Step.attempt_id == bindparam("attempt_id")).order_by(Step.id)


@dataclass(frozen=True)
class QuizPage:
    """The front page of a quiz for one learner."""

    seat: Seat
    activity: Activity
    policy: Policy
    attempts: Sequence[Attempt]
    question_count: int
    instructions: Any

    @property
    def open_attempt(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.state == "open"), None)

    @property
    def may_start(self) -> bool:
        return self.open_attempt is None and rules.may_start(self.policy, len(self.attempts))


@dataclass(frozen=True)
class Asked:
    """One question as it is put to a learner: what they said last, and why it could not be read."""

    slot: Slot
    question: QuestionType
    response: Any
    raw: Mapping[str, Sequence[str]] | None
    said_at: datetime | None

    @property
    def is_answered(self) -> bool:
        return self.response is not None


@dataclass(frozen=True)
class Marked:
    """One question of a marked attempt."""

    slot: Slot
    question: QuestionType
    response: Any
    outcome: str
    fraction: float | None
    mark: Mark | None


@dataclass(frozen=True)
class AttemptPage:
    """An open attempt, ready to be shown."""

    attempt: Attempt
    outline: Outline
    activity: Activity
    asked: Sequence[Asked]

    @property
    def answered_count(self) -> int:
        return sum(asked.is_answered for asked in self.asked)


@dataclass(frozen=True)
class ResultPage:
    """A marked attempt with everything that its reader may see."""

    attempt: Attempt
    outline: Outline
    activity: Activity
    policy: Policy
    fraction: float | None
    passed: bool
    may_try_again: bool
    review: Review
    marked: Sequence[Marked]
    learner: Person | None


def quiz_page(person: Person, class_id: int, key: str, *, now: datetime) -> QuizPage:
    """The quiz for somebody who studies in the class or looks after it. Raises Missing."""
    seat = seats.seat(person, class_id, now=now)
    activity = seat.state(key).activity
    source = content.document(activity.document).source
    if "questions" not in source:  # an activity of another kind
        raise Missing(f"quiz {key}")
    attempts = attempts_of(seat.enrolment.id, key) if seat.enrolment else []
    return QuizPage(
        seat,
        activity,
        Policy.of(activity.settings),
        attempts,
        len(source["questions"]),
        source.get("instructions"),
    )


def attempts_of(enrolment_id: int, activity: str) -> Sequence[Attempt]:
    """The learner's attempts at a quiz, in their order."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.enrolment_id == enrolment_id, Attempt.activity == activity)
        .order_by(Attempt.number)
    ).all()


def open_attempt_id(enrolment_id: int, activity: str) -> int:
    """Raises Missing."""
    found = db.session.scalar(
        select(Attempt.id).where(
            Attempt.enrolment_id == enrolment_id, Attempt.activity == activity, Attempt.state == "open"
        )
    )
    if found is None:
        raise Missing("open attempt")
    return found


def own_attempt(person: Person, attempt_id: int, *, to: Purpose = "read") -> Attempt:
    """The learner's own attempt. Raises Missing.

    "answer": nobody hands it in before this request has ended, so that an answer with a receipt is always
    among those that are marked. "hand in": waits for such requests, and for others that hand it in.
    """
    found = db.session.scalar(_OWN[to], {"attempt_id": attempt_id, "person_id": person.id})
    if found is None:
        raise Missing(f"attempt {attempt_id}")
    return found


def slot(attempt: Attempt, number: int) -> Slot:
    """Raises Missing."""
    found = db.session.scalar(_SLOT, {"attempt_id": attempt.id, "number": number})
    if found is None:
        raise Missing(f"slot {number}")
    return found


def slots(attempt_id: int) -> Sequence[Slot]:
    return db.session.scalars(_SLOTS, {"attempt_id": attempt_id}).all()


def steps(attempt_id: int) -> Sequence[Step]:
    return db.session.scalars(_STEPS, {"attempt_id": attempt_id}).all()


def attempt_page(attempt: Attempt) -> AttemptPage:
    """What was dealt and what was said last, question by question."""
    said = rules.latest(steps(attempt.id))
    dealt = slots(attempt.id)
    sources = questions.questions([slot.question_hash for slot in dealt])
    outline = content.outline(attempt.edition_id)
    return AttemptPage(
        attempt,
        outline,
        outline.activity(attempt.activity),
        [_asked(slot, sources[slot.question_hash], said.get(slot.number)) for slot in dealt],
    )


def result_page(attempt: Attempt, *, attempts_used: int, learner: Person | None = None) -> ResultPage:
    """A marked attempt; with `learner`, as the teacher of that learner sees it."""
    outline = content.outline(attempt.edition_id)
    activity = outline.activity(attempt.activity)
    policy = Policy.of(activity.settings)
    fraction = rules.fraction(attempt.mark, attempt.max_mark)
    passed = rules.is_passed(policy, fraction)
    review = Review() if learner else rules.review(policy, passed=passed, attempts_used=attempts_used)
    return ResultPage(
        attempt,
        outline,
        activity,
        policy,
        fraction,
        passed,
        rules.may_start(policy, attempts_used),
        review,
        _marked_slots(attempt),
        learner,
    )


def attempt_to_mark(person: Person, attempt_id: int) -> tuple[Attempt, Person]:
    """Somebody's attempt and whose it is, for whoever may mark in that class. Raises Missing."""
    row = db.session.execute(
        select(Attempt, Person)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Attempt.id == attempt_id)
    ).one_or_none()
    if row is None:
        raise Missing(f"attempt {attempt_id}")
    seats.class_for(person, row[0].class_id, "class.mark")
    return row[0], row[1]


def work_of(person: Person, class_id: int, key: str, learner_id: int, *, now: datetime) -> QuizPage:
    """The attempts of one learner at a quiz, for whoever may view the class. Raises Missing."""
    seat, _ = classes.learner(person, class_id, learner_id, now=now)
    activity = seat.state(key).activity
    assert seat.enrolment is not None
    attempts = attempts_of(seat.enrolment.id, key)
    return QuizPage(seat, activity, Policy.of(activity.settings), attempts, 0, None)


def _asked(slot: Slot, question: QuestionType, said: Step | None) -> Asked:
    if said is None:
        return Asked(slot, question, None, None, None)
    if said.kind == "unreadable":
        return Asked(slot, question, None, (said.response or {}).get("raw"), said.at)
    return Asked(slot, question, said.response, None, said.at)


def _marked_slots(attempt: Attempt) -> list[Marked]:
    dealt = slots(attempt.id)
    sources = questions.questions([slot.question_hash for slot in dealt])
    marked = {step.slot: step for step in steps(attempt.id) if step.kind == "marked"}
    return [_marked(slot, sources[slot.question_hash], marked.get(slot.number)) for slot in dealt]


def _marked(slot: Slot, question: QuestionType, step: Step | None) -> Marked:
    response = step.response if step else None
    return Marked(
        slot,
        question,
        response,
        (step.outcome if step else None) or "needs_grading",
        step.fraction if step else None,
        question.mark(response) if response is not None else None,
    )
