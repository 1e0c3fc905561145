"""`flask ops …`"""

import io
import os
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout

import click
import flask_migrate
from flask import current_app
from flask.cli import AppGroup

from config import Settings
from lms.operations import queries
from lms.operations.supervisor.console import say

SAID_WHY = 3  # exit code: the reason stands on the terminal
REFUSALS = {
    "newer": "The database is newer than this code: install the newer Karakoram again,"
    " or restore the backup made before it (docs/operating.md)",
    "unreachable": "The database does not answer: start it, or check DATABASE_URL",
}

group = AppGroup("ops", help="Running the site.")


@group.command("prepare")
def prepare() -> None:
    """Bring database, courses and demo up to date; may be repeated at any time."""
    settings: Settings = current_app.config["SETTINGS"]
    _refuse_if(queries.database_state())
    _step("database", _upgrade)
    _step("courses", lambda: _command("content", "load", settings.COURSES_DIR))
    if settings.KARAKORAM_ENV == "demo":
        _step("demo", lambda: _command("demo", "load"))
        _keep_sign_ins(_command("demo", "signins"))


def _refuse_if(state: str) -> None:
    if state in REFUSALS:
        click.echo(REFUSALS[state])
        sys.exit(SAID_WHY)


def _upgrade() -> str:
    flask_migrate.upgrade()
    return f"at {', '.join(queries.current_migrations())}"


def _step(name: str, do: Callable[[], str]) -> None:
    begun = time.monotonic()
    result = do().strip().splitlines() or ["done"]
    say(name, f"{result[-1]} ({time.monotonic() - begun:.1f} s)")


def _command(*words: str) -> str:
    """Run another command of the site in this process; what it said."""
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            current_app.cli.main(list(words), prog_name="flask", standalone_mode=False)
    except click.ClickException as problem:
        click.echo(f"{said.getvalue()}{problem.format_message()}")
        sys.exit(SAID_WHY)
    return said.getvalue()


def _keep_sign_ins(table: str) -> None:
    # Demo passwords only, and readable only by whoever runs the demo.
    path = current_app.config["SETTINGS"].data_dir / "sign-ins.txt"
    path.touch(mode=0o600)
    path.write_text(table)
    os.chmod(path, 0o600)
