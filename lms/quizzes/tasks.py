"""Marking, in the background."""

from datetime import datetime

from lms.jobs.registry import job
from lms.quizzes import actions


@job("quizzes.mark", tries=8, lease=60, late=60)
def mark(*, attempt_id: int, now: datetime) -> None:
    actions.mark(attempt_id, now=now)
