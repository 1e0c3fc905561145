"""Signals as something to wait for: no code of ours runs inside a signal handler."""

import os
import select
import signal
from types import TracebackType

STOP = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
WATCHED = (*STOP, signal.SIGCHLD)


class Signals:
    """While entered, signals are written into a pipe and read from it by `wait`."""

    def __enter__(self) -> "Signals":
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.reader, False)
        os.set_blocking(self.writer, False)
        self.before_fd = signal.set_wakeup_fd(self.writer, warn_on_full_buffer=False)
        self.before = {number: signal.signal(number, lambda *_: None) for number in WATCHED}
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self.before_fd)
        os.close(self.reader)
        os.close(self.writer)

    def wait(self, seconds: float) -> bool:
        """Sleep until a signal comes or the time is over; True if somebody wants us to stop."""
        ready, _, _ = select.select([self.reader], [], [], seconds)
        return bool(ready) and any(number in STOP for number in os.read(self.reader, 512))
