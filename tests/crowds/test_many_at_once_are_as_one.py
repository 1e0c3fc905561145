"""Twenty fingers on one button do what one does: one attempt, one marking, one step, one decision."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from lms.credentials import actions as credentials
from lms.credentials.models import Decision
from lms.db import db, rollback, work
from lms.jobs.models import Job
from lms.quizzes.models import Attempt, Step
from lms.study.models import ProgressStep
from tests.conftest import START

FINGERS = 20
FETCH = {"X-Requested-With": "fetch"}
ANSWERS = {"q1-answer": "a", "q2-answer": "230", "q3-answer": "ni3 hao3"}


@pytest.fixture
def ada(as_, world, clock):
    """Ada's phone, with the first quiz open."""
    browser = as_("ada")
    browser.post(f"/classes/{world.class_().id}/lessons/hello/reading")
    browser.quiz = f"/classes/{world.class_().id}/quizzes/hello-quiz"
    rollback()
    return browser


def all_at_once(app, browser, do: Callable[[Any, int], Any]) -> list[Any]:
    """What each of twenty got who did it in the same moment, each on a connection of their own."""
    token = browser.get_cookie(app.config["SESSION_COOKIE_NAME"]).value
    start = Barrier(FINGERS)

    def one(number: int) -> Any:
        own = app.test_client()
        own.set_cookie(app.config["SESSION_COOKIE_NAME"], token)
        start.wait()
        return do(own, number)

    rollback()
    with ThreadPoolExecutor(FINGERS) as fingers:
        return list(fingers.map(one, range(FINGERS)))


def counted(statement) -> int:
    rollback()
    return db.session.scalar(statement)


def test_starting(app, ada):
    answers = all_at_once(app, ada, lambda own, _: own.post(f"{ada.quiz}/attempts"))

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.location for answer in answers}) == 1
    assert counted(select(func.count(Attempt.id))) == 1


def test_answering_under_one_key(app, ada):
    attempt = ada.post(f"{ada.quiz}/attempts").location
    sent = {"slot": "1", "key": "one-and-the-same", **ANSWERS}

    answers = all_at_once(app, ada, lambda own, _: own.post(f"{attempt}/answers", data=sent, headers=FETCH))

    assert {answer.status_code for answer in answers} == {200}
    assert counted(select(func.count(Step.id)).where(Step.kind == "answered")) == 1


def test_answering_under_many_keys_keeps_every_answer(app, ada):
    attempt = ada.post(f"{ada.quiz}/attempts").location

    def answer(own, number):
        sent = {"slot": "2", "key": f"answer-{number:04}", "q2-answer": str(number)}
        return own.post(f"{attempt}/answers", data=sent, headers=FETCH).status_code

    assert set(all_at_once(app, ada, answer)) == {200}
    assert counted(select(func.count(Step.id)).where(Step.kind == "answered")) == FINGERS


def test_handing_in(app, ada, workers):
    attempt = ada.post(f"{ada.quiz}/attempts").location
    sent = {"with_answers": "1", **ANSWERS}

    answers = all_at_once(app, ada, lambda own, _: own.post(f"{attempt}/submission", data=sent))

    assert {answer.status_code for answer in answers} == {302}
    assert counted(select(func.count(Job.id)).where(Job.kind == "quizzes.mark")) == 1
    assert counted(select(func.count(Step.id)).where(Step.kind == "submitted")) == 1
    assert workers() == 1
    assert counted(select(func.count(ProgressStep.id)).where(ProgressStep.kind == "graded")) == 1
    assert counted(select(Attempt.mark)) == 4


def test_answering_while_handing_in_counts_whatever_got_a_receipt(app, ada, workers):
    attempt = ada.post(f"{ada.quiz}/attempts").location

    def answer_or_hand_in(own, number):
        if number == FINGERS // 2:
            return own.post(f"{attempt}/submission").status_code
        sent = {"slot": "2", "key": f"answer-{number:04}", "q2-answer": "230"}
        return own.post(f"{attempt}/answers", data=sent, headers=FETCH).status_code

    codes = Counter(all_at_once(app, ada, answer_or_hand_in))
    workers()

    assert codes[302] == 1
    assert set(codes) <= {200, 302, 409}
    assert counted(select(func.count(Step.id)).where(Step.kind == "answered")) == codes[200]
    assert counted(select(Attempt.mark)) == (2 if codes[200] else 0)


def test_approving(app, as_, world):
    waiting = [earned(world, basis_id) for basis_id in range(3)]
    registrar = as_("rahim")

    def approve(own, number):
        sent = {"ids": waiting, "wish": "approve", "batch": f"{number:012x}"}
        return own.post("/approvals", data=sent).status_code

    assert set(all_at_once(app, registrar, approve)) == {303}
    decided = counted_by(select(Decision.eligibility_id, func.count()).group_by(Decision.eligibility_id))
    assert decided == dict.fromkeys(waiting, 1)
    assert counted(select(func.count(Job.id)).where(Job.kind == "credentials.issue")) == len(waiting)


def test_reading_a_lesson(app, ada, world):
    lesson = f"/classes/{world.class_().id}/lessons/hello/reading"

    answers = all_at_once(app, ada, lambda own, _: own.post(lesson))

    assert {answer.status_code for answer in answers} == {302}
    assert counted(select(func.count(ProgressStep.id))) == 1


def earned(world, basis_id: int) -> int:
    with work():
        noted = credentials.note_completion(
            basis_kind="course",
            basis_id=basis_id,
            person_id=world.person("ada").id,
            organisation_id=world.organisation("college").id,
            subject="small",
            title={"en": "Mandarin at work"},
            facts={},
            now=START,
        )
    assert noted is not None
    return noted


def counted_by(statement) -> dict[int, int]:
    rollback()
    return {row[0]: row[1] for row in db.session.execute(statement)}
