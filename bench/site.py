"""A site as it runs in production, on cores of its own, whose work can be counted."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench import world
from config import Settings
from lms.app import create_app
from lms.operations.supervisor import plan
from lms.operations.supervisor.children import Program
from tests import servers

TICK = 1 / os.sysconf("SC_CLK_TCK")
FIRST_START = 60  # seconds


@dataclass(frozen=True)
class Site:
    """A running site: where it listens, who studies there, and what its work has cost so far."""

    database: str
    port: int
    students: list[world.Student]
    log: Path
    processes: Callable[[], list[int]]

    def cpu(self) -> float:
        """Seconds of processor time that web server and database have used."""
        return sum(_cpu(pid) for pid in self.processes())

    def statements(self, endpoint: str, since: int) -> float:
        """How many statements a request for this endpoint sent, on average, from this place of the log on."""
        time.sleep(0.2)  # the last lines are still being written
        with self.log.open() as log:
            log.seek(since)
            lines = (line for line in log if f'"{endpoint}"' in line)
            counts = [json.loads(line)["statements"] for line in lines]
        return sum(counts) / len(counts) if counts else 0.0


@contextmanager
def sqlite_site(folder: Path, cores: set[int]) -> Iterator[Site]:
    """On SQLite, with every save synced to the disk as in production."""
    with ExitStack() as stack, on_cores(cores):
        yield stack.enter_context(_site("SQLite", _settings(folder), lambda: []))


@contextmanager
def postgres_site(folder: Path, cores: set[int]) -> Iterator[Site]:
    """On a PostgreSQL of its own that keeps what it promises. Raises LeftOut where there is none."""
    with ExitStack() as stack, on_cores(cores):
        url = stack.enter_context(servers.postgres(durable=True))
        settings = replace(_settings(folder), DATABASE_URL=url)
        server = _postmaster(url)
        yield stack.enter_context(_site("PostgreSQL", settings, lambda: [server, *_children(server)]))


@contextmanager
def on_cores(cores: set[int]) -> Iterator[None]:
    """What is started inside runs on these cores only, where the system lets us choose."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def _site(database: str, settings: Settings, others: Callable[[], list[int]]) -> Iterator[Site]:
    plan.lay_out(settings)
    environment = {name: str(value) for name, value in vars(settings).items() if value != ""}
    prepare = [sys.executable, "-m", "flask", "--app", "lms.app", "ops", "prepare"]
    subprocess.run(prepare, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
    with _running(plan.broker(settings), environment):
        students = world.build(create_app(settings), now=datetime.now(UTC))
        with _running(plan.web(settings), environment) as web:
            servers.wait_until(lambda: plan.web_answers(settings), "the web server")
            yield Site(
                database,
                settings.PORT,
                students,
                settings.data_dir / "logs" / "web.log",
                lambda: [web, *_children(web), *others()],
            )


@contextmanager
def _running(program: Program, environment: dict[str, str]) -> Iterator[int]:
    with program.log.open("ab") as log:
        process = subprocess.Popen(
            program.command,
            env={**os.environ, **environment, **program.environment},
            stdout=log,
            stderr=log,
            preexec_fn=servers.die_with_parent,
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _settings(folder: Path) -> Settings:
    return Settings(
        KARAKORAM_ENV="production",
        BASE_URL="https://bench.example",
        SECRET_KEY=secrets.token_hex(32),
        DATA_DIR=str(folder),
        PORT=servers.free_port(),
    )


def _postmaster(url: str) -> int:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        backend = connection.info.backend_pid
        return int(_stat(backend)[1])


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) * TICK


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, from the state on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
