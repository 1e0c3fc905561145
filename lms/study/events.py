"""What others may want to know has happened in a class."""

from dataclasses import dataclass
from datetime import datetime

from blinker import Signal

course_completed = Signal()  # sent with a CourseCompleted, in the transaction that completes it


@dataclass(frozen=True)
class CourseCompleted:
    """A learner meets the rules of the course for the first time."""

    enrolment_id: int
    person_id: int
    class_id: int
    course_id: int
    edition_id: int
    organisation_id: int
    at: datetime
