"""Reads numbers as people type them, in any digits, and says whether one is near enough to another."""

import re
import unicodedata
from decimal import Decimal

LONGEST_NUMBER = 100  # characters
LARGEST_EXPONENT = 300
EPSILON = Decimal("1e-14")  # widens every tolerance a little, as the field's reference implementation does

_SIGNS = str.maketrans({"−": "-", "–": "-", "٫": ".", "٬": ",", "،": ",", "×": "x", "·": "x"})
_SUPERSCRIPTS = re.compile("[⁺⁻⁰¹²³⁴-⁹]+")
_NUMBER = re.compile(
    r"(?P<digits>[+-]?(?:\d+\.?\d*|\.\d+))(?:(?:e|[x*]10(?:\^|\*\*))(?P<exponent>[+-]?\d{1,8}))?(?P<rest>.*)",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)


class OutOfRange(ValueError):
    """A number so large or so small that nobody can have meant it."""


def number_in(text: str) -> tuple[Decimal, str] | None:
    """The number that a text begins with and what follows it (a unit, say); None if there is none.

    With a dot, or with several commas, commas part thousands; one comma alone is a decimal point.
    Raises OutOfRange.
    """
    if len(text) > LONGEST_NUMBER:
        return None
    found = _NUMBER.fullmatch(_decimal_point(squeeze(text)))
    if found is None:
        return None
    exponent = int(found["exponent"] or 0)
    if abs(exponent) > LARGEST_EXPONENT:
        raise OutOfRange
    return Decimal(found["digits"]).scaleb(exponent), found["rest"]


def squeeze(text: str) -> str:
    """The text without spaces and invisible characters, its digits and signs in their plain form."""
    raised = _SUPERSCRIPTS.sub(lambda power: "^" + power.group(), text)  # 10⁶ is a power, not 106
    plain = unicodedata.normalize("NFKC", raised).translate(_SIGNS)
    return "".join(_digit(character) for character in plain if unicodedata.category(character)[0] not in "CZ")


def is_near(value: Decimal, answer: Decimal, tolerance: Decimal) -> bool:
    """Whether a value lies in the interval around the answer, both ends included."""
    widened = tolerance + EPSILON * max(abs(tolerance), abs(answer), EPSILON)
    return answer - widened <= value <= answer + widened


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))


def _decimal_point(text: str) -> str:
    if "." in text or text.count(",") > 1:
        return text.replace(",", "")
    return text.replace(",", ".")
