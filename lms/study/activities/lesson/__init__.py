"""A lesson: Markdown with blocks, rendered once for each page language, complete when it has been read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lms.content.blocks import GLOSSES, Block, Page, blocks
from lms.content.kinds import ActivityShape, Compiled
from lms.content.outline import Json
from lms.content.rendering import clean, in_language, problems
from lms.content.sources.faults import Fault, Faults
from lms.content.sources.reading import Reading
from lms.content.sources.shapes import did_you_mean

_OPENING = re.compile(r":::+ *([^\s:]+) *(.*?) *")
_CLOSING = re.compile(r":::+ *")
_FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True)
class Segment:
    """A stretch of a lesson that begins on this line of its file; `block` is empty for prose."""

    line: int
    text: str
    block: str = ""
    argument: str = ""


@dataclass(frozen=True)
class Prose:
    """English Markdown between blocks."""

    words: str

    def html(self, page: Page) -> str:
        return in_language(self.words, "en", page.language)


class LessonShape(ActivityShape):
    """The front matter of a lesson."""

    kind: Literal["lesson"] = "lesson"


@dataclass(frozen=True)
class Lesson:
    kind: str = "lesson"
    suffix: Literal[".md", ".yaml"] = ".md"
    endpoint: str = "study.lesson"
    work_endpoint: str | None = None
    completes: Literal["read", "graded"] = "read"
    shape: type[ActivityShape] = LessonShape
    parts_schema: Mapping[str, Json] = field(default_factory=dict)

    def compile(self, source: Mapping[str, Json], read: Reading) -> Compiled | None:
        """Read the front matter and the body; pages are made only if nothing is wrong."""
        front = read.shape(LessonShape, source)
        parts = [_part(segment, read) for segment in _segments(read)]
        if not any(parts):
            read.fault((), "This lesson has no content.", "Write it under the front matter.")
        if front is None or read.faults:
            return None
        sizes = {name: medium.size for name, medium in read.media.items()}
        pages = {language: _page(parts, Page(language, read.media)) for language in GLOSSES}
        hashes = {name: medium.hash for name, medium in read.media.items()}
        kept = {**source, "body": read.source.body, "media": hashes}
        return Compiled(front, kept, settings={"media_bytes": sum(sizes.values())}, pages=pages)


def _page(parts: list[Prose | Block | None], page: Page) -> str:
    return clean("".join(part.html(page) for part in parts if part))


def _segments(read: Reading) -> Iterator[Segment]:
    """The body cut at its `:::` lines; a block that is never closed is a fault."""
    start, opened, rows = read.source.body_line, None, list[str]()
    in_code = False
    for number, row in enumerate(read.source.body.split("\n"), read.source.body_line):
        in_code ^= opened is None and _FENCE.match(row) is not None
        opening = None if in_code else _OPENING.fullmatch(row)
        closing = None if in_code else _CLOSING.fullmatch(row)
        if not opening and not closing:
            rows.append(row)
            continue
        yield Segment(start, "\n".join(rows), *(opened.groups() if opened else ()))
        start, rows = number + 1, []
        if opened and opening:
            _refuse(read, number, f"The block {opened[1]} is still open here.", "Close it with a line :::")
        if not opened and closing:
            _refuse(read, number, "No block is open here.", "Remove this line, or name a block after :::")
        opened = opening
    if opened:
        _refuse(read, start - 1, f"The block {opened[1]} is never closed.", "Close it with a line :::")
    yield Segment(start, "\n".join(rows), *(opened.groups() if opened else ()))


def _part(segment: Segment, read: Reading) -> Prose | Block | None:
    if segment.block:
        return _block(segment, read)
    for problem in problems(segment.text, is_lesson=True):
        _refuse(read, segment.line + problem.line, problem.message, problem.remedy)
    return Prose(segment.text) if segment.text.strip() else None


def _block(segment: Segment, read: Reading) -> Block | None:
    shape = blocks().get(segment.block)
    if shape is None:
        remedy = did_you_mean(segment.block, list(blocks()))
        _refuse(read, segment.line - 1, f"There is no block “{segment.block}”.", remedy)
        return None
    try:
        source = shape.source(segment.argument, segment.text, read.source.file, segment.line)
    except Faults as error:
        read.faults.extend(error.faults)
        return None
    return read.of(source).shape(shape, source.value)


def _refuse(read: Reading, line: int, message: str, remedy: str) -> None:
    read.faults.append(Fault(read.source.file, line, "", message, remedy))


KIND = Lesson()
