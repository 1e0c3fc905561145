"""`flask jobs …`"""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from lms.db import work
from lms.jobs import actions, queries, runner

group = AppGroup("jobs", help="Background work.")


@group.command("run")
def run() -> None:
    """Do all waiting work now, in this process, without Celery."""
    click.echo(f"{runner.run_due(clock=lambda: datetime.now(UTC))} jobs done")


@group.command("retry")
def retry() -> None:
    """Give every job that was given up a fresh set of tries, once its cause is removed."""
    now = datetime.now(UTC)
    with work():
        revived = sum(actions.retry(job_id, now=now) for job_id in queries.dead_ids())
    click.echo(f"{revived} jobs wait again")
