"""Publish a course."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import func, select

from lms.content import events
from lms.content.models import Course, CourseMedia, Document, Edition
from lms.content.packs import Pack
from lms.db import db, insert_once
from lms.files import actions as files


class KeepParts(Protocol):
    """Keeps what documents consist of and another slice owns, such as questions, under its hash."""

    def __call__(self, *, sources: Sequence[Mapping[str, Any]]) -> object: ...


def publish(pack: Pack, *, now: datetime, keep_parts: KeepParts) -> Edition:
    """The pack as an edition of its course; unchanged since the last one, it is that one."""
    course = _course(pack.outline.key, now)
    latest = _latest(course)
    if latest and latest.source_hash == pack.source_hash:
        return latest
    _keep_media(course, pack, now)
    _keep_documents(pack)
    keep_parts(sources=_parts(pack))
    edition = Edition(
        course_id=course.id,
        number=latest.number + 1 if latest else 1,
        source_hash=pack.source_hash,
        outline=pack.outline.to_json(),
        published_at=now,
    )
    db.session.add(edition)
    db.session.flush()
    events.edition_published.send(events.EditionPublished(course.id, edition.id, now))
    return edition


def _course(key: str, now: datetime) -> Course:
    """The course, locked, so that two publishings of it come one after the other."""
    insert_once(Course, key=key, organisation_id=None, created_at=now)
    return db.session.scalars(select(Course).where(Course.key == key).with_for_update()).one()


def _latest(course: Course) -> Edition | None:
    last = select(func.max(Edition.number)).where(Edition.course_id == course.id).scalar_subquery()
    return db.session.scalar(select(Edition).where(Edition.course_id == course.id, Edition.number == last))


def _keep_media(course: Course, pack: Pack, now: datetime) -> None:
    for name, medium in sorted(pack.media.items()):
        stored = files.store(content=medium.content, media_type=medium.media_type, now=now, is_public=True)
        insert_once(CourseMedia, course_id=course.id, file_id=stored.id, name=name)


def _keep_documents(pack: Pack) -> None:
    for document in pack.documents.values():
        insert_once(
            Document,
            hash=document.hash,
            kind=document.kind,
            source=document.source,
            pages=document.pages,
            size=document.size,
        )


def _parts(pack: Pack) -> list[Mapping[str, Any]]:
    """The sources of all parts of all documents, each once."""
    found = {
        part["hash"]: part["source"]
        for document in pack.documents.values()
        for parts in document.parts.values()
        for part in parts
    }
    return list(found.values())
