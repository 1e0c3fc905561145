"""A token opens what its owner may see; a cookie opens nothing, so that no other site can use one."""

import pytest
from sqlalchemy import select

from lms.db import db, work
from lms.people import actions as people
from lms.people import queries
from lms.people.models import ApiToken
from lms.study.models import ProgressStep

PROBLEM = "application/problem+json"
ROUTES = [
    ("GET", "/me"),
    ("GET", "/courses"),
    ("GET", "/courses/small"),
    ("GET", "/classes"),
    ("GET", "/classes/{a}"),
    ("GET", "/classes/{a}/enrolments"),
    ("GET", "/classes/{a}/progress"),
    ("POST", "/classes/{a}/lessons/hello/reading"),
    ("POST", "/classes/{a}/quizzes/hello-quiz/attempts"),
    ("GET", "/attempts/{attempt}"),
    ("PUT", "/attempts/{attempt}/answers/1"),
    ("POST", "/attempts/{attempt}/submission"),
    ("GET", "/attempts/{attempt}/result"),
    ("GET", "/awards"),
    ("GET", "/tracks"),
]
ANSWER = {"key": "answer-0001", "fields": {"answer": ["a"]}}


def paths(world, taker):
    ids = {"a": world.class_().id, "attempt": taker.attempt["id"]}
    return [(method, path.format(**ids)) for method, path in ROUTES]


def refusal(answer, status):
    assert answer.status_code == status, (answer.request.path, answer.text)
    assert answer.content_type == PROBLEM
    assert answer.json["status"] == status
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json


def test_without_a_token_nothing_opens(program, world, taker):
    nobody = program()
    for method, path in paths(world, taker):
        answer = nobody.call(method, path, json=ANSWER)
        refusal(answer, 401)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_cookie_opens_nothing(app, as_, world, taker):
    app.config["WTF_CSRF_ENABLED"] = True  # as on the site: the API is exempt from it
    try:
        browser = as_ada(app)
        for method, path in paths(world, taker):
            refusal(browser.open(f"/api/v1{path}", method=method, json=ANSWER), 401)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_a_token_needs_no_form_token(app, taker, world):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert taker.say("multichoice", answer=["a"]).status_code == 200
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer kk_wrong", "Basic YWRhOmFkYQ==", "kk_wrong", "Bearer \xff"]
)
def test_what_is_no_token_opens_nothing(app, header):
    refusal(app.test_client().get("/api/v1/me", headers={"Authorization": header}), 401)


def test_a_token_opens_no_page(app, token_of):
    page = app.test_client().get("/classes/1", headers={"Authorization": f"Bearer {token_of('ada')}"})
    assert page.status_code == 302


def test_a_revoked_token_opens_nothing(program, world, clock):
    adas = program("ada")
    assert adas.get("/me").status_code == 200
    with work():
        ada = world.person("ada")
        people.end_api_token(ada, queries.api_tokens(ada)[0].id, now=clock())
    refusal(adas.get("/me"), 401)


def test_the_token_itself_is_stored_nowhere(token_of):
    token = token_of("ada")
    assert token.startswith("kk_")
    assert token not in repr([vars(row) for row in db.session.scalars(select(ApiToken))])


# Everything about Ada's class and attempt: who gets what. 404 is for whom it is not.
CAST = ("ada", "bo", "grace", "rahim", "root", "eve", "mallory")
MATRIX = [
    ("GET", "/classes/{a}", 200, 200, 200, 200, 200, 404, 404),
    ("GET", "/classes/{a}/enrolments", 404, 404, 200, 200, 200, 404, 404),
    ("GET", "/classes/{a}/progress", 200, 200, 404, 404, 404, 404, 404),
    ("GET", "/courses/small", 200, 200, 200, 200, 200, 200, 200),
    ("GET", "/courses/unknown", 404, 404, 404, 404, 404, 404, 404),
    ("POST", "/classes/{a}/lessons/nothing/reading", 404, 404, 404, 404, 404, 404, 404),
    ("POST", "/classes/{a}/lessons/hello-quiz/reading", 404, 404, 404, 404, 404, 404, 404),
    ("POST", "/classes/{a}/lessons/hello/reading", 200, 200, 404, 404, 404, 404, 404),
    ("POST", "/classes/{a}/quizzes/nothing/attempts", 404, 404, 404, 404, 404, 404, 404),
    ("POST", "/classes/{a}/quizzes/hello/attempts", 404, 404, 404, 404, 404, 404, 404),
    ("POST", "/classes/{a}/quizzes/hello-quiz/attempts", 200, 201, 404, 404, 404, 404, 404),
    ("GET", "/attempts/{attempt}", 200, 404, 404, 404, 404, 404, 404),
    ("PUT", "/attempts/{attempt}/answers/1", 200, 404, 404, 404, 404, 404, 404),
    ("PUT", "/attempts/{attempt}/answers/99", 404, 404, 404, 404, 404, 404, 404),
    ("GET", "/attempts/{attempt}/result", 409, 404, 404, 404, 404, 404, 404),
    ("GET", "/classes/999999", 404, 404, 404, 404, 404, 404, 404),
    ("GET", "/attempts/999999", 404, 404, 404, 404, 404, 404, 404),
]


def test_what_belongs_to_others_is_not_there(program, world, taker):
    ids = {"a": world.class_().id, "attempt": taker.attempt["id"]}
    programs = [program(name) for name in CAST]
    for method, path, *statuses in MATRIX:
        for name, caller, status in zip(CAST, programs, statuses, strict=True):
            answer = caller.call(method, path.format(**ids), json=ANSWER if method == "PUT" else None)
            assert answer.status_code == status, (name, method, path, answer.text)
            if status >= 400:
                refusal(answer, status)


def test_a_course_is_there_for_whom_it_concerns(program, world, clock):
    with work():
        people.add_person(key="stranger", full_name="A Stranger", now=clock(), email="s@example.org")
        author = people.add_person(key="author", full_name="An Author", now=clock(), email="a@example.org")
        people.grant(author, "author", scope_kind="course", scope_id=world.class_().course_id, now=clock())
    refusal(program("stranger").get("/courses/small"), 404)
    assert program("stranger").get("/courses").json == {"items": [], "total": 0, "next": None}
    assert program("stranger").get("/classes").json == {"items": [], "total": 0, "next": None}
    assert program("author").get("/courses/small").status_code == 200
    assert program("author").get("/classes").json["items"] == []


def test_reading_changes_nothing(program, world):
    program("ada").get(f"/classes/{world.class_().id}/progress")
    program("ada").get("/classes")
    assert db.session.scalars(select(ProgressStep)).all() == []


def as_ada(app):
    """A browser that is signed in although forms are checked."""
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    browser.post("/sign-in", data={"identifier": "ada@example.org", "password": "correct horse battery"})
    app.config["WTF_CSRF_ENABLED"] = True
    assert browser.get("/account").status_code == 200
    return browser
