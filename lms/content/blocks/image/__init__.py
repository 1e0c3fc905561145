"""A picture, what it shows in words, and perhaps a caption."""

from typing import ClassVar

from lms.content.blocks import Block
from lms.content.sources.reading import ImageName
from lms.content.sources.texts import Text


class Image(Block):
    block: ClassVar[str] = "image"

    src: ImageName
    alt: Text
    caption: Text | None = None


BLOCK = Image
