"""Keeps several programs running: what dies is started again, later each time, until told to stop."""

import time
from collections.abc import Callable, Sequence
from types import TracebackType

from lms.operations.rules import RESTED, restart_delay
from lms.operations.supervisor.children import Child, Program, set_aside, shorten
from lms.operations.supervisor.console import say, tail
from lms.operations.supervisor.signals import Signals

TICK = 0.05  # seconds between looks while something is awaited
IDLE = 30.0  # seconds between looks when only a signal matters
MOST_TRIES = 3  # starts of a program that must come up at all


class Stopped(Exception):
    """Somebody asked the group to stop."""


class GaveUp(Exception):
    """A program does not start; the message says which and why."""


class Place:
    """A program's place in the group: who fills it, how often it was lost early, when to fill it again."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.child: Child | None = None
        self.failures = 0
        self.due_at = 0.0


class Group:
    """Programs in the order of their start. Leaving the context stops them, the last needed last."""

    def __init__(self, signals: Signals, keep_open: Sequence[int] = ()) -> None:
        self.signals = signals
        self.keep_open = keep_open
        self.places: dict[str, Place] = {}

    def __enter__(self) -> "Group":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self.stop()

    def start(self, program: Program) -> None:
        """Start the program and keep it running from now on."""
        set_aside(program.log)
        place = self.places[program.name] = Place(program)
        place.child = Child(program, self.keep_open)

    def run(self, program: Program) -> int:
        """Run the program once, to its end; its exit code, negative for a signal."""
        self.start(program)
        place = self.places[program.name]
        while place.child and not place.child.has_ended():
            self._tick(TICK, besides=place)
        del self.places[program.name]
        return place.child.process.returncode if place.child else 1

    def until(self, is_true: Callable[[], bool], *, give_up_on: str) -> None:
        """Keep watch until something is true. Raises GaveUp if the named program dies too often before."""
        place = self.places[give_up_on]
        while not is_true():
            self._tick(TICK)
            if place.failures >= MOST_TRIES:
                log = place.program.log
                raise GaveUp(f"{give_up_on} does not start; the end of {log}:\n{tail(log)}")

    def forever(self) -> None:
        """Keep watch until somebody asks to stop (Stopped)."""
        while True:
            self._tick(max(TICK, self._next_start() - time.monotonic()))
            for place in self.places.values():
                shorten(place.program.log)

    def _next_start(self) -> float:
        due = [place.due_at for place in self.places.values() if place.child is None]
        return min(due, default=time.monotonic() + IDLE)

    def stop(self) -> None:
        """End everything, in the order of its need: web and clock, worker, broker last."""
        for name in sorted(self.places, key=_stop_order):
            if child := self.places[name].child:
                child.stop(lambda: self.signals.wait(TICK))
        if self.places:
            say("stopped", ", ".join(self.places))

    def _tick(self, seconds: float, besides: Place | None = None) -> None:
        if self.signals.wait(seconds):
            raise Stopped
        for place in self.places.values():
            if place is not besides:
                self._look_after(place)

    def _look_after(self, place: Place) -> None:
        if place.child and place.child.has_ended():
            self._lost(place, place.child)
        if place.child is None and time.monotonic() >= place.due_at:
            place.child = Child(place.program, self.keep_open)

    def _lost(self, place: Place, child: Child) -> None:
        lived = time.monotonic() - child.started_at
        place.failures = 1 if lived > RESTED else place.failures + 1
        delay = restart_delay(place.failures)
        place.child, place.due_at = None, time.monotonic() + delay
        say(place.program.name, f"{child.ending()}, starts again in {delay:g} s; see {place.program.log}")
        if place.program.mend and place.failures > 1:
            place.program.mend()


def _stop_order(name: str) -> int:
    order = ("web", "beat", "worker", "broker")
    return order.index(name) if name in order else -1
