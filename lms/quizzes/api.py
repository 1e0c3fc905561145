"""Taking a quiz, for programs. Before an attempt is marked nothing here depends on what is right."""

from collections.abc import Mapping
from datetime import datetime
from random import SystemRandom
from typing import Annotated

from flask import url_for
from flask_babel import gettext as _
from pydantic import Field

from lms.db import Missing
from lms.people.access import me, requires
from lms.questions.offer import Input
from lms.quizzes import actions, queries
from lms.quizzes.forms import LONGEST_AGE_MS, LONGEST_VALUE, MOST_FIELDS, MOST_VALUES
from lms.quizzes.models import Attempt
from lms.quizzes.queries import Asked, Marked, QuizPage
from lms.quizzes.rules import Review
from lms.web import clock
from lms.web.endpoints import Reply, Sent, Told, Words, blueprint, operation, words
from lms.web.languages import page_language
from lms.web.problems import Refused

bp = blueprint("quizzes", __name__)
SECONDS_TO_MARK = "2"  # after which it is worth asking again

Value = Annotated[str, Field(max_length=LONGEST_VALUE, pattern=r"^[^\x00]*$")]
Values = Annotated[list[Value], Field(max_length=MOST_VALUES)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,80}$")]


class AnswerGiven(Sent):
    """An answer to one question.

    `key` is new for each new answer: an answer that is sent again under its key is kept once. `fields` holds
    the values of each input; without values for any of them it takes the answer back. `age_ms` is how long
    the answer waited to be sent, so that an older one that arrives late does not win.
    """

    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{8,64}$")]
    fields: Annotated[dict[Name, Values], Field(max_length=MOST_FIELDS)]
    age_ms: Annotated[int, Field(ge=0, le=LONGEST_AGE_MS)] = 0


class ChoiceOffered(Told):
    """Something that can be chosen: `value` is what is sent for it."""

    value: str
    text: Words


class InputOffered(Told):
    """Something to fill in: "one" or "many" of the choices, a "text", a "number"; sent back under `name`."""

    name: str
    takes: str
    label: Words | None
    choices: list[ChoiceOffered]
    unit: Words | None


class QuestionAsked(Told):
    """A question as it was dealt. `answer`: what was answered last, in words, at `saved_at`."""

    slot: int
    type: str
    max_mark: float
    ask: Words
    inputs: list[InputOffered]
    answer: str | None
    is_readable: bool
    saved_at: datetime | None


class AttemptMade(Told):
    """One go at a quiz. `state`: open, submitted (and being marked), marked."""

    id: int
    class_id: int
    activity: str
    number: int
    state: str
    started_at: datetime
    submitted_at: datetime | None
    max_mark: float
    questions: list[QuestionAsked]


class Receipt(Told):
    """The answer is stored. `problem`, in the person's language: why it cannot be read, at no cost."""

    slot: int
    saved_at: datetime
    problem: str | None


class HandedIn(Told):
    """The attempt takes no more answers. Its result is, or will be, under `result`."""

    state: str
    submitted_at: datetime
    result: str


class BeingMarked(Told):
    """The result is not there yet: ask again in a moment."""

    state: str


class QuestionMarked(Told):
    """A question with what was answered and what it is worth, as far as the learner may see it."""

    slot: int
    type: str
    ask: Words
    answer: str | None
    outcome: str | None
    mark: float | None
    max_mark: float
    right_answer: str | None
    feedback: list[Words]


class Result(Told):
    """A marked attempt. `fraction` is from 0 to 1, `pass_mark` in percent."""

    state: str
    mark: float | None
    max_mark: float
    fraction: float | None
    passed: bool
    pass_mark: float | None
    may_try_again: bool
    questions: list[QuestionMarked]


@bp.post("/classes/<int:class_id>/quizzes/<key>/attempts")
@requires("signed-in")
@operation(
    {201: AttemptMade, 200: AttemptMade},
    {409: "The quiz is not open yet, or every attempt at it is used."},
)
def start(class_id: int, key: str) -> Reply:
    """Begin an attempt at a quiz, or go on with the one that is open (200)."""
    page = queries.quiz_page(me(), class_id, key, now=clock.now())
    _check(page, key)
    try:
        attempt_id = actions.start(page.seat, page.activity, now=clock.now(), dice=SystemRandom())
    except actions.NoAttemptLeft:
        raise Refused(409, "Every attempt at this quiz is used.") from None
    address = url_for("quizzes_api.attempt", attempt_id=attempt_id)
    made = _attempt(queries.own_attempt(me(), attempt_id))
    return Reply(made, 200 if page.open_attempt else 201, {"Location": address})


@bp.get("/attempts/<int:attempt_id>")
@requires("signed-in")
@operation({200: AttemptMade})
def attempt(attempt_id: int) -> AttemptMade:
    """One of the token owner's attempts, with its questions as they were dealt."""
    return _attempt(queries.own_attempt(me(), attempt_id))


