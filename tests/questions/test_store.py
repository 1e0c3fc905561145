"""A source is kept once under its hash, found again, and read from the database once."""

import secrets

import pytest
from sqlalchemy import event, func, select

from lms.db import Missing, db, work
from lms.questions import actions, queries
from lms.questions.contract import SourceFault, source_hash
from lms.questions.models import QuestionSource


def statement(words: str) -> dict:
    return {"id": "tf", "type": "truefalse", "ask": words, "right": True}


def sources(count: int = 3) -> list[dict]:
    """Sources that no other test has seen: parsed questions stay in memory."""
    return [statement(secrets.token_hex(8)) for _ in range(count)]


def keep(given: list[dict]) -> list[str]:
    with work():
        return actions.keep(sources=given)


def stored() -> int:
    return db.session.scalar(select(func.count()).select_from(QuestionSource)) or 0


def test_a_source_is_kept_once(app):
    given = sources()
    before = stored()

    first = keep(given)
    again = keep([*reversed(given), given[0]])

    assert first == [source_hash(source) for source in given]
    assert again == [*reversed(first), first[0]]
    assert stored() == before + 3


def test_the_hash_does_not_depend_on_the_order_of_fields():
    source = statement("Ohm's law holds.")

    assert source_hash(source) == source_hash(dict(reversed(source.items())))
    assert source_hash(source) != source_hash({**source, "right": False})


def test_nothing_is_kept_when_one_is_no_question(app):
    before = stored()

    with pytest.raises(SourceFault):
        keep([*sources(2), {"id": "x", "type": "truefalse"}])

    assert stored() == before


def test_questions_are_found_in_the_order_asked_for(app):
    given = sources()
    one, two, three = keep(given)

    found = queries.questions([three, one, two, one])

    assert list(found) == [three, one, two]
    assert [question.ask for question in found.values()] == [
        given[2]["ask"],
        given[0]["ask"],
        given[1]["ask"],
    ]
    assert queries.question(one) is found[one]


def test_questions_are_read_from_the_database_once(app):
    names = keep(sources())
    statements: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        queries.questions(names)
        queries.questions(names)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    assert len([text for text in statements if "question_source" in text]) == 1


def test_an_unknown_hash_is_missing(app):
    (name,) = keep(sources(1))

    with pytest.raises(Missing):
        queries.question("0" * 64)
    with pytest.raises(Missing):
        queries.questions([name, "0" * 64])


def test_memory_keeps_only_the_questions_used_last(app, monkeypatch):
    monkeypatch.setattr(queries, "MOST_KEPT", 2)
    one, two, three = keep(sources())

    queries.questions([one, two])
    queries.question(one)
    queries.question(three)

    assert list(queries._kept) == [one, three]


def test_a_stored_question_of_a_removed_type_is_still_found(app):
    source = {"id": "old", "type": "hologram", "ask": secrets.token_hex(8)}
    with work():
        db.session.add(QuestionSource(hash=source_hash(source), type="hologram", source=source))

    assert queries.question(source_hash(source)).ask == source["ask"]
