"""YAML and front matter read so that every value knows its line, and nothing in them is believed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from lms.content.sources.faults import Fault, Faults

Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 24
_MOST_VALUES = 50_000
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_WORDS: Mapping[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_QUOTES = "Text with a comma, a colon or a bracket must stand in “quotes”."
_REMEDIES = (
    ("mapping values are not allowed", "Put the text in quotes: it contains a colon."),
    ("found character '\\t'", "Indent with spaces, not with tabs."),
    ("cannot start any token", "Put the text in quotes, and indent with spaces."),
    ("did not find expected", f"{_QUOTES} Is every quote and bracket closed, and the indent even?"),
    ("quoted scalar", "A quote that was opened is never closed."),
)


@dataclass(frozen=True)
class Source:
    """A document's values, and the line on which each of them (by path) was written."""

    file: str
    value: Any
    lines: Mapping[Path, int]
    body: str = ""
    body_line: int = 1

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, message: str, remedy: str = "") -> Fault:
        """A fault at a value of this document."""
        return Fault(self.file, self.line(path), dotted(path), message, remedy)


@dataclass
class _Reading:
    file: str
    first_line: int
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, mark: Any, message: str, remedy: str = "", path: Path = ()) -> None:
        line = self.first_line + (mark.line if mark else 0)
        self.faults.append(Fault(self.file, line, dotted(path), message, remedy))


def dotted(path: Path) -> str:
    """A path as people read it: `items[2].zh`."""
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return steps.removeprefix(".")


def read_yaml(text: str, file: str, first_line: int = 1) -> Source:
    """Read one YAML document. Raises Faults."""
    reading = _Reading(file, first_line)
    node = _compose(text, reading)
    value = _plain(node, (), reading) if node is not None else None
    if reading.faults:
        raise Faults(reading.faults)
    return Source(file, value, reading.lines)


def read_front_matter(text: str, file: str) -> Source:
    """Read a Markdown document that begins with YAML between two lines of `---`. Raises Faults."""
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines) if number and line.rstrip() == "---"]
    if lines[0].rstrip() != "---" or not ends:
        remedy = "Begin the file with a line ---, then title and minutes, then a line ---."
        raise Faults([Fault(file, 1, "", "A lesson begins with its front matter.", remedy)])
    front = read_yaml("\n".join(lines[1 : ends[0]]), file, first_line=2)
    body = "\n".join(lines[ends[0] + 1 :])
    return Source(file, front.value, front.lines, body, ends[0] + 2)


def _compose(text: str, reading: _Reading) -> yaml.Node | None:
    """The document as nodes, after a first pass that refuses what could grow without bound."""
    try:
        if _is_safe(text, reading):
            return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        problem = error.problem or "This is not YAML"
        remedy = next((remedy for sign, remedy in _REMEDIES if sign in problem), _QUOTES)
        mark = error.problem_mark or error.context_mark
        reading.refuse(mark, f"This is not YAML: {problem}.", remedy)
    except yaml.YAMLError as error:
        reading.refuse(None, f"This is not YAML: {error}.")
    return None


def _is_safe(text: str, reading: _Reading) -> bool:
    depth = values = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        values += isinstance(event, yaml.NodeEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            reading.refuse(event.start_mark, "Anchors and aliases (& and *) are not used here.", _QUOTES)
        elif depth > _DEEPEST or values > _MOST_VALUES:
            reading.refuse(event.start_mark, "This document is too deep or too large.")
        elif documents > 1:
            reading.refuse(event.start_mark, "A file holds one document.", "Remove the second ---.")
        elif _has_tag(event):
            reading.refuse(event.start_mark, "Tags (words that begin with !) are not used here.", _QUOTES)
        if reading.faults:
            return False
    return True


def _has_tag(event: yaml.Event) -> bool:
    return bool(event.tag) if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) else False


def _plain(node: yaml.Node, path: Path, reading: _Reading) -> Any:
    reading.lines.setdefault(path, reading.first_line + node.start_mark.line)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, reading)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), reading) for index, child in enumerate(node.value)]
    is_quoted = isinstance(node, yaml.ScalarNode) and node.style
    return node.value if is_quoted else _scalar(node.value)


def _mapping(node: yaml.MappingNode, path: Path, reading: _Reading) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            reading.refuse(key.start_mark, "A key is one word.", _QUOTES, path)
            continue
        here = (*path, key.value)
        if key.value in values:
            reading.refuse(key.start_mark, "This key stands here twice.", "Remove one of them.", here)
            continue
        reading.lines[here] = reading.first_line + key.start_mark.line
        values[key.value] = _plain(child, here, reading)
    return values


def _scalar(word: str) -> Any:
    """An unquoted word: only true, false, numbers and nothing are more than text (`no` is a word)."""
    if word.lower() in _WORDS:
        return _WORDS[word.lower()]
    if len(word) <= 15 and _INTEGER.fullmatch(word):
        return int(word)
    return float(word) if len(word) <= 25 and _NUMBER.fullmatch(word) else word
