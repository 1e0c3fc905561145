"""Makes what people typed fit to be printed, and tells which script it is in."""

import unicodedata
from collections import Counter
from typing import Literal

Script = Literal["latin", "hanzi", "urdu"]

# Marks that turn the direction of everything after them: on a certificate they only serve to deceive.
DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Urdu needs the first to keep letters apart (ZWNJ); nothing in a name needs the others.
INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad\ufe0e\ufe0f")

LETTERS: dict[str, Script] = {"LATIN": "latin", "CJK": "hanzi", "ARABIC LETTER": "urdu"}


def clean(text: str) -> str:
    """The text on one line in composed form, without control characters and direction marks."""
    composed = unicodedata.normalize("NFC", text)
    kept = (" " if letter.isspace() else letter for letter in composed if not _is_noise(letter))
    return " ".join("".join(kept).split())


def script(text: str, expected: Script = "latin") -> Script:
    """The expected script if the text has any letter of it, else the one that most of its letters are in."""
    count = Counter(found for found in map(_script_of, text) if found)
    if expected in count or not count:
        return expected
    return count.most_common(1)[0][0]


def _script_of(letter: str) -> Script | None:
    name = unicodedata.name(letter, "")
    return next((script for start, script in LETTERS.items() if name.startswith(start)), None)


def _is_noise(letter: str) -> bool:
    if letter in DIRECTION_MARKS or letter in INVISIBLE:
        return True
    return unicodedata.category(letter) in ("Cc", "Cs", "Co") and not letter.isspace()
