"""How the site is doing, as far as the database and the broker know."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError
from sqlalchemy import and_, func, select
from sqlalchemy.exc import SQLAlchemyError

from lms.db import db
from lms.jobs.models import OPEN, Job
from lms.operations.metrics import JobCount

LATEST = 10_000  # ended jobs that are looked at: counting all of them would get slower every day
BROKER_PATIENCE = 1  # seconds


def job_counts(*, now: datetime) -> list[JobCount]:
    """Open jobs, and the latest ended ones, by kind and state."""
    latest = select(func.coalesce(func.max(Job.id), 0) - LATEST).scalar_subquery()
    ended = and_(Job.id > latest, Job.state.in_(("done", "dead")))
    groups = select(Job.kind, Job.state, func.count(), func.min(Job.asked_at)).group_by(Job.kind, Job.state)
    return [
        JobCount(kind, state, number, (now - oldest).total_seconds())
        for condition in (OPEN, ended)
        for kind, state, number, oldest in db.session.execute(groups.where(condition))
    ]


def database_state() -> str:
    """ "ok", "not migrated", "newer" (than this code) or "unreachable"."""
    known, heads = migrations()
    try:
        current = current_migrations()
    except SQLAlchemyError:
        return "unreachable"
    if not set(current) <= known:
        return "newer"
    return "ok" if set(current) == heads else "not migrated"


def current_migrations() -> Sequence[str]:
    """Where the database stands; raises SQLAlchemyError."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_heads()


def migrations() -> tuple[frozenset[str], frozenset[str]]:
    """All migrations that this code knows, and the last ones."""
    return _migrations(str(current_app.extensions["migrate"].directory))


@lru_cache
def _migrations(folder: str) -> tuple[frozenset[str], frozenset[str]]:
    scripts = ScriptDirectory(folder)
    return frozenset(script.revision for script in scripts.walk_revisions()), frozenset(scripts.get_heads())


def broker_state() -> str:
    """ "ok" or "unreachable"."""
    try:
        with current_app.extensions["celery"].connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=BROKER_PATIENCE)
    except (BrokerError, RedisError, OSError):
        return "unreachable"
    return "ok"
