"""When to try again, and when to give up."""

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)


def next_try(tries: int, allowed: int, now: datetime) -> datetime | None:
    """The moment of the next try after `tries` failed ones; None when they are used up."""
    if tries >= allowed:
        return None
    return now + min(FIRST_WAIT * 4 ** (tries - 1), LONGEST_WAIT)
