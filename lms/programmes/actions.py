"""Publish tracks, let people follow them, notice who has completed one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lms.db import db, insert_once
from lms.people.models import Organisation, Person
from lms.programmes import events, queries, rules
from lms.programmes.models import Membership, Programme


def publish(source: Mapping[str, Any], *, now: datetime) -> Programme:
    """The track as its author now has it; one with the same id is brought up to date."""
    found = queries.programme_with_key(source["id"])
    if found is None:
        found = Programme(key=source["id"], source=dict(source), published_at=now)
        db.session.add(found)
        db.session.flush()
    elif found.source != source:
        found.source, found.published_at = dict(source), now
    return found


def join(person: Person, programme: Programme, organisation: Organisation, *, now: datetime) -> None:
    """Let somebody follow a track; twice changes nothing."""
    insert_once(
        Membership,
        programme_id=programme.id,
        person_id=person.id,
        organisation_id=organisation.id,
        joined_at=now,
    )
    check(person.id, now=now)


def check(person_id: int, *, now: datetime) -> None:
    """Complete every track whose courses the person has all completed, and say so once."""
    db.session.flush()
    locked = select(Membership.id).where(Membership.person_id == person_id).with_for_update()
    db.session.execute(locked).all()  # two courses completed at once must see each other
    for track in queries.tracks(person_id):
        if track.membership.completed_at is None and rules.is_complete(track.stages):
            track.membership.completed_at = now
            events.programme_completed.send(
                events.ProgrammeCompleted(
                    membership_id=track.membership.id,
                    person_id=person_id,
                    programme_id=track.programme.id,
                    organisation_id=track.membership.organisation_id,
                    at=now,
                )
            )
