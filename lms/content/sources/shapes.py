"""The base of every shape that a source must have, and its errors in an author's words."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from lms.content.sources.documents import Path, Source
from lms.content.sources.faults import Fault

_COMMA = "A text with a comma inside {…} must stand in “quotes”."
_MESSAGES = {
    "string_type": ("This must be text.", "Put it in “quotes”."),
    "model_type": ("This must be keys with values.", ""),
    "list_type": ("This must be a list.", "Write each item on a line that begins with a dash."),
    "int_type": ("This must be a whole number.", ""),
    "int_parsing": ("This must be a whole number.", ""),
    "int_from_float": ("This must be a whole number.", ""),
    "bool_parsing": ("This is either true or false.", ""),
    "bool_type": ("This is either true or false.", ""),
    "date_from_datetime_parsing": ("This is not a date.", "Write it as 2026-12-01."),
    "date_parsing": ("This is not a date.", "Write it as 2026-12-01."),
    "date_type": ("This is not a date.", "Write it as 2026-12-01."),
    "too_short": ("There are too few of these.", ""),
    "too_long": ("There are too many of these.", ""),
}


class Shape(BaseModel):
    """A part of a source document: unknown keys are faults, and what was read never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


AnyShape = TypeVar("AnyShape", bound=Shape)


def complaint(message: str, remedy: str = "") -> PydanticCustomError:
    """To be raised inside a validator: becomes the fault of the value that is being validated."""
    return PydanticCustomError("fault", "{message}", {"message": message, "remedy": remedy})


def shaped(
    shape: type[AnyShape], source: Source, value: Any, at: Path = (), context: Any = None
) -> tuple[AnyShape | None, list[Fault]]:
    """The value in this shape, or None and everything that is wrong with it."""
    try:
        return shape.model_validate(value, context=context), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        return None, [_fault(detail, shape, source, at) for detail in details]


def did_you_mean(word: str, known: list[str]) -> str:
    """A remedy for a misspelt word."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"Known here: {', '.join(known)}." if known else ""


def _fault(detail: ErrorDetails, shape: type[Shape], source: Source, at: Path) -> Fault:
    path = (*at, *detail["loc"])
    message, remedy = _words(detail, shape)
    return source.fault(path, message, remedy)


def _words(detail: ErrorDetails, shape: type[Shape]) -> tuple[str, str]:
    kind, loc = detail["type"], detail["loc"]
    if kind == "fault":
        return str(detail["ctx"]["message"]), str(detail["ctx"]["remedy"])
    if kind == "missing":
        return "This is missing.", f"Add “{loc[-1]}: …”."
    if kind == "extra_forbidden":
        known = _fields_at(shape, loc[:-1])
        remedy = _COMMA if detail["input"] is None else did_you_mean(str(loc[-1]), known)
        return "This key is unknown here.", remedy
    if detail["input"] is None:
        return "This is empty.", "Write a value, or leave the key out."
    return _MESSAGES.get(kind) or (f"{detail['msg'].replace('Input', 'This')}.", "")


def _fields_at(shape: type[Shape], path: Path) -> list[str]:
    here: type[BaseModel] | None = shape
    for step in path:
        if isinstance(step, str) and here is not None:
            field = here.model_fields.get(step)
            here = next(_shapes(field.annotation), None) if field else None
    return list(here.model_fields) if here else []


def _shapes(annotation: Any) -> Iterator[type[BaseModel]]:
    """The shapes inside an annotation: `list[Item] | None` holds Item."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _shapes(argument)


def _is_id(word: str) -> str:
    plain = word.replace("-", "")
    if not (plain.isascii() and plain.isalnum() and plain == plain.lower()) or len(word) > 64:
        raise complaint(f"“{word}” is not an id.", "Use small letters, digits and dashes: greetings-quiz.")
    return word


Id = Annotated[str, AfterValidator(_is_id)]
