"""A file to keep: a table, a text or a printable sheet."""

from typing import ClassVar

from lms.content.blocks import Block
from lms.content.sources.reading import DownloadName
from lms.content.sources.texts import Title


class Download(Block):
    block: ClassVar[str] = "download"

    src: DownloadName
    title: Title


BLOCK = Download
