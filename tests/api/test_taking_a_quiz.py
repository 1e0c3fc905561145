"""A program takes a quiz as on a page: nothing is betrayed before, nothing is lost, nothing counts twice."""

import json

from sqlalchemy import select

from lms.db import db
from lms.quizzes.models import Step

RIGHT = {"multichoice": ["a"], "numerical": ["230"], "shortanswer": ["ni3 hao3"]}


def answers(attempt_id):
    return db.session.scalars(
        select(Step).where(Step.attempt_id == attempt_id, Step.kind.in_(("answered", "unreadable")))
    ).all()


def test_questions_come_as_they_were_dealt(taker):
    again = taker.program.get(taker.path).json
    assert again == taker.attempt
    assert (again["state"], again["number"], again["max_mark"]) == ("open", 1, 4.0)
    choice, number, word = again["questions"]
    assert choice["ask"]["zh"] == "哪个是问候？"
    (entry,) = choice["inputs"]
    assert (entry["name"], entry["takes"]) == ("answer", "one")
    assert sorted(each["value"] for each in entry["choices"]) == ["a", "b"]
    assert number["inputs"][0]["unit"] == {"en": "V"}
    assert word["inputs"][0]["takes"] == "text"


def test_what_is_asked_betrays_nothing(taker):
    told = json.dumps(taker.attempt, ensure_ascii=False)
    names = set(all_names(taker.attempt))
    assert not names & {
        "right",
        "fraction",
        "answers",
        "tolerance",
        "feedback",
        "solution",
        "deal",
        "mark",
        "hash",
    }
    assert "230" not in told
    assert "nǐ hǎo" not in told.replace("{你好|nǐ hǎo}", "")  # only as a choice of another question
    for author_id in ('"which"', '"volts"', '"written"'):  # an id such as "true-bye" would say too much
        assert author_id not in told


def test_what_a_program_is_asked_does_not_say_what_belongs_together(taker, workers, world):
    second = second_quiz(taker, workers, world)
    (matching,) = [each for each in second["questions"] if each["type"] == "matching"]
    assert [entry["name"] for entry in matching["inputs"]] == ["p1", "p2", "p3"]
    assert [choice["value"] for choice in matching["inputs"][0]["choices"]] == ["1", "2", "3"]
    assert "true-bye" not in json.dumps(second)

    path = f"/attempts/{second['id']}"
    body = {"key": "answer-0001", "fields": {"p1": ["2"]}}
    assert taker.program.put(f"{path}/answers/{matching['slot']}", json=body).status_code == 200
    told = taker.program.get(path).json["questions"][matching["slot"] - 1]
    chosen = matching["inputs"][0]["choices"][1]["text"]["en"]
    assert told["answer"].startswith(f"你好 (nǐ hǎo) → {chosen}")
    assert told["inputs"] == matching["inputs"]


def test_an_answer_gets_a_receipt_and_is_told_back_in_words(taker, clock):
    clock.forward(minutes=1)
    receipt = taker.say("multichoice", answer=["a"])
    slot = taker.slot("multichoice")
    assert receipt.json == {"slot": slot, "saved_at": "2026-11-02T08:01:00Z", "problem": None}
    told = taker.program.get(taker.path).json["questions"][slot - 1]
    assert (told["answer"], told["is_readable"]) == ("你好 (nǐ hǎo)", True)
    assert told["saved_at"] == "2026-11-02T08:01:00Z"


def test_the_same_key_keeps_an_answer_once(taker):
    for _ in range(3):
        assert taker.say("multichoice", "answer-0001", answer=["a"]).status_code == 200
    assert len(answers(taker.attempt["id"])) == 1


def test_one_key_for_two_questions_loses_neither_answer(taker):
    taker.say("multichoice", "answer-0001", answer=["a"])
    taker.say("numerical", "answer-0001", answer=["230"])
    assert len(answers(taker.attempt["id"])) == 2


def test_an_older_answer_that_arrives_late_does_not_win(taker, clock):
    clock.forward(minutes=5)
    taker.say("multichoice", "answer-new1", answer=["a"])
    taker.say("multichoice", "answer-old1", answer=["b"], age_ms=60_000)
    told = taker.program.get(taker.path).json["questions"][taker.slot("multichoice") - 1]
    assert told["answer"] == "你好 (nǐ hǎo)"


