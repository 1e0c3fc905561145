"""Numbers, codes and names on certificates, decided from plain values."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date

RandomBits = Callable[[int], int]  # random_bits(80) is a whole number below 2 ** 80

# Crockford's base 32: no I, L, O or U, so that what is read aloud or off paper is not mistaken.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUES = {character: value for value, character in enumerate(ALPHABET)}
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
CODE_BITS = 80
BODY = CODE_BITS // 5
MASK = "***"
JOB_KEY = "issue-"  # and the id of the eligibility: the name of the job that issues its certificate
# Keyboards for Arabic write these where Urdu has a letter of its own.
ARABIC_TO_URDU = str.maketrans("يىكه", "ییکہ")


def new_code(random_bits: RandomBits) -> str:
    """A code that nobody can guess: 16 random characters and a check character."""
    number = random_bits(CODE_BITS)
    body = "".join(ALPHABET[(number >> shift) & 31] for shift in range(CODE_BITS - 5, -1, -5))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Makes every single mistyped character and every swap of two of them noticed.

    The sum of the characters in the field of 32 elements, each weighted by another power of a
    generator (a Reed-Solomon code with one check symbol).
    """
    total = 0
    for character in body:
        total = _times_generator(total) ^ VALUES[character]
    return ALPHABET[_times_generator(total)]


def read_code(typed: str) -> str | None:
    """The code that somebody typed, forgiving spaces, dashes, case and look-alikes; None if it is none."""
    plain = unicodedata.normalize("NFKC", typed).upper()  # Chinese keyboards type wide letters
    code = "".join(letter for letter in plain if letter.isalnum()).translate(LOOKALIKES)
    if len(code) != BODY + 1 or any(character not in VALUES for character in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def series_of(day: date) -> str:
    """Certificates are numbered year by year."""
    return f"KK-{day.year}"


def number_of(series: str, sequence: int) -> str:
    """KK-2026-000001"""
    return f"{series}-{sequence:06d}"


def masked(name: str) -> str:
    """A*** R***: enough to recognise a name that one knows, not enough to learn it."""
    return " ".join(word[0] + MASK for word in name.split())


def is_name(typed: str, names: Iterable[str]) -> bool:
    """Whether what was typed is one of the names, give or take case, accents, spaces and punctuation."""
    wanted = _bare(typed)
    return bool(wanted) and any(wanted == _bare(name) for name in names if name)


def names_in_scripts(english: str, *, hanzi: str | None = None, urdu: str | None = None) -> Mapping[str, str]:
    """A name as a text in each language that it has a form for."""
    forms = {"en": english, "zh": hanzi, "ur": urdu}
    return {language: form for language, form in forms.items() if form}


def _times_generator(value: int) -> int:
    # Multiplication by x modulo x^5 + x^2 + 1, which is primitive: 31 different weights, we need 17.
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 32 else doubled


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(ARABIC_TO_URDU)
    return "".join(letter for letter in plain if unicodedata.category(letter).startswith("L"))
