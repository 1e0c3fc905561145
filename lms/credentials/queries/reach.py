"""Conditions that several queries share."""

from sqlalchemy import ColumnElement, String, cast, false, literal, or_

from lms.credentials import rules
from lms.credentials.models import Eligibility
from lms.people.models import Organisation, Person
from lms.people.rules import reach

APPROVE = "award.approve"


def may_approve(person: Person) -> ColumnElement[bool]:
    """The row's organisation lies where the person approves certificates."""
    paths = reach(person.grants, APPROVE).paths
    return or_(false(), *(Organisation.path.startswith(path, autoescape=True) for path in paths))


def job_key() -> ColumnElement[str]:
    """The name of the job that issues the certificate of the row's eligibility."""
    return literal(rules.JOB_KEY) + cast(Eligibility.id, String)
