"""What waits, runs, is done, is dead."""

from dataclasses import dataclass

from sqlalchemy import func, select

from lms.db import db
from lms.jobs.models import Job


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch of jobs has come; counts of jobs."""

    total: int
    done: int
    dead: int
    running: int

    @property
    def is_over(self) -> bool:
        return self.done + self.dead == self.total


def batch_progress(batch: str) -> BatchProgress:
    rows = db.session.execute(select(Job.state, func.count()).where(Job.batch == batch).group_by(Job.state))
    count: dict[str, int] = {row[0]: row[1] for row in rows}
    return BatchProgress(
        sum(count.values()), count.get("done", 0), count.get("dead", 0), count.get("running", 0)
    )


def dead_in(batch: str) -> list[Job]:
    """The jobs of the batch that were given up, each with its error."""
    return list(
        db.session.scalars(select(Job).where(Job.batch == batch, Job.state == "dead").order_by(Job.id))
    )


def dead_ids() -> list[int]:
    """Every job that was given up, oldest first."""
    return list(db.session.scalars(select(Job.id).where(Job.state == "dead").order_by(Job.id)))
