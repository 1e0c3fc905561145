"""What others may want to know has happened to a course."""

from dataclasses import dataclass
from datetime import datetime

from blinker import Signal

edition_published = Signal()  # sent with an EditionPublished, in the transaction that publishes it


@dataclass(frozen=True)
class EditionPublished:
    """A course has a new edition."""

    course_id: int
    edition_id: int
    at: datetime
