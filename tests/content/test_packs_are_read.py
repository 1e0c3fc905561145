"""A pack becomes one immutable value: the same source the same value, another source another hash."""

import json
from dataclasses import FrozenInstanceError
from pathlib import Path

import jsonschema
import pytest

from lms.content.commands import written
from lms.content.kinds import ActivityKind
from lms.content.outline import Outline, digest
from lms.content.packs import Faults, check, read, read_track, schema
from lms.content.sources.documents import read_front_matter, read_yaml
from tests.content.conftest import CHINESE, COURSES, GALLERY, PRACTICAL, QUIZ, spoil

Kinds = dict[str, ActivityKind]
PUBLISHED = Path(__file__).parents[2] / "docs" / "course-pack.schema.json"


def test_the_outline_says_what_there_is_to_do(kinds: Kinds):
    outline = read(GALLERY, kinds).outline
    assert outline.key == "gallery"
    assert outline.order == "free"
    assert outline.pass_mark == 50
    assert outline.level == {
        "en": "For authors and teachers",
        "ur": "مصنفین اور اساتذہ کے لیے",
        "zh": "供作者和教师使用",
    }
    assert [module.key for module in outline.modules] == [
        "words-and-voices",
        "showing-and-warning",
        "questions",
    ]
    assert [activity.key for activity in outline.activities][-1] == "gallery-quiz"
    quiz = outline.activity("gallery-quiz")
    assert (quiz.kind, quiz.completes, quiz.minutes) == ("quiz", "graded", 8)
    assert quiz.settings["pass_mark"] == 50
    assert quiz.settings["attempts"] == 0
    lesson = outline.activity("gallery-chinese")
    assert (lesson.kind, lesson.completes) == ("lesson", "read")
    assert lesson.settings["media_bytes"] == (GALLERY / "media/four-tones.opus").stat().st_size
    assert 500 < lesson.bytes < 4000


def test_conditions_are_kept_as_they_were_written(kinds: Kinds):
    assert read(GALLERY, kinds).outline.activity("gallery-after-quiz").opens_when == {
        "all_of": [
            {"completed": "gallery-practical"},
            {
                "any_of": [
                    {"passed": "gallery-quiz"},
                    {"passed": {"activity": "gallery-quiz", "mark": 40}},
                    {"after": "2031-01-01"},
                ]
            },
        ]
    }


def test_an_outline_survives_json(kinds: Kinds):
    outline = read(GALLERY, kinds).outline
    stored = json.loads(json.dumps(outline.to_json()))
    assert Outline.from_json(stored) == outline
    assert Outline.from_json(stored | {"of_a_later_version": 1}) == outline


def test_an_outline_cannot_be_changed(kinds: Kinds):
    outline = read(GALLERY, kinds).outline
    with pytest.raises(FrozenInstanceError):
        outline.key = "other"  # type: ignore[misc]


def test_the_same_source_has_the_same_hashes(gallery: Path, kinds: Kinds):
    first, second = read(GALLERY, kinds), read(gallery, kinds)
    assert first.source_hash == second.source_hash
    assert first.documents.keys() == second.documents.keys()


@pytest.mark.parametrize(
    ("file", "old", "new", "documents"),
    [
        ("course.yaml", "hours: 1", "hours: 2", 0),
        (CHINESE, "Where do I go?", "Where shall I go?", 1),
        (PRACTICAL, "{en: The four tones,", "{en: Four tones,", 1),
        (QUIZ, "{value: 230, tolerance: 10", "{value: 230, tolerance: 9", 1),
        (QUIZ, "grading: highest", "grading: last", 1),
        ("media/tone-words.csv", "mother", "mum", 1),
    ],
)
def test_another_source_has_another_hash(
    gallery: Path, kinds: Kinds, file: str, old: str, new: str, documents: int
):
    before = read(gallery, kinds)
    spoil(gallery, file, old, new)
    after = read(gallery, kinds)
    assert before.source_hash != after.source_hash
    assert len(after.documents.keys() - before.documents.keys()) == documents


