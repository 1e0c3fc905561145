"""Certificates: one's own, and whether one is genuine; for programs."""

from datetime import date, datetime

from flask import request, url_for

from lms.credentials import rules, throttle
from lms.credentials.drawing.facts import Facts
from lms.credentials.forms import MOST_TYPED
from lms.credentials.models import Award
from lms.credentials.queries import certificates as queries
from lms.credentials.queries.certificates import Certificate
from lms.db import Missing
from lms.people.access import me, requires
from lms.web.endpoints import Listing, Told, Words, blueprint, operation, whole, words
from lms.web.problems import Refused

bp = blueprint("credentials", __name__)
NO_CODE = "-"  # looked up instead of what cannot be a code, so that both take equally long


class AwardEarned(Told):
    """A certificate. `state`: waiting, declined (for a `reason`), preparing, stuck, issued."""

    state: str
    title: Words
    organisation: str
    eligible_at: datetime
    reason: str | None
    number: str | None
    code: str | None
    issued_at: datetime | None
    verification: str | None


class Genuine(Told):
    """What the certificate with this code states; the name is masked to protect its owner."""

    number: str
    heading: Words
    title: Words
    name: str
    organisation: Words
    issued_on: date
    level: Words | None
    hours: float | None


@bp.get("/awards")
@requires("signed-in")
@operation({200: Listing[AwardEarned]})
def awards() -> Listing[AwardEarned]:
    """The certificates that the token's owner has earned, the newest first."""
    return whole(AwardEarned, [_award(earned) for earned in queries.certificates_of(me())])


@bp.get("/awards/<code>/verification")
@requires("anyone")
@operation({200: Genuine}, {404: "No certificate has this code.", 429: "Too many codes that are none."})
def verification(code: str) -> Genuine:
    """Whether a certificate is genuine. Spaces, dashes and capitals in the code do not matter."""
    award = _award_with(code)
    if award is None:
        raise Missing(f"award {code}")
    return _genuine(queries.facts_of(award))


def _award_with(code: str) -> Award | None:
    address = request.remote_addr or ""
    if not throttle.may_look_up(address):
        raise Refused(429)
    found = queries.award_with_code(rules.read_code(code[:MOST_TYPED]) or NO_CODE)
    if found is None:
        throttle.note_wrong_code(address)
    return found


def _award(earned: Certificate) -> AwardEarned:
    code = earned.code or None
    return AwardEarned(
        state=earned.state,
        title=words(earned.title),
        organisation=earned.organisation,
        eligible_at=earned.eligible_at,
        reason=earned.reason or None,
        number=earned.number or None,
        code=code,
        issued_at=earned.issued_at,
        verification=url_for("credentials_api.verification", code=code) if code else None,
    )


def _genuine(facts: Facts) -> Genuine:
    return Genuine(
        number=facts.number,
        heading=words(facts.heading),
        title=words(facts.title),
        name=rules.masked(facts.name),
        organisation=words(facts.organisation),
        issued_on=facts.day,
        level=words(facts.level) if facts.level else None,
        hours=facts.hours,
    )
