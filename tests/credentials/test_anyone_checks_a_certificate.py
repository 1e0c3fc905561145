"""Anyone checks a certificate on their phone, without signing in, and learns no more than they should."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.credentials import rules, throttle
from lms.credentials.models import Award
from lms.db import db


@pytest.fixture
def code(approved, workers) -> str:
    """The code of Ada's certificate."""
    approved("ada", title={"en": "Mandarin at work", "zh": "职场汉语", "ur": "کام پر چینی"})
    assert workers() == 1
    db.session.rollback()
    return db.session.scalars(select(Award.code)).one()


@pytest.fixture
def anyone(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_genuine_certificate_is_told_in_three_languages(anyone: FlaskClient, code: str):
    page = anyone.get(f"/verify/{code}").text

    for shown in (
        "This certificate is genuine",
        "KK-2026-000001",
        "Mandarin at work",
        "职场汉语",
        "کام پر چینی",
        "Indus College",
        "2026-11-02",
        'lang="ur" dir="rtl"',
        'lang="zh-Hans"',
    ):
        assert shown in page, shown


def test_the_name_is_shown_in_part(anyone: FlaskClient, code: str):
    page = anyone.get(f"/verify/{code}").text

    assert "A*** K***" in page
    for secret in ("Ada", "Khan", "艾达", "ایڈا", "example.org", "Rahim"):
        assert secret not in page, secret


def test_the_page_may_be_kept_and_is_the_same_for_everyone(
    anyone: FlaskClient, as_: Callable[[str], FlaskClient], code: str
):
    first, signed_in = anyone.get(f"/verify/{code}"), as_("ada").get(f"/verify/{code}")

    assert first.data == signed_in.data
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "noindex" in first.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in first.headers
    again = anyone.get(f"/verify/{code}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_nothing_comes_from_elsewhere(anyone: FlaskClient, code: str):
    page = anyone.get(f"/verify/{code}").text

    assert "<script" not in page
    assert 'src="http' not in page
    assert 'href="http' not in page


def test_typing_the_code_leads_there(anyone: FlaskClient, code: str):
    typed = " ".join(code[start : start + 4] for start in range(0, 17, 4)).lower()

    assert "XXXX" in anyone.get("/verify").text
    answer = anyone.get("/verify", query_string={"code": typed})
    assert answer.headers["Location"].endswith(f"/verify/{code}")
    assert anyone.get(f"/verify/{typed}").status_code == 200


@pytest.mark.parametrize("typed", ["0" * 17, "hello", "U" * 17, "0" * 5000, "%00", "<script>", "علی"])
def test_unknown_and_impossible_codes_get_the_same_answer(
    anyone: FlaskClient, code: str, typed: str, count_queries
):
    with count_queries() as known:
        anyone.get("/verify/00000000000000000")
    with count_queries() as sent:
        answer = anyone.get(f"/verify/{typed}")

    assert answer.status_code == 404
    assert answer.data == anyone.get("/verify/00000000000000000").data
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(sent) == len(known)


@pytest.mark.parametrize(
    ("name", "words"), [("ada khan", "Yes, this name"), ("艾达", "Yes, this name"), ("Ada", "No, this name")]
)
def test_a_name_can_be_compared(anyone: FlaskClient, code: str, name: str, words: str):
    answer = anyone.post(f"/verify/{code}/name-checks", data={"name": name})

    assert words in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert name not in answer.text.replace("khan", "")


def test_comparing_needs_no_token_and_no_cookie(app: Flask, code: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    answer = app.test_client().post(f"/verify/{code}/name-checks", data={"name": "Ada Khan"})

    assert answer.status_code == 200


def test_names_cannot_be_guessed_for_long(anyone: FlaskClient, code: str):
    answers = [anyone.post(f"/verify/{code}/name-checks", data={"name": f"Guess {n}"}) for n in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert anyone.post(f"/verify/{code}/name-checks", data={"name": "Ada Khan"}).status_code == 429
    assert anyone.get(f"/verify/{code}").status_code == 200


def test_codes_cannot_be_guessed_for_long(anyone: FlaskClient, code: str):
    wrong = throttle.WRONG_CODES.amount
    dice = iter(range(wrong * 2))
    guesses = [rules.new_code(lambda bits: next(dice)) for _ in range(wrong)]

    assert {anyone.get(f"/verify/{guess}").status_code for guess in guesses} == {404}
    assert anyone.get("/verify/00000000000000000").status_code == 429
