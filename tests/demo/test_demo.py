"""The demo is there after one command, and once."""

import json

import pytest
from sqlalchemy import func, select

from config import ROOT
from lms.db import db
from lms.people.models import Person


@pytest.fixture
def runner(app):
    return app.test_cli_runner()


@pytest.mark.slow
def test_the_demo_is_made_once_from_the_courses_that_ship(app, runner):
    assert runner.invoke(args=["content", "load", str(ROOT / "courses")]).exit_code == 0
    assert "people added" in runner.invoke(args=["demo", "load"]).output
    before = db.session.scalar(select(func.count()).select_from(Person))
    assert "already" in runner.invoke(args=["demo", "load"]).output
    assert db.session.scalar(select(func.count()).select_from(Person)) == before
    people = json.loads(runner.invoke(args=["demo", "signins", "--json"]).output)
    assert {person["role"] for person in people} == {
        "student", "trainee", "teacher", "registrar", "administrator",
    }  # fmt: skip
    student = next(person for person in people if person["role"] == "student")
    browser = app.test_client()
    signed_in = browser.post(
        "/sign-in", data={"identifier": student["sign_in"], "password": student["password"]}
    )
    assert signed_in.status_code == 302
    page = browser.get("/").text
    assert "Mandarin for the workplace 1" in page
    asks = {"Authorization": f"Bearer {student['api_token']}"}
    assert browser.get("/api/v1/me", headers=asks).status_code == 200


def test_there_is_no_demo_in_production(app, runner):
    app.config["KARAKORAM_ENV"] = "production"
    try:
        for verb in ("load", "signins"):
            assert runner.invoke(args=["demo", verb]).exit_code == 2
    finally:
        app.config["KARAKORAM_ENV"] = "test"
