"""The group keeps its programs running, ends them in order, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lms.operations import rules
from lms.operations.supervisor import children
from lms.operations.supervisor.children import Program
from lms.operations.supervisor.group import GaveUp, Group, Stopped
from lms.operations.supervisor.signals import Signals

SLEEP = "import time; time.sleep(60)"
WITH_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEP!r}])"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({{mark!r}}, 'w'); {SLEEP}"
TELLS = """
import signal, sys, time
def tell(*_):
    print(sys.argv[1], flush=True)
    sys.exit()
signal.signal(signal.SIGTERM, tell)
open(sys.argv[2], "w")
time.sleep(60)
"""
SUPERVISOR = """
import sys
from pathlib import Path
from lms.operations.supervisor.children import Program
from lms.operations.supervisor.group import Group
from lms.operations.supervisor.signals import Signals
with Signals() as signals, Group(signals) as group:
    group.start(Program("web", (sys.executable, "-c", "import time; time.sleep(60)"), Path(sys.argv[1])))
    print(group.places["web"].child.pid, flush=True)
    group.forever()
"""


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Iterator[Group]:
    monkeypatch.setattr(rules, "FIRST_DELAY", 0.01)
    with Signals() as signals, Group(signals) as group:
        yield group


def program(folder: Path, name: str, *code: str, **more: object) -> Program:
    return Program(name, (sys.executable, "-c", *code), folder / f"{name}.log", **more)  # type: ignore[arg-type]


def pid_of(group: Group, name: str) -> int:
    child = group.places[name].child
    return child.pid if child else 0


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def descendants(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until(is_true: object, seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not is_true():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_a_killed_program_is_started_again(group: Group, tmp_path: Path) -> None:
    group.start(program(tmp_path, "web", SLEEP))
    first = pid_of(group, "web")
    os.kill(first, signal.SIGKILL)
    group.until(lambda: pid_of(group, "web") not in (0, first), give_up_on="web")
    assert is_running(pid_of(group, "web"))


def test_what_a_killed_program_had_started_is_ended_before_it_comes_back(
    group: Group, tmp_path: Path
) -> None:
    group.start(program(tmp_path, "web", WITH_CHILD))
    first = pid_of(group, "web")
    wait_until(lambda: descendants(first))
    left = descendants(first)
    os.kill(first, signal.SIGKILL)
    group.until(lambda: pid_of(group, "web") not in (0, first), give_up_on="web")
    assert not any(is_running(pid) for pid in left)


def test_stopping_ends_the_web_first_and_the_broker_last(
    group: Group, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("broker", "web", "worker", "beat"):
        group.start(program(tmp_path, name, TELLS, name, str(tmp_path / f"{name}.up"), talks=True))
    wait_until(lambda: len(list(tmp_path.glob("*.up"))) == 4)
    group.stop()
    assert capfd.readouterr().out.split()[:4] == ["web", "beat", "worker", "broker"]


def test_a_program_that_does_not_listen_is_killed_after_the_grace(
    group: Group, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "GRACE", 0.2)
    group.start(program(tmp_path, "web", DEAF.format(mark=str(tmp_path / "up"))))
    wait_until((tmp_path / "up").exists)
    pid = pid_of(group, "web")
    group.stop()
    assert not is_running(pid)


def test_a_program_that_cannot_start_is_given_up_with_the_end_of_its_log(
    group: Group, tmp_path: Path
) -> None:
    group.start(program(tmp_path, "web", "raise SystemExit('no such table')"))
    with pytest.raises(GaveUp, match=r"web does not start(.|\n)*no such table"):
        group.until(lambda: False, give_up_on="web")


def test_what_dies_again_and_again_is_mended(group: Group, tmp_path: Path) -> None:
    mended = tmp_path / "mended"
    broken = f"import os, time; os.path.exists({str(mended)!r}) or 1/0; time.sleep(60)"
    group.start(program(tmp_path, "broker", broken, mend=mended.touch))
    group.start(program(tmp_path, "web", SLEEP))
    group.until(mended.exists, give_up_on="web")


def test_a_signal_stops_the_group_and_is_not_lost(group: Group, tmp_path: Path) -> None:
    group.start(program(tmp_path, "web", SLEEP))
    os.kill(os.getpid(), signal.SIGTERM)
    with pytest.raises(Stopped):
        group.forever()


def test_a_program_that_is_run_once_tells_its_exit_code(group: Group, tmp_path: Path) -> None:
    assert group.run(program(tmp_path, "prepare", "raise SystemExit(3)")) == 3
    assert group.places == {}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_nothing_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SUPERVISOR, str(tmp_path / "web.log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout
        pid = int(supervisor.stdout.readline())
        assert is_running(pid)
        supervisor.kill()
    wait_until(lambda: not is_running(pid))


def test_a_log_that_grew_too_long_is_shortened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "LARGEST_LOG", 10)
    log = tmp_path / "web.log"
    log.write_text("twelve bytes")
    children.shorten(log)
    assert (log.read_text(), (tmp_path / "web.old.log").read_text()) == ("", "twelve bytes")
