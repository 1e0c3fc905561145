"""Which function does which kind of job."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

Run = TypeVar("Run", bound=Callable[..., None])


@dataclass(frozen=True)
class Kind:
    """A kind of job. `run(now=…, **args)` may be repeated at any time and must then change nothing more."""

    name: str
    run: Callable[..., None]
    tries: int
    lease: timedelta  # a worker that has not finished by then is taken for dead
    late: timedelta  # a job that has waited longer is an alarm


KINDS: dict[str, Kind] = {}


def job(name: str, *, tries: int = 6, lease: int = 120, late: int = 300) -> Callable[[Run], Run]:
    """Register the decorated function as the one that does jobs of this kind; times in seconds."""

    def register(run: Run) -> Run:
        if name in KINDS and KINDS[name].run is not run:
            raise RuntimeError(f"two functions want to do the job {name!r}")
        KINDS[name] = Kind(name, run, tries, timedelta(seconds=lease), timedelta(seconds=late))
        return run

    return register