def test_questions_are_named_by_their_hash(kinds: Kinds):
    pack = read(GALLERY, kinds)
    document = pack.documents[pack.outline.activity("gallery-quiz").document]
    parts = document.parts["questions"]
    assert [part["hash"] for part in parts] == [digest(part["source"]) for part in parts]
    assert [part["id"] for part in parts][:2] == ["one-right", "many-right"]
    assert [part["marks"] for part in parts] == [1, 2, 1, 3, 1, 1]
    # The document only refers to them: their words are kept once, by the slice that asks them.
    assert [question.keys() for question in document.source["questions"]] == [
        {"id", "hash", "type", "marks"}
    ] * 6


def test_a_quiz_without_pass_mark_has_that_of_the_course(gallery: Path, kinds: Kinds):
    spoil(gallery, QUIZ, "pass_mark: 50\n", "")
    spoil(gallery, "course.yaml", "pass_mark: 50", "pass_mark: 75")
    assert read(gallery, kinds).outline.activity("gallery-quiz").settings["pass_mark"] == 75


def test_media_are_addressed_by_their_content(kinds: Kinds):
    pack = read(GALLERY, kinds)
    picture = pack.media["tone-contours.png"]
    page = pack.documents[pack.outline.activity("gallery-practical").document].pages["en"]
    assert f'src="/media/{picture.hash}/tone-contours.png"' in page
    assert (picture.width, picture.height) == (640, 300)


def test_a_folder_of_packs_is_read_with_its_tracks(kinds: Kinds):
    library = check([COURSES], kinds)
    assert library.faults == []
    assert "gallery" in [pack.outline.key for pack in library.packs]
    assert {track["id"] for track in library.tracks} >= {"mandarin-electrical"}


def test_what_ships_asks_for_as_much_time_as_it_says(kinds: Kinds):
    for pack in check([COURSES], kinds).packs:
        minutes = sum(activity.minutes for activity in pack.outline.activities)
        assert minutes <= pack.outline.hours * 60 * 1.1, pack.outline.key


def test_a_track_over_an_unknown_course_is_told(tmp_path: Path):
    track = (COURSES / "tracks/mandarin-electrical.yaml").read_text()
    (tmp_path / "mandarin-electrical.yaml").write_text(
        track.replace("[mandarin-workplace-1", "[mandarin-workplace-2")
    )
    with pytest.raises(Faults) as error:
        read_track(
            tmp_path / "mandarin-electrical.yaml", ["mandarin-workplace-1", "electrical-first-circuits"]
        )
    (fault,) = error.value.faults
    assert fault.field == "courses[0]"
    assert "mandarin-workplace-1" in fault.remedy


def test_a_missing_pack_is_told(tmp_path: Path, kinds: Kinds):
    (fault,) = check([tmp_path / "nothing"], kinds).faults
    assert "missing" in fault.message


def test_the_published_schema_is_the_one_that_checks(kinds: Kinds):
    assert PUBLISHED.read_text() == written(schema(kinds)) + "\n", "run: flask content schema > docs/…"


def test_what_ships_holds_against_the_published_schema():
    published = json.loads(PUBLISHED.read_text())
    validators = {
        name: jsonschema.Draft202012Validator({**published, "anyOf": [where]})
        for name, where in published["files"].items()
    }
    for course in [path.parent for path in COURSES.glob("*/course.yaml")]:
        validators["course"].validate(_yaml(course / "course.yaml"))
        for file in sorted(course.glob("modules/*/*")):
            if file.suffix == ".md":
                front = read_front_matter(file.read_text(), file.name).value
                validators["lesson"].validate(front)
            else:
                validators["module" if file.name == "module.yaml" else "quiz"].validate(_yaml(file))
    for file in COURSES.glob("tracks/*.yaml"):
        validators["track"].validate(_yaml(file))


def _yaml(file: Path) -> object:
    return read_yaml(file.read_text(), file.name).value
