"""`flask jobs …`"""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from lms.jobs import runner

group = AppGroup("jobs", help="Background work.")


@group.command("run")
def run() -> None:
    """Do all waiting work now, in this process, without Celery."""
    click.echo(f"{runner.run_due(clock=lambda: datetime.now(UTC))} jobs done")
