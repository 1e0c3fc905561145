"""One program that is kept running: how it is started, and how it is ended with all that it started."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

GRACE = 10.0  # seconds between SIGTERM and SIGKILL
LARGEST_LOG = 20_000_000  # bytes
DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG in linux/prctl.h

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Program:
    """What to run: its output goes to `log`, or only its errors if it `talks` to the terminal.

    `orphaned` is the signal that it gets if the supervisor is killed. `mend` is tried when it dies as
    soon as it starts, again and again.
    """

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    talks: bool = False
    orphaned: int = signal.SIGTERM
    mend: Callable[[], None] | None = None


class Child:
    """A started program and its descendants. It leads a session of its own, so Ctrl-C does not reach it."""

    def __init__(self, program: Program, keep_open: Sequence[int]) -> None:
        self.program = program
        self.started_at = time.monotonic()
        shorten(program.log)
        with program.log.open("ab") as log:
            self.process = subprocess.Popen(
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=None if program.talks else log,
                stderr=log,
                env={**os.environ, **program.environment},
                pass_fds=keep_open,
                start_new_session=True,
                preexec_fn=_die_with_parent(os.getpid(), program.orphaned),
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def has_ended(self) -> bool:
        """Whether the program itself is gone; what it had started is ended then, too."""
        if self.process.returncode is not None:
            return True
        if not self._is_zombie():
            return False
        self.kill()
        return True

    def _is_zombie(self) -> bool:
        # Looked at without reaping: as long as the zombie is there, its number names no other group.
        if hasattr(os, "waitid"):
            return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        return self.process.poll() is not None

    def stop(self, wait: Callable[[], bool]) -> None:
        """Ask the program, and only it, to end: its own children are its own business. Then insist.

        `wait` sleeps a little and says whether there is no more time.
        """
        if not self.has_ended():
            self.process.send_signal(signal.SIGTERM)
        end = time.monotonic() + GRACE
        while not self.has_ended():
            if wait() or time.monotonic() > end:
                self.kill()

    def kill(self) -> None:
        """End the program and all of its session that is left, at once."""
        with suppress(ProcessLookupError, PermissionError):  # macOS forbids it when only the zombie is left
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()

    def ending(self) -> str:
        """How it ended, in words."""
        code = self.process.returncode
        return f"ended by signal {-code}" if code and code < 0 else f"ended with code {code}"


def set_aside(log: Path) -> None:
    """Begin a new log; the one before is kept."""
    if log.exists():
        log.replace(log.with_suffix(".old.log"))


def shorten(log: Path) -> None:
    """Keep the log from filling the disk: what is too long becomes the one old copy."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        shutil.copyfile(log, log.with_suffix(".old.log"))
        os.truncate(log, 0)  # those who write to it append, so they go on at its new end


def _die_with_parent(parent: int, number: int) -> Callable[[], None] | None:
    """To be run in the child: on Linux it gets this signal when the supervisor dies, however that dies."""
    if _libc is None:
        return None
    prctl = _libc.prctl

    def ask_for_signal() -> None:
        prctl(DEATH_OF_PARENT, number)
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return ask_for_signal
