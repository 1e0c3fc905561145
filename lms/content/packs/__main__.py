"""`python -m lms.content.packs PATH…`: check course packs without the rest of the product."""

import sys
from pathlib import Path

import click

from lms.content.kinds import discover
from lms.content.packs.library import check


def main(paths: list[str]) -> int:
    """Print every fault; 0 if there is none."""
    library = check([Path(path) for path in paths or ["courses"]], discover())
    for fault in library.faults:
        click.echo(fault)
    for pack in library.packs:
        activities = pack.outline.activities
        weight = sum(activity.bytes for activity in activities)
        click.echo(f"{pack.outline.key}: {len(activities)} activities, {weight / 1000:.0f} KB")
    click.echo(f"{len(library.packs)} courses, {len(library.tracks)} tracks, {len(library.faults)} faults")
    return 1 if library.faults else 0


sys.exit(main(sys.argv[1:]))
