"""Note who has earned a certificate, decide, issue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from lms.content import queries as content
from lms.credentials import rules
from lms.credentials.drawing.facts import Facts
from lms.credentials.models import Award, Decision, Eligibility, Series
from lms.db import db, insert_once
from lms.files import actions as files
from lms.jobs import actions as jobs
from lms.jobs import queries as job_queries
from lms.people import queries as people
from lms.people.models import Organisation, Person
from lms.programmes.events import ProgrammeCompleted
from lms.programmes.models import Programme
from lms.study.events import CourseCompleted

Draw = Callable[[Facts], bytes]


class NotApproved(RuntimeError):
    """A certificate was to be issued without a registrar's approval."""


@dataclass(frozen=True)
class Number:
    """A place in a series, taken for good once the transaction is stored."""

    series: str
    sequence: int

    def __str__(self) -> str:
        return rules.number_of(self.series, self.sequence)


def note_course(event: CourseCompleted) -> None:
    """Whoever completes a course has earned its certificate."""
    outline = content.outline(event.edition_id)
    note_completion(
        basis_kind="course",
        basis_id=event.enrolment_id,
        person_id=event.person_id,
        organisation_id=event.organisation_id,
        subject=outline.key,
        title=outline.title,
        facts={
            "certificate_title": outline.certificate_title,
            "level": outline.level,
            "hours": outline.hours,
        },
        now=event.at,
    )


def note_programme(event: ProgrammeCompleted) -> None:
    """Whoever completes a programme has earned its certificate."""
    programme = db.session.get_one(Programme, event.programme_id)
    note_completion(
        basis_kind="programme",
        basis_id=event.membership_id,
        person_id=event.person_id,
        organisation_id=event.organisation_id,
        subject=programme.key,
        title=programme.source["title"],
        facts={"certificate_title": programme.source.get("certificate", {}).get("title")},
        now=event.at,
    )


def note_completion(
    *,
    basis_kind: str,
    basis_id: int,
    person_id: int,
    organisation_id: int,
    title: Mapping[str, str],
    facts: Mapping[str, Any],
    subject: str,
    now: datetime,
) -> int | None:
    """Write down that a certificate has been earned; the id of the new row, None if it was known before.

    `title` is that of the course or programme, `subject` its stable key. `facts` may hold
    `certificate_title` and `level` (texts) and `hours` (a number); they are printed as they are now.
    """
    return insert_once(
        Eligibility,
        basis_kind=basis_kind,
        basis_id=basis_id,
        person_id=person_id,
        subject=subject,
        organisation_id=organisation_id,
        title=dict(title),
        facts=dict(facts),
        eligible_at=now,
    )


def approve(by: Person, earned: Sequence[Eligibility], *, batch: str, now: datetime) -> int:
    """Approve what was earned and ask for the certificates; how many were not decided before.

    `earned` must come from a query that knows what `by` may decide.
    """
    approved = 0
    for each in earned:
        if _decide(by, each, approved=True, reason="", batch=batch, now=now):
            key = f"{rules.JOB_KEY}{each.id}"
            jobs.request(
                "credentials.issue",
                {"eligibility_id": each.id},
                now=now,
                key=key,
                person_id=by.id,
                batch=batch,
            )
            approved += 1
    return approved


def decline(by: Person, earned: Sequence[Eligibility], *, reason: str, batch: str, now: datetime) -> int:
    """Refuse a certificate, with the reason that the learner reads; how many were not decided before."""
    return sum(
        _decide(by, each, approved=False, reason=reason, batch=batch, now=now) is not None for each in earned
    )


def retry(batch: str, *, now: datetime) -> int:
    """Try again what was given up in a batch; how many certificates that is."""
    return sum(jobs.retry(job.id, now=now) for job in job_queries.dead_in(batch))


def issue(*, eligibility_id: int, now: datetime, random_bits: rules.RandomBits, draw: Draw) -> Award:
    """Issue the certificate, or return the one that was issued before.

    Number, facts, drawing and row are one transaction: if anything fails the number is free again.
    Raises NotApproved, and whatever `draw` raises.
    """
    issued = db.session.scalar(select(Award).where(Award.eligibility_id == eligibility_id))
    if issued is not None:
        return issued
    earned, signatory = _approved(eligibility_id)
    person, organisation = people.person(earned.person_id), people.organisation(earned.organisation_id)
    day = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    number = allocate(rules.series_of(day))
    facts = Facts(
        number=str(number),
        code=rules.new_code(random_bits),
        issued_on=day.isoformat(),
        signatory=signatory,
        **_earned_facts(earned),
        **_name_facts(person, organisation),
    )
    return _stored(earned, number, facts, draw(facts), now)


def allocate(series: str) -> Number:
    """Take the next number of the series. Others who want one wait until this transaction ends."""
    insert_once(Series, key=series, next=1)
    following = db.session.execute(
        update(Series).where(Series.key == series).values(next=Series.next + 1).returning(Series.next)
    ).scalar_one()
    return Number(series, following - 1)


def _decide(by: Person, earned: Eligibility, **words: Any) -> int | None:
    at = words.pop("now")
    return insert_once(Decision, eligibility_id=earned.id, by_id=by.id, at=at, **words)


def _approved(eligibility_id: int) -> tuple[Eligibility, str]:
    """What was earned, and the name of who approved it."""
    found = db.session.execute(
        select(Eligibility, Person.full_name)
        .join(Decision, Decision.eligibility_id == Eligibility.id)
        .join(Person, Person.id == Decision.by_id)
        .where(Eligibility.id == eligibility_id, Decision.approved)
    ).one_or_none()
    if found is None:
        raise NotApproved(f"eligibility {eligibility_id}")
    return found.Eligibility, found.full_name


def _earned_facts(earned: Eligibility) -> dict[str, Any]:
    return {
        "basis": earned.basis_kind,
        "title": earned.title,
        "certificate_title": earned.facts.get("certificate_title"),
        "level": earned.facts.get("level"),
        "hours": earned.facts.get("hours"),
    }


def _name_facts(person: Person, organisation: Organisation) -> dict[str, Any]:
    return {
        "name": person.full_name,
        "name_hanzi": person.name_hanzi or "",
        "name_pinyin": person.name_pinyin or "",
        "name_urdu": person.name_urdu or "",
        "father_name": person.father_name or "",
        "organisation": rules.names_in_scripts(
            organisation.name, hanzi=organisation.name_hanzi, urdu=organisation.name_urdu
        ),
    }


def _stored(earned: Eligibility, number: Number, facts: Facts, pdf: bytes, now: datetime) -> Award:
    award = Award(
        eligibility_id=earned.id,
        series=number.series,
        sequence=number.sequence,
        number=facts.number,
        code=facts.code,
        facts=facts.to_json(),
        file_hash=files.store(content=pdf, media_type="application/pdf", now=now).hash,
        issued_at=now,
    )
    db.session.add(award)
    db.session.flush()  # a twin shows itself here, before the job is called done
    return award
