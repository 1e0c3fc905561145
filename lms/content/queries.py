"""Courses and editions; what is published never changes, so it is kept in memory once it was read."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import bindparam, func, select

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

_HASHES = select(Edition.id, Edition.source_hash).where(
    Edition.id.in_(bindparam("edition_ids", expanding=True))
)


def outline(edition_id: int) -> Outline:
    """The outline of an edition. Raises Missing."""
    return outlines([edition_id])[edition_id]


def outlines(edition_ids: Iterable[int]) -> Mapping[int, Outline]:
    """The outlines of these editions: one statement, and one for each not in memory. Raises Missing."""
    wanted = set(edition_ids)
    hashes = db.session.execute(_HASHES, {"edition_ids": list(wanted)}).all()
    if len(hashes) < len(wanted):
        raise Missing(f"one of the editions {wanted}")
    return {edition_id: _outlines.value(name, _load_outline) for edition_id, name in hashes}


def outline_with_hash(source_hash: str) -> Outline:
    """The outline of the editions with this source: of no statement, if it is in memory."""
    return _outlines.value(source_hash, _load_outline)


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


def latest_editions(course_keys: Iterable[str]) -> Mapping[str, int]:
    """The ids of the editions published last, by the keys of their courses."""
    rows = db.session.execute(
        select(Course.key, func.max(Edition.id))
        .join(Edition, Edition.course_id == Course.id)
        .where(Course.key.in_(set(course_keys)))
        .group_by(Course.key)
    )
    return {row[0]: row[1] for row in rows}


def course_with_key(key: str) -> Course | None:
    """The course with its author's id."""
    return db.session.scalar(select(Course).where(Course.key == key))


def _load_outline(name: str) -> Outline:
    stored = db.session.scalars(select(Edition.outline).where(Edition.source_hash == name).limit(1)).one()
    return Outline.from_json(stored)


def _load(name: str) -> Document:
    found = db.session.scalar(select(models.Document).where(models.Document.hash == name))
    if found is None:
        raise Missing(f"document {name}")
    return Document(found.hash, found.kind, found.source, found.pages, found.size)
