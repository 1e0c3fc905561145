"""A job is a row: nothing loses it, nothing does it twice, and one that cannot be done is put aside."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.db import commit, db, rollback, work
from lms.jobs import actions, rules, runner
from lms.jobs.models import Job
from lms.jobs.registry import KINDS, job

done: list[dict] = []


@job("tests.note", tries=3, lease=60)
def note(*, now, **args):
    if args.get("fails"):
        raise ValueError("cannot be done")
    done.append(args)


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def ask(clock, **more):
    with work():
        return actions.request("tests.note", more.pop("args", {"n": 1}), now=clock(), **more)


def state(job_id):
    db.session.expire_all()
    found = db.session.get_one(Job, job_id)
    values = (found.state, found.tries)
    rollback()
    return values


def test_a_job_is_asked_for_in_the_transaction_that_wants_it(app, clock):
    actions.request("tests.note", {}, now=clock())
    rollback()
    assert not db.session.scalars(select(Job)).all()
    actions.request("tests.note", {}, now=clock())
    commit()
    assert len(db.session.scalars(select(Job)).all()) == 1


def test_the_same_key_asks_once(app, clock):
    assert ask(clock, key="once") is not None
    assert ask(clock, key="once") is None


def test_a_job_is_done_once(app, clock, workers):
    job_id = ask(clock)
    assert workers() == 1
    assert workers() == 0
    assert not runner.run(job_id, clock=clock)
    assert done == [{"n": 1}]
    assert state(job_id) == ("done", 1)


def test_two_workers_do_not_get_the_same_job(app, clock):
    job_id = ask(clock)
    with work():
        first = actions.claim(job_id, now=clock())
    with work():
        second = actions.claim(job_id, now=clock())
    assert first is not None
    assert second is None


def test_a_dead_worker_s_job_is_taken_over_and_its_ghost_stores_nothing(app, clock):
    job_id = ask(clock)
    with work():
        ghost = actions.claim(job_id, now=clock())
    clock.forward(seconds=61)
    assert runner.run(job_id, clock=clock)
    with pytest.raises(actions.LeaseLost), work():
        actions.finish(ghost, now=clock())
    assert state(job_id) == ("done", 2)


def test_a_failing_job_waits_longer_each_time_and_is_then_dead_with_its_reason(app, clock):
    job_id = ask(clock, args={"fails": True})
    waits = []
    while state(job_id)[0] != "dead":
        runner.run(job_id, clock=clock)
        due_at = db.session.get_one(Job, job_id).due_at
        rollback()
        waits.append((due_at - clock()).total_seconds())
        clock.now = max(clock(), due_at)
    assert state(job_id) == ("dead", 3)
    assert waits[:2] == [2, 8]
    assert "cannot be done" in db.session.get_one(Job, job_id).error


def test_a_job_that_kills_its_worker_is_put_aside(app, clock):
    job_id = ask(clock)
    for _ in range(3):
        with work():
            assert actions.claim(job_id, now=clock())
        clock.forward(seconds=61)
    assert not runner.run(job_id, clock=clock)
    assert state(job_id)[0] == "dead"
    assert not done


def test_a_dead_job_can_be_tried_again(app, clock, workers):
    job_id = ask(clock, args={"fails": True})
    for _ in range(3):
        runner.run(job_id, clock=clock)
        clock.forward(minutes=11)
    with work():
        assert actions.retry(job_id, now=clock())
    assert state(job_id) == ("waiting", 0)


def test_an_operator_tries_again_all_that_was_given_up(app, clock):
    dead, done_before = ask(clock, args={"fails": True}), ask(clock)
    runner.run(done_before, clock=clock)
    for _ in range(3):
        runner.run(dead, clock=clock)
        clock.forward(minutes=11)
    rollback()
    said = app.test_cli_runner().invoke(args=["jobs", "retry"])
    assert said.output == "1 jobs wait again\n"
    assert state(dead) == ("waiting", 0)
    assert state(done_before)[0] == "done"


def test_the_sweeper_tells_of_each_try_as_soon_as_it_is_due(app, clock):
    job_id = ask(clock, args={"fails": True})
    clock.forward(seconds=4)
    with work():
        assert actions.forgotten(now=clock()) == [job_id]
    runner.run(job_id, clock=clock)
    clock.forward(seconds=2 + 3)
    with work():
        assert actions.forgotten(now=clock()) == [job_id]


def test_the_sweeper_finds_what_no_message_arrived_for(app, clock):
    job_id = ask(clock)
    with work():
        assert actions.forgotten(now=clock()) == []
    clock.forward(seconds=4)
    with work():
        assert actions.forgotten(now=clock()) == [job_id]
    with work():
        assert actions.forgotten(now=clock()) == []  # it was told just now
    clock.forward(seconds=61)
    with work():
        assert actions.forgotten(now=clock()) == [job_id]


def test_an_effect_and_its_end_are_one_transaction(app, clock, monkeypatch):
    job_id = ask(clock, args={"n": 2})
    monkeypatch.setattr(actions, "finish", lambda *_, **__: (_ for _ in ()).throw(RuntimeError("cut")))
    runner.run(job_id, clock=clock)
    assert state(job_id)[0] == "waiting"


@pytest.mark.parametrize(("tries", "seconds"), [(1, 2), (2, 8), (3, 32), (5, 512), (9, 600)])
def test_waits_grow_up_to_ten_minutes(tries, seconds, clock):
    assert rules.next_try(tries, 20, clock()) == clock() + timedelta(seconds=seconds)


def test_every_kind_of_job_has_a_lease_and_an_end(app):
    assert {"quizzes.mark", "credentials.issue"} <= set(KINDS)
    assert all(kind.tries > 1 and kind.lease > timedelta(0) for kind in KINDS.values())
