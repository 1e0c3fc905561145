"""People sign in and out; whoever guesses is slowed down, and whose account it is, is not."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from lms.db import db, work
from lms.people import actions
from lms.people.models import RoleGrant, SignIn
from lms.web.security import local_path
from tests.world import PASSWORD


def sign_in(browser, identifier="ada@example.org", password=PASSWORD, **more):
    return browser.post("/sign-in", data={"identifier": identifier, "password": password, **more})


def without_tokens(page):
    return re.sub(r'(value|content)="[\w.-]{60,}"', "", page)


def test_a_wrong_password_keeps_what_was_typed_and_speaks_at_the_field(app):
    answer = sign_in(app.test_client(), password="wrong")
    assert answer.status_code == 422
    assert 'value="ada@example.org"' in answer.text
    assert "do not belong together" in answer.text
    assert "wrong" not in answer.text


def test_an_unknown_account_gets_the_same_answer(app):
    wrong = sign_in(app.test_client(), password="wrong")
    unknown = sign_in(app.test_client(), identifier="who@example.org", password="wrong")
    assert unknown.status_code == wrong.status_code
    assert without_tokens(unknown.text.replace("who@example.org", "ada@example.org")) == without_tokens(
        wrong.text
    )


def test_sign_out_ends_the_sign_in_for_whoever_kept_the_cookie(app, as_):
    browser = as_("ada")
    stolen = browser.get_cookie("karakoram").value
    assert browser.post("/sign-out").status_code == 302
    thief = app.test_client()
    thief.set_cookie("karakoram", stolen)
    assert thief.get("/").status_code == 302


def test_whoever_comes_back_stays_signed_in(app, world, as_):
    browser, now = as_("ada"), datetime.now(UTC)
    with work():
        db.session.execute(update(SignIn).values(expires_at=now + timedelta(days=5)))
    reading = f"/classes/{world.class_().id}/lessons/hello/reading"
    assert browser.post(reading).headers["Set-Cookie"]
    ends_at = db.session.scalars(select(SignIn.expires_at)).one()
    assert ends_at > now + timedelta(days=29)
    assert "Set-Cookie" not in browser.post(reading).headers  # once a day


def test_a_new_password_ends_the_other_devices(as_):
    here, there = as_("ada"), as_("ada")
    form = {"current": PASSWORD, "new": "another good one", "again": "another good one"}
    assert here.post("/account/password", data=form).status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/a\r\nb",
        "evil",
        "",
        None,
    ],
)
def test_no_redirect_leads_elsewhere(target):
    assert local_path(target, default="") == ""


def test_after_sign_in_the_page_that_was_asked_for_opens(app):
    assert sign_in(app.test_client(), next="/tracks").location == "/tracks"
    assert sign_in(app.test_client(), next="//evil.example").location == "/"


def test_guessing_is_slowed_down_but_not_for_the_owner_elsewhere(app):
    thief, owner = app.test_client(), app.test_client()
    statuses = [sign_in(thief, password=f"guess {n}").status_code for n in range(8)]
    assert statuses == [422] * 6 + [429] * 2
    answer = owner.post(
        "/sign-in",
        data={"identifier": "ada@example.org", "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "10.9.8.7"},
    )
    assert answer.status_code == 302


@pytest.fixture
def zoya(app, clock):
    """Somebody whose phone number was noted as people write them."""
    with work():
        return actions.add_person(
            key="zoya", full_name="Zoya", phone="+92 300-1234567", password=PASSWORD, now=clock()
        ).id


@pytest.mark.parametrize("typed", ["+92 300-1234567", "+923001234567", " +92 300 123 4567 "])
def test_a_phone_number_signs_in_however_it_is_spelt(app, zoya, typed):
    assert sign_in(app.test_client(), identifier=typed).status_code == 302


def test_another_spelling_of_a_phone_number_is_not_another_guess(app, zoya):
    thief, number = app.test_client(), "+923001234567"
    spellings = [f"{number[:place]} {number[place:]}" for place in range(1, 9)]
    statuses = [sign_in(thief, identifier=typed, password="guess").status_code for typed in spellings]
    assert statuses == [422] * 6 + [429] * 2


def test_a_script_is_asked_to_sign_in_over_the_page(app):
    answer = app.test_client().post("/attempts/1/answers", headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 401
    assert answer.headers["X-Sign-In"] == "/sign-in"


def test_the_dialog_answers_with_a_fresh_token(app):
    answer = sign_in(app.test_client(), dialog="1")
    assert answer.status_code == 200
    assert answer.json["csrf"]


def test_a_token_of_a_program_is_shown_once_and_can_be_revoked(world, as_, app):
    browser = as_("ada")
    made = browser.post("/account/tokens", data={"name": "my script"})
    token = made.text.split('<code dir="ltr">')[1].split("<")[0]
    assert token not in browser.get("/account").text
    asks = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/courses", headers=asks).status_code == 200
    tokens = world.person("ada")
    from lms.people.queries import api_tokens

    for each in api_tokens(tokens):
        browser.post(f"/account/tokens/{each.id}/revocation")
    assert app.test_client().get("/api/v1/courses", headers=asks).status_code == 401


def test_a_cookie_does_not_open_the_api(as_):
    assert as_("ada").get("/api/v1/courses").status_code == 401


def test_giving_a_role_twice_changes_nothing(world, clock):
    for _ in range(2):
        with work():
            actions.grant(world.person("bo"), "teacher", scope_kind="class", scope_id=1, now=clock())
    count = db.session.scalar(
        select(func.count()).select_from(RoleGrant).where(RoleGrant.person_id == world.person("bo").id)
    )
    assert count == 1


def test_the_old_password_cannot_be_guessed_for_long(as_):
    browser = as_("ada")
    form = {"new": "another good one", "again": "another good one"}
    told = [browser.post("/account/password", data=form | {"current": f"guess {n}"}).text for n in range(8)]
    assert "This is not your password now" in told[5]
    assert "Too many tries" in told[6]
    assert "Too many tries" in browser.post("/account/password", data=form | {"current": PASSWORD}).text
