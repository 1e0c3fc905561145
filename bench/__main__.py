"""Run every scene on every database, print a table, keep it under bench/results/: `python -m bench`.

Figures only: nothing here passes or fails by the clock. It listens on the loopback address alone and ends
by itself. `python -m bench home lesson` runs some of the scenes, `--seconds 10` each for longer.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from bench import client
from bench.scenes import Scene, School
from bench.site import Site, postgres_site, sqlite_site
from tests.servers import LeftOut

RESULTS = Path(__file__).parent / "results"
CONCURRENCY = (1, 8, 32)
WARM_UP = 0.7  # seconds
HEADS = ("page", "database", "at once", "req/s", "p50 ms", "p95 ms", "CPU ms", "SQL", "bytes", "wrong")
ROW = "{:<17} {:<10} {:>7} {:>8.0f} {:>8.1f} {:>8.1f} {:>8.2f} {:>5.1f} {:>7.0f} {:>6}"


def main() -> None:
    options = _options()
    server, own = _cores()
    load_before = os.getloadavg()[0]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, own)
    lines = list(_conditions(server, own, load_before))
    _say(lines)
    _say([" ".join(HEADS)])
    rows: list[str] = []
    for site in (sqlite_site, postgres_site):
        with tempfile.TemporaryDirectory(prefix="kbench-") as folder:
            try:
                rows += _measure(site(Path(folder), server), options)
            except LeftOut as missing:
                _say([f"left out: {missing} not found"])
    _keep(lines, rows)


def _measure(running: AbstractContextManager[Site], options: argparse.Namespace) -> list[str]:
    rows = []
    with running as site:
        school = School(site)
        for scene in school.scenes():
            if options.scenes and not any(word in scene.name for word in options.scenes):
                continue
            students = range(len(site.students))
            client.load(site.port, scene.ask, students, at_once=8, seconds=WARM_UP, status=scene.status)
            for at_once in CONCURRENCY:
                rows.append(_row(site, scene, at_once, options.seconds))
                _say(rows[-1:])
    return rows


def _row(site: Site, scene: Scene, at_once: int, seconds: float) -> str:
    place, cpu = site.log.stat().st_size, site.cpu()
    students = range(len(site.students))
    got = client.load(site.port, scene.ask, students, at_once=at_once, seconds=seconds, status=scene.status)
    number = len(got.latencies)
    return ROW.format(
        scene.name,
        site.database,
        at_once,
        got.rate,
        got.percentile(0.5),
        got.percentile(0.95),
        (site.cpu() - cpu) / number * 1000,
        site.statements(scene.endpoint, place),
        got.size / number,
        got.failures,
    )


def _cores() -> tuple[set[int], set[int]]:
    """Cores for the server with its database, and for the client: apart where there are two or more."""
    if not hasattr(os, "sched_getaffinity"):
        everything = set(range(os.cpu_count() or 1))
        return everything, everything
    cores = sorted(os.sched_getaffinity(0))
    return (set(cores[:-1]), set(cores[-1:])) if len(cores) > 1 else (set(cores), set(cores))


def _conditions(server: set[int], own: set[int], load_before: float) -> Iterator[str]:
    apart = "apart from" if server.isdisjoint(own) else "together with"
    yield f"Python {platform.python_version()}, {_processor()}, {datetime.now(UTC):%d %B %Y %H:%M} UTC"
    yield f"server (2 web processes), database and broker on {len(server)} core(s), {apart} the client's"
    yield f"load of the machine before: {load_before:.1f} (above 0.5 look at CPU ms instead of req/s)"
    yield "CPU ms: processor time of web server and database for a request; bytes: head and body, Brotli"


def _processor() -> str:
    with Path("/proc/cpuinfo").open() as lines:
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.processor()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("scenes", nargs="*", help="only those whose name holds one of these words")
    parser.add_argument("--seconds", type=float, default=3.0, help="for each row (3)")
    return parser.parse_args()


def _say(lines: list[str]) -> None:
    print("\n".join(lines), flush=True)


def _keep(lines: list[str], rows: list[str]) -> None:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{datetime.now(UTC):%Y-%m-%d-%H%M}.md"
    head = ROW.replace(".0f", "").replace(".1f", "").replace(".2f", "").format(*HEADS)
    path.write_text("\n\n".join(lines) + "\n\n```\n" + "\n".join([head, *rows]) + "\n```\n")
    _say([str(path)])


if __name__ == "__main__":
    sys.exit(main())
