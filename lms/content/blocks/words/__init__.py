"""New words, each with its pinyin, its meaning, and perhaps a note and its sound."""

from typing import ClassVar

from pydantic import Field

from lms.content.blocks import Block
from lms.content.sources.lines import Entry
from lms.content.sources.texts import Title


class Words(Block):
    block: ClassVar[str] = "words"

    title: Title | None = None
    items: list[Entry] = Field(min_length=1)


BLOCK = Words
