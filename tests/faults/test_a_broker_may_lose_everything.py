"""Redis forgets, goes away, hangs: nobody waits for it, and all work is done when it is back."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults import books
from tests.faults.site import Site, until

pytestmark = pytest.mark.slow

QUICK = 1.0  # seconds in which a student gets an answer, whatever the broker does
CLASS = 5


@pytest.fixture
def broker(site: Site) -> Iterator[Any]:
    """The broker of the site; afterwards it is as it was."""
    yield site.broker
    site.broker.thaw()
    if not site.broker.answers():
        site.broker.start()


def test_emptied_between_the_request_and_the_worker(broker, handed_in, approved, start_worker):
    attempts = [handed_in() for _ in range(CLASS)]
    earned, _ = approved(3)
    broker.forget_everything()

    start_worker()
    until(lambda: not books.open_jobs(), "the work")

    books.every_attempt_is_marked_once(attempts)
    books.every_certificate_is_issued_once(earned)


def test_emptied_again_and_again_while_everybody_works(broker, handed_in, start_worker):
    start_worker(concurrency=2)
    attempts = []
    for _ in range(CLASS):
        attempts.append(handed_in())
        broker.forget_everything()
    until(lambda: not books.open_jobs(), "the marking")

    books.every_attempt_is_marked_once(attempts)


def test_away_while_students_hand_in(broker, handed_in, start_worker):
    start_worker()
    broker.stop()
    attempts = [quickly(handed_in) for _ in range(CLASS)]
    broker.start()
    until(lambda: not books.open_jobs(), "the marking")

    books.every_attempt_is_marked_once(attempts)


def test_hanging_while_students_hand_in(broker, handed_in, start_worker):
    start_worker()
    broker.freeze()
    attempts = [quickly(handed_in) for _ in range(CLASS)]
    broker.thaw()
    until(lambda: not books.open_jobs(), "the marking")

    books.every_attempt_is_marked_once(attempts)


def test_hanging_while_a_registrar_approves(broker, approved, start_worker):
    broker.freeze()
    earned, _ = quickly(lambda: approved(5))
    broker.thaw()
    start_worker()
    until(lambda: not books.open_jobs(), "the issuing")

    books.every_certificate_is_issued_once(earned)


def quickly(do: Callable[[], Any]) -> Any:
    """The processor time is that of many requests; waiting for the broker would be on top of it."""
    begun, worked = time.monotonic(), time.process_time()
    result = do()
    waited = (time.monotonic() - begun) - (time.process_time() - worked)
    assert waited < QUICK, f"waited {waited:.1f} s"
    return result
