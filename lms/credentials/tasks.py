"""Issues certificates in the background."""

import secrets
from datetime import datetime
from functools import partial

from flask import current_app

from lms.credentials import actions
from lms.credentials.drawing.certificate import press
from lms.jobs.registry import job


@job("credentials.issue", tries=6, lease=120)
def issue(*, eligibility_id: int, now: datetime) -> None:
    """Issue one approved certificate; doing it again changes nothing."""
    draw = partial(press().draw, base_url=current_app.config["SETTINGS"].base_url)
    actions.issue(eligibility_id=eligibility_id, now=now, random_bits=secrets.randbits, draw=draw)
