"""Publishing makes editions that never change; publishing the same again makes nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.content import actions, events, queries
from lms.content.kinds import KINDS
from lms.content.models import Course, CourseMedia, Document, Edition
from lms.content.packs import Pack, read
from lms.db import Missing, db
from lms.files import queries as files
from lms.questions import actions as questions
from lms.questions import queries as question_queries
from lms.questions.models import QuestionSource
from tests.conftest import START
from tests.content.conftest import CHINESE, COURSES, GALLERY, PROSE, QUIZ, spoil

LATER = START + timedelta(days=30)


def publish(pack: Pack, now=START) -> Edition:
    return actions.publish(pack, now=now, keep_parts=questions.keep)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def pack(app: Flask) -> Pack:
    return read(GALLERY, KINDS)


def test_an_edition_holds_the_whole_outline(pack: Pack):
    edition = publish(pack)
    assert (edition.number, edition.published_at) == (1, START)
    assert queries.outline(edition.id) == pack.outline
    assert queries.latest_edition("gallery").id == edition.id


def test_documents_media_and_questions_are_kept(pack: Pack):
    publish(pack)
    for activity in pack.outline.activities:
        made, kept = pack.documents[activity.document], queries.document(activity.document)
        assert (kept.kind, kept.source, kept.pages) == (made.kind, made.source, made.pages)
    for medium in pack.media.values():
        assert files.content(medium.hash) == medium.content
        assert files.public_file(medium.hash).media_type == medium.media_type
    quiz = queries.document(pack.outline.activity("gallery-quiz").document)
    asked = question_queries.questions([question["hash"] for question in quiz.source["questions"]])
    assert "one-right" in [question.id for question in asked.values()]


def test_the_same_again_makes_nothing(pack: Pack):
    first = publish(pack)
    before = [count(model) for model in (Course, Edition, Document, CourseMedia, QuestionSource)]
    assert publish(read(GALLERY, KINDS), LATER).id == first.id
    assert [count(model) for model in (Course, Edition, Document, CourseMedia, QuestionSource)] == before


def test_a_change_makes_an_edition_and_keeps_what_did_not_change(pack: Pack, gallery: Path):
    first = publish(pack)
    documents = count(Document)
    spoil(gallery, PROSE, "short paragraphs", "very short paragraphs")
    second = publish(read(gallery, KINDS), LATER)
    assert second.number == first.number + 1
    assert count(Document) == documents + 1
    assert queries.outline(first.id) == pack.outline
    assert queries.latest_edition("gallery").id == second.id


def test_going_back_is_an_edition_too(pack: Pack, gallery: Path):
    publish(pack)
    spoil(gallery, QUIZ, "grading: highest", "grading: last")
    publish(read(gallery, KINDS))
    third = publish(pack)
    assert third.number == 3
    assert queries.outline(third.id).activity("gallery-quiz").settings["grading"] == "highest"


def test_others_are_told_once(pack: Pack):
    told: list[events.EditionPublished] = []

    def note(event: events.EditionPublished) -> None:
        told.append(event)

    with events.edition_published.connected_to(note):
        edition = publish(pack)
        publish(pack)
    assert told == [events.EditionPublished(edition.course_id, edition.id, edition.published_at)]


def test_what_is_rolled_back_is_forgotten(pack: Pack, gallery: Path):
    undone = publish(pack).id
    queries.outline(undone)
    db.session.rollback()
    spoil(gallery, CHINESE, "minutes: 10", "minutes: 11")
    published = publish(read(gallery, KINDS))
    assert queries.outline(published.id).activity("gallery-chinese").minutes == 11


def test_what_does_not_exist_is_missing(app: Flask):
    with pytest.raises(Missing):
        queries.outline(10**6)
    with pytest.raises(Missing):
        queries.document("0" * 64)
    with pytest.raises(Missing):
        queries.latest_edition("no")


def test_the_commands_check_publish_and_describe(app: Flask, gallery: Path):
    run = app.test_cli_runner().invoke
    assert "nothing wrong" in run(args=["content", "check", str(GALLERY)]).output
    assert "1 courses, 1 of them new" in run(args=["content", "load", str(GALLERY)]).output
    assert "1 courses, 0 of them new" in run(args=["content", "load", str(GALLERY)]).output
    assert '"$defs"' in run(args=["content", "schema"]).output
    spoil(gallery, PROSE, "minutes: 5", "minuts: 5")
    refused = run(args=["content", "load", str(gallery)])
    assert refused.exit_code == 1
    assert f"{gallery}/{PROSE}:3: minuts: This key is unknown here. Did you mean “minutes”?" in refused.output


@pytest.mark.slow
def test_everything_that_ships_is_published(app: Flask):
    said = app.test_cli_runner().invoke(args=["content", "load"])
    assert said.exit_code == 0, said.output
    shipped = {path.parent.name for path in COURSES.glob("*/course.yaml")}
    assert shipped <= set(db.session.scalars(select(Course.key)))
