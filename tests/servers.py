"""Private, throw-away servers for tests, from whatever is installed on the machine.

`python3 -m tests.servers make check test` starts them, tells the command where they are, and stops them.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

PATIENCE = 30  # seconds for a server to start
HASTY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG in linux/prctl.h
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


class LeftOut(Exception):
    """Something is not installed; the message names it."""


@contextlib.contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """The address of an empty PostgreSQL server of our own; not durable, since it is thrown away."""
    binaries = postgres_binaries()
    with scratch_folder(owner=postgres_user()) as folder, as_user(postgres_user()) as identity:
        run: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": folder}
        run |= identity
        initdb = [str(binaries / "initdb"), "--username=test", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        subprocess.run([*initdb, "--locale=C.UTF-8", str(folder / "data")], check=True, **run)
        port = free_port()
        settings = ["max_connections=200", *([] if durable else HASTY)]
        options = [part for setting in settings for part in ("-c", setting)]
        where = ["-D", folder / "data", "-p", str(port), "-h", "127.0.0.1", "-k", folder]
        # SIGINT: PostgreSQL's fast shutdown, which does not wait for open connections
        with server([binaries / "postgres", *where, *options], port, stop=signal.SIGINT, **run):
            ready = [str(binaries / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-U", "test"]
            wait_until(lambda: subprocess.run(ready, **run).returncode == 0, "PostgreSQL")
            yield f"postgresql+psycopg://test@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """The address of an empty Redis (or Valkey) server of our own that keeps nothing."""
    binary = shutil.which("redis-server") or shutil.which("valkey-server")
    if binary is None:
        raise LeftOut("Redis")
    port = free_port()
    with scratch_folder() as folder:
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with server(command, port, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT):
            yield f"redis://127.0.0.1:{port}/0"


def chromium() -> str:
    """The path of a Chromium; raises LeftOut."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise LeftOut("Chromium")


def postgres_binaries() -> Path:
    """The folder of PostgreSQL's server programs, the newest if there are several; raises LeftOut."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    if found is None:
        raise LeftOut("PostgreSQL")
    return Path(found).parent


def postgres_user() -> str | None:
    """PostgreSQL refuses to run as root: the user to run it as then, or None to stay who we are."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise LeftOut("PostgreSQL (no user to run it as)")


@contextlib.contextmanager
def as_user(name: str | None) -> Iterator[dict[str, Any]]:
    """The arguments that make subprocess run something as this user."""
    if name is None:
        yield {}
    else:
        entry = pwd.getpwnam(name)
        yield {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def scratch_folder(owner: str | None = None) -> Iterator[Path]:
    """A folder directly under the temporary one, where another user can reach it; removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="karakoram-"))
    try:
        if owner:
            shutil.chown(folder, owner)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def server(command: Sequence[object], port: int, *, stop: int = signal.SIGTERM, **run: Any) -> Iterator[None]:
    """Keep this program running; it dies with us, however we die."""
    process = subprocess.Popen([str(part) for part in command], preexec_fn=die_with_parent, **run)
    try:
        wait_until(lambda: answers(port), str(command[0]))
        yield
    finally:
        process.send_signal(stop)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_OF_PARENT, signal.SIGINT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(is_true: Callable[[], bool], name: str) -> None:
    end = time.monotonic() + PATIENCE
    while not is_true():
        if time.monotonic() > end:
            raise RuntimeError(f"{name} did not start within {PATIENCE} seconds")
        time.sleep(0.05)


def main(command: list[str]) -> int:
    """Run the command with every server there is; the command's exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    with contextlib.ExitStack() as stack:
        found: Mapping[str, str] = {
            "TEST_POSTGRES_URL": stack.enter_context(postgres()),
            "TEST_REDIS_URL": stack.enter_context(redis()),
            "CHROMIUM": chromium(),
        }
        return subprocess.run(command, env={**os.environ, **found}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
