"""A learner sees where each certificate is on its way, and nobody else gets at it."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.credentials.models import Award
from lms.db import db
from tests.conftest import Clock

As = Callable[[str], FlaskClient]


@pytest.fixture
def issued(approved, workers) -> int:
    """Ada has a certificate; its id."""
    approved("ada")
    assert workers() == 1
    db.session.rollback()
    return db.session.scalars(select(Award.id)).one()


def test_nothing_yet_is_said_kindly(as_: As):
    assert "No certificates yet" in as_("ada").get("/certificates").text


def test_waiting_is_said_honestly(as_: As, earned):
    earned("ada")

    page = as_("ada").get("/certificates").text

    assert "Waiting for approval" in page
    assert "Indus College" in page


def test_being_made_is_said(as_: As, approved):
    approved("ada")

    assert "Being made" in as_("ada").get("/certificates").text


def test_the_certificate_is_downloaded_under_its_number(as_: As, issued: int):
    browser = as_("ada")
    page = browser.get("/certificates").text
    answer = browser.get(f"/certificates/{issued}.pdf")

    assert f"/certificates/{issued}.pdf" in page
    assert "KB" in page
    assert answer.data.startswith(b"%PDF-")
    assert answer.mimetype == "application/pdf"
    assert 'filename="KK-2026-000001 Ada Khan.pdf"' in answer.headers["Content-Disposition"]
    assert "private" in answer.headers["Cache-Control"]
    again = browser.get(f"/certificates/{issued}.pdf", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("key", "status"), [("bo", 404), ("eve", 404), ("grace", 404), ("mallory", 404), ("rahim", 200)]
)
def test_who_else_may_have_it(as_: As, issued: int, key, status):
    assert as_(key).get(f"/certificates/{issued}.pdf").status_code == status


def test_a_stranger_is_asked_to_sign_in(app, issued: int):
    assert "/sign-in" in app.test_client().get(f"/certificates/{issued}.pdf").headers["Location"]


def test_a_name_in_another_script_names_the_file(as_: As, approved, workers, world):
    world.person("ada").full_name = "عائشہ"
    db.session.commit()
    approved("ada")
    workers()

    disposition = (
        as_("ada")
        .get(f"/certificates/{db.session.scalars(select(Award.id)).one()}.pdf")
        .headers["Content-Disposition"]
    )

    assert "filename*=UTF-8''KK-2026-000001%20%D8%B9" in disposition
    disposition.encode("ascii")


def test_the_home_page_announces_it_for_a_while(as_: As, issued: int, clock: Clock):
    browser = as_("ada")
    assert "New certificate" in browser.get("/").text

    clock.forward(days=31)
    browser = as_("ada")
    assert "New certificate" not in browser.get("/").text


def test_many_certificates_cost_as_many_statements_as_one(as_: As, earned, count_queries):
    browser = as_("ada")
    earned("ada", basis_id=1)
    with count_queries() as one:
        browser.get("/certificates")
    for number in range(2, 20):
        earned("ada", basis_id=number)
    with count_queries() as many:
        browser.get("/certificates")

    assert len(many) == len(one) <= 5
