"""The real group in a folder of its own: first start, second start, and every way to die."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import free_port

pytestmark = pytest.mark.slow

FIRST_START = 120  # seconds, on a slow and busy machine
SECOND_START = 10  # seconds at most, there; about 2 when nothing else runs
PARTS = {"broker": "valkey", "web": "operations.serve", "worker": ":celery worker", "beat": ":celery beat"}


@dataclass
class Site:
    """A running group of its own."""

    folder: Path
    port: int
    process: "subprocess.Popen[str]"

    def pids(self) -> dict[str, int]:
        """The main process of each part: it leads a session, and its parent is the supervisor."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        found = {}
        for pid in children:
            command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            found |= {part: int(pid) for part, word in PARTS.items() if word in command}
        return found

    def page(self, path: str = "/healthz") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()


def start(folder: Path, port: int) -> Site:
    keep = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environment = keep | {"DATA_DIR": str(folder), "PORT": str(port), "WEB_WORKERS": "1", "WEB_THREADS": "4"}
    with (folder / "said").open("a") as said:
        command = [sys.executable, "-m", "lms.operations.supervisor"]
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said, text=True)
    return Site(folder, port, process)


def wait_until(is_true: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def said(site: Site) -> str:
    return (site.folder / "said").read_text()


def is_ready(site: Site) -> bool:
    assert site.process.poll() is None, said(site)
    return "Ready in" in said(site)


def seconds_to_ready(site: Site) -> float:
    return float(re.findall(r"Ready in ([0-9.]+) s", said(site))[-1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    site = start(folder, free_port())
    try:
        wait_until(lambda: is_ready(site), FIRST_START)
        wait_until(lambda: len(site.pids()) == len(PARTS))
        yield site
    finally:
        site.process.terminate()
        site.process.wait(60)


def test_it_shows_where_it_is_and_who_may_sign_in(site: Site) -> None:
    assert f"http://127.0.0.1:{site.port}" in said(site)
    assert re.search(r"teacher .*@.* ", said(site))


def test_it_is_ready_for_work(site: Site) -> None:
    assert (site.page("/healthz"), site.page("/readyz")) == (200, 200)


@pytest.mark.parametrize("part", PARTS)
def test_a_killed_part_comes_back_and_pages_with_it(site: Site, part: str) -> None:
    before = site.pids()[part]
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: site.pids().get(part, before) != before)
    wait_until(lambda: site.page() == 200)
    wait_until(lambda: site.page("/readyz") == 200)


def test_it_stops_as_a_whole_and_the_second_start_prepares_nothing(site: Site) -> None:
    pids = [*site.pids().values()]
    site.process.terminate()
    assert site.process.wait(60) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    (site.folder / "said").unlink()
    again = start(site.folder, site.port)
    try:
        wait_until(lambda: is_ready(again), SECOND_START)
        print(f"second start: {seconds_to_ready(again)} s")
        assert "courses" not in said(again)
    finally:
        again.process.kill()  # and nothing stays behind:
        again.process.wait()
    wait_until(lambda: again.page() == 0)
