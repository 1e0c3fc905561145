"""What the database of the site says about what was done in the browser."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from sqlalchemy import delete, select

from lms.content import queries as content
from lms.credentials import actions as credentials
from lms.credentials.models import Award, Decision, Eligibility
from lms.db import db
from lms.people import queries as people
from lms.people.models import Person, SignIn
from lms.quizzes import actions as quizzes
from lms.quizzes.models import Attempt, Step
from lms.study.models import Class, Enrolment, ProgressStep
from lms.study.queries import seats
from tests.browser.site import Site

PATIENCE = 30  # seconds for the worker


def class_id(site: Site, key: str) -> int:
    return site.read(lambda: db.session.scalars(select(Class.id).where(Class.key == key)).one())


def person_id(site: Site, key: str) -> int:
    return site.read(lambda: db.session.scalars(select(Person.id).where(Person.key == key)).one())


def activities(site: Site, course: str) -> list[str]:
    """What a course consists of, in its order."""
    return site.read(
        lambda: [each.key for each in content.outline(content.latest_edition(course).id).activities]
    )


def done(site: Site, person: str, class_key: str) -> list[str]:
    """What somebody has done in a class, in the order in which it was done."""

    def look() -> list[str]:
        steps = (
            select(ProgressStep.activity)
            .join(Enrolment, Enrolment.id == ProgressStep.enrolment_id)
            .join(Class, Class.id == Enrolment.class_id)
            .join(Person, Person.id == Enrolment.person_id)
            .where(Person.key == person, Class.key == class_key)
        )
        return list(db.session.scalars(steps.order_by(ProgressStep.id)))

    return site.read(look)


def award_of(site: Site, person: str) -> Award | None:
    """The certificate that was issued to somebody last."""
    chosen = (
        select(Award)
        .join(Eligibility, Eligibility.id == Award.eligibility_id)
        .join(Person, Person.id == Eligibility.person_id)
        .where(Person.key == person)
    )
    return site.read(lambda: db.session.scalars(chosen.order_by(Award.id.desc()).limit(1)).one_or_none())


def answers(site: Site, attempt_id: int) -> Sequence[Step]:
    """Every answer of an attempt that arrived, in the order of arrival."""
    kept = select(Step).where(Step.attempt_id == attempt_id, Step.kind.in_(("answered", "unreadable")))
    return site.read(lambda: db.session.scalars(kept.order_by(Step.id)).all())


def attempts(site: Site, person: str) -> Sequence[Attempt]:
    """Every attempt of somebody, in the order in which they were begun."""
    begun = (
        select(Attempt)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Person.key == person)
    )
    return site.read(lambda: db.session.scalars(begun.order_by(Attempt.id)).all())


def forget_sign_ins(site: Site, person: str) -> None:
    """Sign somebody out everywhere, as if their rows were lost."""
    wanted = person_id(site, person)
    site.change(lambda: db.session.execute(delete(SignIn).where(SignIn.person_id == wanted)))


def open_attempt(site: Site, person: str, class_key: str, quiz: str) -> int:
    """The id of an attempt that somebody has just begun, or had begun before."""
    wanted = class_id(site, class_key)

    def start() -> int:
        now = datetime.now(UTC)
        seat = seats.own_seat(_actor(person), wanted, now=now)
        return quizzes.start(seat, seat.state(quiz).activity, now=now, dice=Random(1))

    return site.change(start)


def issue(site: Site, person: str, registrar: str) -> Award:
    """Let a registrar approve what somebody has completed, and wait for the certificate."""
    undecided = (
        select(Eligibility)
        .outerjoin(Decision, Decision.eligibility_id == Eligibility.id)
        .where(Eligibility.person_id == person_id(site, person), Decision.id.is_(None))
    )

    def approve() -> int:
        earned = db.session.scalars(undecided).all()
        batch = f"approval-{person}"
        return credentials.approve(_actor(registrar), earned, batch=batch, now=datetime.now(UTC))

    assert site.change(approve) > 0, f"{person} has nothing to be approved"
    end = time.monotonic() + PATIENCE
    while (award := award_of(site, person)) is None:
        assert time.monotonic() < end, "the certificate was not made"
        time.sleep(0.1)
    return award


def _actor(key: str) -> Person:
    found = people.person_as_actor(key)
    assert found is not None, key
    return found
