"""Many students at one college, each somewhere in two courses, with a quiz under way and a certificate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from flask import Flask

from lms.content import queries as content
from lms.content.kinds import KINDS
from lms.credentials import actions as credentials
from lms.credentials.models import Eligibility
from lms.db import db, work
from lms.people import actions as people
from lms.people.models import Organisation, Person
from lms.programmes import actions as programmes
from lms.programmes import queries as tracks
from lms.questions import queries as questions
from lms.quizzes import actions as quizzes
from lms.quizzes import queries as attempts
from lms.study import actions as study
from lms.study.models import Class
from lms.study.queries import seats

STUDENTS = 96
PASSWORD = "a password for benchmarks only"
COURSES = ("mandarin-workplace-1", "electrical-first-circuits")
TRACK = "mandarin-electrical"
QUIZ = "greetings-quiz"
LANGUAGES = ("en", "ur", "zh")
FURTHEST = 12  # activities that a student may have done in each course


@dataclass(frozen=True)
class Student:
    """What a student needs to know to click: addresses, and one ready answer for each question."""

    email: str
    class_ids: tuple[int, ...]
    lessons: tuple[str, ...]
    attempt_id: int
    answers: tuple[Mapping[str, str], ...]
    code: str


def build(app: Flask, *, now: datetime) -> list[Student]:
    """Fill an empty site whose courses are loaded."""
    dice = Random(1)
    with app.app_context():
        with work():
            college = _place()
            opened = [_open(key, college, now) for key in COURSES]
            registrar = _person("registrar", "en", now)
            ids = [class_.id for class_ in opened]
        made = [_student(number, college, ids, registrar, dice, now) for number in range(STUDENTS)]
        db.session.remove()
        db.engine.dispose()
    return made


def _place() -> Organisation:
    return people.add_organisation(
        key="college",
        name="Indus College of Technology",
        kind="college",
        parent=None,
        country="PK",
        city="Rawalpindi",
        time_zone="Asia/Karachi",
    )


def _open(key: str, college: Organisation, now: datetime) -> Class:
    edition = content.latest_edition(key)
    return study.open_class(key=key, title=f"Spring: {key}", edition=edition, organisation=college, now=now)


def _person(key: str, language: str, now: datetime) -> Person:
    return people.add_person(
        key=key,
        full_name=f"Person {key}",
        email=f"{key}@bench.example",
        password=PASSWORD,
        language=language,
        now=now,
    )


def _student(
    number: int,
    college: Organisation,
    class_ids: Sequence[int],
    registrar: Person,
    dice: Random,
    now: datetime,
) -> Student:
    with work():
        db.session.add_all((college, registrar))
        person = _person(f"student-{number}", LANGUAGES[number % len(LANGUAGES)], now)
        for class_id in class_ids:
            study.enrol(person, class_id, now=now)
            _go_through(person, class_id, dice.randint(4, FURTHEST), now)
        track = tracks.programme_with_key(TRACK)
        assert track is not None
        programmes.join(person, track, college, now=now)
        seat = seats.own_seat(person, class_ids[0], now=now)
        attempt_id = quizzes.start(seat, seat.outline.activity(QUIZ), now=now, dice=dice)
        lessons = [
            key for key, state in seat.states.items() if state.is_open and _is_read(state.activity.kind)
        ]
        return Student(
            email=f"student-{number}@bench.example",
            class_ids=tuple(class_ids),
            lessons=tuple(lessons),
            attempt_id=attempt_id,
            answers=tuple(_answers(attempt_id)),
            code=_certificate(person, college, registrar, number, now),
        )


def _go_through(person: Person, class_id: int, steps: int, now: datetime) -> None:
    for number in range(steps):
        at = now - timedelta(days=1, minutes=steps - number)
        seat = seats.own_seat(person, class_id, now=at)
        activity = seat.next_activity
        if activity is None or seat.enrolment is None:
            return
        more: dict[str, Any] = {"kind": "read", "source": "read"}
        if not _is_read(activity.kind):
            more = {"kind": "graded", "source": "bench", "fraction": 0.9, "passed": True}
        study.record(seat.enrolment.id, activity.key, now=at, **more)


def _is_read(kind: str) -> bool:
    return KINDS[kind].completes == "read"


def _answers(attempt_id: int) -> list[Mapping[str, str]]:
    """One form for each question, as the page's script would send it."""
    forms = []
    for slot in attempts.slots(attempt_id):
        offer = questions.question(slot.question_hash).offer(slot.deal)
        fields = {
            f"q{slot.number}-{each.name}": each.choices[0].value if each.choices else "7" for each in offer
        }
        forms.append({"slot": str(slot.number), **fields})
    return forms


def _certificate(person: Person, college: Organisation, registrar: Person, number: int, now: datetime) -> str:
    """The code of a certificate that was issued without drawing it."""
    noted = credentials.note_completion(
        basis_kind="course",
        basis_id=1_000_000 + number,
        person_id=person.id,
        organisation_id=college.id,
        subject=COURSES[0],
        title={"en": "Mandarin for the workplace 1", "ur": "چینی زبان", "zh": "职场中文"},
        facts={"hours": 24},
        now=now,
    )
    credentials.approve(registrar, [db.session.get_one(Eligibility, noted)], batch="bench", now=now)
    award = credentials.issue(
        eligibility_id=int(noted or 0),
        now=now,
        random_bits=Random(number).getrandbits,
        draw=lambda facts: f"not drawn: {facts.number}".encode(),
    )
    return award.code
