"""`flask credentials …`"""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from lms.credentials.drawing import fonts

group = AppGroup("credentials", help="Certificates.")


@group.command("fonts")
def prepare() -> None:
    """Unpack the fonts that certificates are set in from the npm packages."""
    try:
        folder = fonts.prepare_fonts(Path(current_app.root_path).parent)
    except fonts.FontsMissing as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"certificate fonts: {folder}")
