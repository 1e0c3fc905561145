"""Questions by their hash, parsed once in a process: a source never changes, so neither does its object."""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from sqlalchemy import select

from lms.db import Missing, db
from lms.questions.contract import QuestionType, build
from lms.questions.models import QuestionSource

MOST_KEPT = 2_000  # parsed questions in memory, about 5 KB each

_kept: OrderedDict[str, QuestionType] = OrderedDict()
_lock = Lock()


def question(name: str) -> QuestionType:
    """The question stored under this hash; raises db.Missing."""
    return questions([name])[name]


def questions(names: Iterable[str]) -> dict[str, QuestionType]:
    """The questions under these hashes, in this order, by at most one statement; raises db.Missing."""
    wanted = list(dict.fromkeys(names))
    found = _recall(wanted)
    absent = [name for name in wanted if name not in found]
    if absent:
        rows = db.session.execute(
            select(QuestionSource.hash, QuestionSource.source).where(QuestionSource.hash.in_(absent))
        )
        loaded = {name: build(source) for name, source in rows}
        _keep(loaded)
        found |= loaded
    if len(found) < len(wanted):
        raise Missing("there is no question under one of these hashes")
    return {name: found[name] for name in wanted}


def _recall(names: list[str]) -> dict[str, QuestionType]:
    with _lock:
        for name in names:
            if name in _kept:
                _kept.move_to_end(name)
        return {name: _kept[name] for name in names if name in _kept}


def _keep(loaded: dict[str, QuestionType]) -> None:
    with _lock:
        _kept.update(loaded)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
