"""Slows down whoever guesses passwords, without ever locking out whose account it is.

Only failures count. A class of sixty behind one address signs in freely, and a device that the person has
signed in with before is not held up by strangers who fail from elsewhere.
"""

import time
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, current_app
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter, RateLimiter
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

PER_ACCOUNT_AND_ADDRESS = parse("6 per 5 minutes")
PER_ADDRESS = parse("120 per 10 minutes")
PER_ACCOUNT_ON_STRANGE_DEVICES = parse("40 per hour")

PATIENCE = 0.2  # seconds: somebody waits to get in
ONCE = Retry(NoBackoff(), 0)
PAUSE = 5.0  # seconds without asking a broker that did not answer

log = structlog.get_logger()


class Limiter:
    """Counts live with the broker; while it is away each process counts for itself."""

    def __init__(self) -> None:
        self.own = FixedWindowRateLimiter(MemoryStorage())
        self.away_until = 0.0

    def init_app(self, app: Flask) -> None:
        options: Any = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "retry": ONCE}
        storage = storage_from_string(app.config["RATELIMIT_STORAGE_URI"], **options)
        app.extensions["limiter"] = FixedWindowRateLimiter(storage)

    def test(self, item: RateLimitItem, *key: str) -> bool:
        """Whether one more would be within the limit."""
        return self._ask(lambda counts: counts.test(item, *key))

    def hit(self, item: RateLimitItem, *key: str) -> bool:
        """Count one; whether it was within the limit."""
        return self._ask(lambda counts: counts.hit(item, *key))

    def reset(self) -> None:
        """Forget everything; for tests."""
        for counts in (self.own, current_app.extensions["limiter"]):
            counts.storage.reset()

    def _ask(self, question: Callable[[RateLimiter], bool]) -> bool:
        if time.monotonic() < self.away_until:
            return question(self.own)
        try:
            return question(current_app.extensions["limiter"])
        except RedisError as problem:
            self.away_until = time.monotonic() + PAUSE
            log.warning("broker is away, this process counts for itself", problem=str(problem))
            return question(self.own)


limiter = Limiter()


def is_blocked(account: str, address: str, *, knows_device: bool) -> bool:
    """Whether another try must wait."""
    return not all(limiter.test(item, *key) for item, key in _counters(account, address, knows_device))


def note_failure(account: str, address: str, *, knows_device: bool) -> None:
    """Count a wrong password."""
    for item, key in _counters(account, address, knows_device):
        limiter.hit(item, *key)


def _counters(account: str, address: str, knows_device: bool) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
    counters = [
        (PER_ACCOUNT_AND_ADDRESS, ("pair", account, address)),
        (PER_ADDRESS, ("address", address)),
    ]
    return counters if knows_device else [*counters, (PER_ACCOUNT_ON_STRANGE_DEVICES, ("account", account))]
