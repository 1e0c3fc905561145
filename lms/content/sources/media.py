"""Images, sounds and downloads, believed only for what their own first bytes say they are."""

import hashlib
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

KILOBYTE = 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}\.[a-z0-9]{2,5}")
_LARGEST_IMAGE = 4_000_000  # pixels: what a cheap phone can unpack

Size = tuple[int, int]


class Unusable(ValueError):
    """This file cannot be used; `message` and `remedy` for its author."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


@dataclass(frozen=True)
class Medium:
    """A file of a pack, as it was when it was checked; width and height in pixels, 0 if it has none."""

    name: str
    content: bytes
    media_type: str
    width: int = 0
    height: int = 0

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)

    @property
    def url(self) -> str:
        """Where the site serves it; it never changes, so phones keep it for ever."""
        return f"/media/{self.hash}/{self.name}"


@dataclass(frozen=True)
class Family:
    """A use that files are put to, and what is allowed for it; `largest` in bytes."""

    name: str
    largest: int
    endings: tuple[str, ...]


IMAGE = Family("image", 120 * KILOBYTE, ("png", "jpg", "jpeg", "webp"))
AUDIO = Family("audio", 400 * KILOBYTE, ("opus", "mp3"))
DOWNLOAD = Family("download", 1024 * KILOBYTE, ("pdf", "csv", "txt"))


def medium(name: str, content: bytes, family: Family) -> Medium:
    """The file, if it may be used for this. Raises Unusable."""
    ending = name.rpartition(".")[2]
    if not _NAME.fullmatch(name) or ".." in name:
        raise Unusable(f"“{name}” is not a file name here.", "Small letters, digits, dashes, one ending.")
    if ending not in family.endings:
        raise Unusable(f"“{name}” cannot be used as {family.name}.", f"Use {', '.join(family.endings)}.")
    if len(content) > family.largest:
        limit, size = family.largest // KILOBYTE, -(-len(content) // KILOBYTE)
        raise Unusable(f"“{name}” is {size} KB: learners pay for each.", f"Make it at most {limit} KB.")
    media_type, size_of = _KINDS[ending]
    width, height = _judged(name, content, size_of)
    return Medium(name, content, media_type, width, height)


def _judged(name: str, content: bytes, size_of: Callable[[bytes], Size]) -> Size:
    try:
        size = size_of(content)
    except (ValueError, IndexError, struct.error) as error:
        ending = name.rpartition(".")[2]
        raise Unusable(f"“{name}” is not really {ending}.", "Save it again in that format.") from error
    if size[0] * size[1] > _LARGEST_IMAGE:
        raise Unusable(f"“{name}” is {size[0]} × {size[1]} pixels.", "Make it at most 1600 pixels wide.")
    return size


def _demand(truth: bool) -> None:
    if not truth:
        raise ValueError


def _png(content: bytes) -> Size:
    _demand(content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR" and b"IEND" in content[-12:])
    width, height = struct.unpack(">II", content[16:24])
    _demand(width > 0 and height > 0)
    return width, height


def _jpeg(content: bytes) -> Size:
    _demand(content[:3] == b"\xff\xd8\xff" and b"\xff\xd9" in content[-32:])
    at = 2
    while True:
        _demand(content[at] == 0xFF)
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            _demand(width > 0 and height > 0)
            return width, height
        _demand(marker != 0xDA and length >= 2)
        at += 2 + length


def _webp(content: bytes) -> Size:
    _demand(content[:4] == b"RIFF" and content[8:12] == b"WEBP")
    if content[12:16] == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
    elif content[12:16] == b"VP8L":
        _demand(content[20] == 0x2F)
        bits = int.from_bytes(content[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        _demand(content[12:16] == b"VP8 " and content[23:26] == b"\x9d\x01\x2a")
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", content[26:30]))
    _demand(width > 0 and height > 0)
    return width, height


def _opus(content: bytes) -> Size:
    _demand(content[:4] == b"OggS" and content[28:36] == b"OpusHead")
    return 0, 0


def _mp3(content: bytes) -> Size:
    # Either an ID3 tag, or at once a frame: eleven bits set, layer III, a bit rate and a sampling rate.
    has_frame = content[0] == 0xFF and content[1] & 0xE6 == 0xE2
    is_frame = has_frame and content[2] >> 4 not in (0, 15) and content[2] >> 2 & 3 != 3
    _demand(content[:3] == b"ID3" or is_frame)
    return 0, 0


def _pdf(content: bytes) -> Size:
    _demand(content[:5] == b"%PDF-" and b"%%EOF" in content[-1024:])
    return 0, 0


def _text(content: bytes) -> Size:
    words = content.decode("utf-8")
    _demand(not any(c < " " and c not in "\t\r\n" for c in words))
    return 0, 0


_KINDS: dict[str, tuple[str, Callable[[bytes], Size]]] = {
    "png": ("image/png", _png),
    "jpg": ("image/jpeg", _jpeg),
    "jpeg": ("image/jpeg", _jpeg),
    "webp": ("image/webp", _webp),
    "opus": ("audio/ogg", _opus),
    "mp3": ("audio/mpeg", _mp3),
    "pdf": ("application/pdf", _pdf),
    "csv": ("text/csv", _text),
    "txt": ("text/plain", _text),
}
