"""Whether what was typed is what the author wrote, apart from differences that are not spelling."""

import re
import unicodedata
from collections.abc import Sequence

from lms.mandarin.pinyin import Syllable, has_tones, syllables

_ANY = "\0"  # stands for `*` in a folded pattern; no response contains it
_STARS = re.compile(r"\\\*|\*")
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"

# One letter with several code points: Arabic keyboards and older Urdu fonts type the left one.
_LETTERS = {"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ە": "ہ", "ة": "ۃ"}
_MARKS = dict(zip("،؛؟۔。、’‘“”", ",;?..,''\"\"", strict=True))
_OPTIONAL = {chr(code): "" for code in (0x0640, *range(0x064B, 0x0653), 0x0670, *range(0xFE00, 0xFE10))}
_FOLDS = str.maketrans(_LETTERS | _MARKS | _OPTIONAL)
_SAME_SHAPE = ("<wide>", "<narrow>", "<noBreak>", "<isolated>", "<initial>", "<medial>", "<final>")


def matches(pattern: str, typed: str, *, match_case: bool = False, tones: str = "exact") -> bool:
    """Whether `typed` is `pattern` from end to end; `*` in the pattern is any run of characters.

    Pinyin may be typed with marks or numbers, joined or apart; with `tones="ignore"` also without either.
    """
    folded, written = _folded_pattern(pattern, match_case), fold(typed, match_case)
    if _covers(folded.split(_ANY), written):
        return True
    if match_case and _capitals(pattern) != _capitals(typed):
        return False
    return _same_pinyin(folded.split(_ANY), written, exact=tones == "exact")


def example_of(pattern: str) -> str:
    """A short text that the pattern matches; "" for a pattern of nothing but stars."""
    if not _STARS.sub(lambda star: "" if star.group() == "*" else "*", pattern).strip():
        return ""
    return _STARS.sub(_stand_in, pattern).strip()


def _stand_in(star: re.Match[str]) -> str:
    if star.group() == r"\*":
        return "*"
    around = star.string[max(0, star.start() - 1) : star.end() + 1]
    # The spaces beside a star are part of the pattern; without something between they would be one.
    return "…" if any(character.isspace() for character in around) else ""


def fold(text: str, match_case: bool = False) -> str:
    """The text with one code point for each letter, width, digit and space, and nothing invisible."""
    return _fold(text.replace(_ANY, ""), match_case)


def _folded_pattern(pattern: str, match_case: bool) -> str:
    stars = _STARS.sub(lambda star: "*" if star.group() == r"\*" else _ANY, pattern.replace(_ANY, ""))
    return _fold(stars, match_case)


def _fold(text: str, match_case: bool) -> str:
    text = unicodedata.normalize("NFC", "".join(map(_shape, text)).translate(_FOLDS))
    text = text.replace("ی\u0654", "ئ")
    text = re.sub(r"(?<!\w)ھ", "ہ", text)  # the aspiring h never begins a word: there it is a plain one
    text = re.sub(rf"(?<={_HAN})\s+(?={_HAN})", "", " ".join(text.split()))
    return text if match_case else unicodedata.normalize("NFC", text.casefold())


def _shape(character: str) -> str:
    """Width, presentation form, radical and script of digits do not matter; superscripts do."""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("Cf", "Cs") or (category == "Cc" and character != _ANY and not character.isspace()):
        return ""  # zero-width and direction marks come along when text is copied from an Urdu page
    is_radical = "\u2e80" <= character <= "\u2fdf"
    if is_radical or unicodedata.decomposition(character).startswith(_SAME_SHAPE):
        return unicodedata.normalize("NFKC", character)
    return character


def _covers(pieces: Sequence[str], text: str) -> bool:
    """Whether the text consists of these pieces in this order, with anything between them."""
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return text == first
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in pieces[1:-1]:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _same_pinyin(pieces: Sequence[str], typed: str, exact: bool) -> bool:
    read = syllables(typed)
    wanted = [syllables(piece) if piece.strip() else () for piece in pieces]
    if read is None or not any(wanted):
        return False
    sure = [part for part in wanted if part is not None]
    # Without any tone on either side these may be English words: "can" and "men" are syllables too.
    if len(sure) < len(wanted) or (exact and not any(map(has_tones, [read, *sure]))):
        return False
    return _covers([_key(part, exact) for part in sure], _key(read, exact))


def _key(read: tuple[Syllable, ...], exact: bool) -> str:
    return "".join(f"<{part.letters}{part.tone if exact else ''}>" for part in read)


def _capitals(text: str) -> list[bool]:
    return [letter.isupper() for letter in unicodedata.normalize("NFD", text) if letter.isalpha()]
