"""The files of a pack, and nothing outside it."""

import re
from dataclasses import dataclass
from pathlib import Path

from lms.content.sources.faults import Fault, Faults

LARGEST_SOURCE = 512 * 1024  # bytes; the longest lesson is a tenth of this
# Control characters, and the invisible ones that turn the order of words around.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass(frozen=True)
class Folder:
    """A folder that is read; paths are relative to it and have forward slashes."""

    root: Path

    def names(self, path: str) -> list[str]:
        """What stands in a folder of this one, sorted, without hidden files; empty if there is none."""
        place = self.root / path
        if not place.is_dir() or not self._is_inside(place):
            return []
        return sorted(entry.name for entry in place.iterdir() if not entry.name.startswith("."))

    def text(self, path: str) -> str:
        """A source document. Raises Faults if it is not there, too large, or not plain UTF-8."""
        content = self.content(path, LARGEST_SOURCE)
        try:
            text = content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise self._fault(path, "This file is not UTF-8.", "Save it as UTF-8.", line) from error
        strange = _INVISIBLE.search(text)
        if strange:
            line = text.count("\n", 0, strange.start()) + 1
            message = f"An invisible character (U+{ord(strange.group()):04X}) stands here."
            raise self._fault(path, message, "Delete it and type the words around it again.", line)
        return text

    def content(self, path: str, largest: int) -> bytes:
        """The bytes of a file. Raises Faults if it is not there, or larger than this many bytes."""
        place = self.root / path
        if not place.exists():
            raise self._fault(path, "This file is missing.", "Write it, or remove its name from the list.")
        if not place.is_file() or not self._is_inside(place):
            raise self._fault(path, "This is not a file of this pack.", "Links out of it are not followed.")
        if place.stat().st_size > largest:
            raise self._fault(path, f"This file is larger than {largest // 1024} KB.", "Make it smaller.")
        return place.read_bytes()

    def _is_inside(self, place: Path) -> bool:
        return place.resolve().is_relative_to(self.root.resolve())

    def _fault(self, path: str, message: str, remedy: str, line: int = 1) -> Faults:
        return Faults([Fault(path, line, "", message, remedy)])
