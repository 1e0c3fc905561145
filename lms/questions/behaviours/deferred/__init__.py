"""Deferred feedback: the last saved response counts, and nothing is told before the end."""

from collections.abc import Sequence

from lms.questions.contract import Json, Outcome, QuestionType, State


def replay(question: QuestionType, responses: Sequence[Json | None], *, finished: bool = True) -> Outcome:
    """What these saved responses come to, oldest first (None: the answer was cleared).

    `finished`: the attempt was handed in, so that the last response is marked.
    """
    response = responses[-1] if responses else None
    if response is None:
        return Outcome(State.GAVE_UP if finished else State.TODO, None, None)
    if not finished:
        state = State.COMPLETE if question.is_complete(response) else State.INVALID
        return Outcome(state, None, response)
    mark = question.mark(response)
    return Outcome(State.of(mark.fraction), mark.fraction, response, mark)
