"""Pinyin laid over characters, one syllable each, by the rules of its standard spelling (GB/T 16159)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lms.mandarin.pinyin import SYLLABLES

_EXCLAMATIONS = frozenset({"m", "n", "ng", "hm", "hng"})  # 嗯 and its like: never part of a longer word
# How joined pinyin may be cut is decided by its spelling: "fangan" over two characters can only be fan + gan,
# because fang + an is written fāng'àn.
_SPELLED = _EXCLAMATIONS | {typed for typed, spelled in SYLLABLES.items() if typed == spelled} | {"ê"}
_LONGEST = max(map(len, _SPELLED))
_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNIT = re.compile(rf"[{HAN}]|[^\W{HAN}_]+(?:[.:/-]?[^\W{HAN}_]+)*[%‰℃°]?")
_SENTENCE = re.compile(r".+?(?:[。！？!?]+|\.(?=\s|$|[”\"'’)]))[”\"'’）)」]*|.+?$", re.DOTALL)
_LONGEST_LINE = 4000  # characters; a paragraph is under 400
_MOST_STATES = 20_000  # of a search; a sentence needs one or two for each syllable

_State = tuple[int, int, bool]  # unit, place in the pinyin, in the middle of a number being read out


@dataclass(frozen=True)
class Alignment:
    """Characters with their pinyin, in order; `trouble` says in English where the two do not agree.

    A pair whose pinyin is empty is punctuation, a number or a Latin word that needs none.
    """

    pairs: tuple[tuple[str, str], ...]
    trouble: str = ""


@dataclass(frozen=True)
class _Pinyin:
    """Pinyin as written, and beside each character its plain lower-case letter and its tone."""

    written: str
    plain: str
    tones: tuple[int, ...]


def align(hanzi: str, pinyin: str) -> Alignment:
    """Give each character its syllable; where they disagree, the whole sentence gets its whole pinyin."""
    if len(hanzi) + len(pinyin) > _LONGEST_LINE:
        return Alignment(((hanzi, pinyin),), "the line is too long: cut it into sentences")
    sentences, readings = _SENTENCE.findall(hanzi), _SENTENCE.findall(unicodedata.normalize("NFC", pinyin))
    if len(sentences) != len(readings):
        return _align_sentence(hanzi, pinyin)
    # Sentence by sentence, so that a missing syllable is noticed where it is missing.
    aligned = [_align_sentence(*both) for both in zip(sentences, readings, strict=True)]
    pairs = tuple(pair for sentence in aligned for pair in sentence.pairs)
    return Alignment(pairs, next((sentence.trouble for sentence in aligned if sentence.trouble), ""))


def _align_sentence(hanzi: str, pinyin: str) -> Alignment:
    spoken = list(_UNIT.finditer(hanzi))
    read = _plain(pinyin)
    units = [match.group() for match in spoken]
    steps, furthest = _search(units, read)
    if steps is None:
        return Alignment(((hanzi, pinyin.strip()),), _trouble(units, read, *furthest))
    pairs = tuple(_pairs(hanzi, spoken, _readings(units, steps, read)))
    return Alignment(pairs, _misplaced(pairs))


def _plain(pinyin: str) -> _Pinyin:
    written = unicodedata.normalize("NFC", pinyin)
    letters, tones = [], []
    for character in written:
        base, *marks = list(unicodedata.normalize("NFD", character))
        tones.append(sum(_TONES.get(mark, 0) for mark in marks))
        rest = "".join(mark for mark in marks if mark not in _TONES)
        plain = unicodedata.normalize("NFC", base + rest).lower()
        letters.append(plain if len(plain) == 1 else character)
    return _Pinyin(written, "".join(letters), tuple(tones))


def _search(units: list[str], read: _Pinyin) -> tuple[list[_State] | None, tuple[int, int]]:
    """Depth first with an explicit stack; each state is tried once, so a line costs little."""
    stack: list[_State] = [(0, 0, False)]
    came_from: dict[_State, _State | None] = {stack[0]: None}
    furthest = (0, 0)
    while stack and len(came_from) < _MOST_STATES:
        state = stack.pop()
        furthest = max(furthest, state[:2])
        if state[0] == len(units) and not state[2] and _skip(read, state[1]) == len(read.plain):
            return _path(came_from, state), furthest
        for following in reversed(list(_following(state, units, read))):
            if following not in came_from:
                came_from[following] = state
                stack.append(following)
    return None, furthest


def _following(state: _State, units: list[str], read: _Pinyin) -> Iterator[_State]:
    unit, place, inside = state
    if inside:
        yield unit + 1, place, False
    if unit == len(units):
        return
    start = _skip(read, place)
    if _is_han(units[unit]):
        if units[unit] == "儿" and place and read.plain[place : place + 1] == "r" and _joined(read, place):
            yield unit + 1, place + 1, False  # 哪儿 is nǎr
        yield from ((unit + 1, end, False) for end in _syllable_ends(read, start))
        return
    if not inside and read.written[start:].lower().startswith(units[unit].lower()):
        yield unit + 1, start + len(units[unit]), False
    yield from ((unit, end, True) for end in _syllable_ends(read, start))


def _syllable_ends(read: _Pinyin, start: int) -> Iterator[int]:
    """Where a syllable that begins here may end, longest first."""
    if read.plain[start : start + 1] in tuple("aeo") and _joined(read, start):
        return  # inside a word this needs an apostrophe: Xī'ān
    for end in range(min(start + _LONGEST, len(read.plain)), start, -1):
        syllable = read.plain[start:end]
        marks = sum(1 for tone in read.tones[start:end] if tone)
        alone = not _joined(read, start) and not read.plain[end : end + 1].isalpha()
        if syllable in _SPELLED and marks <= 1 and (alone or syllable not in _EXCLAMATIONS):
            yield end


def _skip(read: _Pinyin, place: int) -> int:
    """Past punctuation, spaces and apostrophes, to the next letter or digit."""
    while place < len(read.plain) and not read.plain[place].isalnum():
        place += 1
    return place


def _joined(read: _Pinyin, place: int) -> bool:
    return place > 0 and read.plain[place - 1].isalpha()


def _is_han(unit: str) -> bool:
    return re.match(f"[{HAN}]", unit) is not None


def _path(came_from: dict[_State, _State | None], state: _State) -> list[_State]:
    path: list[_State] = []
    here: _State | None = state
    while here is not None:
        path.append(here)
        here = came_from[here]
    return path[::-1]


def _readings(units: list[str], steps: list[_State], read: _Pinyin) -> list[str]:
    """The pinyin of each unit; none where the unit itself stands in the pinyin."""
    readings = []
    for index, unit in enumerate(units):
        start = _skip(read, min(place for at, place, _ in steps if at == index))
        end = min(place for at, place, _ in steps if at == index + 1)
        reading = read.written[start:end]
        readings.append("" if reading.lower() == unit.lower() else reading)
    return readings


def _pairs(hanzi: str, spoken: list[re.Match[str]], readings: list[str]) -> Iterator[tuple[str, str]]:
    done = 0
    for match, reading in zip(spoken, readings, strict=True):
        if match.start() > done:
            yield hanzi[done : match.start()], ""
        yield match.group(), reading
        done = match.end()
    if done < len(hanzi):
        yield hanzi[done:], ""


def _trouble(units: list[str], read: _Pinyin, unit: int, place: int) -> str:
    left = read.written[_skip(read, place) :].strip()
    if unit == len(units):
        return f"“{left}” is left over: there are more syllables than characters"
    if not left:
        return f"“{''.join(units[unit:])}” has no syllable: the pinyin ends too early"
    return f"at “{units[unit]}” the pinyin goes on with “{left[:20]}”, which does not begin with one syllable"


def _misplaced(pairs: tuple[tuple[str, str], ...]) -> str:
    for base, reading in pairs:
        if not _is_han(base) or not reading:
            continue
        read = _plain(reading)
        tone = next((tone for tone in read.tones if tone), 0)
        if tone and read.tones.index(tone) != _tone_place(read.plain):
            return f"the tone mark of “{reading}” stands on the wrong letter"
    return ""


def _tone_place(plain: str) -> int:
    """On a or e if there is one, on the o of ou, else on the last vowel."""
    for vowel in "aeê":
        if vowel in plain:
            return plain.index(vowel)
    if "ou" in plain:
        return plain.index("o")
    vowels = [index for index, letter in enumerate(plain) if letter in "iouü"]
    return vowels[-1] if vowels else next((i for i, letter in enumerate(plain) if letter in "mn"), 0)
