"""A text to read in Chinese; its translations are folded under each paragraph."""

from typing import ClassVar

from pydantic import Field

from lms.content.blocks import Block
from lms.content.sources.lines import Line
from lms.content.sources.texts import Title


class Reading(Block):
    block: ClassVar[str] = "reading"

    title: Title | None = None
    paragraphs: list[Line] = Field(min_length=1)


BLOCK = Reading
