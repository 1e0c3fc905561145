"""People talking: who says what, with pinyin and translations."""

from typing import ClassVar

from pydantic import Field

from lms.content.blocks import Block
from lms.content.sources.lines import Line
from lms.content.sources.reading import AudioName
from lms.content.sources.texts import Text, Title


class Said(Line):
    """One line, and who says it."""

    who: Text
    audio: AudioName | None = None


class Dialogue(Block):
    block: ClassVar[str] = "dialogue"

    title: Title | None = None
    lines: list[Said] = Field(min_length=1)


BLOCK = Dialogue
