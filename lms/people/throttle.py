"""Slows down whoever guesses passwords, without ever locking out whose account it is.

Only failures count. A class of sixty behind one address signs in freely, and a device that the person has
signed in with before is not held up by strangers who fail from elsewhere.
"""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, parse

PER_ACCOUNT_AND_ADDRESS = parse("6 per 5 minutes")
PER_ADDRESS = parse("120 per 10 minutes")
PER_ACCOUNT_ON_STRANGE_DEVICES = parse("40 per hour")

# Counts live with the broker; while it is away each process counts for itself.
limiter = Limiter(get_remote_address, in_memory_fallback_enabled=True, default_limits=[])


def is_blocked(account: str, address: str, *, knows_device: bool) -> bool:
    """Whether another try must wait."""
    return not all(
        limiter.limiter.test(item, *key) for item, key in _counters(account, address, knows_device)
    )


def note_failure(account: str, address: str, *, knows_device: bool) -> None:
    """Count a wrong password."""
    for item, key in _counters(account, address, knows_device):
        limiter.limiter.hit(item, *key)


def _counters(account: str, address: str, knows_device: bool) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
    counters = [
        (PER_ACCOUNT_AND_ADDRESS, ("pair", account, address)),
        (PER_ADDRESS, ("address", address)),
    ]
    return counters if knows_device else [*counters, (PER_ACCOUNT_ON_STRANGE_DEVICES, ("account", account))]
