"""A worker dies by SIGKILL wherever it stands: what it was doing is done once, by the next one."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.faults import books
from tests.faults.site import Part, until

pytestmark = pytest.mark.slow

# Each of these places is where a worker dies; see `hasty.py` for how they are written.
IN_MARKING = (
    "1 before COMMIT",  # the job is claimed, but nobody knows
    "1 after COMMIT",  # the claim is stored, nothing is done
    "2 after INSERT INTO attempt_step",  # some questions are marked
    "1 after INSERT INTO progress_step",  # the class knows
    "2 after UPDATE job",  # marked and ended
    "2 before COMMIT",
    "2 after COMMIT",  # all is stored, Celery has not been told
)
IN_ISSUING = (
    "1 after COMMIT",
    "1 after UPDATE award_series",  # a number is taken
    "1 before INSERT INTO stored_file",  # the PDF lies on the disk, nobody knows of it
    "1 after INSERT INTO award ",
    "2 before COMMIT",
    "2 after COMMIT",
)


def test_in_the_middle_of_marking(handed_in, start_worker):
    attempts = [handed_in() for _ in IN_MARKING]

    die_at_each(IN_MARKING, start_worker)
    start_worker()
    until(lambda: not books.open_jobs(), "the marking")

    books.every_attempt_is_marked_once(attempts)


def test_in_the_middle_of_issuing(approved, start_worker):
    earned, _ = approved(len(IN_ISSUING))

    die_at_each(IN_ISSUING, start_worker)
    start_worker()
    until(lambda: not books.open_jobs(), "the issuing")

    books.every_certificate_is_issued_once(earned)


def test_again_and_again_while_two_workers_share_the_work(handed_in, approved, start_worker):
    attempts = [handed_in() for _ in range(12)]
    earned, _ = approved(6)
    for _ in range(3):
        doomed = start_worker(die_at="2 after INSERT INTO attempt_step", concurrency=2)
        helper = start_worker(concurrency=2)
        time.sleep(1.5)
        doomed.kill()
        helper.kill()

    start_worker(concurrency=2)
    start_worker(concurrency=2)
    until(lambda: not books.open_jobs(), "all work")

    books.every_attempt_is_marked_once(attempts)
    books.every_certificate_is_issued_once(earned)


def test_one_process_of_the_pool(handed_in, start_worker):
    worker = start_worker(concurrency=2)
    attempts = [handed_in()]
    until(lambda: not books.open_jobs(), "the start")
    for _ in range(4):
        attempts.append(handed_in())
        until(worker.pool, "the start of a process")
        os.kill(worker.pool()[0], signal.SIGKILL)
    until(lambda: not books.open_jobs(), "the marking")

    books.every_attempt_is_marked_once(attempts)


def die_at_each(places: tuple[str, ...], start_worker: Callable[..., Part]) -> None:
    for place in places:
        start_worker(die_at=place).until_dead()
    assert books.open_jobs() >= len(places) - 1  # all but the one that died after its last commit
