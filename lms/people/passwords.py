"""Passwords are kept as argon2id hashes, made a few at a time."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's second choice: 24 ms and 19 MiB each. The library's default takes 140 ms and 64 MiB, and a class
# of thirty that signs in at once would wait for seconds on two cores.
_hasher = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
_at_once = BoundedSemaphore(4)
_nobody = _hasher.hash("the password of nobody")


def hashed(password: str) -> str:
    with _at_once:
        return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether this is the password; takes as long for an account that does not exist."""
    with _at_once:
        try:
            return _hasher.verify(stored or _nobody, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False
