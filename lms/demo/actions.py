"""Fill an empty site with the demo's people and with what they have done so far."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from lms.content import queries as content
from lms.db import db
from lms.demo.cast import CAST, CLASSES, PLACES, TRACKS, Actor, Lesson
from lms.people import actions as people
from lms.people import queries
from lms.people.models import Organisation, Person
from lms.programmes import actions as programmes
from lms.programmes import queries as programme_queries
from lms.questions import queries as questions
from lms.quizzes import actions as quizzes
from lms.quizzes.models import Attempt, Slot, Step
from lms.study import actions as study
from lms.study.models import Class
from lms.study.queries import seats

SEED = 20261123  # the same demo everywhere
OFFICES = ("registrar", "administrator")  # roles that are held at a whole organisation


def load(sign_ins: Mapping[str, tuple[str, str]], *, now: datetime) -> int:
    """Make the demo unless it is there; how many people were added.

    `sign_ins` gives password and access token by the key of an actor.
    """
    if queries.organisation_with_key(PLACES[0].key) is not None:
        return 0
    began = now - timedelta(days=30)
    places = _places()
    cast = {actor.key: _person(actor, places, sign_ins[actor.key], began) for actor in CAST}
    for lesson in CLASSES:
        _open(lesson, places, cast, began)
    for key, (place, members) in TRACKS.items():
        programme = programme_queries.programme_with_key(key)
        if programme is not None:
            for member in members:
                programmes.join(cast[member], programme, places[place], now=began)
    _live(cast, now)
    return len(cast)


def _places() -> dict[str, Organisation]:
    made: dict[str, Organisation] = {}
    for place in PLACES:
        made[place.key] = people.add_organisation(
            key=place.key,
            name=place.name,
            name_hanzi=place.hanzi,
            name_urdu=place.urdu,
            kind=place.kind,
            parent=made[place.parent] if place.parent else None,
            country=place.country,
            city=place.city,
            time_zone=place.time_zone,
        )
    return made


def _person(
    actor: Actor, places: Mapping[str, Organisation], secret: tuple[str, str], now: datetime
) -> Person:
    password, token = secret
    added = people.add_person(
        key=actor.key,
        full_name=actor.name,
        email=email(actor),
        password=password,
        name_hanzi=actor.hanzi,
        name_pinyin=actor.pinyin,
        name_urdu=actor.urdu,
        father_name=actor.father,
        language=actor.language,
        now=now,
    )
    people.add_api_token(added, name="demo", token=token, now=now)
    if actor.role in OFFICES:
        people.grant(added, actor.role, scope_kind="organisation", scope_id=places[actor.place].id, now=now)
    return added


def email(actor: Actor) -> str:
    """The demo's sign-in of an actor."""
    return f"{actor.key}@demo.karakoram.example"


def _open(
    lesson: Lesson, places: Mapping[str, Organisation], cast: Mapping[str, Person], now: datetime
) -> None:
    edition = content.latest_edition(lesson.course)
    opened = study.open_class(
        key=lesson.key,
        title=lesson.title,
        edition=edition,
        organisation=places[lesson.place],
        now=now,
        starts_on=now.date(),
    )
    people.grant(cast[lesson.teacher], "teacher", scope_kind="class", scope_id=opened.id, now=now)
    for learner in lesson.learners:
        study.enrol(cast[learner], opened.id, now=now)


def _live(cast: Mapping[str, Person], now: datetime) -> None:
    """Let the learners of the classes with a history work through their course as far as they have come."""
    dice = Random(SEED)
    actors = {actor.key: actor for actor in CAST}
    for lesson in CLASSES:
        if not lesson.has_history:
            continue
        class_ = db.session.scalars(select(Class).where(Class.key == lesson.key)).one()
        for key in lesson.learners:
            _work(cast[key], actors[key], class_, dice, now)


def _work(person: Person, actor: Actor, class_: Class, dice: Random, now: datetime) -> None:
    total = len(content.outline(class_.edition_id).activities)
    for number in range(round(total * actor.progress)):
        at = now - timedelta(days=actor.days_ago, hours=(total - number) * 2)
        seat = seats.own_seat(person, class_.id, now=at)
        activity = seat.next_activity
        if activity is None or seat.enrolment is None:
            return
        if activity.completes == "read":
            study.record(seat.enrolment.id, activity.key, "read", source="read", now=at)
        else:
            _take(person, seat, activity.key, dice, at, share_right=0.9)
    if actor.struggles:
        for hours in (3, 2, 1):
            at = now - timedelta(hours=hours)
            seat = seats.own_seat(person, class_.id, now=at)
            if seat.next_activity is not None:
                _take(person, seat, seat.next_activity.key, dice, at, share_right=0.2)


def _take(
    person: Person, seat: seats.Seat, key: str, dice: Random, at: datetime, *, share_right: float
) -> None:
    """One attempt at a quiz in which this share of the questions is answered, and rightly."""
    attempt_id = quizzes.start(seat, seat.outline.activity(key), now=at, dice=dice)
    attempt = db.session.get_one(Attempt, attempt_id)
    for slot in db.session.scalars(select(Slot).where(Slot.attempt_id == attempt_id)).all():
        if dice.random() < share_right:
            answered = at + timedelta(minutes=slot.number)
            db.session.add(
                Step(
                    attempt_id=attempt_id,
                    slot=slot.number,
                    kind="answered",
                    key=f"demo:{slot.number}",
                    response=questions.question(slot.question_hash).solution(),
                    made_at=answered,
                    at=answered,
                    by_id=person.id,
                )
            )
    done = at + timedelta(minutes=15)
    db.session.flush()
    quizzes.submit(attempt, by=person, now=done)
    db.session.flush()
    db.session.refresh(attempt)
    quizzes.mark(attempt_id, now=done)
    db.session.flush()
