"""One world for every test: a fixed cast, a small course, a class; on SQLite and on PostgreSQL.

Ada learns, Bo learns beside her, Grace teaches them, Rahim is the registrar of their college. Eve learns at
another campus and must not get in; Mallory is the registrar there.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from config import Settings
from lms.app import create_app
from lms.db import db, work
from lms.jobs import runner
from lms.people import throttle
from tests.world import PASSWORD, World, build

pytest_plugins = ["tests.services"]

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="only SQLite, no servers, no browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--fast"):
        return
    slow = [item for item in items if "slow" in item.keywords or "[postgresql" in item.nodeid]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


@dataclass
class Clock:
    """A clock that stands still until it is told to go on."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


class Browser(FlaskClient):
    """A client whose requests share nothing with the test: no session, no signed-in person, no lock."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.rollback()  # what the test has read must not stand in the way of the request
        return Context().run(super().open, *args, **kwargs)


class SqliteStore:
    """A database file, and a copy of it as it was when the world had just been built."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "test.db"
        self.url = f"sqlite:///{self.path}"

    def keep(self) -> None:
        shutil.copy(self.path, self.path.with_suffix(".kept"))

    def restore(self) -> None:
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.path.with_suffix(".kept"), self.path)


class PostgresStore:
    """A database, and a template of it as it was when the world had just been built."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = url.rpartition("/")[2]
        self.admin_url = url.replace("+psycopg", "").rpartition("/")[0] + "/postgres"

    def keep(self) -> None:
        self._admin(f"CREATE DATABASE {self.name}_kept TEMPLATE {self.name}")

    def restore(self) -> None:
        self._admin(f"DROP DATABASE {self.name} WITH (FORCE)")
        self._admin(f"CREATE DATABASE {self.name} TEMPLATE {self.name}_kept")

    def drop_kept(self) -> None:
        self._admin(f"DROP DATABASE IF EXISTS {self.name}_kept WITH (FORCE)")

    def _admin(self, statement: str) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SqliteStore | PostgresStore]:
    if request.param == "sqlite":
        yield SqliteStore(tmp_path_factory.mktemp("sqlite"))
        return
    kept = PostgresStore(request.getfixturevalue("postgres_url"))
    yield kept
    kept.drop_kept()


@pytest.fixture(scope="session")
def base_app(store: SqliteStore | PostgresStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database with the world in it."""
    app = create_app(
        Settings(
            KARAKORAM_ENV="test",
            DATA_DIR=str(tmp_path_factory.mktemp("data")),
            DATABASE_URL=store.url,
            SECRET_KEY="only for tests, never for people",
            REDIS_URL="memory://",
        )
    )
    app.test_client_class = Browser
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.app_context():
        db.create_all()
        with work():
            build(START)
        db.session.remove()
        db.engine.dispose()
    store.keep()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(base_app: Flask, store: SqliteStore | PostgresStore) -> Iterator[Flask]:
    """The application, with the world as if nothing had happened in it yet."""
    with base_app.app_context():
        db.session.remove()
        db.engine.dispose()
    store.restore()
    with base_app.app_context():
        throttle.limiter.reset()
        yield base_app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def world(app: Flask) -> World:
    return World()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that views and workers read."""
    stopped = Clock()
    monkeypatch.setattr("lms.web.clock.now", stopped)
    return stopped


@pytest.fixture
def workers(app: Flask, clock: Clock) -> Callable[[], int]:
    """Do all work that waits, as the workers would; the number of jobs done."""
    return lambda: runner.run_due(clock=clock)


@pytest.fixture
def as_(app: Flask) -> Callable[[str], FlaskClient]:
    """A browser in which this member of the cast is signed in."""

    def signed_in(key: str) -> FlaskClient:
        browser = app.test_client()
        answer = browser.post("/sign-in", data={"identifier": f"{key}@example.org", "password": PASSWORD})
        assert answer.status_code == 302
        return browser

    return signed_in


@dataclass
class Statements:
    """The SQL statements that were sent."""

    texts: list[str]

    def __len__(self) -> int:
        return len(self.texts)


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], "Iterator[Statements]"]:
    """`with count_queries() as sent: …; assert len(sent) <= 12`; BEGIN and COMMIT are not counted."""

    @contextmanager
    def counting() -> Iterator[Statements]:
        sent = Statements([])

        def note(connection, cursor, statement, parameters, context, many):
            if not statement.startswith(("BEGIN", "PRAGMA")):
                sent.texts.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting
