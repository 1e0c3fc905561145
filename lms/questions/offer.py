"""What a program may know of a question before it is marked: the inputs of its page, and nothing else."""

from dataclasses import dataclass

from lms.questions.source import Text


@dataclass(frozen=True)
class Offered:
    """Something that can be chosen; `value` is what is sent for it."""

    value: str
    text: Text


@dataclass(frozen=True)
class Input:
    """Something to fill in, sent back under `name`.

    `takes` says what: "one" or "many" of the choices, a "text", a "number" (then `unit` stands beside it).
    Another type may take something else: a program that does not know the word cannot ask the question.
    """

    name: str
    takes: str
    label: Text | None = None
    choices: tuple[Offered, ...] = ()
    unit: Text | None = None


Offer = tuple[Input, ...]
