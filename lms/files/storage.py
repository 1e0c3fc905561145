"""The edge to disk or S3: whole files, written once under the hash of their content."""

import os
from io import BufferedIOBase
from pathlib import Path
from typing import IO, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from flask import current_app
from obstore.store import from_url

EXTENSION = "karakoram.files"


class Storage:
    """A place for files: a folder (`file:///…`) or a bucket (`s3://bucket/prefix`)."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._folder = Path(url2pathname(parts.path)) if parts.scheme == "file" else None
        self._store = from_url(url, mkdir=True) if self._folder else from_url(url)

    def write(self, path: str, content: bytes) -> None:
        """Put the bytes at the path, all or nothing. When this returns they survive a power cut."""
        obstore.put(self._store, path, content)
        if self._folder:
            _sync(self._folder, path)

    def read(self, path: str) -> bytes:
        """Raises FileNotFoundError."""
        return bytes(obstore.get(self._store, path).bytes())

    def open(self, path: str) -> IO[bytes]:
        """A reader that can jump; it fetches only what is read. Raises FileNotFoundError."""
        return cast(IO[bytes], _Reader(obstore.open_reader(self._store, path)))


class _Reader(BufferedIOBase):
    """The store's reader as an ordinary file: it hands out bytes of its own kind."""

    def __init__(self, reader: "obstore.ReadableFile") -> None:
        self._reader = reader

    def read(self, size: int | None = -1) -> bytes:
        whole = size is None or size < 0
        return bytes(self._reader.readall() if whole else self._reader.read(size))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._reader.seek(offset, whence)

    def tell(self) -> int:
        return self._reader.tell()


def storage() -> Storage:
    """The place for the files of the current app, as its settings say; opened when first asked for."""
    found = current_app.extensions.get(EXTENSION)
    if found is None:
        found = current_app.extensions[EXTENSION] = Storage(current_app.config["SETTINGS"].files_url)
    return cast(Storage, found)


def _sync(folder: Path, path: str) -> None:
    # The store renames a finished file into place, but neither the file nor the new names in its folders
    # are on the disk until they are synced.
    target = folder / path
    for each in (target, *target.parents):
        _sync_one(each)
        if each == folder:
            break


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
