"""A new edition of a course takes nothing from anybody who studies or teaches it."""

import shutil
from pathlib import Path

import pytest

from lms.db import work
from lms.study import actions
from lms.study.actions import record
from tests.world import SMALL, publish


@pytest.fixture
def shorter(tmp_path: Path) -> Path:
    """The small course without its last quiz."""
    folder = tmp_path / "small"
    shutil.copytree(SMALL, folder)
    module = folder / "modules" / "second" / "module.yaml"
    module.write_text(module.read_text().replace("[bye, bye-quiz]", "[bye]"))
    (module.parent / "bye-quiz.yaml").unlink()
    return folder


def do(world, key, *activities, now):
    for activity in activities:
        kind = "graded" if "quiz" in activity else "read"
        with work():
            record(world.enrolment(key).id, activity, kind, source=kind, fraction=1.0, passed=True, now=now)


def test_whoever_lacked_only_what_was_taken_out_has_completed_the_course(world, as_, clock, workers, shorter):
    do(world, "ada", "hello", "hello-quiz", "bye", now=clock())
    do(world, "bo", "hello", now=clock())
    seen = world.enrolment("ada").seen_at
    with work():
        publish(shorter, clock.forward(days=1))
    workers()
    assert world.enrolment("ada").completed_at == clock()
    assert world.enrolment("ada").seen_at == seen
    assert "Ada Khan" in as_("rahim").get("/approvals").text
    assert world.enrolment("bo").completed_at is None


def test_a_class_list_opens_though_somebody_failed_what_was_taken_out(world, as_, clock, workers, shorter):
    with work():
        for number in range(3):
            source = f"attempt:{number}"
            failed = {"fraction": 0.1, "passed": False, "source": source, "now": clock()}
            record(world.enrolment("ada").id, "bye-quiz", "graded", **failed)
    browser, path = as_("grace"), f"/classes/{world.class_().id}/people"
    assert "3 tries at “Goodbye quiz”" in browser.get(path).text
    with work():
        publish(shorter, clock())
    for page in (path, f"{path}/{world.person('ada').id}"):
        answer = browser.get(page)
        assert answer.status_code == 200
        assert "tries at" not in answer.text


def test_what_is_kept_of_progress_follows_the_edition(world, clock, workers, shorter):
    do(world, "bo", "hello", "bye-quiz", now=clock())
    assert world.enrolment("bo").done_count == 2
    with work():
        publish(shorter, clock())
    workers()
    assert world.enrolment("bo").done_count == 1


def test_counting_anew_completes_nobody_twice(world, clock, workers, shorter):
    do(world, "ada", "hello", "hello-quiz", "bye", "bye-quiz", now=clock())
    completed_at = world.enrolment("ada").completed_at
    for _ in range(2):
        with work():
            actions.recount(world.class_().id, now=clock.forward(days=1))
    assert world.enrolment("ada").completed_at == completed_at
