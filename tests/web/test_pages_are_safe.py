"""Every answer carries its protection, and no form is taken without its token."""

import re

import pytest
from flask.testing import FlaskClient

from lms.web.security import local_path
from tests.web.conftest import shell_app


def test_pages_run_nothing_but_our_own_files(client: FlaskClient) -> None:
    answer = client.get("/about")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'nonce-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/about", "/style-guide", "/refused/404", "/boom"])
def test_pages_hold_no_inline_script_or_style(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert "</main>" in page
    assert ("Style guide" in page) == (path == "/style-guide")
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_the_nonce_changes_with_every_answer(client: FlaskClient) -> None:
    policies = {client.get("/about").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_what_a_signed_in_person_saw_is_not_kept_on_a_shared_phone(client: FlaskClient) -> None:
    assert client.get("/about").headers["Cache-Control"] == "private, no-cache"
    sign_in(client)
    assert client.get("/about").headers["Cache-Control"] == "no-store"


def test_cookies_are_for_https_and_for_the_server_only_in_production() -> None:
    client = shell_app("production").test_client()
    cookie = client.get("/about", base_url="https://school.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-karakoram=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))


def test_production_asks_for_https_and_has_no_style_guide() -> None:
    client = shell_app("production").test_client()
    assert "max-age" in client.get("/about").headers["Strict-Transport-Security"]
    assert client.get("/style-guide").status_code == 404


def test_a_form_without_its_token_changes_nothing_and_the_page_says_what_to_do(client: FlaskClient) -> None:
    answer = client.post("/slow", data={"essay": "long"}, headers={"Referer": "http://localhost/page"})
    assert answer.status_code == 400
    assert "what you typed is still there" in answer.text
    assert 'href="http://localhost/page"' in answer.text
    assert client.application.extensions["received"] == []


def test_a_script_with_a_stale_token_gets_a_new_one(client: FlaskClient) -> None:
    sign_in(client)
    answer = client.post("/slow", data={"a": "1"}, headers={"X-CSRFToken": "stale"})
    assert (answer.status_code, answer.headers["X-Token"]) == (400, "renewed")
    fresh = answer.get_json()["csrf"]
    assert client.post("/slow", data={"a": "1"}, headers={"X-CSRFToken": fresh}).status_code == 200


def test_a_script_whose_session_is_gone_is_sent_to_sign_in_first(client: FlaskClient) -> None:
    answer = client.post("/answers", data={"a": "1"}, headers={"X-CSRFToken": "of a session long gone"})
    assert (answer.status_code, answer.headers["X-Sign-In"]) == (401, "/sign-in")


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:1",
        "/a\nb",
        "",
        None,
    ],
)
def test_no_link_leads_away_from_the_site(target: str | None) -> None:
    assert local_path(target) == "/"


def test_a_path_of_the_site_is_kept_with_its_query() -> None:
    assert local_path("/classes/3?page=2") == "/classes/3?page=2"


def sign_in(client: FlaskClient) -> None:
    token = re.search(r'value="([^"]+)"', client.get("/sign-in").text)
    assert token is not None
    assert client.post("/sign-in", data={"who": "ada", "csrf_token": token[1]}).status_code == 200
