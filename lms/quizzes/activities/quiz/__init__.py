"""A quiz: questions under one policy, complete when it has been passed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import Field

from lms.content.kinds import ActivityShape, Compiled
from lms.content.outline import Json
from lms.content.sources.documents import Path
from lms.content.sources.reading import Reading
from lms.content.sources.texts import Phrase, Text, Trilingual, UrduPhrase
from lms.questions.contract import SourceFault, parse, schema, source_hash

_RICH = ("ask", "feedback", "text", "left", "right")  # what every question type calls its words


class Everywhere(Text):
    """Words in all three languages; numbers and names may be the same in each."""

    ur: UrduPhrase
    zh: Phrase


class QuizShape(ActivityShape):
    """A quiz file; `pass_mark` in percent (default: the course's), `attempts` 0 for any number."""

    kind: Literal["quiz"]
    instructions: Trilingual | None = None
    pass_mark: float | None = Field(default=None, ge=0, le=100)
    attempts: int = Field(default=0, ge=0, le=100)
    grading: Literal["highest", "average", "first", "last"] = "highest"
    shuffle_questions: bool = False
    questions: list[dict[str, Any]] = Field(min_length=1, max_length=200)


@dataclass(frozen=True)
class Quiz:
    kind: str = "quiz"
    suffix: Literal[".md", ".yaml"] = ".yaml"
    endpoint: str = "quizzes.quiz"
    work_endpoint: str | None = "quizzes.work"
    completes: Literal["read", "graded"] = "graded"
    shape: type[ActivityShape] = QuizShape
    parts_schema: Mapping[str, Json] = field(default_factory=lambda: {"questions": schema()})

    def compile(self, source: Mapping[str, Json], read: Reading) -> Compiled | None:
        """Read the policy and every question; the questions themselves are kept by their slice."""
        quiz = read.shape(QuizShape, source)
        written = source.get("questions")
        questions = written if isinstance(written, list) else []
        for number, question in enumerate(questions):
            _check(question, ("questions", number), read)
        _check_ids(questions, read)
        if quiz is None or read.faults:
            return None
        parts = [_kept(question) for question in questions]
        settings = {
            "attempts": quiz.attempts,
            "grading": quiz.grading,
            "pass_mark": read.pass_mark if quiz.pass_mark is None else quiz.pass_mark,
            "shuffle_questions": quiz.shuffle_questions,
            "questions": len(parts),
            "media_bytes": 0,
        }
        asked = [{name: part[name] for name in ("id", "hash", "type", "marks")} for part in parts]
        return Compiled(quiz, {**source, "questions": asked}, settings, parts={"questions": parts})


def _kept(question: Mapping[str, Json]) -> Mapping[str, Json]:
    return {
        "hash": source_hash(question),
        "id": question["id"],
        "type": question["type"],
        "marks": question.get("marks", 1),
        "source": question,
    }


def _check(question: Json, at: Path, read: Reading) -> None:
    if not isinstance(question, Mapping):
        return  # the shape has said so already
    try:
        parse(question)
    except SourceFault as fault:
        for each in (fault, *fault.others):
            read.fault((*at, *each.path), each.message, each.remedy)
    else:
        for path, words in _texts(question, at):
            _check_words(path, words, read)


def _texts(value: Json, at: Path, is_words: bool = False) -> Iterator[tuple[Path, Json]]:
    """Every Text in a question: what stands under a name for words, wherever its type puts it."""
    if is_words and isinstance(value, str | Mapping):
        yield at, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, (*at, name), name in _RICH)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*at, number))


def _check_words(at: Path, words: Json, read: Reading) -> None:
    if at[-1] == "ask":
        read.shape(Trilingual, words, at)
    else:  # a plain string is hanzi, pinyin or a number: the same for everybody
        read.shape(Text if isinstance(words, str) else Everywhere, words, at)


def _check_ids(questions: list[Json], read: Reading) -> None:
    seen: set[Json] = set()
    for number, question in enumerate(questions):
        key = question.get("id") if isinstance(question, Mapping) else None
        if isinstance(key, str) and key in seen:
            path = ("questions", number, "id")
            read.fault(path, f"Two questions are called “{key}”.", "Give each an id of its own.")
        seen.add(key if isinstance(key, str) else number)


KIND = Quiz()
