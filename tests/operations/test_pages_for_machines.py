"""Health, readiness, metrics and the log of requests."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.db import db, work
from lms.jobs.models import Job
from lms.operations import metrics
from tests.world import PASSWORD

TOKEN = "a token that only Prometheus knows"


@pytest.fixture
def guest(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def with_token(app: Flask) -> Iterator[None]:
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, METRICS_TOKEN=TOKEN)
    yield
    app.config["SETTINGS"] = before


def test_health_asks_no_database(guest: FlaskClient, count_queries) -> None:
    with count_queries() as sent:
        answer = guest.get("/healthz")
    assert (answer.status_code, answer.text, len(sent)) == (200, "ok\n", 0)


def test_a_database_that_was_never_migrated_is_not_ready(guest: FlaskClient) -> None:
    answer = guest.get("/readyz")
    assert answer.status_code == 503
    assert "database not migrated" in answer.text


def test_metrics_tell_of_requests_and_jobs(guest: FlaskClient, clock) -> None:
    with work():
        moment = clock.now
        db.session.add(Job(kind="test.wait", args={}, state="waiting", asked_at=moment, due_at=moment))
    clock.forward(minutes=5)
    guest.get("/healthz")
    text = guest.get("/metrics").text
    assert 'karakoram_jobs{kind="test.wait",state="waiting"} 1.0' in text
    assert 'karakoram_oldest_job_seconds{kind="test.wait",state="waiting"} 300.0' in text
    assert 'karakoram_request_seconds_count{endpoint="operations.health",method="GET",status="2xx"}' in text
    assert "karakoram_answers_saved_total" in text


def test_the_counted_endpoint_is_the_one_that_saves_answers(app: Flask) -> None:
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == metrics.SAVES)
    assert rule.rule == "/attempts/<int:attempt_id>/answers"


def test_metrics_do_not_exist_for_strangers(guest: FlaskClient) -> None:
    assert guest.get("/metrics", environ_overrides={"REMOTE_ADDR": "203.0.113.7"}).status_code == 404
    assert guest.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404


@pytest.mark.usefixtures("with_token")
def test_metrics_are_read_with_the_token(guest: FlaskClient) -> None:
    stranger = {"REMOTE_ADDR": "203.0.113.7"}
    header = {"Authorization": f"Bearer {TOKEN}"}
    assert guest.get("/metrics", environ_overrides=stranger, headers=header).status_code == 200
    assert guest.get("/metrics").status_code == 404


def test_a_request_is_one_line_of_json(guest: FlaskClient, capfd: pytest.CaptureFixture[str]) -> None:
    answer = guest.get("/sign-in", headers={"X-Request-ID": "edge-12345678"})
    assert answer.headers["X-Request-ID"] == "edge-12345678"
    line = next(json.loads(line) for line in capfd.readouterr().err.splitlines() if '"request"' in line)
    assert line["request_id"] == "edge-12345678"
    assert (line["endpoint"], line["method"], line["status"]) == ("people.sign_in", "GET", 200)
    assert line["duration_ms"] >= 0
    assert line["statements"] >= 0


def test_a_forged_request_id_is_replaced(guest: FlaskClient) -> None:
    answer = guest.get("/healthz", headers={"X-Request-ID": 'x" }'})
    assert len(answer.headers["X-Request-ID"]) == 32


def test_no_password_reaches_the_log(guest: FlaskClient, capfd: pytest.CaptureFixture[str]) -> None:
    for password in (PASSWORD, "wrong but secret"):
        guest.post("/sign-in", data={"identifier": "ada@example.org", "password": password})
    written = capfd.readouterr()
    assert '"request"' in written.err
    assert PASSWORD not in written.err + written.out
    assert "wrong but secret" not in written.err + written.out
