"""Ask for work, claim it, finish it, give it up. The runner and the sweeper are built from these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from lms.db import after_commit, changed, db, insert_once
from lms.jobs import broker, rules
from lms.jobs.models import OPEN, Job
from lms.jobs.registry import KINDS

SWEEP_AFTER = timedelta(seconds=3)  # how long the message of a new job is trusted to arrive
PUBLISH_AGAIN = timedelta(seconds=60)
SWEEP_AT_MOST = 500


class LeaseLost(RuntimeError):
    """Another worker has taken the job over: whatever this one did must not be stored."""


@dataclass(frozen=True)
class Claim:
    """The right to do a job until its lease ends."""

    job_id: int
    kind: str
    args: Mapping[str, Any]
    token: int
    tries: int


def request(
    kind: str,
    args: Mapping[str, Any],
    *,
    now: datetime,
    key: str | None = None,
    person_id: int | None = None,
    batch: str | None = None,
    due_at: datetime | None = None,
) -> int | None:
    """Write down a job in this transaction; Celery hears of it after the commit.

    Returns its id, or None if a job with this `key` was asked for before. Raises KeyError for a kind
    that nobody does.
    """
    job_id = insert_once(
        Job,
        kind=KINDS[kind].name,
        args=dict(args),
        key=key,
        person_id=person_id,
        batch=batch,
        state="waiting",
        tries=0,
        token=0,
        asked_at=now,
        due_at=due_at or now,
    )
    if job_id is not None and due_at is None:
        after_commit(lambda: broker.publish(job_id))
    return job_id


def claim(job_id: int, *, now: datetime) -> Claim | None:
    """Take the job, if it is due and nobody else holds it."""
    kind = db.session.scalar(select(Job.kind).where(Job.id == job_id))
    if kind is None or kind not in KINDS:
        return None
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job_id, OPEN, Job.due_at <= now)
        .values(state="running", token=Job.token + 1, tries=Job.tries + 1, due_at=now + KINDS[kind].lease)
        .returning(Job.args, Job.token, Job.tries)
    ).one_or_none()
    return Claim(job_id, kind, taken.args, taken.token, taken.tries) if taken else None


def finish(claim: Claim, *, now: datetime) -> None:
    """Mark the job as done, in the very transaction of its effect. Raises LeaseLost."""
    _end(claim, state="done", ended_at=now, error=None)


def give_back(claim: Claim, reason: str, *, now: datetime) -> None:
    """Note a failure: the job waits for its next try, or is dead when there is none left."""
    again = rules.next_try(claim.tries, KINDS[claim.kind].tries, now)
    if again is None:
        _end(claim, state="dead", ended_at=now, error=reason)
    else:
        # Not published: or a sweeper that told of the last try would keep silent about this one.
        _end(claim, state="waiting", due_at=again, error=reason, published_at=None)


def retry(job_id: int, *, now: datetime) -> bool:
    """Give a dead job a fresh set of tries; False if it is not dead."""
    revived = changed(
        update(Job)
        .where(Job.id == job_id, Job.state == "dead")
        .values(state="waiting", tries=0, due_at=now, ended_at=None, published_at=None)
    )
    if revived:
        after_commit(lambda: broker.publish(job_id))
    return bool(revived)


def forgotten(*, now: datetime) -> list[int]:
    """Jobs whose message must have got lost: due, and not published lately. Marks them as published."""
    lost = (
        select(Job.id)
        .where(
            OPEN,
            Job.due_at <= now - SWEEP_AFTER,
            (Job.published_at.is_(None)) | (Job.published_at <= now - PUBLISH_AGAIN),
        )
        .order_by(Job.due_at)
        .limit(SWEEP_AT_MOST)
    )
    ids = list(db.session.scalars(lost))
    if ids:
        db.session.execute(update(Job).where(Job.id.in_(ids)).values(published_at=now))
    return ids


def due(*, now: datetime) -> list[int]:
    """Every job that may be claimed now, oldest first."""
    return list(db.session.scalars(select(Job.id).where(OPEN, Job.due_at <= now).order_by(Job.due_at)))


def _end(claim: Claim, **values: Any) -> None:
    ended = changed(
        update(Job)
        .where(Job.id == claim.job_id, Job.token == claim.token, Job.state == "running")
        .values(**values)
    )
    if not ended:
        raise LeaseLost(f"job {claim.job_id} was taken over")
