"""What time it is: read in one place, at the edge, and passed on from there."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)
