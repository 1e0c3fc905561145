"""A second start skips preparation; anything that preparation depends on makes it due again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from config import Settings
from lms.operations.supervisor import prepared


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "courses").mkdir()
    (tmp_path / "courses" / "course.yaml").write_text("title: First circuits")
    with closing(sqlite3.connect(tmp_path / "karakoram.db")) as database:
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.execute("INSERT INTO alembic_version VALUES ('0001')")
        database.commit()
    return Settings(DATA_DIR=str(tmp_path), COURSES_DIR=str(tmp_path / "courses"))


def test_the_first_start_prepares(settings: Settings) -> None:
    assert prepared.is_due(settings)


def test_the_second_start_does_not(settings: Settings) -> None:
    prepared.note(settings)
    assert not prepared.is_due(settings)


def test_an_edited_course_is_loaded(settings: Settings) -> None:
    prepared.note(settings)
    Path(settings.COURSES_DIR, "course.yaml").write_text("title: First circuits, revised")
    assert prepared.is_due(settings)


def test_a_deleted_database_is_made_again(settings: Settings) -> None:
    prepared.note(settings)
    Path(settings.DATA_DIR, "karakoram.db").unlink()
    assert prepared.is_due(settings)


def test_a_restored_older_database_is_upgraded(settings: Settings) -> None:
    prepared.note(settings)
    with closing(sqlite3.connect(Path(settings.DATA_DIR, "karakoram.db"))) as database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
        database.commit()
    assert prepared.is_due(settings)
