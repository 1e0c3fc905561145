"""A real worker, a real clock and a real broker: SQLite with the embedded one, PostgreSQL with Redis."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import ROOT, Settings
from lms.app import create_app
from lms.credentials import actions as credentials
from lms.credentials.drawing import fonts
from lms.db import db, work
from lms.people import actions as people
from lms.study import actions as study
from lms.web import clock
from tests.conftest import Browser
from tests.faults.site import Part, Site, embedded_broker, redis_broker
from tests.world import PASSWORD, World, build

_names = count(1)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the world in it, its broker and its clock running; workers are for the tests to start."""
    folder = tmp_path_factory.mktemp("site")
    fonts.prepare_fonts(ROOT)
    settings = Settings(
        KARAKORAM_ENV="test", DATA_DIR=str(folder), SECRET_KEY="only for tests, never for people"
    )
    broker = embedded_broker(settings)
    if request.param == "postgresql":
        broker = redis_broker(folder)
        settings = replace(settings, DATABASE_URL=request.getfixturevalue("database"), REDIS_URL=broker.url)
    running = Site(settings, broker)
    broker.start()
    beat: Part | None = None
    try:
        beat = running.beat()
        yield running
    finally:
        if beat:
            beat.kill()
        broker.stop()


@pytest.fixture(scope="module")
def database(postgres_server: str, worker: str) -> Iterator[str]:
    """A PostgreSQL database of this module's own."""
    name = f"faults_{worker}_{next(_names)}"
    with psycopg.connect(postgres_server.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{postgres_server.rpartition('/')[0]}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def running_app(site: Site) -> Iterator[Flask]:
    app = create_app(site.settings)
    app.test_client_class = Browser
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.app_context():
        db.create_all()
        with work():
            build(clock.now())
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(running_app: Flask) -> Iterator[Flask]:
    """The site's application in the process of the test, as a web server's process would have it."""
    with running_app.app_context():
        yield running_app
        db.session.remove()


@pytest.fixture
def start_worker(site: Site) -> Iterator[Callable[..., Part]]:
    """Start workers; what still runs at the end of the test is killed."""
    started: list[Part] = []

    def start(**options: object) -> Part:
        started.append(site.worker(**options))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for each in started:
        each.kill()


@pytest.fixture
def learner(app: Flask, world: World) -> Callable[[], FlaskClient]:
    """Somebody new in the class, signed in, for whom the first quiz is open."""

    def enrolled() -> FlaskClient:
        key = f"learner-{next(_names)}"
        with work():
            now = clock.now()
            person = people.add_person(
                key=key, full_name=f"Learner {key}", email=f"{key}@example.org", password=PASSWORD, now=now
            )
            study.enrol(person, world.class_().id, now=now)
        browser = app.test_client()
        sent = {"identifier": f"{key}@example.org", "password": PASSWORD}
        assert browser.post("/sign-in", data=sent).status_code == 302
        assert browser.post(f"/classes/{world.class_().id}/lessons/hello/reading").status_code == 302
        return browser

    return enrolled


@pytest.fixture
def handed_in(learner: Callable[[], FlaskClient], world: World) -> Callable[[], int]:
    """Somebody new has answered the first quiz and handed it in; the id of the attempt."""

    def hand_in() -> int:
        browser = learner()
        answer = browser.post(f"/classes/{world.class_().id}/quizzes/hello-quiz/attempts")
        attempt_id = int(answer.location.rpartition("/")[2])
        sent = {"q1-answer": "a", "q2-answer": "230", "q3-answer": "zai4 jian4", "with_answers": "1"}
        assert browser.post(f"/attempts/{attempt_id}/submission", data=sent).status_code == 302
        return attempt_id

    return hand_in


@pytest.fixture
def approved(app: Flask, world: World) -> Callable[[int], tuple[list[int], str]]:
    """The registrar approves this many certificates; what was earned, and where its page is."""

    def approve(number: int) -> tuple[list[int], str]:
        earned = [_earned(world) for _ in range(number)]
        registrar = app.test_client()
        registrar.post("/sign-in", data={"identifier": "rahim@example.org", "password": PASSWORD})
        sent = {"ids": earned, "wish": "approve", "batch": f"{next(_names):012x}"}
        answer = registrar.post("/approvals", data=sent)
        assert answer.status_code == 303, answer.text
        return earned, answer.location

    return approve


def _earned(world: World) -> int:
    with work():
        noted = credentials.note_completion(
            basis_kind="course",
            basis_id=next(_names),
            person_id=world.person("ada").id,
            organisation_id=world.organisation("college").id,
            subject="small",
            title={"en": "Mandarin at work", "ur": "کام پر چینی زبان", "zh": "职场汉语"},
            facts={"hours": 24},
            now=clock.now(),
        )
    assert noted is not None
    return noted
