"""Lesson blocks, one folder each: `BLOCK` says what it holds, `block.html` how it looks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lms.content.rendering import (
    in_language,
    language_attributes,
    plain_inline,
    ruby,
)
from lms.content.sources.documents import Source, read_yaml
from lms.content.sources.faults import Fault, Faults
from lms.content.sources.media import Medium
from lms.content.sources.shapes import Shape
from lms.content.sources.texts import Text

# Which translations a page shows beside Chinese: the first openly, the second folded.
GLOSSES: Mapping[str, tuple[str, ...]] = {"en": ("en", "ur"), "ur": ("ur", "en"), "zh": ("en",)}
NAMES = {"en": "English", "ur": "اردو", "zh": "中文"}
_INDENT = re.compile(r"\n\s*")


class Block(Shape):
    """What stands between `::: name` and `:::` in a lesson, as YAML unless the block reads it itself."""

    block: ClassVar[str]
    is_yaml: ClassVar[bool] = True

    @classmethod
    def source(cls, argument: str, text: str, file: str, line: int) -> Source:
        """Read the body that begins on this line of the file. Raises Faults."""
        if argument:
            remedy = "Put it inside the block, as a key."
            raise Faults([Fault(file, line - 1, "", f"“{argument}” does not belong here.", remedy)])
        return read_yaml(text, file, line)

    def html(self, page: "Page") -> str:
        """The block for readers of this page."""
        return _environment().get_template(f"{self.block}/block.html").render(block=self, page=page)


@dataclass(frozen=True)
class Page:
    """The reader's language and the media of the lesson, as block templates ask for them."""

    language: str
    media: Mapping[str, Medium]

    def words(self, text: Text) -> Markup:
        """One line in the reader's language, or in English and marked so."""
        return _safe(in_language(*self._chosen(text), self.language, inline=True))

    def prose(self, text: Text) -> Markup:
        """Paragraphs in the reader's language, or in English and marked so."""
        return _safe(in_language(*self._chosen(text), self.language))

    def plain(self, text: Text) -> str:
        """Words without mark-up, for attributes."""
        return self._chosen(text)[0]

    def inline(self, words: str, language: str) -> Markup:
        """One line in a given language, to stand in an element that says so."""
        return _safe(in_language(words, language, language, inline=True))

    def hanzi(self, words: str, pinyin: str | None) -> Markup:
        """Chinese with its pinyin, to stand in an element that says that it is Chinese."""
        return _safe(ruby(words, pinyin, "zh") if pinyin else plain_inline(words, "zh"))

    def lang(self, language: str) -> Markup:
        """The attributes of an element in this language; none where the page is in it."""
        return _safe(language_attributes(language, self.language))

    def glosses(self, line: Shape) -> list[tuple[str, str]]:
        """The translations of a line that this page shows, as (language, words), the first one first."""
        found = [(language, getattr(line, language, None)) for language in GLOSSES[self.language]]
        return [(language, words) for language, words in found if words]

    def name(self, language: str) -> str:
        """What a language calls itself."""
        return NAMES[language]

    def size(self, medium: Medium) -> Markup:
        """How much of the reader's money it takes, for example `12 KB`."""
        words = f"{max(1, round(medium.size / 1024))} KB"
        return _safe(f'<bdi dir="ltr">{words}</bdi>' if self.language == "ur" else escape(words))

    def _chosen(self, text: Text) -> tuple[str, str]:
        words = getattr(text, self.language)
        return (words, self.language) if words else (text.en, "en")


def _safe(html: str) -> Markup:
    # Made by `rendering` from escaped words; and every page is cleaned as a whole before it is kept.
    return Markup(html)  # noqa: S704


@cache
def blocks() -> Mapping[str, type[Block]]:
    """Every block there is, by name: one for each folder beside this file."""
    found: dict[str, type[Block]] = {}
    for folder in iter_modules(__path__):
        block: type[Block] = import_module(f"{__name__}.{folder.name}").BLOCK
        if block.block != folder.name:
            raise RuntimeError(f"blocks/{folder.name} calls itself {block.block!r}")
        found[block.block] = block
    return found


class _Templates(FileSystemLoader):
    """Templates without their indentation: it would be sent to every phone."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, filename, is_current = super().get_source(environment, template)
        return _INDENT.sub("", source), filename, is_current


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent
    return Environment(loader=_Templates(folder), autoescape=True, undefined=StrictUndefined)
