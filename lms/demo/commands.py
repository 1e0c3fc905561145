"""`flask demo …`"""

import json
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from lms.db import work
from lms.demo import actions
from lms.demo.cast import CAST
from lms.people.actions import TOKEN_PREFIX

WORDS = ("apricot", "cedar", "glacier", "indus", "jasmine", "lantern", "marble", "river", "saffron", "walnut")
FILE = "demo-sign-ins.json"
SHOWN_ROLES = ("student", "trainee", "teacher", "registrar", "administrator")

group = AppGroup("demo", help="People and classes to look around with.")


@group.command("load")
def load() -> None:
    """Make the demo people, classes and what they have done; does nothing the second time."""
    _refuse_in_production()
    with work():
        added = actions.load(_secrets(), now=datetime.now(UTC))
    click.echo(f"{added} people added" if added else "the demo is there already")


@group.command("signins")
@click.option(
    "--json", "as_json", is_flag=True, help="For scripts: role, name, sign-in, password, API token."
)
def sign_ins(as_json: bool) -> None:
    """The people of the demo and how to sign in as each."""
    _refuse_in_production()
    known = _secrets()
    rows = [
        {
            "role": actor.role,
            "name": actor.name,
            "sign_in": actions.email(actor),
            "password": known[actor.key][0],
            "api_token": known[actor.key][1],
        }
        for actor in CAST
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for role in SHOWN_ROLES:
        for row in [row for row in rows if row["role"] == role][:2]:
            click.echo(f"  {row['role']:<14} {row['name']:<16} {row['sign_in']:<36} {row['password']}")


def _refuse_in_production() -> None:
    if current_app.config["KARAKORAM_ENV"] == "production":
        click.echo("There is no demo in production: everybody could sign in as an administrator", err=True)
        sys.exit(2)


def _secrets() -> dict[str, tuple[str, str]]:
    """Password and token of each actor, made once for this site and kept beside its database."""
    path = current_app.config["SETTINGS"].data_dir / FILE
    known = json.loads(path.read_text()) if path.exists() else {}
    missing = [actor.key for actor in CAST if actor.key not in known]
    if missing:
        password = known[next(iter(known))][0] if known else _password()
        known |= {key: (password, TOKEN_PREFIX + secrets.token_urlsafe(32)) for key in missing}
        _write(path, json.dumps(known))
    return {key: (value[0], value[1]) for key, value in known.items()}


def _password() -> str:
    """One easy password for the whole demo of this site, different at every site."""
    return f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(90) + 10}"


def _write(path: Path, text: str) -> None:
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(text)
    os.replace(draft, path)
