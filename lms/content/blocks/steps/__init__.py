"""A procedure: numbered steps in the reader's language."""

from typing import ClassVar

from pydantic import Field

from lms.content.blocks import Block
from lms.content.sources.texts import Title, Trilingual


class Steps(Block):
    block: ClassVar[str] = "steps"

    title: Title | None = None
    items: list[Trilingual] = Field(min_length=1)


BLOCK = Steps
