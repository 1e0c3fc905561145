"""Every answer is kept as it is given, once, in its order; the mark follows from the steps alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from werkzeug.datastructures import MultiDict

from lms.db import db, rollback, work
from lms.quizzes import queries, rules
from lms.quizzes.forms import fields_by_slot
from lms.quizzes.models import Attempt, Slot, Step
from lms.study.models import ProgressStep

FETCH = {"X-Requested-With": "fetch"}
RIGHT = {"which": {"answer": "a"}, "volts": {"answer": "230"}, "written": {"answer": "ni3 hao3"}}


class Taker:
    """A learner in the quiz of the small course."""

    def __init__(self, browser, class_id):
        self.browser, self.class_id = browser, class_id
        browser.post(f"/classes/{class_id}/lessons/hello/reading")
        self.start()

    def start(self, quiz="hello-quiz"):
        answer = self.browser.post(f"/classes/{self.class_id}/quizzes/{quiz}/attempts")
        assert answer.status_code == 302, answer.text
        self.attempt_id = int(answer.location.rpartition("/")[2])
        return self.attempt_id

    def slot(self, question):
        return db.session.scalars(
            select(Slot.number).where(Slot.attempt_id == self.attempt_id, Slot.question == question)
        ).one()

    def say(self, question, key, age_ms=0, **fields):
        slot = self.slot(question)
        rollback()
        return self.browser.post(
            f"/attempts/{self.attempt_id}/answers",
            data={f"q{slot}-{name}": value for name, value in fields.items()}
            | {"slot": slot, "key": key, "age_ms": age_ms},
            headers=FETCH,
        )

    def hand_in(self):
        return self.browser.post(f"/attempts/{self.attempt_id}/submission")


@pytest.fixture
def ada(world, as_, clock):
    return Taker(as_("ada"), world.class_().id)


def attempt(taker) -> Attempt:
    db.session.expire_all()
    return db.session.get_one(Attempt, taker.attempt_id)


def answered(taker) -> list[Step]:
    return [step for step in queries.steps(taker.attempt_id) if step.kind in ("answered", "unreadable")]


def test_a_receipt_comes_with_the_time_of_the_server(ada, clock):
    receipt = ada.say("which", "key-0001", answer="a")
    assert receipt.status_code == 200
    assert receipt.json["saved_at"] == clock().isoformat()
    assert [step.response for step in answered(ada)] == [{"chosen": ["a"]}]


def test_the_same_answer_sent_twice_is_kept_once(ada):
    for _ in range(3):
        assert ada.say("which", "key-0001", answer="a").status_code == 200
    assert len(answered(ada)) == 1


def test_an_older_answer_that_arrives_late_does_not_win(ada, clock):
    clock.forward(minutes=5)
    ada.say("which", "key-newer", answer="a")
    clock.forward(seconds=1)
    ada.say("which", "key-older", age_ms=120_000, answer="b")
    said = rules.latest(answered(ada))
    assert said[ada.slot("which")].response == {"chosen": ["a"]}
    assert len(answered(ada)) == 2


def test_what_cannot_be_read_is_kept_told_back_and_costs_nothing(ada):
    receipt = ada.say("volts", "key-0001", answer="high")
    assert receipt.json["problem"]
    page = ada.browser.get(f"/attempts/{ada.attempt_id}").text
    assert 'value="high"' in page
    ada.say("volts", "key-0002", answer="230")
    assert answered(ada)[-1].kind == "answered"


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "\x00\x07", "high\x00 voltage", "1e999999", "‮drawkcab", "9" * 5000, "\ud800"]
)
def test_strange_answers_are_met_calmly(ada, text):
    for question, field in (("volts", "answer"), ("written", "answer"), ("which", "answer")):
        try:
            receipt = ada.say(question, f"key-{question}", **{field: text})
        except UnicodeEncodeError:
            return  # no browser can send it
        assert receipt.status_code in (200, 413)


def test_a_form_of_nobody_is_refused(ada):
    url = f"/attempts/{ada.attempt_id}/answers"
    for data in (
        {},
        {"slot": "x", "key": "key-0001"},
        {"slot": "1", "key": "<"},
        {"slot": "9" * 50, "key": "k" * 10},
    ):
        assert ada.browser.post(url, data=data, headers=FETCH).status_code == 400
    assert ada.browser.post(url, data={"slot": "77", "key": "key-0001"}, headers=FETCH).status_code == 404


def test_full_marks_for_the_right_answers(ada, workers, clock):
    for question, fields in RIGHT.items():
        assert ada.say(question, f"key-{question}", **fields).json["problem"] is None
    assert ada.hand_in().location.endswith("/result")
    assert "being marked" in ada.browser.get(f"/attempts/{ada.attempt_id}/result").text
    assert workers() == 1
    assert (attempt(ada).state, attempt(ada).mark, attempt(ada).max_mark) == ("marked", 4, 4)
    page = ada.browser.get(f"/attempts/{ada.attempt_id}/result").text
    assert "Passed" in page
    assert "/lessons/bye" in page


def test_a_quiz_without_marks_says_passed_as_the_class_does(ada, workers):
    with work():
        db.session.execute(update(Attempt).values(max_mark=0))
        db.session.execute(update(Slot).values(max_mark=0))
    ada.hand_in()
    workers()
    assert db.session.scalars(select(ProgressStep.passed).where(ProgressStep.kind == "graded")).one()
    page = ada.browser.get(f"/attempts/{ada.attempt_id}/result").text
    assert "Passed" in page
    assert "Not passed yet" not in page


def test_marking_twice_changes_nothing(ada, workers, clock):
    from lms.quizzes import actions

    ada.say("which", "key-0001", answer="a")
    ada.hand_in()
    workers()
    before = (attempt(ada).mark, len(queries.steps(ada.attempt_id)))
    with work():
        actions.mark(ada.attempt_id, now=clock())
    assert (attempt(ada).mark, len(queries.steps(ada.attempt_id))) == before == (1, 1 + 1 + 3)
    assert len(db.session.scalars(select(ProgressStep).where(ProgressStep.kind == "graded")).all()) == 1


def test_handing_in_twice_is_once(ada, workers):
    assert ada.hand_in().status_code == ada.hand_in().status_code == 302
    assert workers() == 1


def test_after_handing_in_no_answer_is_taken(ada):
    ada.hand_in()
    late = ada.say("which", "key-late", answer="a")
    assert late.status_code == 409
    assert late.json["closed"].endswith("/result")
    assert not answered(ada)


def test_two_clicks_on_start_give_one_attempt(ada):
    assert ada.start() == ada.attempt_id


def test_without_scripts_the_form_saves_and_hands_in(ada, workers):
    fields = {
        f"q{ada.slot(question)}-{name}": value
        for question, given in RIGHT.items()
        for name, value in given.items()
    }
    rollback()
    saved = ada.browser.post(f"/attempts/{ada.attempt_id}/answers", data=fields, follow_redirects=True)
    assert "Your answers are saved" in saved.text
    assert len(answered(ada)) == 3
    ada.browser.post(f"/attempts/{ada.attempt_id}/answers", data=fields)
    assert len(answered(ada)) == 3  # nothing new was said
    ada.browser.post(f"/attempts/{ada.attempt_id}/submission", data=fields | {"with_answers": "1"})
    workers()
    assert attempt(ada).mark == 4


def test_the_form_of_the_longest_quiz_is_read_to_its_end():
    form = MultiDict({f"q{slot}-p{pair}": "1" for slot in range(1, 201) for pair in range(1, 9)})
    slots = fields_by_slot(MultiDict({"csrf_token": "x", "with_answers": "1"} | form.to_dict()))
    assert [len(fields) for fields in slots.values()] == [8] * 200


def test_the_page_never_tells_what_is_right(ada):
    page = ada.browser.get(f"/attempts/{ada.attempt_id}").text
    assert "230" not in page
    assert "ni3" not in page
    assert "tolerance" not in page
    assert "fraction" not in page


def test_right_answers_are_kept_back_until_passed(ada, workers):
    ada.hand_in()
    workers()
    page = ada.browser.get(f"/attempts/{ada.attempt_id}/result").text
    assert "Not passed yet" in page
    assert "230" not in page
    assert "Try again" in page


def test_the_best_attempt_counts_and_attempts_run_out(ada, world, workers, clock):
    for question, fields in RIGHT.items():
        ada.say(question, f"key-{question}", **fields)
    ada.hand_in()
    workers()
    ada.browser.post(f"/classes/{ada.class_id}/lessons/bye/reading")
    for _ in range(2):
        ada.start("bye-quiz")
        ada.hand_in()
        workers()
    answer = ada.browser.post(f"/classes/{ada.class_id}/quizzes/bye-quiz/attempts", follow_redirects=True)
    assert "used all your attempts" in answer.text


def test_the_kept_mark_equals_what_the_steps_say(ada, workers):
    ada.say("which", "key-0001", answer="b")
    ada.say("volts", "key-0002", answer="235")
    ada.hand_in()
    workers()
    marked = [step for step in queries.steps(ada.attempt_id) if step.kind == "marked"]
    slots = queries.slots(ada.attempt_id)
    fractions = {step.slot: step.fraction for step in marked}
    assert (
        attempt(ada).mark
        == rules.total([fractions[s.number] for s in slots], [s.max_mark for s in slots])
        == 2
    )


def test_saving_an_answer_takes_at_most_eight_statements(ada, count_queries):
    ada.say("which", "key-0000", answer="b")
    slot = ada.slot("which")
    rollback()
    with count_queries() as sent:
        ada.browser.post(
            f"/attempts/{ada.attempt_id}/answers",
            data={f"q{slot}-answer": "a", "slot": slot, "key": "key-0001"},
            headers=FETCH,
        )
    assert len(sent) <= 8, sent.texts


def test_quiz_pages_stay_within_their_statements(ada, workers, count_queries):
    paths = [f"/classes/{ada.class_id}/quizzes/hello-quiz", f"/attempts/{ada.attempt_id}"]
    for path in paths:
        with count_queries() as sent:
            assert ada.browser.get(path).status_code == 200
        assert len(sent) <= 12, (path, sent.texts)
    ada.hand_in()
    workers()
    with count_queries() as sent:
        assert ada.browser.get(f"/attempts/{ada.attempt_id}/result").status_code == 200
    assert len(sent) <= 12, sent.texts


def test_the_phone_s_clock_does_not_matter(clock):
    now, started = clock(), clock() - timedelta(minutes=10)
    assert rules.made_at(None, started_at=started, now=now) == now
    assert rules.made_at(-5, started_at=started, now=now) == now
    assert rules.made_at(1000, started_at=started, now=now) == now - timedelta(seconds=1)
    assert rules.made_at(10**15, started_at=started, now=now) == started


@pytest.mark.parametrize(
    ("grading", "fractions", "grade"),
    [
        ("highest", [0.2, None, 0.8], 0.8),
        ("highest", [None], None),
        ("average", [0.2, None, 0.8], 0.5),
        ("average", [None, None], None),
        ("first", [0.2, 0.8], 0.2),
        ("first", [None, 0.8], None),
        ("last", [0.2, 0.8], 0.8),
        ("last", [0.2, None], None),
        ("highest", [], None),
    ],
)
def test_which_attempt_counts(grading, fractions, grade):
    assert rules.grade(rules.Policy(grading=grading), fractions) == grade
