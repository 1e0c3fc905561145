"""Kept files, by the hash of their content."""

from typing import IO

from sqlalchemy import select

from lms.db import Missing, db
from lms.files import rules
from lms.files.models import StoredFile
from lms.files.storage import storage


def find(file_hash: str) -> StoredFile | None:
    return db.session.scalar(select(StoredFile).where(StoredFile.hash == file_hash))


def stored_file(file_hash: str) -> StoredFile:
    """Raises Missing."""
    found = find(file_hash)
    if found is None:
        raise Missing(f"file {file_hash}")
    return found


def public_file(file_hash: str) -> StoredFile:
    """A file that anyone may fetch. Raises Missing for one that does not exist or is not public."""
    found = stored_file(file_hash)
    if not found.is_public:
        raise Missing(f"file {file_hash}")
    return found


def content(file_hash: str) -> bytes:
    """All the bytes. Raises Missing if there is no such file."""
    return storage().read(rules.path_of(stored_file(file_hash).hash))


def stream(file_hash: str) -> IO[bytes]:
    """A reader that can jump. Raises Missing if there is no such file."""
    return storage().open(rules.path_of(stored_file(file_hash).hash))
