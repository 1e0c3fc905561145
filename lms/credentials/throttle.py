"""Slows down whoever guesses codes or names on the page where certificates are checked."""

from limits import parse

from lms.people.throttle import limiter

# Only what was not found counts: a hall full of people may check their certificates behind one address.
WRONG_CODES = parse("40 per 10 minutes")
WRONG_NAMES_HERE = parse("10 per 10 minutes")
WRONG_NAMES_ANYWHERE = parse("100 per day")


def may_look_up(address: str) -> bool:
    """Whether this address may try another code."""
    return limiter.test(WRONG_CODES, "certificate code", address)


def note_wrong_code(address: str) -> None:
    """Count a code that no certificate has."""
    limiter.hit(WRONG_CODES, "certificate code", address)


def may_guess_name(code: str, address: str) -> bool:
    """Whether another name may be tried on this certificate."""
    here = limiter.test(WRONG_NAMES_HERE, "certificate name", code, address)
    return here and limiter.test(WRONG_NAMES_ANYWHERE, "certificate name", code)


def note_wrong_name(code: str, address: str) -> None:
    """Count a name that the certificate does not carry."""
    limiter.hit(WRONG_NAMES_HERE, "certificate name", code, address)
    limiter.hit(WRONG_NAMES_ANYWHERE, "certificate name", code)
