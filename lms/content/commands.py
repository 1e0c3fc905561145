"""`flask content …`"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from lms.content import actions
from lms.content.actions import KeepParts
from lms.content.kinds import KINDS, discover
from lms.content.packs import Library, schema
from lms.content.packs import check as read_all
from lms.db import work

SHIPPED = Path(__file__).parents[2] / "courses"

group = AppGroup("content", help="Courses: check them, publish them.")
paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


@dataclass(frozen=True)
class Keepers:
    """What slices above this one do with what a pack holds for them, in the same transaction."""

    keep_parts: KeepParts
    keep_track: Callable[..., Any]


def init_app(app: Flask, *, keep_parts: KeepParts, keep_track: Callable[..., Any]) -> None:
    """Find the kinds of activity, and remember who keeps parts of documents and tracks."""
    discover()
    app.extensions["content"] = Keepers(keep_parts, keep_track)
    app.cli.add_command(group)


@group.command("check")
@paths
def check(paths: tuple[Path, ...]) -> None:
    """Read course packs (default: those that ship) and tell everything that is wrong with them."""
    library = _read(paths)
    click.echo(f"{len(library.packs)} courses and {len(library.tracks)} tracks, nothing wrong")


@group.command("load")
@paths
def load(paths: tuple[Path, ...]) -> None:
    """Publish course packs (default: those that ship); what has not changed stays as it is."""
    library = _read(paths)
    keepers: Keepers = current_app.extensions["content"]
    now = datetime.now(UTC)
    with work():
        editions = [actions.publish(pack, now=now, keep_parts=keepers.keep_parts) for pack in library.packs]
        for track in library.tracks:
            keepers.keep_track(track, now=now)
        fresh = sum(edition.published_at == now for edition in editions)
        click.echo(f"{len(editions)} courses, {fresh} of them new; {len(library.tracks)} tracks")


@group.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of course packs, for editors."""
    click.echo(written(schema(KINDS)))


def written(value: Mapping[str, Any]) -> str:
    """JSON as it is kept in docs/course-pack.schema.json."""
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)


def _read(paths: tuple[Path, ...]) -> Library:
    library = read_all(paths or (SHIPPED,), KINDS)
    for fault in library.faults:
        click.echo(fault)
    if library.faults:
        raise click.ClickException(f"{len(library.faults)} faults")
    return library
