"""Who waits for a registrar's decision, and what became of those who were decided on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from lms.credentials.drawing.facts import Text
from lms.credentials.drawing.fonts import Coverage, described
from lms.credentials.drawing.text import clean
from lms.credentials.models import Award, Decision, Eligibility
from lms.credentials.queries.reach import job_key, may_approve
from lms.db import Missing, db
from lms.jobs.models import Job
from lms.people.models import Organisation, Person


@dataclass(frozen=True)
class Filter:
    """Which of those who wait a registrar wants to see; None is everything."""

    subject: str | None = None
    organisation_id: int | None = None

    @property
    def arguments(self) -> dict[str, str | int]:
        """The filter as it stands in an address."""
        given = {"subject": self.subject, "organisation": self.organisation_id}
        return {name: value for name, value in given.items() if value is not None}


EVERYBODY = Filter()


@dataclass(frozen=True)
class Selection:
    """Which of those who wait a registrar has picked: these ids, or everybody whom the filter shows."""

    filter: Filter = EVERYBODY
    ids: tuple[int, ...] = ()
    is_all: bool = False


@dataclass(frozen=True)
class Waiting:
    """Somebody who has earned a certificate that nobody has decided on."""

    eligibility: Eligibility
    person: Person
    organisation: str


@dataclass(frozen=True)
class Choices:
    """What a registrar can filter by: (key, title) and (id, name)."""

    subjects: Sequence[tuple[str, Text]]
    organisations: Sequence[tuple[int, str]]


def waiting_count(person: Person, wanted: Filter = EVERYBODY) -> int:
    """How many wait for this person's decision."""
    return db.session.scalar(_undecided(person, wanted, func.count())) or 0


def waiting(person: Person, wanted: Filter, *, offset: int, limit: int) -> list[Waiting]:
    """Who waits for this person's decision, who has waited longest first."""
    rows = db.session.execute(
        _undecided(person, wanted, Eligibility, Person, Organisation.name)
        .order_by(Eligibility.id)
        .offset(offset)
        .limit(limit)
    )
    return [Waiting(*row) for row in rows]


def selected(person: Person, selection: Selection, *, limit: int) -> list[Waiting]:
    """Who was picked and still waits for this person's decision; ids of others are passed over."""
    query = _undecided(person, selection.filter, Eligibility, Person, Organisation.name)
    if not selection.is_all:
        query = query.where(Eligibility.id.in_(selection.ids))
    return [Waiting(*row) for row in db.session.execute(query.order_by(Eligibility.id).limit(limit))]


def choices(person: Person) -> Choices:
    """The courses and organisations of all who wait for this person."""
    newest = _undecided(person, EVERYBODY, func.max(Eligibility.id)).group_by(Eligibility.subject)
    subjects = db.session.execute(
        select(Eligibility.subject, Eligibility.title)
        .where(Eligibility.id.in_(newest))
        .order_by(Eligibility.subject)
    )
    places = (
        _undecided(person, EVERYBODY, Organisation.id, Organisation.name)
        .distinct()
        .order_by(Organisation.name)
    )
    return Choices(
        [(key, title) for key, title in subjects], [(id_, name) for id_, name in db.session.execute(places)]
    )


@dataclass(frozen=True)
class Group:
    """How many certificates of one kind a registrar is about to decide on."""

    title: Text
    organisation: str
    count: int


@dataclass(frozen=True)
class Preview:
    """What will happen if the registrar says yes: `ready` will be issued, `unprintable` cannot be."""

    ready: Sequence[Waiting]
    unprintable: Sequence[tuple[Waiting, str]]

    @property
    def groups(self) -> list[Group]:
        count = Counter((each.eligibility.subject, each.organisation) for each in self.ready)
        titles = {each.eligibility.subject: each.eligibility.title for each in self.ready}
        return [Group(titles[subject], place, number) for (subject, place), number in sorted(count.items())]


