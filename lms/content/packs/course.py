"""The shapes of course.yaml, module.yaml and tracks."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lms.content.sources.shapes import Id, Shape, complaint
from lms.content.sources.texts import Text, Title, Trilingual


def _without_repeats(names: list[str]) -> list[str]:
    for name in names:
        if names.count(name) > 1:
            raise complaint(f"“{name}” stands here twice.", "Remove one of them.")
    return names


Names = Annotated[list[Id], Field(min_length=1, max_length=200), AfterValidator(_without_repeats)]


class Completion(Shape):
    """When the course is complete: every activity is, with this pass mark for quizzes (percent)."""

    pass_mark: int = Field(default=60, ge=0, le=100)


class Certificate(Shape):
    """What the certificate is called."""

    title: Title


class Course(Shape):
    """course.yaml; `hours` of a learner's time, `modules` folder names in order."""

    id: Id
    title: Title
    summary: Trilingual
    subject: Literal["mandarin", "vocational", "teaching", "safety"]
    level: Text | None = None
    hours: float = Field(gt=0, le=1000)
    licence: str = Field(min_length=1)
    authors: list[str] = Field(min_length=1)
    outcomes: list[Trilingual] = Field(min_length=1)
    order: Literal["sequential", "free"] = "sequential"
    completion: Completion = Completion()
    certificate: Certificate | None = None
    modules: Names


class Module(Shape):
    """module.yaml; `activities` file names without ending, in order."""

    id: Id
    title: Title
    summary: Trilingual
    activities: Names


class Track(Shape):
    """A programme of several courses."""

    id: Id
    title: Title
    summary: Trilingual
    courses: Names
    certificate: Certificate
