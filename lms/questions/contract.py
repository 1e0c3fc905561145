"""What every question type can do. Read this before adding a folder to `types/`.

A folder holds `__init__.py` (one frozen class, named on the last line: `TYPE = …`), `ask.html`,
`show.html` and `examples.yaml`. Types are pure: no request, no session, no clock, and dice are passed in.
Sentences for learners are marked by `marked("…")` and translated by templates: `pybabel extract -k marked`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules
from random import Random
from typing import ClassVar, Protocol, Self

from pydantic.json_schema import models_json_schema

from lms.content.outline import digest as source_hash
from lms.questions import types
from lms.questions.offer import Offer
from lms.questions.response import Form, Mark, Unreadable, marked
from lms.questions.source import Json, Question, SourceFault, Text, plain

__all__ = [
    "TYPES", "Form", "Json", "Mark", "Missing", "Offer", "Outcome", "QuestionType", "SourceFault", "State",
    "Text", "Unreadable", "build", "marked", "parse", "plain", "schema", "source_hash",
]  # fmt: skip

RIGHT_ABOVE = 0.999999
WRONG_BELOW = 0.000001


class QuestionType(Protocol):
    """What is asked. How often, and what a try costs, is the business of a behaviour."""

    type: ClassVar[str]

    @property
    def id(self) -> str: ...
    @property
    def marks(self) -> float: ...
    @property
    def ask(self) -> str | Mapping[str, str]: ...
    @property
    def feedback(self) -> str | Mapping[str, str] | None: ...

    @classmethod
    def parse(cls, source: Json) -> Self:
        """Build from an author's source, or raise SourceFault naming the field."""

    def deal(self, rng: Random) -> Json:
        """Choose what this learner sees, such as the order. Stored with the attempt, then never changed."""

    def offer(self, deal: Json) -> Offer:
        """The inputs that `read` reads, for programs: all that `ask.html` shows below the question.

        Nothing in it depends on what is right, as nothing on the page does.
        """

    def read(self, form: Form, deal: Json) -> Json | None:
        """Turn posted fields (without the prefix) into a response; None if nothing was given.

        Raises Unreadable for what cannot be understood or was never offered.
        """

    def is_complete(self, response: Json) -> bool:
        """Whether every part of the question is answered."""

    def mark(self, response: Json) -> Mark:
        """Judge a response that `read` returned. The same response always gets the same mark."""

    def solution(self) -> Json:
        """A response that earns full marks."""

    def summary(self, response: Json, language: str = "en") -> str:
        """The response as one line of plain text, for mark lists and exports."""


class State(StrEnum):
    """Where a question stands in an attempt."""

    TODO = "todo"
    COMPLETE = "complete"
    INVALID = "invalid"  # partly answered; still marked at the end
    GAVE_UP = "gave_up"
    GRADED_RIGHT = "graded_right"
    GRADED_PARTIAL = "graded_partial"
    GRADED_WRONG = "graded_wrong"
    NEEDS_GRADING = "needs_grading"

    @classmethod
    def of(cls, fraction: float | None) -> "State":
        """The state of a marked response."""
        if fraction is None:
            return cls.NEEDS_GRADING
        if fraction > RIGHT_ABOVE:
            return cls.GRADED_RIGHT
        return cls.GRADED_WRONG if fraction < WRONG_BELOW else cls.GRADED_PARTIAL


@dataclass(frozen=True)
class Outcome:
    """What a behaviour makes of everything that happened to one question.

    `fraction` is None while nothing counts yet, when nothing was given (0 in a sum) and while a person
    has yet to mark (then the sum is unknown): `state` tells them apart.
    """

    state: State
    fraction: float | None
    response: Json | None
    mark: Mark | None = None


@dataclass(frozen=True)
class Missing:
    """A stored question whose type was removed: what was asked and answered stays readable."""

    type: ClassVar[str] = "missing"
    source: Json
    id: str
    marks: float
    ask: str | Mapping[str, str]
    feedback: str | Mapping[str, str] | None = None

    @classmethod
    def parse(cls, source: Json) -> Self:
        """Keep whatever is there."""
        ask, feedback = source.get("ask") or "…", source.get("feedback")
        return cls(source, str(source.get("id", "")), float(source.get("marks", 1)), ask, feedback)

    def deal(self, rng: Random) -> Json:
        return {}

    def offer(self, deal: Json) -> Offer:
        return ()

    def read(self, form: Form, deal: Json) -> Json | None:
        return None

    def is_complete(self, response: Json) -> bool:
        return True

    def mark(self, response: Json) -> Mark:
        return Mark(None)

    def solution(self) -> Json:
        return {}

    def summary(self, response: Json, language: str = "en") -> str:
        return " · ".join(_leaves(response))


def discover() -> dict[str, type[QuestionType]]:
    """Every folder in `types/`, by its name."""
    found: dict[str, type[QuestionType]] = {}
    for folder in iter_modules(types.__path__):
        kind = import_module(f"{types.__name__}.{folder.name}").TYPE
        if kind.type != folder.name:
            raise RuntimeError(f"types/{folder.name} calls itself {kind.type!r}")
        found[folder.name] = kind
    return found


TYPES = discover()


def parse(source: Json) -> QuestionType:
    """Read what an author wrote; raises SourceFault, also for a type that does not exist."""
    kind = source.get("type") if isinstance(source, Mapping) else None
    if not isinstance(kind, str) or kind not in TYPES:
        remedy = f"The types are: {', '.join(TYPES)}."
        raise SourceFault("type", f"There is no question type {kind!r}.", remedy)
    return TYPES[kind].parse(source)


def build(source: Json) -> QuestionType:
    """Read what was stored earlier; a type that no longer exists becomes a readable `Missing`."""
    return TYPES.get(source["type"], Missing).parse(source)


def schema() -> Json:
    """The JSON Schema of a question of any type; its definitions are under `$defs`."""
    kinds = [kind for kind in TYPES.values() if issubclass(kind, Question)]
    names, definitions = models_json_schema([(kind, "validation") for kind in kinds])
    return {"oneOf": list(names.values()), "$defs": definitions["$defs"]}


def _leaves(value: Json) -> list[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        return [leaf for item in value for leaf in _leaves(item)]
    return [] if value is None else [str(value)]
