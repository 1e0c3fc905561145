"""`flask ops prepare` brings everything up to date, and refuses in one line what it must not touch."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from config import Settings
from lms.app import create_app
from lms.db import db
from lms.operations.commands import SAID_WHY

SECRET = "only for tests, never for people"


@pytest.fixture
def apps() -> Iterator[list[Flask]]:
    """Applications to close at the end."""
    apps: list[Flask] = []
    yield apps
    for app in apps:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def prepare(apps: list[Flask], folder: Path, **settings: str) -> Result:
    given = {"KARAKORAM_ENV": "test", "SECRET_KEY": SECRET, "REDIS_URL": "memory://"} | settings
    app = create_app(Settings(DATA_DIR=str(folder), **given))  # type: ignore[arg-type]
    apps.append(app)
    return app.test_cli_runner().invoke(args=["ops", "prepare"])


@pytest.mark.slow
def test_a_site_gets_its_tables_and_courses_once(apps: list[Flask], tmp_path: Path) -> None:
    first = prepare(apps, tmp_path)
    assert first.exit_code == 0, first.output
    assert "database" in first.output
    assert "0 of them new" not in first.output
    assert "demo" not in first.output
    assert "0 of them new" in prepare(apps, tmp_path).output


@pytest.mark.slow
def test_the_demo_tells_who_may_sign_in_and_keeps_it_to_its_owner(apps: list[Flask], tmp_path: Path) -> None:
    said = prepare(apps, tmp_path, KARAKORAM_ENV="demo")
    table = tmp_path / "sign-ins.txt"
    assert said.exit_code == 0, said.output
    assert "teacher" in table.read_text()
    assert table.stat().st_mode & 0o077 == 0


def test_a_database_that_is_newer_than_the_code_is_left_alone(apps: list[Flask], tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "karakoram.db")) as database:
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.execute("INSERT INTO alembic_version VALUES ('from the future')")
        database.commit()
    said = prepare(apps, tmp_path)
    assert (said.exit_code, said.output.count("\n")) == (SAID_WHY, 1)
    assert said.output.startswith("The database is newer than this code: ")


def test_a_database_that_does_not_answer(apps: list[Flask], tmp_path: Path) -> None:
    said = prepare(apps, tmp_path, DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert said.exit_code == SAID_WHY
    assert said.output == "The database does not answer: start it, or check DATABASE_URL\n"


def test_a_course_with_a_fault_is_named(apps: list[Flask], tmp_path: Path) -> None:
    courses = tmp_path / "courses"
    (courses / "broken").mkdir(parents=True)
    (courses / "broken" / "course.yaml").write_text("titel: First circuits\n")
    said = prepare(apps, tmp_path, COURSES_DIR=str(courses))
    assert said.exit_code == SAID_WHY
    assert "course.yaml" in said.output
