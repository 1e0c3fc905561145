"""What must be so before anything is started. Each refusal is one line: the cause and the remedy."""

import errno
import fcntl
import os
import shutil
import socket
import time
from pathlib import Path

LEAST_SPACE = 200_000_000  # bytes
LONGEST_SOCKET_PATH = 100  # bytes; Unix allows 103 to 107
PATIENCE = 12.0  # seconds for a run that is just ending


class Refused(Exception):
    """Karakoram cannot start here; the message is for the operator."""


def room(data_dir: Path) -> None:
    """The data folder exists, can be written to, and its disk is not full."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        probe = data_dir / ".probe"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise Refused(f"DATA_DIR {data_dir} cannot be written to ({reason}): choose another one") from None
    free = shutil.disk_usage(data_dir).free
    if free < LEAST_SPACE:
        raise Refused(f"The disk of DATA_DIR {data_dir} has {free // 1_000_000} MB left: make room first")
    if len(os.fsencode(data_dir / "broker.sock")) > LONGEST_SOCKET_PATH:
        raise Refused(f"The path of DATA_DIR {data_dir} is too long for a socket: choose a shorter one")


def lock(data_dir: Path) -> int:
    """Claim the data folder for this run; the descriptor of the lock.

    Our programs inherit it: should the supervisor be killed, the folder is free only when they are gone.
    """
    lock = os.open(data_dir / "running.lock", os.O_RDWR | os.O_CREAT, 0o644)
    end = time.monotonic() + PATIENCE
    while not _locked(lock):
        holder = os.pread(lock, 20, 0).decode() or "?"
        if _is_running(holder) or time.monotonic() > end:
            os.close(lock)
            raise Refused(
                f"Karakoram already runs on DATA_DIR {data_dir} (process {holder}): stop it first,"
                " or give this one its own: make run DATA_DIR=./var2 PORT=8001"
            )
        time.sleep(0.1)
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock


def port(host: str, number: int) -> None:
    """Nobody else listens there, and we may."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as problem:
        raise Refused(_why_not(host, number, problem)) from None


def _why_not(host: str, number: int, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {number} is taken by another program: stop it, or try make run PORT={number + 1}"
    if problem.errno == errno.EACCES:
        return f"Port {number} is for the administrator only: try make run PORT=8000"
    return f"HOST={host} is not an address of this machine ({problem.strerror}): use 127.0.0.1 or 0.0.0.0"


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
