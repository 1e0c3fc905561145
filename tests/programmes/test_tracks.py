"""Who completes every course of a track has completed the track, once, and earned both certificates."""

from sqlalchemy import select

from lms.credentials.models import Eligibility
from lms.db import db, work
from lms.programmes import queries, rules
from lms.study import actions as study
from tests.world import TRACK

STEPS = [("hello", "read"), ("hello-quiz", "graded"), ("bye", "read"), ("bye-quiz", "graded")]


def complete(enrolment_id, clock):
    for activity, kind in STEPS:
        with work():
            study.record(
                enrolment_id,
                activity,
                kind,
                source="test",
                fraction=1.0,
                passed=True,
                now=clock.forward(minutes=1),
            )


def stage(course, is_complete):
    return rules.Stage(course, {"en": course}, 1, 0, 4, is_complete)


def test_the_first_course_that_is_not_complete_comes_next():
    stages = [stage("a", True), stage("b", False), stage("c", False)]
    assert rules.next_stage(stages).course == "b"
    assert not rules.is_complete(stages)
    assert rules.is_complete([stage("a", True)])
    assert not rules.is_complete([])


def test_completing_the_course_completes_the_track_and_earns_both(world, clock):
    complete(world.enrolment("ada").id, clock)
    track = queries.track(world.person("ada"), "small-track")
    assert track.membership.completed_at == clock()
    earned = db.session.scalars(select(Eligibility).order_by(Eligibility.id)).all()
    assert {(each.basis_kind, each.subject) for each in earned} == {
        ("course", "small"),
        ("programme", "small-track"),
    }
    assert {each.person_id for each in earned} == {world.person("ada").id}


def test_who_follows_no_track_completes_none(world, clock):
    complete(world.enrolment("bo").id, clock)
    assert queries.tracks(world.person("bo").id) == []
    assert [each.basis_kind for each in db.session.scalars(select(Eligibility))] == ["course"]


def test_somebody_else_s_track_is_not_there(as_):
    assert as_("ada").get("/tracks/small-track").status_code == 200
    assert as_("bo").get("/tracks/small-track").status_code == 404
    assert as_("bo").get("/tracks").status_code == 200


def test_a_track_published_again_keeps_its_followers(world, clock):
    from lms.programmes import actions

    with work():
        actions.publish(TRACK | {"title": {"en": "New name"}}, now=clock())
    track = queries.track(world.person("ada"), "small-track")
    assert track.source["title"]["en"] == "New name"
