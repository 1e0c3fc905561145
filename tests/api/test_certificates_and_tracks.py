"""A program lists its owner's certificates and tracks; anyone's program checks a certificate."""

import secrets

import pytest

from lms.credentials import actions, throttle
from lms.credentials.models import Eligibility
from lms.db import db, work

TITLE = {"en": "Mandarin at work", "ur": "کام پر چینی زبان", "zh": "职场汉语"}


@pytest.fixture
def earned(app, world, clock) -> int:
    """Ada has earned a certificate, and nobody has decided on it."""
    with work():
        noted = actions.note_completion(
            basis_kind="course",
            basis_id=1,
            person_id=world.person("ada").id,
            organisation_id=world.organisation("college").id,
            subject="mandarin",
            title=TITLE,
            facts={"hours": 24},
            now=clock(),
        )
    assert noted is not None
    return noted


@pytest.fixture
def code(earned, world, clock) -> str:
    """The code of Ada's certificate, issued with a drawing that does not matter here."""
    with work():
        found = db.session.get_one(Eligibility, earned)
        actions.approve(world.person("rahim"), [found], batch="b", now=clock())
        issued = actions.issue(
            eligibility_id=earned, now=clock(), random_bits=secrets.randbits, draw=lambda facts: b"%PDF-1.7"
        )
        return issued.code


def test_what_was_earned_is_listed_before_it_is_decided(program, earned):
    (award,) = program("ada").get("/awards").json["items"]
    assert (award["state"], award["title"]["zh"], award["number"]) == ("waiting", "职场汉语", None)


def test_an_issued_certificate_leads_to_its_verification(program, code):
    (award,) = program("ada").get("/awards").json["items"]
    assert (award["state"], award["number"], award["code"]) == ("issued", "KK-2026-000001", code)
    assert program().client.get(award["verification"]).status_code == 200
    assert program("bo").get("/awards").json["items"] == []


@pytest.mark.parametrize("written", ["{}", "{} ", "-{}", "{}-"])
def test_anyone_checks_a_certificate_without_a_token(program, code, written):
    checked = program().get(f"/awards/{written.format(code.lower())}/verification")
    assert checked.status_code == 200
    assert checked.json["number"] == "KK-2026-000001"
    assert checked.json["name"] == "A*** K***"
    assert checked.json["hours"] == 24
    assert "Ada Khan" not in checked.text


@pytest.mark.parametrize("wrong", ["0000", "7K3M9QXD2VHTWB5NC", "x" * 500, "%00", "�"])
def test_a_code_that_is_none_is_not_found(program, code, wrong):
    refused = program().get(f"/awards/{wrong}/verification")
    assert (refused.status_code, refused.content_type) == (404, "application/problem+json")


def test_whoever_guesses_codes_has_to_wait(program):
    guesser = program()
    statuses = [
        guesser.get("/awards/0000/verification").status_code for _ in range(throttle.WRONG_CODES.amount + 1)
    ]
    assert statuses == [404] * throttle.WRONG_CODES.amount + [429]


def test_tracks_come_with_the_courses_on_the_way(program, world):
    (track,) = program("ada").get("/tracks").json["items"]
    assert (track["key"], track["title"]["ur"], track["completed_at"]) == ("small-track", "چھوٹا راستہ", None)
    (course,) = track["courses"]
    assert (course["course"], course["class_id"], course["done"]) == ("small", world.class_().id, 0)
    assert program("bo").get("/tracks").json == {"items": [], "total": 0, "next": None}
