"""One folder for each way of asking: how many tries, what feedback, which response counts."""

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from lms.questions.contract import Json, Outcome, QuestionType


class Behaviour(Protocol):
    """Decides from everything that was answered what counts; pure, like a question type."""

    def replay(
        self, question: QuestionType, responses: Sequence[Json | None], *, finished: bool = True
    ) -> Outcome:
        """What these saved responses come to, oldest first (None: the answer was cleared)."""


def discover() -> dict[str, Behaviour]:
    """Every folder beside this file, by its name."""
    names = [folder.name for folder in iter_modules(__path__)]
    return {name: cast(Behaviour, import_module(f"{__name__}.{name}")) for name in names}


BEHAVIOURS = discover()
