"""`flask people …`: the first people of a site, before anybody can sign in to add others."""

import sys
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from lms.db import work
from lms.people import actions, queries
from lms.people.rules import ROLES

SHORTEST_PASSWORD = 12

group = AppGroup("people", help="Organisations and people.")


@group.command("add-organisation")
@click.argument("key")
@click.argument("name")
@click.option("--kind", default="college", show_default=True)
@click.option("--below", help="Key of the organisation above it.")
@click.option("--country", default="PK", show_default=True)
@click.option("--city", default="Islamabad", show_default=True)
@click.option("--time-zone", default="Asia/Karachi", show_default=True)
def add_organisation(
    key: str, name: str, kind: str, below: str | None, country: str, city: str, time_zone: str
) -> None:
    """Add an organisation to the tree."""
    with work():
        parent = queries.organisation_with_key(below) if below else None
        if below and parent is None:
            _refuse(f"There is no organisation {below!r}: add it first, or leave --below out")
        if queries.organisation_with_key(key):
            _refuse(f"There is an organisation {key!r} already: choose another key")
        actions.add_organisation(
            key=key, name=name, kind=kind, parent=parent, country=country, city=city, time_zone=time_zone
        )
    click.echo(f"{name} added")


@group.command("add")
@click.argument("email")
@click.argument("full_name")
@click.option("--role", type=click.Choice(sorted(set(ROLES) - {"student"})), required=True)
@click.option("--at", required=True, help="Key of the organisation where the role holds.")
@click.password_option(help="Asked for when it is left out.")
def add(email: str, full_name: str, role: str, at: str, password: str) -> None:
    """Add somebody with a role at an organisation, such as the first administrator."""
    now = datetime.now(UTC)
    if len(password) < SHORTEST_PASSWORD:
        _refuse(f"Use at least {SHORTEST_PASSWORD} characters for the password of somebody with a role")
    with work():
        place = queries.organisation_with_key(at)
        if place is None:
            _refuse(f"There is no organisation {at!r}: flask people add-organisation adds it")
        elif queries.person_to_sign_in(email):
            _refuse(f"Somebody signs in with {email} already")
        else:
            added = actions.add_person(
                key=email.lower(), full_name=full_name, email=email, password=password, now=now
            )
            actions.grant(added, role, scope_kind="organisation", scope_id=place.id, now=now)
    click.echo(f"{full_name} is {role} at {at}")


def _refuse(reason: str) -> None:
    click.echo(reason, err=True)
    sys.exit(2)
