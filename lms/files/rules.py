"""Which kinds of file are kept, what they are called, and where they lie."""

import hashlib

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".txt": "text/plain",
}
ALLOWED = frozenset(MEDIA_TYPES.values())


class UnknownMediaType(ValueError):
    """A kind of file that is not kept; the message names it."""


def media_type_of(name: str) -> str:
    """The media type that the ending of a file name stands for. Raises UnknownMediaType."""
    ending = "." + name.rpartition(".")[2].lower()
    try:
        return MEDIA_TYPES[ending]
    except KeyError:
        raise UnknownMediaType(f"{name}: use one of {', '.join(sorted(MEDIA_TYPES))}") from None


def content_hash(content: bytes) -> str:
    """The name of these bytes: their SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def path_of(file_hash: str) -> str:
    """Where the file lies in the store: folders of two characters, so that none grows too long to list."""
    return f"{file_hash[:2]}/{file_hash[2:4]}/{file_hash}"
