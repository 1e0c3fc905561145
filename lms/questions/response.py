"""What a learner sent, read without trusting it, and the mark that it earns."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

LONGEST = 2_000  # characters in one answer

Form = Mapping[str, Sequence[str]]


class Unreadable(ValueError):
    """The response cannot be understood: it is shown to the learner and costs nothing.

    `message` is an English sentence that templates translate: `_(error.message)`.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Mark:
    """How good a response is. `fraction` is of the question's marks, usually 0 to 1; None waits for a person.

    `feedback` is what the author says to this response; `parts` are fractions by option or pair id.
    """

    fraction: float | None
    feedback: tuple[str | Mapping[str, str], ...] = ()
    parts: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def marked(message: str) -> str:
    """Mark an English sentence for translation without translating it: `pybabel extract -k marked`.

    Question types know no request and so no language; a template says `_(message)` later.
    """
    return message


NOT_OFFERED = marked("This answer was not among the choices. Please choose again.")
TOO_LONG = marked("Your answer is longer than 2,000 characters. Please make it shorter.")


def sent(form: Form, name: str) -> str:
    """The last value sent for a field, without what no keyboard types; "" when there is none."""
    values = form.get(name) or [""]
    value = values[-1]
    if not isinstance(value, str):
        raise Unreadable(NOT_OFFERED)
    value = value.strip()
    if len(value) > LONGEST:
        raise Unreadable(TOO_LONG)
    return "".join(_clean(character) for character in value).strip()


def _clean(character: str) -> str:
    """Control characters and lone surrogates cannot be stored everywhere; line breaks become spaces."""
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in {"Cc", "Cs"} else character
