"""The fonts that certificates are set in: unpacked once from npm packages, checked before every drawing."""

import json
import shutil
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent.parent / "fonts"  # ignored by git
PACKAGES = "node_modules/@expo-google-fonts"
FONTS = (
    "eb-garamond/400Regular/EBGaramond_400Regular.ttf",
    "eb-garamond/400Regular_Italic/EBGaramond_400Regular_Italic.ttf",
    "eb-garamond/500Medium/EBGaramond_500Medium.ttf",
    "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    "noto-serif-sc/600SemiBold/NotoSerifSC_600SemiBold.ttf",
    "noto-nastaliq-urdu/400Regular/NotoNastaliqUrdu_400Regular.ttf",
    "noto-nastaliq-urdu/600SemiBold/NotoNastaliqUrdu_600SemiBold.ttf",
    "noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf",
)
COVERAGE = "coverage.json"
REMEDY = "run `make assets`, which needs the npm registry once"

Ranges = list[tuple[int, int]]


class FontsMissing(RuntimeError):
    """The fonts are not there; the message is one line: the cause and the remedy."""


class Unprintable(ValueError):
    """Letters that no font of the certificate has; the message names them."""


@dataclass(frozen=True)
class Coverage:
    """Which letters can be printed: ranges of code points, sorted, both ends included."""

    ranges: Ranges

    def __contains__(self, letter: str) -> bool:
        place = bisect_right(self.ranges, (ord(letter), 0x10FFFF)) - 1
        return place >= 0 and self.ranges[place][0] <= ord(letter) <= self.ranges[place][1]

    def missing(self, texts: Iterable[str]) -> str:
        """The letters of these texts that cannot be printed, each once, in order."""
        return "".join(dict.fromkeys(letter for text in texts for letter in text if letter not in self))

    def check(self, texts: Iterable[str]) -> None:
        """Raises Unprintable rather than let a certificate go out with boxes for letters."""
        letters = self.missing(texts)
        if letters:
            raise Unprintable(", ".join(described(letter) for letter in letters))


def described(letter: str) -> str:
    """😀 (U+1F600 GRINNING FACE)"""
    return f"{letter} (U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed')})"


def prepare_fonts(root: Path, target: Path = FOLDER) -> Path:
    """Unpack the fonts from the npm packages under `root` and note what they cover; again costs nothing.

    Raises FontsMissing.
    """
    sources = [root / PACKAGES / font for font in FONTS]
    for source in sources:
        if not source.exists():
            raise FontsMissing(f"certificate font {source.name} is not installed: {REMEDY}")
    if all(_is_same(source, target / source.name) for source in sources) and (target / COVERAGE).exists():
        return target
    target.mkdir(parents=True, exist_ok=True)
    for source in sources:
        shutil.copyfile(source, target / source.name)
    # Last, because its presence says that the folder is complete.
    (target / COVERAGE).write_text(json.dumps(_ranges(_letters(sources))))
    return target


def coverage(folder: Path = FOLDER) -> Coverage:
    """What the unpacked fonts can print. Raises FontsMissing if they were never unpacked."""
    missing = [name for name in (COVERAGE, *map(_name, FONTS)) if not (folder / name).exists()]
    if missing:
        raise FontsMissing(f"certificate fonts are not prepared ({missing[0]} is missing): {REMEDY}")
    return Coverage([(first, last) for first, last in json.loads((folder / COVERAGE).read_text())])


def _is_same(source: Path, copy: Path) -> bool:
    return copy.exists() and copy.stat().st_size == source.stat().st_size


def _name(font: str) -> str:
    return font.rpartition("/")[2]


def _letters(sources: Iterable[Path]) -> set[int]:
    letters: set[int] = set()
    for source in sources:
        with TTFont(source, lazy=True) as font:
            letters.update(font.getBestCmap())
    return {letter for letter in letters if letter >= 0x20}  # fonts map control characters, too


def _ranges(letters: Iterable[int]) -> Ranges:
    ranges: Ranges = []
    for letter in sorted(letters):
        if ranges and letter == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], letter)
        else:
            ranges.append((letter, letter))
    return ranges
