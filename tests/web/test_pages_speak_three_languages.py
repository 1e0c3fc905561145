"""A page speaks the language of its reader, switches at a touch, and marks what it cannot say in it."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.web import filters
from lms.web.moments import city_times
from tests.web.test_pages_are_safe import sign_in

TEXT = {"en": "Gate & yard", "ur": "گیٹ", "zh": "大门"}


def switch(client: FlaskClient, language: str, target: str = "/about") -> None:
    page = client.get("/about").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    answer = client.post("/language", data={"language": language, "next": target, "csrf_token": token[1]})
    assert (answer.status_code, answer.location) == (303, target)


@pytest.mark.parametrize("language", ["en", "ur", "zh"])
def test_the_switch_stays_switched(client: FlaskClient, language: str) -> None:
    switch(client, language)
    assert f'<html lang="{language}' in client.get("/about").text


def test_the_language_of_the_person_comes_first(client: FlaskClient) -> None:
    switch(client, "zh")
    sign_in(client)
    assert '<html lang="ur" dir="rtl">' in client.get("/about").text


def test_an_unknown_language_is_refused(client: FlaskClient) -> None:
    page = client.get("/about").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    assert client.post("/language", data={"language": "tlh", "csrf_token": token[1]}).status_code == 400


def test_each_language_is_named_in_its_own_script(client: FlaskClient) -> None:
    page = client.get("/about").text
    assert all(f">{name}</button>" in page for name in ("English", "اردو", "中文"))


def test_words_are_escaped_and_chosen(bare_app: Flask) -> None:
    with bare_app.test_request_context(headers={"Accept-Language": "en"}):
        assert filters.localised(TEXT) == "Gate &amp; yard"
    with bare_app.test_request_context(headers={"Accept-Language": "ur"}):
        assert filters.localised(TEXT) == "گیٹ"


def test_words_in_another_language_say_so(bare_app: Flask) -> None:
    with bare_app.test_request_context(headers={"Accept-Language": "ur"}):
        assert filters.localised({"en": "Gate"}) == '<span lang="en" dir="ltr">Gate</span>'
        assert filters.localised("Ada") == "Ada"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (42_300, "42 KB"), (1_000_000, "1 MB"), (2_640_000, "2.6 MB")],
)
def test_sizes_are_told_as_data_is_paid(bare_app: Flask, size: int, words: str) -> None:
    with bare_app.test_request_context(headers={"Accept-Language": "en"}):
        assert filters.bytes_size(size) == words


def test_durations_and_shares(bare_app: Flask) -> None:
    with bare_app.test_request_context(headers={"Accept-Language": "en"}):
        assert [filters.minutes(count) for count in (5, 60, 80)] == ["5 min", "1 h", "1 h 20 min"]
        assert [filters.percent(share) for share in (None, 0, 0.667, 1)] == [
            "–",
            "0\xa0%",
            "67\xa0%",
            "100\xa0%",
        ]


def test_a_moment_is_told_in_both_cities(bare_app: Flask) -> None:
    with bare_app.test_request_context(headers={"Accept-Language": "en"}):
        evening = city_times(datetime(datetime.now(UTC).year, 3, 6, 15, 0, tzinfo=UTC))
        assert evening.karachi.endswith("6 Mar, 20:00 Karachi")
        assert evening.beijing == "23:00 Beijing"
        late = city_times(datetime(2020, 2, 29, 17, 30, tzinfo=UTC))
        assert late.karachi == "Sat 29 Feb 2020, 22:30 Karachi"
        assert late.beijing == "Sun 1 Mar 2020, 01:30 Beijing"


def test_a_fragment_is_a_block_of_the_page(client: FlaskClient) -> None:
    whole = client.get("/guide").text
    piece = client.get("/guide", headers={"HX-Request": "true"}).text
    assert whole.startswith("<!doctype html>")
    assert piece.strip().startswith("<article")
    assert piece.strip() in whole
