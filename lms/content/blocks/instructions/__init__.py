"""What the learner should do now, in the reader's language."""

from typing import ClassVar

from lms.content.blocks import Block
from lms.content.sources.texts import Trilingual


class Instructions(Trilingual, Block):
    block: ClassVar[str] = "instructions"


BLOCK = Instructions
