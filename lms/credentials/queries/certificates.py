"""Certificates as their holders, their registrars and whoever checks them see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, or_, select

from lms.credentials.drawing.facts import Facts, Text
from lms.credentials.models import Award, Decision, Eligibility
from lms.credentials.queries.reach import job_key, may_approve
from lms.db import Missing, db
from lms.files.models import StoredFile
from lms.jobs.models import Job
from lms.people.models import Organisation, Person

State = Literal["issued", "preparing", "stuck", "waiting", "declined"]

# For every home page and every check: building a statement costs more than its answer.
_AWARD_WITH_CODE = select(Award).where(Award.code == bindparam("code"))
_NEWEST_AWARD = (
    select(Award)
    .join(Eligibility, Eligibility.id == Award.eligibility_id)
    .where(Eligibility.person_id == bindparam("person_id"), Award.issued_at > bindparam("since"))
    .order_by(Award.id.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Certificate:
    """One certificate as its holder sees it on the way from earned to issued."""

    state: State
    title: Text
    organisation: str
    eligible_at: datetime
    reason: str = ""
    award_id: int | None = None
    number: str = ""
    code: str = ""
    issued_at: datetime | None = None
    size: int = 0


def certificates_of(person: Person) -> list[Certificate]:
    """All that the person has earned, the newest first."""
    rows = db.session.execute(
        select(Eligibility, Organisation.name, Decision, Award, StoredFile.size, Job.state)
        .join(Organisation, Organisation.id == Eligibility.organisation_id)
        .outerjoin(Decision, Decision.eligibility_id == Eligibility.id)
        .outerjoin(Award, Award.eligibility_id == Eligibility.id)
        .outerjoin(StoredFile, StoredFile.hash == Award.file_hash)
        .outerjoin(Job, Job.key == job_key())
        .where(Eligibility.person_id == person.id)
        .order_by(Eligibility.id.desc())
    )
    return [_certificate(*row) for row in rows]


def newest_award(person: Person, *, since: datetime) -> Award | None:
    """The person's newest certificate that was issued after this moment."""
    return db.session.scalar(_NEWEST_AWARD, {"person_id": person.id, "since": since})


def award_for(person: Person, award_id: int) -> Award:
    """A certificate that is the person's own, or lies where they may approve. Raises Missing."""
    found = db.session.scalar(
        select(Award)
        .join(Eligibility, Eligibility.id == Award.eligibility_id)
        .join(Organisation, Organisation.id == Eligibility.organisation_id)
        .where(Award.id == award_id, or_(Eligibility.person_id == person.id, may_approve(person)))
    )
    if found is None:
        raise Missing(f"award {award_id}")
    return found


def award_with_code(code: str) -> Award | None:
    """For whoever checks a certificate."""
    return db.session.scalar(_AWARD_WITH_CODE, {"code": code})


def facts_of(award: Award) -> Facts:
    """What the certificate states, as it was frozen."""
    return Facts.from_json(award.facts)


def _certificate(
    earned: Eligibility,
    organisation: str,
    decision: Decision | None,
    award: Award | None,
    size: int | None,
    job: str | None,
) -> Certificate:
    common: dict[str, Any] = {
        "title": earned.title,
        "organisation": organisation,
        "eligible_at": earned.eligible_at,
    }
    if award is not None:
        return Certificate(
            "issued",
            award_id=award.id,
            number=award.number,
            code=award.code,
            issued_at=award.issued_at,
            size=size or 0,
            **common,
        )
    if decision is None:
        return Certificate("waiting", **common)
    if not decision.approved:
        return Certificate("declined", reason=decision.reason, **common)
    return Certificate("stuck" if job == "dead" else "preparing", **common)
