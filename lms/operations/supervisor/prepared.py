"""Whether the database, the courses and the demo are as this code wants them, without asking the app."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from config import ROOT, Settings

MARK = "prepared"


def is_due(settings: Settings) -> bool:
    """Whether something has changed since `note`, or nothing was prepared yet."""
    mark = settings.data_dir / MARK
    return not mark.exists() or mark.read_text() != fingerprint(settings)


def note(settings: Settings) -> None:
    (settings.data_dir / MARK).write_text(fingerprint(settings))


def fingerprint(settings: Settings) -> str:
    """A hash over what preparation reads and where it writes; contents of files by size and time."""
    database = settings.database_url
    parts = [settings.KARAKORAM_ENV, settings.files_url, database, _version(database)]
    for folder in (ROOT / "migrations", ROOT / "lms" / "demo", Path(settings.COURSES_DIR)):
        parts += _files(folder)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            status = path.stat()
            yield f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}"


def _version(url: str) -> str:
    """Which migration an SQLite database stands at, so that a restored or deleted one is noticed."""
    path = Path(url.removeprefix("sqlite:///"))
    if not url.startswith("sqlite:///") or not path.exists():
        return ""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as database:
        return str(database.execute("SELECT version_num FROM alembic_version").fetchall())
    return ""
