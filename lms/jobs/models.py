"""The jobs table: the row is the queue."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Json, Key, Model, Moment

STATES = ("waiting", "running", "done", "dead")
# Written out, not bound: SQLite uses a partial index only where the query repeats its condition literally.
OPEN = text("state IN ('waiting', 'running')")


class Job(Model):
    """One piece of work.

    `due_at` is when it may be claimed: for a running job that is the end of its lease. `token` counts
    the claims, so that a worker which lost its lease cannot finish what another one has taken over.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        UniqueConstraint("key"),
        Index("ix_job_due", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_job_batch", "batch"),
    )

    id: Mapped[Key]
    kind: Mapped[str]
    args: Mapped[Json]
    key: Mapped[str | None]
    batch: Mapped[str | None]
    person_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    token: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment]
    published_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    error: Mapped[str | None]
