"""Courses, their published editions, and the documents that these consist of."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Json, Key, Model, Moment


class Course(Model):
    """A course under its author's id; without an organisation it is everybody's."""

    __tablename__ = "course"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(64))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_at: Mapped[Moment]


class Edition(Model):
    """A course as it was published once. Never changed: what comes later is another edition."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("course_id", "number"), Index("ix_edition_source_hash", "source_hash"))

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    source_hash: Mapped[str] = mapped_column(String(64))
    outline: Mapped[Json] = mapped_column(deferred=True)  # large, and mostly in memory already
    published_at: Mapped[Moment]


class Document(Model):
    """One activity's words under their hash, rendered for each page language. Never changed.

    `size` in bytes: what its page weighs on the network.
    """

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("hash"),)

    id: Mapped[Key]
    hash: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(40))
    source: Mapped[Json]
    pages: Mapped[Json]
    size: Mapped[int]


class CourseMedia(Model):
    """A file that some edition of the course shows, under the name that its author gave it."""

    __tablename__ = "course_media"
    __table_args__ = (
        UniqueConstraint("course_id", "file_id", "name"),
        Index("ix_course_media_file", "file_id"),
    )

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    name: Mapped[str]
