"""What happens twice at the same moment comes out as if one had waited for the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import select

from lms.db import db, work
from lms.quizzes import actions, queries
from lms.quizzes.models import Attempt
from lms.quizzes.rules import Policy
from lms.study.models import ProgressStep
from tests.quizzes.test_attempts import RIGHT, Taker

LONGEST = 1  # second, for which one waits for the other to come as far


@pytest.fixture
def meet(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let two callers of a function wait for each other just before it, if they get that far together."""

    def before(place: object, name: str) -> None:
        barrier, called = Barrier(2), getattr(place, name)

        def waiting(*args, **values):
            with suppress(BrokenBarrierError):  # the other one is held up: that is what a lock is for
                barrier.wait(LONGEST)
            return called(*args, **values)

        monkeypatch.setattr(place, name, waiting)

    return before


def at_once(*calls: Callable[[], object]) -> list:
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(lambda call: call(), calls))


def test_two_attempts_marked_at_once_leave_the_better_one_counting(app, world, as_, clock, meet):
    taker = Taker(as_("ada"), world.class_().id)
    better = taker.attempt_id
    for question, fields in RIGHT.items():
        taker.say(question, f"key-{question}", **fields)
    taker.hand_in()
    worse = taker.start()
    taker.hand_in()
    meet(queries, "attempts_of")

    def mark(attempt_id: int) -> None:
        with app.app_context(), work():
            actions.mark(attempt_id, now=clock())

    at_once(lambda: mark(better), lambda: mark(worse))
    steps = db.session.scalars(select(ProgressStep).where(ProgressStep.kind == "graded")).all()
    assert [db.session.get_one(Attempt, each).mark for each in (better, worse)] == [4, 0]
    last = max(steps, key=lambda step: step.id)
    assert (last.fraction, last.passed) == (1.0, True)


def test_a_second_attempt_marked_first_is_not_taken_for_the_first(world, as_, clock, monkeypatch):
    monkeypatch.setattr(actions.Policy, "of", lambda settings: Policy(grading="first", pass_mark=60))
    taker = Taker(as_("ada"), world.class_().id)
    taker.hand_in()
    second = taker.start()
    for question, fields in RIGHT.items():
        taker.say(question, f"key-{question}", **fields)
    taker.hand_in()
    with work():
        actions.mark(second, now=clock())
    told = db.session.scalars(select(ProgressStep).where(ProgressStep.kind == "graded")).one()
    assert (told.fraction, told.passed) == (None, False)
