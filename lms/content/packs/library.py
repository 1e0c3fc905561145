"""Folders of packs: the courses that ship, and the tracks that lead through them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from lms.content.kinds import ActivityKind
from lms.content.outline import Json
from lms.content.packs.reader import Pack, read, read_track
from lms.content.sources.faults import Fault, Faults

TRACKS = "tracks"


@dataclass
class Library:
    """What was found in some folders: packs, tracks, and everything that is wrong with the rest."""

    packs: list[Pack] = field(default_factory=list)
    tracks: list[dict[str, Json]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def check(paths: Iterable[Path], kinds: Mapping[str, ActivityKind]) -> Library:
    """Read packs, folders of packs, and tracks; nothing is raised for what is wrong inside them."""
    library = Library()
    paths = list(paths)
    folders = [folder for path in paths for folder in _packs(path)]
    for folder in folders:
        try:
            library.packs.append(read(folder, kinds))
        except Faults as error:
            library.faults.extend(error.faults)
    for file in chain.from_iterable(_tracks(path) for path in paths):
        try:
            library.tracks.append(read_track(file, [folder.name for folder in folders] + _beside(file)))
        except Faults as error:
            library.faults.extend(error.faults)
    return library


def _packs(path: Path) -> Iterator[Path]:
    if (path / "course.yaml").exists() or not path.is_dir():
        yield path
    elif path.name != TRACKS:
        yield from (each for each in sorted(path.iterdir()) if each.is_dir() and _is_pack(each))


def _is_pack(folder: Path) -> bool:
    return folder.name != TRACKS and not folder.name.startswith(".")


def _tracks(path: Path) -> list[Path]:
    folder = path if path.name == TRACKS else path / TRACKS
    return sorted(folder.glob("*.yaml"))


def _beside(track: Path) -> list[str]:
    return [folder.name for folder in track.parent.parent.iterdir() if (folder / "course.yaml").exists()]
