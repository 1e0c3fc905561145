"""Programs that hold somebody's token."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.db import work
from lms.people import actions as people
from tests.conftest import Clock
from tests.world import World


@dataclass
class Program:
    """A program that calls the API; without a token it is nobody's."""

    client: FlaskClient
    token: str | None = None

    def call(self, method: str, path: str, **sent: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **sent)

    def get(self, path: str, **sent: Any) -> TestResponse:
        return self.call("GET", path, **sent)

    def post(self, path: str, **sent: Any) -> TestResponse:
        return self.call("POST", path, **sent)

    def put(self, path: str, **sent: Any) -> TestResponse:
        return self.call("PUT", path, **sent)


@pytest.fixture
def token_of(world: World, clock: Clock) -> Callable[[str], str]:
    """A new personal access token of this member of the cast."""

    def made(key: str) -> str:
        with work():
            return people.add_api_token(world.person(key), name="test", now=clock())

    return made


@pytest.fixture
def program(app: Flask, token_of: Callable[[str], str]) -> Callable[..., Program]:
    """A program that holds a token of this member of the cast, or none."""

    def holding(key: str | None = None) -> Program:
        return Program(app.test_client(), token_of(key) if key else None)

    return holding


@dataclass
class Taker:
    """A program that takes the quiz of the small course for a learner."""

    program: Program
    attempt: dict[str, Any]

    @property
    def path(self) -> str:
        return f"/attempts/{self.attempt['id']}"

    def slot(self, kind: str) -> int:
        """The slot of the question of this type."""
        return next(each["slot"] for each in self.attempt["questions"] if each["type"] == kind)

    def say(
        self, kind: str, key: str = "answer-0001", *, age_ms: int = 0, **fields: list[str]
    ) -> TestResponse:
        body = {"key": key, "fields": fields, "age_ms": age_ms}
        return self.program.put(f"{self.path}/answers/{self.slot(kind)}", json=body)


@pytest.fixture
def taker(program: Callable[..., Program], world: World) -> Taker:
    """Ada's program, in her first attempt at the first quiz."""
    adas, class_id = program("ada"), world.class_().id
    assert adas.post(f"/classes/{class_id}/lessons/hello/reading").status_code == 200
    begun = adas.post(f"/classes/{class_id}/quizzes/hello-quiz/attempts")
    assert begun.status_code == 201, begun.text
    return Taker(adas, begun.json)
