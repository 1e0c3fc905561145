"""Fixtures for what a test needs beside Python, and one line at the end for each thing that was missing.

With REQUIRE_ALL=1 a missing thing fails the test instead of leaving it out.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import NoReturn

import psycopg
import pytest

from tests import servers

MARK = "left out: "


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server where databases may be made and dropped."""
    with found("TEST_POSTGRES_URL", servers.postgres) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str, worker: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database that belongs to this test process alone."""
    name = f"test_{worker}_{os.getpid()}"
    with psycopg.connect(postgres_server.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{postgres_server.rpartition('/')[0]}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a Redis server; the tests share it, so use keys of your own."""
    with found("TEST_REDIS_URL", servers.redis) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """The path of a Chromium to start."""
    with found("CHROMIUM", lambda: nullcontext(servers.chromium())) as path:
        yield path


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this test process: "gw0" and so on under xdist, else "main"."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@contextmanager
def found(variable: str, start: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """What the environment names, or else one started here; skips when the machine has none."""
    if given := os.environ.get(variable):
        yield given
        return
    with ExitStack() as stack:
        try:
            address = stack.enter_context(start())
        except servers.LeftOut as missing:
            leave_out(f"{missing} not found")
        yield address


def leave_out(reason: str) -> NoReturn:
    """Skip the test and say so at the end; fail it where everything is required."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(MARK + reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that was missing, with the number of tests that it cost."""
    skipped = terminalreporter.stats.get("skipped", [])
    places = (report.longrepr for report in skipped if isinstance(report.longrepr, tuple))
    reasons = (str(reason).partition(MARK)[2] for _, _, reason in places)
    for reason, count in Counter(filter(None, reasons)).items():
        terminalreporter.write_line(f"{MARK}{reason} ({count} tests)")
