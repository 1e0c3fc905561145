"""The files that exist; their bytes lie in the store."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Key, Model, Moment


class StoredFile(Model):
    """Bytes that are safely in the store. `is_public`: whoever knows the hash may fetch them."""

    __tablename__ = "stored_file"
    __table_args__ = (UniqueConstraint("hash"),)

    id: Mapped[Key]
    hash: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    is_public: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