def test_an_answer_can_be_taken_back(taker, clock):
    taker.say("multichoice", "answer-0001", answer=["a"])
    clock.forward(seconds=1)
    assert taker.say("multichoice", "answer-0002").status_code == 200
    assert taker.program.get(taker.path).json["questions"][taker.slot("multichoice") - 1]["answer"] is None


def test_what_cannot_be_read_is_told_and_costs_nothing(taker):
    receipt = taker.say("numerical", answer=["many"])
    assert receipt.status_code == 200
    assert "number" in receipt.json["problem"]
    told = taker.program.get(taker.path).json["questions"][taker.slot("numerical") - 1]
    assert (told["answer"], told["is_readable"]) == (None, False)


def test_starting_twice_goes_on_with_the_open_attempt(taker, world):
    again = taker.program.post(f"/classes/{world.class_().id}/quizzes/hello-quiz/attempts")
    assert again.status_code == 200
    assert again.json == taker.attempt
    assert again.headers["Location"].endswith(taker.path)


def test_a_quiz_that_is_not_open_cannot_be_begun(program, world):
    refused = program("ada").post(f"/classes/{world.class_().id}/quizzes/bye-quiz/attempts")
    assert refused.status_code == 409


def test_a_result_waits_for_its_marking(taker, workers):
    assert taker.program.get(f"{taker.path}/result").status_code == 409
    handed_in = taker.program.post(f"{taker.path}/submission")
    assert handed_in.status_code == 202
    assert handed_in.json["result"] == f"/api/v1{taker.path}/result"
    assert taker.program.post(f"{taker.path}/submission").json == handed_in.json

    waiting = taker.program.get(f"{taker.path}/result")
    assert (waiting.status_code, waiting.json) == (202, {"state": "submitted"})
    assert int(waiting.headers["Retry-After"]) > 0

    workers()
    assert taker.program.get(f"{taker.path}/result").status_code == 200


def test_full_marks_show_everything(taker, workers):
    for kind, said in RIGHT.items():
        taker.say(kind, answer=said)
    result = hand_in(taker, workers)
    assert (result["mark"], result["fraction"], result["passed"]) == (4.0, 1.0, True)
    assert {question["outcome"] for question in result["questions"]} == {"graded_right"}
    assert result["questions"][taker.slot("numerical") - 1]["right_answer"] == "230 V"


def test_right_answers_are_kept_back_from_whoever_may_try_again(taker, workers):
    taker.say("multichoice", answer=["b"])
    result = hand_in(taker, workers)
    assert (result["passed"], result["may_try_again"]) == (False, True)
    assert {question["right_answer"] for question in result["questions"]} == {None}
    assert result["questions"][taker.slot("multichoice") - 1]["mark"] == 0
    assert "230" not in json.dumps(result)


def test_after_handing_in_no_answer_is_taken(taker):
    taker.program.post(f"{taker.path}/submission")
    refused = taker.say("multichoice", answer=["a"])
    assert refused.status_code == 409
    assert answers(taker.attempt["id"]) == []


def test_when_every_attempt_is_used_no_other_begins(taker, workers, world):
    second = second_quiz(taker, workers, world)
    path = f"/classes/{world.class_().id}"
    for number in (1, 2):
        begun = taker.program.post(f"{path}/quizzes/bye-quiz/attempts").json
        assert begun["number"] == number
        taker.program.post(f"/attempts/{begun['id']}/submission")
        workers()
    assert begun["id"] != second["id"]
    refused = taker.program.post(f"{path}/quizzes/bye-quiz/attempts")
    assert refused.status_code == 409
    assert "used" in refused.json["detail"]


def second_quiz(taker, workers, world):
    """The attempt at the second quiz, begun after the first one is passed."""
    for kind, said in RIGHT.items():
        taker.say(kind, answer=said)
    hand_in(taker, workers)
    path = f"/classes/{world.class_().id}"
    assert taker.program.post(f"{path}/lessons/bye/reading").status_code == 200
    return taker.program.post(f"{path}/quizzes/bye-quiz/attempts").json


def hand_in(taker, workers):
    taker.program.post(f"{taker.path}/submission")
    workers()
    return taker.program.get(f"{taker.path}/result").json


def all_names(value):
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from all_names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from all_names(inner)
