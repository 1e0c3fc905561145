"""Something to listen to, what it weighs, and every word of it for those who cannot hear it."""

from typing import ClassVar

from lms.content.blocks import Block
from lms.content.sources.reading import AudioName
from lms.content.sources.texts import Text, Title


class Audio(Block):
    block: ClassVar[str] = "audio"
    transcript_label: ClassVar[Text] = Text(en="Transcript", ur="متن", zh="文字稿")

    src: AudioName
    title: Title
    transcript: Text


BLOCK = Audio
