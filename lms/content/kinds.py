"""What a kind of activity is, and every kind that was found. Read this before adding a folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Annotated, Any, Literal, Protocol, Self

from pydantic import BeforeValidator, Field, model_validator

from lms.content.outline import Json
from lms.content.sources.reading import Reading
from lms.content.sources.shapes import Id, Shape, complaint
from lms.content.sources.texts import Title


def _only_name(value: Any) -> Any:
    return {"activity": value} if isinstance(value, str) else value


class Passed(Shape):
    """A graded activity, passed with at least this mark in percent (default: its own pass mark)."""

    activity: Id
    mark: float | None = Field(default=None, ge=0, le=100)


class Condition(Shape):
    """When an activity opens: exactly one of these keys."""

    completed: Id | None = None
    passed: Annotated[Passed, BeforeValidator(_only_name, json_schema_input_type=str | Passed)] | None = None
    after: date | None = None
    all_of: list["Condition"] | None = Field(default=None, min_length=1)
    any_of: list["Condition"] | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise complaint("A condition is exactly one key.", "Join several by all_of: […] or any_of: […].")
        return self

    def to_json(self) -> dict[str, Json]:
        """As an author writes it, with names in the shortest form."""
        if self.passed and self.passed.mark is None:
            return {"passed": self.passed.activity}
        parts = self.all_of or self.any_of
        if parts:
            return {"all_of" if self.all_of else "any_of": [part.to_json() for part in parts]}
        return self.model_dump(mode="json", exclude_none=True)


class ActivityShape(Shape):
    """What every activity's source holds, whatever its kind; `minutes` of a learner's time."""

    kind: str = ""
    title: Title
    minutes: int = Field(ge=1, le=600)
    opens_when: Condition | None = None


@dataclass(frozen=True)
class Compiled:
    """An activity made ready: what the outline, the document and other slices are to keep of it.

    `source` is what the document keeps, `parts` what other slices keep (`{"questions": […]}`), `pages` the
    HTML of each page language, `settings` what must be known without opening the document.
    """

    shape: ActivityShape
    source: Mapping[str, Json]
    settings: Mapping[str, Json] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, list[Mapping[str, Json]]] = field(default_factory=dict)


class ActivityKind(Protocol):
    """A folder `lms/<slice>/activities/<kind>/` whose `KIND` is one of these. Pure: values in, values out."""

    kind: str
    suffix: Literal[".md", ".yaml"]
    endpoint: str  # the view that opens it; takes class_id and key
    work_endpoint: str | None  # the view of one learner's work for teachers; takes person_id as well
    completes: Literal["read", "graded"]
    shape: type[ActivityShape]  # of the front matter or the whole YAML, for the published schema
    parts_schema: Mapping[str, Json]  # the JSON Schema of what its lists hold, by the name of the list

    def compile(self, source: Mapping[str, Json], read: Reading) -> Compiled | None:
        """Read a source. Everything that is wrong is told to `read`; then the result is None."""


KINDS: dict[str, ActivityKind] = {}


def discover(*packages: str) -> dict[str, ActivityKind]:
    """Put every kind in these packages (default: each `lms/<slice>/activities/`) into `KINDS`."""
    for package in packages or _packages():
        for folder in iter_modules(import_module(package).__path__):
            kind: ActivityKind = import_module(f"{package}.{folder.name}").KIND
            if kind.kind != folder.name:
                raise RuntimeError(f"{package}.{folder.name} calls itself {kind.kind!r}")
            KINDS[kind.kind] = kind
    return KINDS


def _packages() -> list[str]:
    slices = iter_modules(import_module("lms").__path__, "lms.")
    names = [f"{each.name}.activities" for each in slices if each.ispkg]
    return [name for name in names if find_spec(name)]
