"""Reads pinyin however it is typed: `nǐ hǎo`, `nǐhǎo`, `ni3 hao3` and `ni3hao3` are the same syllables."""

import re
import unicodedata
from dataclasses import dataclass

_FINALS = {
    "": "a o e ai ei ao ou an en ang eng er",
    "y": "a o e ao ou an in ang ing ong i u ue uan un",
    "w": "a o ai ei an en ang eng u",
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan ü üe",
    "l": "a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ü üe",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "ch": "a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "sh": "a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang",
    "r": "e i ao ou an en ang eng ong u ua uo ui uan un",
    "z": "a e i ai ei ao ou an en ang eng ong u uo ui uan un",
    "c": "a e i ai ao ou an en ang eng ong u uo ui uan un",
    "s": "a e i ai ao ou an en ang eng ong u uo ui uan un",
}
# Other spellings of ü: passports write lyu, keyboards without ü write lue, careful beginners write jü.
_SPELLINGS = {"lyu": "lü", "nyu": "nü", "lyue": "lüe", "nyue": "nüe", "lue": "lüe", "nue": "nüe"}
_CAREFUL = {f"{c}ü{end}": f"{c}u{end}" for c in "jqxy" for end in ("", "e", "an", "n")}
SYLLABLES = (
    {initial + final: initial + final for initial, finals in _FINALS.items() for final in finals.split()}
    | _SPELLINGS
    | _CAREFUL
)
_LONGEST = max(map(len, SYLLABLES))

# A breve is not a tone mark, but many keyboards offer it where the caron should be.
_TONE_MARKS = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0306": 3, "\u0300": 4}
_LOOKALIKES = str.maketrans({"ɑ": "a", "ɡ": "g", "v": "ü", "’": "'", "ʼ": "'", "‐": "-", "·": "-"})
_PIECES = re.compile(r"[a-zü\u0300-\u036f0-5]+|[.,!?;:…]|[\s'-]+|(?P<other>.)", re.DOTALL)


@dataclass(frozen=True)
class Syllable:
    """One syllable in plain letters with its tone, 0 for the neutral one; or a punctuation mark."""

    letters: str
    tone: int = 0


@dataclass
class _Letter:
    letter: str
    mark: int = 0
    digit: int | None = None  # the tone number that stands behind this letter


def syllables(text: str) -> tuple[Syllable, ...] | None:
    """The syllables of a text that is nothing but pinyin and punctuation; None for any other text.

    Spaces, hyphens and apostrophes only part syllables. A syllable without tone is read as neutral.
    """
    found: list[Syllable] = []
    for piece in _PIECES.finditer(_decomposed(text)):
        word = piece.group()
        if piece["other"]:
            return None
        if word[0] in ".,!?;:…":
            found.append(Syllable(word))
        elif word.strip(" \t\n'-"):
            split = _split(word)
            if split is None:
                return None
            found.extend(split)
    return tuple(found) or None


def has_tones(read: tuple[Syllable, ...]) -> bool:
    """Whether any syllable carries a tone other than the neutral one."""
    return any(syllable.tone for syllable in read)


def _decomposed(text: str) -> str:
    """Lower-case letters, ü as one letter, and tone marks behind the letter that they stand on."""
    folded = unicodedata.normalize("NFD", text.casefold()).translate(_LOOKALIKES).replace("u:", "ü")
    # A tone mark may stand between u and its dots: ǘ is typed in either order.
    return re.sub("u([\u0300\u0301\u0304\u0306\u030c]?)\u0308", r"ü\1", folded)


def _split(word: str) -> list[Syllable] | None:
    letters = _letters(word)
    if letters is None:
        return None
    # best[i]: the cheapest way to read everything from letter i on, as (cost, syllables, rest begins at).
    best: list[tuple[tuple[int, int], int] | None] = [None] * len(letters) + [((0, 0), 0)]
    for start in range(len(letters) - 1, -1, -1):
        for end in range(min(len(letters), start + _LONGEST + 1), start, -1):
            after = best[end]
            if after is None or _syllable(letters[start:end]) is None:
                continue
            cost = (after[0][0] + _breaks_rule(letters, start), after[0][1] + 1)
            known = best[start]
            if known is None or cost < known[0]:
                best[start] = (cost, end)
    return _walk(letters, best)


def _walk(letters: list[_Letter], best: list[tuple[tuple[int, int], int] | None]) -> list[Syllable] | None:
    found, start = [], 0
    while start < len(letters):
        step = best[start]
        syllable = step and _syllable(letters[start : step[1]])
        if not step or not syllable:
            return None
        found.append(syllable)
        start = step[1]
    return found


def _letters(word: str) -> list[_Letter] | None:
    """Letters with their marks and tone numbers; None where these stand on nothing or are doubled."""
    found: list[_Letter] = []
    for character in word:
        if character.isalpha():
            found.append(_Letter(character))
        elif not found or found[-1].digit is not None:
            return None
        elif character.isdecimal():
            found[-1].digit = int(character) % 5
        elif character in _TONE_MARKS and not found[-1].mark:
            found[-1].mark = _TONE_MARKS[character]
        else:
            return None
    return found


def _syllable(letters: list[_Letter]) -> Syllable | None:
    """These letters as one syllable, perhaps with an r-ending (`nǎr`, `na3r`), if they are one."""
    word = "".join(letter.letter for letter in letters)
    ending = "r" if word not in SYLLABLES and word.endswith("r") else ""
    core = SYLLABLES.get(word.removesuffix("r") if ending else word)
    inside = letters[:-1] if not ending else letters[:-2]
    digits = [letter.digit for letter in letters if letter.digit is not None]
    marks = [letter.mark for letter in letters if letter.mark]
    if core is None or any(letter.digit is not None for letter in inside) or len(marks) > 1:
        return None
    if digits and marks:
        return None
    return Syllable(core + ending, (marks or digits or [0])[0])


def _breaks_rule(letters: list[_Letter], start: int) -> bool:
    """Inside a word, a syllable that begins with a vowel needs an apostrophe: `fāngàn` is read fān-gàn."""
    return start > 0 and letters[start - 1].digit is None and letters[start].letter in "aoe"
