"""Keep bytes."""

from datetime import datetime

from lms.db import db, insert_once
from lms.files import queries, rules
from lms.files.models import StoredFile
from lms.files.storage import storage


def store(*, content: bytes, media_type: str, now: datetime, is_public: bool = False) -> StoredFile:
    """Keep the bytes and return their row; the same bytes again change nothing, but may become public.

    The bytes are on the disk before the row is written: a row without its file cannot exist, a file
    without its row is harmless. Raises UnknownMediaType.
    """
    if media_type not in rules.ALLOWED:
        raise rules.UnknownMediaType(media_type)
    file_hash = rules.content_hash(content)
    found = queries.find(file_hash)
    if found is None:
        storage().write(rules.path_of(file_hash), content)
        insert_once(
            StoredFile,
            hash=file_hash,
            size=len(content),
            media_type=media_type,
            is_public=is_public,
            created_at=now,
        )
        found = queries.stored_file(file_hash)
    if is_public and not found.is_public:
        found.is_public = True
        db.session.flush()
    return found
