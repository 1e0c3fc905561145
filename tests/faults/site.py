"""A broker, a clock and workers as a running site has them, each of which a test may kill or freeze."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import redis

from config import Settings
from lms.operations.supervisor import plan
from tests.servers import die_with_parent, free_port, wait_until
from tests.services import leave_out

PATIENCE = 60.0  # seconds for background work on a slow and busy machine

_nursery = get_context("forkserver")
_nursery.set_forkserver_preload(["lms.app", "celery.bin.worker", "celery.bin.beat", "celery.apps.worker"])


class Part:
    """Celery's worker or clock in a session of its own, killed as a whole; it dies with the tests.

    It is forked from a process that has imported the product already: a start costs a quarter of the time.
    """

    def __init__(self, arguments: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        self.log = log
        self.process = _nursery.Process(target=_live, args=(arguments, log, environment))
        self.process.start()

    def kill(self) -> None:
        with suppress(ProcessLookupError):  # it has just begun, and leads no group yet
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join(10)

    def until_dead(self) -> None:
        """Wait for it to be killed; fails with its log if it ends otherwise or lives on."""
        self.process.join(PATIENCE)
        assert self.process.exitcode == -signal.SIGKILL, self.log.read_text()

    def pool(self) -> list[int]:
        """The process ids of its children."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _live(arguments: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
    os.setsid()
    die_with_parent()
    with log.open("ab") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    os.environ.update(environment)
    import_module("tests.faults.hasty").celery.start(arguments)


@dataclass
class Broker:
    """A Redis-compatible server that can go away and come back under the same address."""

    command: list[str]
    url: str
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            run: dict[str, Any] = {"stdout": log, "stderr": log, "preexec_fn": die_with_parent}
            self.process = subprocess.Popen(self.command, **run)
        wait_until(self.answers, "the broker")

    def stop(self) -> None:
        self._signal(signal.SIGKILL)
        assert self.process
        self.process.wait(10)

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self.process
        self.process.send_signal(number)

    def forget_everything(self) -> None:
        with self._client() as client:
            client.flushall()

    def answers(self) -> bool:
        try:
            with self._client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    @contextmanager
    def _client(self) -> Iterator[redis.Redis]:
        client = redis.Redis.from_url(self.url.replace("redis+socket://", "unix://"))
        try:
            yield client
        finally:
            client.close()


def embedded_broker(settings: Settings) -> Broker:
    """The one that `make run` starts."""
    plan.lay_out(settings)
    program = plan.broker(settings)
    return Broker(list(program.command), settings.redis_url, program.log)


def redis_broker(folder: Path) -> Broker:
    """A Redis that keeps nothing; skips the test where there is none."""
    binary = shutil.which("redis-server") or leave_out("Redis not found")
    port = free_port()
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    return Broker(command, f"redis://127.0.0.1:{port}/0", folder / "redis.log")


@dataclass
class Site:
    """Settings, their broker, and the processes that work by them."""

    settings: Settings
    broker: Broker

    def worker(self, *, die_at: str = "", concurrency: int = 1) -> Part:
        """A Celery worker with the options that the supervisor gives it."""
        options = ["--concurrency", str(concurrency), "--without-gossip", "--without-mingle"]
        return self._celery("worker", *options, DIE_AT=die_at)

    def beat(self) -> Part:
        return self._celery("beat", "--schedule", str(self.settings.data_dir / "beat-schedule"))

    def _celery(self, part: str, *options: str, **more: str) -> Part:
        environment = {name: str(value) for name, value in vars(self.settings).items()}
        log = self.settings.data_dir / "logs" / f"{part}.log"
        return Part([part, *options, "--loglevel", "warning"], log, {**environment, **more})


def until(is_true: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Wait for background work to be done."""
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, f"within {seconds} seconds {what} did not happen"
        time.sleep(0.1)
