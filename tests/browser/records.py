"""What the database of the site says about what was done in the browser."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from lms.content import queries as content
from lms.credentials.models import Award, Eligibility
from lms.db import db
from lms.people.models import Person, SignIn
from lms.quizzes.models import Attempt, Step
from lms.study.models import Class, Enrolment, ProgressStep
from tests.browser.site import Site


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


def award_of(site: Site, person: str) -> Award:
    """The certificate that was issued to somebody last."""
    chosen = (
        select(Award)
        .join(Eligibility, Eligibility.id == Award.eligibility_id)
        .join(Person, Person.id == Eligibility.person_id)
        .where(Person.key == person)
    )
    return site.read(lambda: db.session.scalars(chosen.order_by(Award.id.desc()).limit(1)).one())


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
