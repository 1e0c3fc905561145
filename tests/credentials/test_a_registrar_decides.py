"""A registrar sees who waits in their own places only, looks before deciding, and watches it happen."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from lms.credentials.drawing.certificate import Press
from lms.credentials.models import Award, Decision
from lms.db import db, work
from lms.people import actions as people
from lms.people.models import RoleGrant
from tests.world import World

As = Callable[[str], FlaskClient]


def hidden(html: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


def decide(browser: FlaskClient, ids: list[int] | str, wish: str = "approve", **more):
    """Pick, look at the preview, say yes."""
    picked = {"all": "1"} if ids == "all" else {"ids": ids}
    preview = browser.get("/approvals/preview", query_string={**picked, "wish": wish})
    assert preview.status_code == 200, preview.text
    sent = {name: hidden(preview.text, name) for name in ("ids", "batch")}
    return browser.post("/approvals", data={**sent, "wish": wish, **more})


def awards() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Award))


def decisions() -> list[Decision]:
    db.session.rollback()
    return list(db.session.scalars(select(Decision).order_by(Decision.id)))


def test_the_list_shows_who_waits(as_: As, earned):
    earned("ada")

    page = as_("rahim").get("/approvals")

    assert "Ada Khan" in page.text
    assert "Mandarin at work" in page.text


def test_a_registrar_of_another_campus_sees_and_decides_nothing(as_: As, earned):
    waiting = earned("ada")
    stranger = as_("mallory")

    assert "Ada Khan" not in stranger.get("/approvals").text
    assert (
        stranger.get("/approvals/preview", query_string={"ids": waiting, "wish": "approve"}).status_code
        == 422
    )
    answer = stranger.post("/approvals", data={"ids": waiting, "wish": "approve", "batch": "0" * 12})
    assert answer.status_code == 303
    assert decisions() == []


@pytest.mark.parametrize("key", ["ada", "grace"])
def test_learners_and_teachers_do_not_find_the_page(as_: As, earned, key):
    browser = as_(key)

    assert browser.get("/approvals").status_code == 404
    assert browser.post("/approvals", data={"ids": earned("ada"), "wish": "approve"}).status_code == 404


def test_nobody_decides_on_their_own(as_: As, earned):
    earned("rahim")

    assert "Rahim Shah</bdi></strong>" not in as_("rahim").get("/approvals").text


def test_looking_changes_nothing(as_: As, earned):
    ids = [earned(key, basis_id=number) for number, key in enumerate(("ada", "bo"))]

    preview = as_("rahim").get("/approvals/preview", query_string={"ids": ids, "wish": "approve"})

    assert "Issue 2 certificates?" in preview.text
    assert decisions() == []


def test_approving_issues_certificates(as_: As, earned, workers):
    ids = [earned(key, basis_id=number) for number, key in enumerate(("ada", "bo"))]
    browser = as_("rahim")

    answer = decide(browser, ids)
    watched = answer.headers["Location"]
    before = browser.get(watched).text
    assert workers() == 2
    after = browser.get(watched).text
    fragment = browser.get(watched, headers={"HX-Request": "true"}).text

    assert "data-poll-url" in before
    assert "data-poll-url" not in after
    assert "KK-2026-000001" in after
    assert "KK-2026-000002" in after
    assert fragment.strip().startswith('<div id="batch-progress"')
    assert awards() == 2


def test_all_means_all_in_the_list_and_only_those(as_: As, earned):
    for number in range(60):
        earned("ada", basis_id=number)
    other = earned("ada", basis_id=99, subject="welding", title={"en": "Welding"})
    browser = as_("rahim")

    preview = browser.get(
        "/approvals/preview", query_string={"all": "1", "subject": "mandarin", "wish": "approve"}
    )

    assert "Issue 60 certificates?" in preview.text
    assert str(other) not in hidden(preview.text, "ids").split(",")


def test_saying_yes_twice_decides_once(as_: As, earned, workers):
    waiting = earned("ada")
    browser = as_("rahim")
    sent = {"ids": waiting, "batch": "ab" * 6, "wish": "approve"}

    first, second = (browser.post("/approvals", data=sent) for _ in range(2))
    workers()

    assert first.headers["Location"] == second.headers["Location"]
    assert awards() == 1


def test_what_somebody_else_has_decided_is_left_alone(as_: As, approved):
    taken = approved("ada")

    answer = as_("rahim").post("/approvals", data={"ids": taken, "batch": "ab" * 6, "wish": "approve"})

    assert answer.headers["Location"].endswith("/approvals")
    assert len(decisions()) == 1


def test_declining_needs_a_reason(as_: As, earned):
    waiting = earned("ada")

    answer = decide(as_("rahim"), [waiting], wish="decline", reason="  ")

    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text
    assert "Write the reason" in answer.text
    assert decisions() == []


def test_the_learner_reads_the_reason(as_: As, earned, workers):
    waiting = earned("ada")

    answer = decide(as_("rahim"), [waiting], wish="decline", reason="The practical part is missing.")
    workers()

    assert answer.status_code == 303
    assert "The practical part is missing." in as_("ada").get("/certificates").text
    assert awards() == 0
    (decision,) = decisions()
    assert (decision.approved, decision.reason) == (False, "The practical part is missing.")


def test_nothing_ticked_is_said(as_: As, earned):
    earned("ada")

    answer = as_("rahim").get("/approvals/preview", query_string={"wish": "approve"})

    assert answer.status_code == 422
    assert "Tick at least one" in answer.text


@pytest.mark.parametrize("query", ["", "wish=burn&ids=1", "wish=approve&ids=1;2&all=x&ids=-1&organisation=x"])
def test_nonsense_breaks_nothing(as_: As, earned, query):
    earned("ada")

    assert as_("rahim").get(f"/approvals/preview?{query}").status_code in (200, 400, 422)


def test_a_name_that_cannot_be_printed_is_found_before_approving(as_: As, earned, world: World):
    ids = [earned(key, basis_id=number) for number, key in enumerate(("ada", "bo"))]
    with work():
        world.person("bo").full_name = "Bo 😀"
    browser = as_("rahim")

    preview = browser.get("/approvals/preview", query_string={"ids": ids, "wish": "approve"})

    assert "Issue 1 certificate?" in preview.text
    assert "GRINNING FACE" in preview.text
    assert hidden(preview.text, "ids") == str(ids[0])


def test_what_could_not_be_made_is_shown_and_tried_again(
    as_: As, earned, workers, clock, monkeypatch: pytest.MonkeyPatch
):
    waiting = earned("ada")
    browser = as_("rahim")
    watched = decide(browser, [waiting]).headers["Location"]

    with monkeypatch.context() as broken:
        broken.setattr(Press, "draw", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full")))
        for _ in range(8):
            workers()
            clock.forward(hours=1)
    page = browser.get(watched).text
    assert "disk full" in page
    assert "data-poll-url" not in page
    assert "Delayed" in as_("ada").get("/certificates").text

    assert browser.post(f"{watched}/retries").status_code == 303
    assert workers() == 1
    assert awards() == 1
    assert "disk full" not in browser.get(watched).text


def test_of_a_batch_over_several_campuses_each_registrar_sees_their_own(as_: As, earned, workers):
    mine = earned("ada")
    theirs = earned("eve", organisation="campus", basis_id=2)
    made = decide(as_("root"), f"{mine},{theirs}")
    workers()

    seen = {name: as_(name).get(made.location).text for name in ("root", "rahim", "mallory")}

    assert {name: ("Ada Khan" in page, "Eve Other" in page) for name, page in seen.items()} == {
        "root": (True, True),
        "rahim": (True, False),
        "mallory": (False, True),
    }


def test_whoever_no_longer_approves_there_no_longer_sees_what_they_decided(world, as_: As, earned, clock):
    made = decide(as_("rahim"), [earned("ada")])
    with work():
        college, campus = world.organisation("college"), world.organisation("campus")
        ended = update(RoleGrant).where(RoleGrant.scope_id == college.id, RoleGrant.role == "registrar")
        db.session.execute(ended.values(ended_at=clock()))
        people.grant(
            world.person("rahim"), "registrar", scope_kind="organisation", scope_id=campus.id, now=clock()
        )

    assert as_("rahim").get(made.location).status_code == 404


def test_a_batch_of_another_campus_is_not_found(as_: As, earned):
    watched = decide(as_("rahim"), [earned("ada")]).headers["Location"]
    stranger = as_("mallory")

    assert stranger.get(watched).status_code == 404
    assert stranger.post(f"{watched}/retries").status_code == 404
    assert as_("root").get(watched).status_code == 200  # above both


def test_a_long_list_costs_as_many_statements_as_a_short_one(as_: As, earned, count_queries):
    browser = as_("rahim")
    earned("ada", basis_id=1)
    with count_queries() as short:
        browser.get("/approvals")
    for number in range(2, 40):
        earned("bo", basis_id=number, subject=f"course-{number}")
    with count_queries() as long:
        assert "Bo Li" in browser.get("/approvals").text

    assert len(long) == len(short) <= 9


def test_the_home_page_says_who_waits(as_: As, earned):
    browser = as_("rahim")
    assert "/approvals" not in browser.get("/").text.partition("<main")[2]

    earned("ada")

    page = browser.get("/").text
    assert "1 certificate waits for you" in page
    assert "1 certificate to decide on" in page


def test_pages_can_be_turned(as_: As, earned):
    for number in range(51):
        earned("ada", basis_id=number)
    browser = as_("rahim")

    assert "Page 1 of 2" in browser.get("/approvals").text
    assert browser.get("/approvals?page=2").text.count('name="ids"') == 1
    assert browser.get("/approvals?page=99999999999").status_code == 200
    assert browser.get("/approvals?page=-1").status_code == 200
