"""Counting anew, in the background."""

from datetime import datetime

from lms.jobs.registry import job
from lms.study import actions


@job("study.recount", lease=600)
def recount(*, class_id: int, now: datetime) -> None:
    actions.recount(class_id, now=now)
