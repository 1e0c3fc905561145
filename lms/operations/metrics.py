"""What Prometheus is told: requests as they happen, jobs and processes at the moment of asking."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds
FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where web processes keep their counts for each other
SAVES = "quizzes.answer"  # the endpoint that stores answers
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")

HERE = CollectorRegistry()  # this process alone; used where there is no folder
REQUESTS = Histogram(
    "karakoram_request_seconds",
    "Time from the first line of a request to its answer.",
    ("endpoint", "method", "status"),
    buckets=BUCKETS,
    registry=HERE,
)
ANSWERS = Counter("karakoram_answers_saved", "Answers of learners that were stored.", registry=HERE)


@dataclass(frozen=True)
class JobCount:
    """Jobs of one kind in one state; the age is that of the oldest, in seconds."""

    kind: str
    state: str
    number: int
    oldest: float


def observe(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Note a request that was answered; statuses are kept as 2xx, 3xx, 4xx and 5xx."""
    REQUESTS.labels(endpoint, method, f"{status // 100}xx").observe(seconds)
    if endpoint == SAVES and status < 400:
        ANSWERS.inc()


def page(jobs: Iterable[JobCount]) -> bytes:
    """Everything in Prometheus' text format, all web processes added up."""
    folder = os.environ.get(FOLDER)
    registry = CollectorRegistry() if folder else HERE
    if folder:
        MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    now = CollectorRegistry()
    now.register(_Moment(tuple(jobs), tuple(_processes(folder))))
    return generate_latest(registry) + generate_latest(now)


class _Moment(Collector):
    def __init__(self, jobs: tuple[JobCount, ...], processes: tuple[int, ...]) -> None:
        self.jobs = jobs
        self.processes = processes

    def collect(self) -> Iterator[Metric]:
        yield from self._jobs()
        yield from self._processes()

    def _jobs(self) -> Iterator[Metric]:
        by = ("kind", "state")
        number = GaugeMetricFamily("karakoram_jobs", "Jobs; ended ones among the latest only.", labels=by)
        oldest = GaugeMetricFamily("karakoram_oldest_job_seconds", "Age of the oldest open job.", labels=by)
        for job in self.jobs:
            number.add_metric((job.kind, job.state), job.number)
            if job.state in ("waiting", "running"):
                oldest.add_metric((job.kind, job.state), job.oldest)
        yield number
        yield oldest

    def _processes(self) -> Iterator[Metric]:
        memory = GaugeMetricFamily("karakoram_web_memory_bytes", "Resident memory.", labels=("pid",))
        cpu = CounterMetricFamily("karakoram_web_cpu_seconds", "Processor time used.", labels=("pid",))
        for pid in self.processes:
            try:
                pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:  # it ended, or this is not Linux
                continue
            memory.add_metric((str(pid),), pages * PAGE_SIZE)
            cpu.add_metric((str(pid),), (int(fields[11]) + int(fields[12])) / TICKS)
        yield memory
        yield cpu


def _processes(folder: str | None) -> set[int]:
    """The web processes that have counted something, known by the files they keep."""
    if not folder:
        return {os.getpid()}
    return {int(path.stem.rpartition("_")[2]) for path in Path(folder).glob("*_*.db")}
