"""Deferred feedback: the last saved response counts when the attempt is handed in, and only then."""

import pytest

from lms.questions.behaviours import BEHAVIOURS
from lms.questions.contract import Mark, Outcome, State, build, parse

CHOICE = parse(
    {
        "id": "q",
        "type": "multichoice",
        "ask": "Which?",
        "options": [
            {"id": "zero", "text": "0", "fraction": 0},
            {"id": "half", "text": "1/2", "fraction": 0.5},
            {"id": "whole", "text": "1", "fraction": 1},
        ],
    }
)
MATCH = parse(
    {
        "id": "m",
        "type": "matching",
        "ask": "Match.",
        "pairs": [{"id": f"p{n}", "left": f"{n}", "right": f"r{n}"} for n in range(4)],
    }
)
replay = BEHAVIOURS["deferred"].replay


def chosen(*ids: str) -> list[dict]:
    return [{"chosen": [option]} for option in ids]


@pytest.mark.parametrize(
    ("responses", "state", "fraction"),
    [
        (chosen("zero", "half", "whole"), State.GRADED_RIGHT, 1),
        (chosen("whole", "half"), State.GRADED_PARTIAL, 0.5),
        (chosen("whole", "zero"), State.GRADED_WRONG, 0),
        ([*chosen("whole"), None], State.GAVE_UP, None),
        ([None, *chosen("whole")], State.GRADED_RIGHT, 1),
        ([], State.GAVE_UP, None),
    ],
)
def test_the_last_response_counts_at_the_end(responses, state, fraction):
    outcome = replay(CHOICE, responses)

    assert (outcome.state, outcome.fraction) == (state, fraction)
    assert outcome.response == (responses[-1] if responses else None)


def test_nothing_is_told_before_the_end():
    assert replay(CHOICE, chosen("whole"), finished=False) == Outcome(
        State.COMPLETE, None, {"chosen": ["whole"]}
    )
    assert replay(CHOICE, [], finished=False) == Outcome(State.TODO, None, None)


def test_what_is_half_filled_in_is_incomplete_but_still_marked():
    partly = {"pairs": {"p0": "p0"}}

    assert replay(MATCH, [partly], finished=False).state is State.INVALID
    assert replay(MATCH, [partly]).fraction == 0.25
    assert replay(MATCH, [partly]).state is State.GRADED_PARTIAL


def test_what_a_program_cannot_mark_waits_for_a_person():
    outcome = replay(build({"id": "q", "type": "hologram", "ask": "?"}), [{"text": "…"}])

    assert outcome == Outcome(State.NEEDS_GRADING, None, {"text": "…"}, Mark(None))


@pytest.mark.parametrize(
    ("fraction", "state"),
    [
        (1, "graded_right"),
        (0.9999995, "graded_right"),
        (0.999999, "graded_partial"),
        (0.000001, "graded_partial"),
        (0.0000005, "graded_wrong"),
        (-0.25, "graded_wrong"),
        (None, "needs_grading"),
    ],
)
def test_right_and_wrong_have_a_little_tolerance(fraction, state):
    assert State.of(fraction) == state