def preview(chosen: Sequence[Waiting], coverage: Coverage) -> Preview:
    """Sets aside those whose certificate could not be printed, each with the letters that no font has."""
    missing = [(each, coverage.missing(map(clean, _printed(each)))) for each in chosen]
    return Preview(
        ready=[each for each, letters in missing if not letters],
        unprintable=[(each, ", ".join(map(described, letters))) for each, letters in missing if letters],
    )


@dataclass(frozen=True)
class Batch:
    """What was decided with one click."""

    key: str
    at: datetime
    by: str
    approved: int
    declined: int


def batch_for(person: Person, key: str) -> Batch:
    """What was decided with one click where this person may approve, no more of it. Raises Missing."""
    at, by, total, approved = db.session.execute(
        select(
            func.min(Decision.at),
            func.min(Person.full_name),
            func.count(),
            func.count().filter(Decision.approved),
        )
        .join(Eligibility, Eligibility.id == Decision.eligibility_id)
        .join(Organisation, Organisation.id == Eligibility.organisation_id)
        .join(Person, Person.id == Decision.by_id)
        .where(Decision.batch == key, may_approve(person))
    ).one()
    if not total:
        raise Missing(f"batch {key}")
    return Batch(key, at, by, approved, total - approved)


@dataclass(frozen=True)
class Issued:
    """A certificate that came out of a batch."""

    award: Award
    name: str
    title: Text


@dataclass(frozen=True)
class Stuck:
    """A certificate of a batch that could not be issued."""

    name: str
    title: Text
    error: str


def issued_in(person: Person, batch: Batch, *, limit: int) -> list[Issued]:
    """The newest certificates of the batch, where this person may approve."""
    rows = db.session.execute(
        select(Award, Person.full_name, Eligibility.title)
        .join(Eligibility, Eligibility.id == Award.eligibility_id)
        .join(Decision, Decision.eligibility_id == Eligibility.id)
        .join(Organisation, Organisation.id == Eligibility.organisation_id)
        .join(Person, Person.id == Eligibility.person_id)
        .where(Decision.batch == batch.key, may_approve(person))
        .order_by(Award.id.desc())
        .limit(limit)
    )
    return [Issued(*row) for row in rows]


def stuck_in(person: Person, batch: Batch) -> list[Stuck]:
    """What was given up in the batch where this person may approve, each with its cause."""
    rows = db.session.execute(
        select(Person.full_name, Eligibility.title, Job.error)
        .join(Job, Job.key == job_key())
        .join(Organisation, Organisation.id == Eligibility.organisation_id)
        .join(Person, Person.id == Eligibility.person_id)
        .where(Job.batch == batch.key, Job.state == "dead", may_approve(person))
        .order_by(Eligibility.id)
    )
    return [Stuck(name, title, error or "") for name, title, error in rows]


def _printed(each: Waiting) -> Iterator[str]:
    """What is printed of somebody, and of what they have earned."""
    person = each.person
    names = (person.full_name, person.name_hanzi, person.name_pinyin, person.name_urdu, person.father_name)
    texts = (each.eligibility.title, each.eligibility.facts.get("level") or {})
    yield from (name for name in names if name)
    for text in texts:
        yield from text.values()


def _undecided(person: Person, wanted: Filter, *columns: Any) -> Select[Any]:
    # Nobody decides on a certificate of their own.
    query = (
        select(*columns)
        .select_from(Eligibility)
        .join(Person, Person.id == Eligibility.person_id)
        .join(Organisation, Organisation.id == Eligibility.organisation_id)
        .outerjoin(Decision, Decision.eligibility_id == Eligibility.id)
        .where(Decision.id.is_(None), may_approve(person), Eligibility.person_id != person.id)
    )
    if wanted.subject is not None:
        query = query.where(Eligibility.subject == wanted.subject)
    if wanted.organisation_id is not None:
        query = query.where(Organisation.id == wanted.organisation_id)
    return query
