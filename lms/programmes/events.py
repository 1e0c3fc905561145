"""What others may want to know has happened on a track."""

from dataclasses import dataclass
from datetime import datetime

from blinker import Signal

programme_completed = Signal()  # sent with a ProgrammeCompleted, in the transaction that completes it


@dataclass(frozen=True)
class ProgrammeCompleted:
    """Somebody has completed every course of a track."""

    membership_id: int
    person_id: int
    programme_id: int
    organisation_id: int
    at: datetime
