"""Whether the books are right after a fault: nothing lost, nothing twice, files as their rows say."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import select

from lms.credentials import rules as credentials
from lms.credentials.models import Award, Series
from lms.db import db, reading, rollback
from lms.files import queries as files
from lms.jobs.models import Job
from lms.quizzes import queries, rules
from lms.quizzes.models import Attempt
from lms.study.models import ProgressStep


def open_jobs() -> int:
    """How many jobs wait or run."""
    with looking():
        return len(db.session.scalars(select(Job.id).where(Job.state.in_(("waiting", "running")))).all())


@contextmanager
def looking() -> Iterator[None]:
    """Read what is stored now; on SQLite, hold up nobody who writes."""
    rollback()
    with reading():
        yield
    rollback()


def every_attempt_is_marked_once(attempt_ids: Sequence[int]) -> None:
    with looking():
        for attempt_id in attempt_ids:
            _is_marked_once(attempt_id)


def _is_marked_once(attempt_id: int) -> None:
    attempt = db.session.get_one(Attempt, attempt_id)
    steps = Counter((step.kind, step.slot) for step in queries.steps(attempt_id))
    slots = queries.slots(attempt_id)
    marked = {step.slot: step.fraction for step in queries.steps(attempt_id) if step.kind == "marked"}
    assert attempt.state == "marked"
    assert set(steps.values()) == {1}, steps
    assert marked.keys() == {slot.number for slot in slots}
    assert attempt.mark == rules.total([marked[s.number] for s in slots], [s.max_mark for s in slots]) == 3
    assert _progress_of(attempt) == [f"attempt:{attempt_id}:1"]
    assert _job(f"mark:{attempt_id}").state == "done"


def every_certificate_is_issued_once(eligibility_ids: Sequence[int]) -> None:
    """And all of the site are numbered without a gap or a twin, each with its own file."""
    with looking():
        _are_issued_once(eligibility_ids)


def _are_issued_once(eligibility_ids: Sequence[int]) -> None:
    awards = db.session.scalars(select(Award).order_by(Award.sequence)).all()
    assert set(eligibility_ids) <= {award.eligibility_id for award in awards}
    assert [award.sequence for award in awards] == list(range(1, len(awards) + 1))
    assert [award.number for award in awards] == [
        credentials.number_of(award.series, award.sequence) for award in awards
    ]
    assert db.session.scalars(select(Series.next)).all() == [len(awards) + 1]
    assert len({award.file_hash for award in awards}) == len(awards)
    for award in awards:
        content = files.content(award.file_hash)
        assert content.startswith(b"%PDF")
        assert hashlib.sha256(content).hexdigest() == award.file_hash
        assert _job(f"{credentials.JOB_KEY}{award.eligibility_id}").state == "done"


def _progress_of(attempt: Attempt) -> list[str]:
    return list(
        db.session.scalars(
            select(ProgressStep.source).where(
                ProgressStep.enrolment_id == attempt.enrolment_id, ProgressStep.kind == "graded"
            )
        )
    )


def _job(key: str) -> Job:
    return db.session.scalars(select(Job).where(Job.key == key)).one()
