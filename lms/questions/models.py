"""The store of question sources: each is kept once, under the hash of what it says."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Json, Key, Model


class QuestionSource(Model):
    """What an author wrote. Never changed: another wording is another source."""

    __tablename__ = "question_source"

    id: Mapped[Key]
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    type: Mapped[str] = mapped_column(String(40))
    source: Mapped[Json]
