"""The gallery documents by example: one of every block, activity, type of question and condition."""

import re
from pathlib import Path
from typing import get_args

import yaml

from lms.content.blocks import blocks
from lms.content.blocks.callout import Callout
from lms.content.kinds import ActivityKind, Condition
from lms.content.packs import Document, read
from lms.questions.contract import TYPES, Missing
from tests.content.conftest import GALLERY

_CALLOUTS = get_args(Callout.model_fields["kind"].annotation)


def documents(kinds: dict[str, ActivityKind]) -> list[Document]:
    return list(read(GALLERY, kinds).documents.values())


def lessons() -> str:
    return "\n".join(path.read_text() for path in sorted(GALLERY.glob("modules/*/*.md")))


def questions() -> list[dict[str, object]]:
    return [
        question
        for path in sorted(GALLERY.glob("modules/*/*.yaml"))
        for question in yaml.safe_load(path.read_text()).get("questions", ())
    ]


def test_every_block():
    used = set(re.findall(r"^::: (\w+)", lessons(), re.MULTILINE))
    assert used == set(blocks())


def test_every_callout():
    used = set(re.findall(r"^::: callout (\w+)", lessons(), re.MULTILINE))
    assert used == set(_CALLOUTS)


def test_every_kind_of_activity(kinds: dict[str, ActivityKind]):
    assert {document.kind for document in documents(kinds)} == set(kinds)


def test_every_type_of_question():
    assert {question["type"] for question in questions()} == set(TYPES) - {Missing.type}


def test_one_and_many_right_answers():
    choices = {question.get("select", "one") for question in questions() if question["type"] == "multichoice"}
    assert choices == {"one", "many"}


def test_every_condition():
    front_matter = "".join(path.read_text().split("---")[1] for path in GALLERY.glob("modules/*/*.md"))
    assert [name for name in Condition.model_fields if f"{name}:" not in front_matter] == []


def test_each_is_told_how_it_is_written(kinds: dict[str, ActivityKind]):
    prose = re.sub(r"^:::.*?^:::$", "", lessons(), flags=re.MULTILINE | re.DOTALL)
    keys = ["lines", "items", "paragraphs", "src", "alt", "transcript", "opens_when", *_CALLOUTS]
    assert [key for key in keys if f"`{key}`" not in prose] == []
    assert [
        q["id"] for q in questions() if f"type: {q['type']}" not in str(q["ask"]) and "select" not in q
    ] == []


def test_it_is_small(kinds: dict[str, ActivityKind]):
    media = sum(path.stat().st_size for path in (GALLERY / "media").iterdir())
    assert media < 30_000
    assert Path(GALLERY / "media/four-tones.opus").stat().st_size < 10_000
