"""Key sentences side by side; without Chinese they serve vocational courses too."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from lms.content.blocks import Block
from lms.content.sources.lines import Hanzi, Pinyin
from lms.content.sources.reading import AudioName
from lms.content.sources.shapes import Shape, complaint
from lms.content.sources.texts import InUrdu, Phrase, Text, Title, UrduPhrase


class Sentence(Shape):
    """A sentence in English and Urdu, and in Chinese with pinyin or without both."""

    zh: Hanzi | None = None
    pinyin: Pinyin | None = None
    en: Phrase
    ur: Annotated[UrduPhrase, InUrdu]
    note: Text | None = None
    audio: AudioName | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.zh is None) != (self.pinyin is None):
            raise complaint("Characters and pinyin go together.", "Add the other one, or leave out both.")
        return self


class Sentences(Block):
    block: ClassVar[str] = "sentences"

    title: Title | None = None
    items: list[Sentence] = Field(min_length=1)


BLOCK = Sentences
