"""Does one job: claim, effect and end, each safe to repeat or to be killed in."""

from collections.abc import Callable
from datetime import datetime

import structlog

from lms.db import work
from lms.jobs import actions
from lms.jobs.registry import KINDS

LONGEST_ERROR = 2000
MOST_ROUNDS = 100

log = structlog.get_logger()
Clock = Callable[[], datetime]


def run(job_id: int, *, clock: Clock) -> bool:
    """Do the job if it is due and free. True if it is done now; failures are noted in its row."""
    with work():
        claim = actions.claim(job_id, now=clock())
    if claim is None:
        return False
    if claim.tries > KINDS[claim.kind].tries:
        return _note(claim, "the worker died each time", clock)  # it killed every worker that took it
    try:
        with work():
            KINDS[claim.kind].run(**claim.args, now=clock())
            actions.finish(claim, now=clock())
    except actions.LeaseLost:
        log.warning("lease lost, nothing stored", job_id=job_id, kind=claim.kind)
        return False
    except Exception as problem:
        log.exception("job failed", job_id=job_id, kind=claim.kind, tries=claim.tries)
        return _note(claim, f"{type(problem).__name__}: {problem}", clock)
    return True


def run_due(*, clock: Clock) -> int:
    """Do all that is due in this process, and what that asks for in turn; the number of jobs done."""
    done = 0
    for _ in range(MOST_ROUNDS):
        with work():
            ids = actions.due(now=clock())
        progress = sum(run(job_id, clock=clock) for job_id in ids)
        done += progress
        if not progress:
            break
    return done


def _note(claim: actions.Claim, reason: str, clock: Clock) -> bool:
    try:
        with work():
            actions.give_back(claim, reason[:LONGEST_ERROR], now=clock())
    except actions.LeaseLost:
        log.warning("lease lost while noting a failure", job_id=claim.job_id)
    return False
