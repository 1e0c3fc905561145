"""Whatever is refused says why, in a form that a program reads (RFC 9457), and leaves nothing behind."""

import json

import pytest
from sqlalchemy import func, select

from lms.db import db
from lms.quizzes.models import Step

PROBLEM = "application/problem+json"
GOOD = {"key": "answer-0001", "fields": {"answer": ["a"]}}
UNREADABLE = ["", "{", "{'key': 1}", b"\xff\xfe", '{"key": "\\ud800"}', "[" * 5000, "[1, 2"]
# A body, and the value that it is refused for.
UNUSABLE = [
    ([], "#"),
    (7, "#"),
    ("text", "#"),
    ({}, "#/key"),
    ({"key": "answer-0001"}, "#/fields"),
    (GOOD | {"key": "short"}, "#/key"),
    (GOOD | {"key": "with space"}, "#/key"),
    (GOOD | {"key": 12345678}, "#/key"),
    (GOOD | {"marks": 100}, "#/marks"),
    (GOOD | {"a/b~c": 1}, "#/a~1b~0c"),
    (GOOD | {"age_ms": "5"}, "#/age_ms"),
    (GOOD | {"age_ms": -1}, "#/age_ms"),
    (GOOD | {"age_ms": 10**30}, "#/age_ms"),
    (GOOD | {"fields": {"answer": "a"}}, "#/fields/answer"),
    (GOOD | {"fields": {"answer": ["a", 5]}}, "#/fields/answer/1"),
    (GOOD | {"fields": {"answer": ["\0"]}}, "#/fields/answer/0"),
    (GOOD | {"fields": {"answer": ["a"] * 51}}, "#/fields/answer"),
    (GOOD | {"fields": {"answer": ["a" * 20_001]}}, "#/fields/answer/0"),
    (GOOD | {"fields": {"Not A Name": ["a"]}}, "#/fields/Not A Name"),
    (GOOD | {"fields": {f"n{number}": [] for number in range(201)}}, "#/fields"),
]


def put(taker, **sent):
    return taker.program.put(f"{taker.path}/answers/1", **sent)


def stored() -> int:
    return db.session.scalar(select(func.count(Step.id))) or 0


@pytest.mark.parametrize("body", UNREADABLE)
def test_what_is_no_json_is_refused(taker, body):
    answer = put(taker, data=body, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (400, PROBLEM)
    assert "JSON" in answer.json["detail"]
    assert stored() == 0


@pytest.mark.parametrize(("body", "pointer"), UNUSABLE)
def test_a_value_that_cannot_be_used_is_named_by_its_place(taker, body, pointer):
    answer = put(taker, json=body)
    assert (answer.status_code, answer.content_type) == (422, PROBLEM)
    assert pointer in [fault["pointer"] for fault in answer.json["errors"]]
    assert all(fault["detail"] for fault in answer.json["errors"])
    assert stored() == 0


def test_a_thousand_faults_are_not_all_listed(taker):
    answer = put(taker, json=GOOD | {f"x{number}": 1 for number in range(1000)})
    assert len(answer.json["errors"]) == 20


def test_what_was_sent_is_not_sent_back(taker):
    answer = put(taker, json=GOOD | {"key": "<script>alert(1)</script>"})
    assert "script" not in answer.text


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_a_form_is_no_json(taker, kind):
    answer = put(taker, data=json.dumps(GOOD), content_type=kind)
    assert (answer.status_code, answer.content_type) == (415, PROBLEM)
    assert stored() == 0


def test_json_may_say_its_character_set(taker):
    assert (
        put(taker, data=json.dumps(GOOD), content_type="application/json; charset=utf-8").status_code == 200
    )


def test_too_much_is_refused(taker):
    answer = put(taker, data=b" " * (3 * 1024 * 1024), content_type="application/json")
    assert (answer.status_code, answer.content_type) == (413, PROBLEM)


def test_a_method_that_is_not_offered_names_those_that_are(taker):
    answer = taker.program.call("DELETE", taker.path)
    assert (answer.status_code, answer.content_type) == (405, PROBLEM)
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/nothing", "/classes/abc", "/classes/-1", "/", "/classes/"])
def test_an_address_that_does_not_exist_is_a_problem(program, path):
    for caller in (program(), program("ada")):
        answer = caller.get(path)
        assert (answer.status_code, answer.content_type) == (404, PROBLEM)


@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 2**63, 10**30])
def test_a_number_that_no_row_has_is_not_found(taker, number):
    for path in (f"/classes/{number}", f"/attempts/{number}", f"/attempts/{number}/result"):
        assert taker.program.get(path).status_code == 404
    assert taker.program.put(f"{taker.path}/answers/{number}", json=GOOD).status_code == 404


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("page=0", "page"), ("page=x", "page"), ("page=99999999999", "page"), ("pgae=2", "pgae")],
)
def test_a_query_that_cannot_be_used_is_named(program, query, parameter):
    answer = program("ada").get(f"/classes?{query}")
    assert (answer.status_code, answer.content_type) == (422, PROBLEM)
    assert [fault["parameter"] for fault in answer.json["errors"]] == [parameter]


def test_a_page_after_the_last_is_empty(program):
    answer = program("ada").get("/classes?page=1000000")
    assert (answer.status_code, answer.json["items"], answer.json["next"]) == (200, [], None)


def test_what_breaks_on_our_side_is_a_problem_without_details(app, program, monkeypatch):
    def broken(*args, **values):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("lms.programmes.queries.tracks", broken)
    app.config.update(PROPAGATE_EXCEPTIONS=False)
    try:
        answer = program("ada").get("/tracks")
    finally:
        app.config.update(PROPAGATE_EXCEPTIONS=None)
    assert (answer.status_code, answer.content_type) == (500, PROBLEM)
    assert "secret" not in answer.text


def test_a_problem_says_what_rfc_9457_asks_for(program):
    problem = program().get("/nothing").json
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", "Not Found", 404)
    assert problem["detail"]


def test_pages_keep_their_own_refusals(app):
    answer = app.test_client().get("/nothing")
    assert answer.content_type.startswith("text/html")


def test_answers_are_kept_by_nobody_on_the_way(program):
    for path in ("/me", "/classes", "/openapi.json", "/nothing"):
        assert program("ada").get(path).headers["Cache-Control"] == "no-store"
