"""Keeps question sources."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from lms.db import db, insert_once
from lms.questions.contract import Json, parse, source_hash
from lms.questions.models import QuestionSource


def keep(*, sources: Iterable[Mapping[str, Json]]) -> list[str]:
    """Store each source unless it is there already: their hashes, in the same order.

    Raises SourceFault, before anything is stored, if one of them is no question.
    """
    named = []
    for source in sources:
        parse(source)
        named.append((source_hash(source), source))
    known = _known([name for name, _ in named])
    for name, source in named:
        if name not in known:
            insert_once(QuestionSource, hash=name, type=source["type"], source=source)
    return [name for name, _ in named]


def _known(hashes: list[str]) -> set[str]:
    return set(db.session.scalars(select(QuestionSource.hash).where(QuestionSource.hash.in_(hashes))))
