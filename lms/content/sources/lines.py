"""Chinese with its pinyin and its translations, and whether characters and pinyin agree."""

from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from lms.content.sources.reading import AudioName
from lms.content.sources.shapes import Shape, complaint
from lms.content.sources.texts import InHanzi, InUrdu, Phrase, Text, UrduPhrase
from lms.mandarin.rules import align


def _agrees(pinyin: str, info: ValidationInfo) -> str:
    """Pinyin stands after `zh` in every shape, so the characters are known here."""
    hanzi = info.data.get("zh")
    trouble = align(hanzi, pinyin).trouble if hanzi else ""
    if trouble:
        raise complaint(f"Pinyin and characters disagree: {trouble}.", f"Compare “{pinyin}” with “{hanzi}”.")
    return pinyin


Hanzi = Annotated[Phrase, InHanzi]
Pinyin = Annotated[Phrase, AfterValidator(_agrees)]


class Line(Shape):
    """One line of Chinese in its four forms."""

    zh: Hanzi
    pinyin: Pinyin
    en: Phrase
    ur: Annotated[UrduPhrase, InUrdu]


class Entry(Line):
    """A line with what may be said about it and how it sounds."""

    note: Text | None = None
    audio: AudioName | None = None
