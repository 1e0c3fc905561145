"""Courses and editions; what is published never changes, so it is kept in memory once it was read."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import select

from lms.content import models
from lms.content.models import Course, Edition
from lms.content.outline import Json, Outline
from lms.db import Missing, db

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")


@dataclass(frozen=True)
class Document:
    """One activity's words: its source, and its HTML for each page language."""

    hash: str
    kind: str
    source: Mapping[str, Json]
    pages: Mapping[str, str]
    size: int


@dataclass
class _Kept(Generic[Name, Value]):
    """The most recently used of values that never change, shared by all threads of the process."""

    most: int
    values: OrderedDict[Name, Value] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def value(self, name: Name, load: Callable[[Name], Value]) -> Value:
        with self.lock:
            if name in self.values:
                self.values.move_to_end(name)
                return self.values[name]
        loaded = load(name)  # outside the lock: two threads may both load, and get equal values
        with self.lock:
            self.values[name] = loaded
            if len(self.values) > self.most:
                self.values.popitem(last=False)
        return loaded


# Under the hash, never under a row's id: a row that was rolled back leaves its id to another.
_outlines: _Kept[str, Outline] = _Kept(most=200)  # about 50 KB each
_documents: _Kept[str, Document] = _Kept(most=400)  # about 60 KB each


def outline(edition_id: int) -> Outline:
    """The outline of an edition. Raises Missing."""
    edition = db.session.get(Edition, edition_id)
    if edition is None:
        raise Missing(f"edition {edition_id}")
    return _outlines.value(edition.source_hash, lambda _: Outline.from_json(edition.outline))


def document(name: str) -> Document:
    """The document with this hash. Raises Missing."""
    return _documents.value(name, _load)


def latest_edition(course_key: str) -> Edition:
    """The edition that was published last. Raises Missing."""
    found = db.session.scalar(
        select(Edition)
        .join(Course, Course.id == Edition.course_id)
        .where(Course.key == course_key)
        .order_by(Edition.number.desc())
        .limit(1)
    )
    if found is None:
        raise Missing(f"course {course_key}")
    return found


def course_with_key(key: str) -> Course | None:
    """The course with its author's id."""
    return db.session.scalar(select(Course).where(Course.key == key))


def _load(name: str) -> Document:
    found = db.session.scalar(select(models.Document).where(models.Document.hash == name))
    if found is None:
        raise Missing(f"document {name}")
    return Document(found.hash, found.kind, found.source, found.pages, found.size)
