"""Certificates are numbered one after the other, whatever happens while they are made."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from multiprocessing import get_context

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from config import Settings
from lms.app import create_app
from lms.credentials import actions
from lms.credentials.models import Award, Eligibility
from lms.db import db, work
from lms.files.models import StoredFile
from lms.people import queries as people
from tests.conftest import START

THREADS = 8
EACH = 5


def plain_drawing(facts) -> bytes:
    return facts.number.encode()


def dice(seed: int = 0):
    numbers = count(seed * 1_000_000)
    return lambda bits: next(numbers)


def issue(eligibility_id: int, **values) -> Award:
    return actions.issue(
        **{
            "eligibility_id": eligibility_id,
            "now": START,
            "random_bits": dice(eligibility_id),
            "draw": plain_drawing,
            **values,
        }
    )


def issue_and_die(settings: Settings, eligibility_id: int) -> None:
    """What a worker does that is killed when everything is written but not yet stored."""
    with create_app(settings).app_context(), work():
        issue(eligibility_id)
        os.kill(os.getpid(), signal.SIGKILL)


def numbers() -> list[str]:
    return list(db.session.scalars(select(Award.number).order_by(Award.id)))


def test_eight_workers_at_once(app: Flask, approved):
    ids = [approved(basis_id=number) for number in range(THREADS * EACH)]
    db.session.rollback()

    def work_on(mine: list[int]) -> None:
        with app.app_context():
            for eligibility_id in mine:
                with work():
                    issue(eligibility_id)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work_on, (ids[start::THREADS] for start in range(THREADS))))

    assert sorted(numbers()) == [f"KK-2026-{number:06d}" for number in range(1, THREADS * EACH + 1)]


def test_two_workers_on_the_same_certificate(app: Flask, approved):
    eligibility_id = approved()
    db.session.rollback()

    def work_on(_: int) -> str:
        with app.app_context():
            try:
                with work():
                    return issue(eligibility_id).number
            except IntegrityError:  # the database let only one of them through; the job is tried again
                with work():
                    return issue(eligibility_id).number

    with ThreadPoolExecutor(4) as pool:
        given = set(pool.map(work_on, range(4)))

    assert given == {"KK-2026-000001"}
    assert numbers() == ["KK-2026-000001"]


def test_issuing_again_gives_the_same_certificate(app: Flask, approved):
    eligibility_id = approved()
    with work():
        first = issue(eligibility_id)
        kept = (first.id, first.number, first.code, first.file_hash)
    with work():
        again = issue(eligibility_id, draw=lambda facts: pytest.fail("drawn twice"))
        assert (again.id, again.number, again.code, again.file_hash) == kept


def test_a_number_is_free_again_when_the_drawing_fails(app: Flask, approved):
    broken, sound = approved(basis_id=1), approved(basis_id=2)

    def fail(facts):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), work():
        issue(broken, draw=fail)
    with work():
        issue(sound)
    with work():
        issue(broken)

    assert numbers() == ["KK-2026-000001", "KK-2026-000002"]


@pytest.mark.slow
def test_a_worker_that_is_killed_after_drawing_leaves_nothing(app: Flask, approved):
    eligibility_id = approved()
    db.session.remove()

    # Not forked: the storage and the database driver have threads, which a fork would leave half alive.
    child = get_context("spawn").Process(target=issue_and_die, args=(app.config["SETTINGS"], eligibility_id))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL

    assert numbers() == []
    assert db.session.scalar(select(StoredFile)) is None
    with work():
        assert issue(eligibility_id).number == "KK-2026-000001"


def test_the_year_is_that_of_the_place_of_issue(app: Flask, approved):
    eligibility_id = approved()

    with work():
        award = issue(eligibility_id, now=START.replace(month=12, day=31, hour=20))  # 01:00 in Karachi

    assert award.number == "KK-2027-000001"
    assert award.facts["issued_on"] == "2027-01-01"


def test_nothing_is_issued_without_a_registrar(app: Flask, earned):
    with pytest.raises(actions.NotApproved), work():
        issue(earned())


def test_what_is_printed_is_frozen(app: Flask, approved, world):
    eligibility_id = approved()
    with work():
        issue(eligibility_id)
    with work():
        people.person(world.person("ada").id).full_name = "Somebody Else"
        db.session.get_one(Eligibility, eligibility_id).title = {"en": "Another course"}

    facts = db.session.scalars(select(Award)).one().facts
    assert facts["name"] == "Ada Khan"
    assert facts["title"]["en"] == "Mandarin at work"
    assert facts["signatory"] == "Rahim Shah"
    assert facts["organisation"] == {"en": "Indus College"}
