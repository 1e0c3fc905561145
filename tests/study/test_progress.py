"""What is done opens what is next, says why while it does not, and adds up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms.content import queries as content
from lms.db import db, work
from lms.study import actions, events, rules
from lms.study.models import ProgressStep

TODAY = date(2026, 11, 2)


class Said:
    def __init__(self, activity, kind="read", fraction=None, passed=None):
        self.activity, self.kind, self.fraction, self.passed = activity, kind, fraction, passed


@pytest.fixture
def outline(world):
    return content.outline(world.class_().edition_id)


def test_a_sequential_course_opens_step_by_step(outline):
    states = rules.states(outline, [], TODAY)
    assert [state.is_open for state in states.values()] == [True, False, False, False]
    assert states["hello-quiz"].reason == rules.Reason("completed", "hello")
    states = rules.states(outline, [Said("hello")], TODAY)
    assert states["hello-quiz"].is_open
    assert rules.next_activity(states).key == "hello-quiz"


def test_a_failed_quiz_is_not_done_and_a_passed_one_is(outline):
    failed = [Said("hello"), Said("hello-quiz", "graded", 0.4, False)]
    states = rules.states(outline, failed, TODAY)
    assert not states["hello-quiz"].is_complete
    assert states["hello-quiz"].fraction == 0.4
    assert not states["bye"].is_open
    states = rules.states(outline, [*failed, Said("hello-quiz", "graded", 0.9, True)], TODAY)
    assert states["bye"].is_open


def test_conditions_join(outline):
    done = rules.states(outline, [Said("hello")], TODAY)
    unmet = rules._unmet
    assert unmet({"all_of": [{"completed": "hello"}, {"passed": "hello-quiz"}]}, done, TODAY) == rules.Reason(
        "passed", "hello-quiz"
    )
    assert unmet({"any_of": [{"completed": "hello"}, {"passed": "hello-quiz"}]}, done, TODAY) is None
    assert unmet({"after": "2026-11-03"}, done, TODAY) == rules.Reason("after", day=date(2026, 11, 3))
    assert unmet({"after": "2026-11-02"}, done, TODAY) is None
    assert unmet({"completed": "was removed from the course"}, done, TODAY) is None
    assert unmet({"passed": {"activity": "hello-quiz", "mark": 80}}, done, TODAY).mark == 80


def test_reading_twice_counts_once(world, as_, clock):
    browser, class_id = as_("ada"), world.class_().id
    for _ in range(2):
        assert browser.post(f"/classes/{class_id}/lessons/hello/reading").status_code == 302
    assert len(db.session.scalars(select(ProgressStep)).all()) == 1
    assert world.enrolment("ada").done_count == 1


def test_a_locked_lesson_cannot_be_marked_as_read(world, as_, clock):
    assert as_("ada").post(f"/classes/{world.class_().id}/lessons/bye/reading").status_code == 404
    assert world.enrolment("ada").done_count == 0


def test_a_locked_page_says_why_and_where_to_go(world, as_, clock):
    page = as_("ada").get(f"/classes/{world.class_().id}/lessons/bye")
    assert page.status_code == 403
    assert "First: finish “Hello quiz”" in page.text
    assert "/lessons/hello" in page.text


def test_a_course_is_completed_once(world, clock):
    heard = []
    listen = events.course_completed.connect(heard.append, weak=False)
    enrolment_id = world.enrolment("ada").id
    steps = [
        ("hello", "read"),
        ("hello-quiz", "graded"),
        ("bye", "read"),
        ("bye-quiz", "graded"),
        ("hello", "read"),
    ]
    for number, (activity, kind) in enumerate(steps):
        with work():
            actions.record(
                enrolment_id, activity, kind, source=f"test:{number}", fraction=0.9, passed=True, now=clock()
            )
    events.course_completed.disconnect(listen)
    assert [event.enrolment_id for event in heard] == [enrolment_id]
    assert world.enrolment("ada").completed_at == clock()


@given(
    st.lists(
        st.tuples(st.sampled_from(["hello", "hello-quiz", "bye", "bye-quiz", "gone"]), st.booleans()),
        max_size=12,
    )
)
def test_what_is_done_stays_open(steps):
    outline = OUTLINE
    said = [Said(key, "graded" if "quiz" in key else "read", 0.5, passed) for key, passed in steps]
    states = rules.states(outline, said, TODAY)
    assert all(state.is_open for state in states.values() if state.is_complete)
    assert all(state.is_open or state.reason for state in states.values())
    following = rules.next_activity(states)
    assert following is not None or rules.is_course_complete(states)


def test_the_kept_summary_equals_what_the_steps_say(world, clock):
    enrolment_id = world.enrolment("bo").id
    for activity in ("hello", "bye"):
        with work():
            actions.record(enrolment_id, activity, "read", source="read", now=clock())
    steps = db.session.scalars(select(ProgressStep).where(ProgressStep.enrolment_id == enrolment_id)).all()
    states = rules.states(content.outline(world.class_().edition_id), steps, TODAY)
    assert world.enrolment("bo").done_count == rules.done_count(states) == 2


def test_whoever_left_a_class_comes_back_to_what_they_had_done(world, as_, clock):
    browser, class_id = as_("ada"), world.class_().id
    browser.post(f"/classes/{class_id}/lessons/hello/reading")
    with work():
        world.enrolment("ada").ended_at = clock()
    assert browser.get(f"/classes/{class_id}").status_code == 404
    with work():
        actions.enrol(world.person("ada"), class_id, now=clock())
    assert browser.get(f"/classes/{class_id}").status_code == 200
    assert world.enrolment("ada").done_count == 1


def test_who_is_stuck(clock):
    now, facts = clock(), {"is_complete": False, "failures": {}}
    early, late = now - timedelta(days=10), now - timedelta(days=1)
    assert rules.stuck(enrolled_at=early, seen_at=late, now=now, **facts) is None
    assert rules.stuck(enrolled_at=early, seen_at=None, now=now, **facts) == rules.Stuck("not_started", 10)
    assert rules.stuck(enrolled_at=early, seen_at=early, now=now, **facts) == rules.Stuck("quiet", 10)
    failing = facts | {"failures": {"hello-quiz": 3}}
    assert rules.stuck(enrolled_at=early, seen_at=late, now=now, **failing).activity == "hello-quiz"
    assert rules.stuck(enrolled_at=early, seen_at=early, now=now, **(failing | {"is_complete": True})) is None


def test_learner_pages_stay_within_their_statements(world, as_, clock, count_queries):
    browser, class_id = as_("ada"), world.class_().id
    for path in ("/", f"/classes/{class_id}", f"/classes/{class_id}/lessons/hello", "/tracks"):
        browser.get(path)
        with count_queries() as sent:
            assert browser.get(path).status_code == 200
        assert len(sent) <= 12, (path, sent.texts)


def test_the_class_list_takes_the_same_statements_for_more_learners(world, as_, clock, count_queries):
    browser, path = as_("grace"), f"/classes/{world.class_().id}/people"
    browser.get(path)
    with count_queries() as before:
        browser.get(path)
    with work():
        for key in ("eve", "mallory", "rahim"):
            actions.enrol(world.person(key), world.class_().id, now=clock())
    with count_queries() as after:
        browser.get(path)
    assert len(after) == len(before) <= 12


@pytest.fixture(scope="module", autouse=True)
def small_outline(base_app):
    global OUTLINE
    from lms.content.kinds import KINDS
    from lms.content.packs import read
    from tests.world import SMALL

    OUTLINE = read(SMALL, KINDS).outline


def test_a_day_begins_at_midnight_of_the_organisation(world):
    from datetime import UTC, datetime

    from lms.study.queries.seats import day_at

    late_evening_in_greenwich = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)
    assert day_at(late_evening_in_greenwich, world.organisation("college")) == date(2026, 12, 3)