@bp.put("/attempts/<int:attempt_id>/answers/<int(max=9999):slot>")
@requires("signed-in")
@operation({200: Receipt}, {409: "The attempt is handed in."})
def answer(attempt_id: int, slot: int, body: AnswerGiven) -> Receipt:
    """Keep an answer to one question. What counts is the last one before the attempt is handed in."""
    own = queries.own_attempt(me(), attempt_id, to="answer")
    dealt = queries.slot(own, slot)
    try:
        receipt = actions.answer(
            own, dealt, body.fields, key=body.key, age_ms=body.age_ms, by=me(), now=clock.now()
        )
    except actions.Closed:
        raise Refused(409, "This attempt is handed in: it takes no more answers.") from None
    problem = str(_(receipt.problem)) if receipt.problem else None
    return Receipt(slot=slot, saved_at=receipt.at, problem=problem)


@bp.post("/attempts/<int:attempt_id>/submission")
@requires("signed-in")
@operation({202: HandedIn})
def submit(attempt_id: int) -> HandedIn:
    """Hand an attempt in, to be marked; twice changes nothing."""
    own = queries.own_attempt(me(), attempt_id, to="hand in")
    actions.submit(own, by=me(), now=clock.now())
    assert own.submitted_at is not None
    result = url_for("quizzes_api.result", attempt_id=attempt_id)
    return HandedIn(state=own.state, submitted_at=own.submitted_at, result=result)


@bp.get("/attempts/<int:attempt_id>/result")
@requires("signed-in")
@operation({200: Result, 202: BeingMarked}, {409: "The attempt is not handed in."})
def result(attempt_id: int) -> Result | Reply:
    """What an attempt is worth, and what was right as far as it may be seen."""
    own = queries.own_attempt(me(), attempt_id)
    if own.state == "open":
        raise Refused(409, "This attempt is not handed in.")
    if own.state == "submitted":
        return Reply(BeingMarked(state=own.state), 202, {"Retry-After": SECONDS_TO_MARK})
    return _result(own)


def _check(page: QuizPage, key: str) -> None:
    if page.seat.enrolment is None:
        raise Missing(f"quiz {key}")
    if not page.seat.state(key).is_open:
        raise Refused(409, "This quiz is not open yet: see needs in the progress of the class.")


def _attempt(own: Attempt) -> AttemptMade:
    page = queries.attempt_page(own)
    return AttemptMade(
        id=own.id,
        class_id=own.class_id,
        activity=own.activity,
        number=own.number,
        state=own.state,
        started_at=own.started_at,
        submitted_at=own.submitted_at,
        max_mark=own.max_mark,
        questions=[_asked(asked) for asked in page.asked],
    )


def _asked(asked: Asked) -> QuestionAsked:
    # Neither the author's id of the question nor the stored response: both may say what is right.
    return QuestionAsked(
        slot=asked.slot.number,
        type=asked.question.type,
        max_mark=asked.slot.max_mark,
        ask=words(asked.question.ask),
        inputs=[_input(entry) for entry in asked.question.offer(asked.slot.deal)],
        answer=asked.question.summary(asked.response, page_language()) if asked.is_answered else None,
        is_readable=asked.raw is None,
        saved_at=asked.said_at,
    )


def _input(entry: Input) -> InputOffered:
    return InputOffered(
        name=entry.name,
        takes=entry.takes,
        label=_words(entry.label),
        choices=[ChoiceOffered(value=choice.value, text=words(choice.text)) for choice in entry.choices],
        unit=_words(entry.unit),
    )


def _result(own: Attempt) -> Result:
    used = len(queries.attempts_of(own.enrolment_id, own.activity))
    page = queries.result_page(own, attempts_used=used)
    return Result(
        state=own.state,
        mark=own.mark,
        max_mark=own.max_mark,
        fraction=page.fraction,
        passed=page.passed,
        pass_mark=page.policy.pass_mark,
        may_try_again=page.may_try_again,
        questions=[_marked(marked, page.review) for marked in page.marked],
    )


def _marked(marked: Marked, review: Review) -> QuestionMarked:
    question, language = marked.question, page_language()
    mark = None if marked.fraction is None else marked.fraction * marked.slot.max_mark
    return QuestionMarked(
        slot=marked.slot.number,
        type=question.type,
        ask=words(question.ask),
        answer=None if marked.response is None else question.summary(marked.response, language),
        outcome=marked.outcome if review.correctness else None,
        mark=mark if review.correctness else None,
        max_mark=marked.slot.max_mark,
        right_answer=question.summary(question.solution(), language) if review.right_answer else None,
        feedback=_feedback(marked) if review.feedback else [],
    )


def _feedback(marked: Marked) -> list[Words]:
    said = [*(marked.mark.feedback if marked.mark else ()), marked.question.feedback]
    return [words(text) for text in said if text]


def _words(text: str | Mapping[str, str] | None) -> Words | None:
    return None if text is None else words(text)
