"""Completing a course or a track is noted once, with what the certificate will state."""

from flask import Flask
from sqlalchemy import select

from lms.credentials import actions
from lms.credentials.models import Eligibility
from lms.db import db, work
from lms.programmes import queries as programmes
from lms.programmes.events import ProgrammeCompleted
from lms.study.events import CourseCompleted
from tests.conftest import START
from tests.world import World


def course_completed(world: World) -> CourseCompleted:
    enrolment, class_ = world.enrolment("ada"), world.class_()
    return CourseCompleted(
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        class_id=class_.id,
        course_id=class_.course_id,
        edition_id=class_.edition_id,
        organisation_id=class_.organisation_id,
        at=START,
    )


def all_earned() -> list[Eligibility]:
    return list(db.session.scalars(select(Eligibility)))


def test_a_course_is_noted_once(app: Flask, world: World):
    for _ in range(2):
        with work():
            actions.note_course(course_completed(world))

    (found,) = all_earned()
    assert (found.basis_kind, found.subject) == ("course", "small")
    assert found.organisation_id == world.organisation("college").id
    assert found.title["en"]
    assert found.facts["hours"]


def test_a_track_is_noted_beside_it(app: Flask, world: World):
    ada = world.person("ada")
    track = programmes.track(ada, "small-track")
    event = ProgrammeCompleted(
        membership_id=world.enrolment("ada").id,
        person_id=ada.id,
        programme_id=track.programme.id,
        organisation_id=world.organisation("college").id,
        at=START,
    )
    with work():
        actions.note_course(course_completed(world))
    with work():
        actions.note_programme(event)

    course, programme = all_earned()
    assert programme.basis_kind == "programme"
    assert programme.title["en"] == "Small track"
    assert programme.facts["certificate_title"]["en"] == "Track certificate"
    assert course.basis_id == programme.basis_id  # the same number of another kind is another thing
