"""A copy of the gallery that a test may spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lms.content.kinds import ActivityKind, discover
from lms.content.packs import Fault, Faults, read

COURSES = Path(__file__).parents[2] / "courses"
GALLERY = COURSES / "gallery"

PROSE = "modules/words-and-voices/gallery-prose.md"
CHINESE = "modules/words-and-voices/gallery-chinese.md"
PRACTICAL = "modules/showing-and-warning/gallery-practical.md"
QUIZ = "modules/questions/gallery-quiz.yaml"


@pytest.fixture(scope="session")
def kinds() -> dict[str, ActivityKind]:
    return discover()


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GALLERY, tmp_path / "gallery"))


@pytest.fixture
def faults(gallery: Path, kinds: dict[str, ActivityKind]) -> Callable[[], list[Fault]]:
    """What is wrong with the copy, with files named from its root."""

    def found() -> list[Fault]:
        try:
            read(gallery, kinds)
        except Faults as error:
            root = f"{gallery.as_posix()}/"
            return [
                Fault(each.file.removeprefix(root), each.line, each.field, each.message, each.remedy)
                for each in error.faults
            ]
        return []

    return found


def spoil(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first occurrence; the line where it stood."""
    text = (folder / file).read_text()
    assert old in text, old
    (folder / file).write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1
