"""What an author wrote, read strictly: question types build on `Question`, refusals are `SourceFault`s."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, ClassVar, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError

Json = Any
LANGUAGES = ("en", "ur", "zh")
LONGEST_TEXT = 20_000

_RUBY = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`]+|(?<!\w)_+|_+(?!\w)")


class SourceFault(ValueError):
    """A source that cannot be used: which field (`options.1.text`), what is wrong, what to write instead.

    `others` holds what else is wrong in the same question, so that an author sees everything at once.
    """

    def __init__(
        self, field: str, message: str, remedy: str = "", others: Iterable["SourceFault"] = ()
    ) -> None:
        super().__init__(f"{field}: {message} {remedy}".strip())
        self.field, self.message, self.remedy, self.others = field, message, remedy, tuple(others)

    @property
    def path(self) -> tuple[str | int, ...]:
        """The field as steps into the source, counted from 0: `("options", 1, "text")`."""
        return tuple(int(step) if step.isdecimal() else step for step in self.field.split(".") if step)


def refuse(message: str, remedy: str, at: str = "") -> PydanticCustomError:
    """The exception for a validator to raise; `at` is the field below the one that is being validated."""
    return PydanticCustomError("refused", "{message}", {"message": message, "remedy": remedy, "at": at})


def _text(value: object) -> str | dict[str, str]:
    if isinstance(value, str):
        return _words(value, at="")
    if not isinstance(value, Mapping):
        raise refuse("This must be text.", 'Put it in quotes: "…", or give {en: …, ur: …, zh: …}.')
    for language in value:
        if language not in LANGUAGES:
            remedy = "The languages are en, ur and zh."
            raise refuse(f"There is no language {language!r}.", remedy, at=str(language))
    if "en" not in value:
        raise refuse("The English words are missing.", "Add en: …", at="en")
    return {language: _words(value[language], at=language) for language in LANGUAGES if language in value}


def _words(value: object, at: str) -> str:
    if not isinstance(value, str):
        raise refuse("This must be text.", 'Put it in quotes: "…".', at=at)
    if not value.strip() or len(value) > LONGEST_TEXT:
        raise refuse("This text is empty or too long.", f"Write 1 to {LONGEST_TEXT:,} characters.", at=at)
    return value


_TEXT_SCHEMA: Json = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
            "required": ["en"],
            "additionalProperties": False,
        },
    ]
}

# Words in one language that everybody reads alike (`5 A`, `你好`), or in up to three.
Text = Annotated[str | Mapping[str, str], PlainValidator(_text), WithJsonSchema(_TEXT_SCHEMA)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Part(BaseModel):
    """A piece of a source: immutable once read, and without a field that nobody knows."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Question(Part):
    """The fields that every question has, and strict reading of a type's own."""

    type: ClassVar[str]

    id: Id
    marks: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] = 1.0
    ask: Text
    feedback: Text | None = None

    @classmethod
    def parse(cls, source: Json) -> Self:
        """Build from an author's YAML or stored JSON; raises SourceFault."""
        if not isinstance(source, Mapping):
            raise SourceFault("", "A question is a mapping.", "Write `id: …`, `type: …`, `ask: …`.")
        try:
            return cls.model_validate({name: value for name, value in source.items() if name != "type"})
        except ValidationError as error:
            faults = _faults(cls, error)
            raise SourceFault(faults[0].field, faults[0].message, faults[0].remedy, faults[1:]) from None

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        written = handler.resolve_ref_schema(handler(schema))
        written["properties"] = {"type": {"const": cls.type}, **written["properties"]}
        written["required"] = ["type", *written.get("required", [])]
        return written


class Named(Part):
    """A piece with an author's id, such as an option."""

    id: Id


def distinct(parts: Iterable[Named], at: str) -> None:
    """Refuse two parts with the same id."""
    seen: set[str] = set()
    for part in parts:
        if part.id in seen:
            raise refuse(f"The id {part.id!r} is used twice.", "Give each one an id of its own.", at=at)
        seen.add(part.id)


def plain(text: str | Mapping[str, str], language: str = "en") -> str:
    """A Text as one line without markup, for summaries and for `<option>`: `{灯|dēng}` → `灯 (dēng)`."""
    words = text if isinstance(text, str) else text.get(language, text["en"])
    words = _RUBY.sub(r"\1 (\2)", words)
    return " ".join(_MARKUP.sub(lambda found: found[1] or "", words).split())


def language_tag(words: str) -> str | None:
    """The `lang` of words in Chinese or Arabic script, for places that hold no mark-up; None for others."""
    if _HAN.search(words):
        return "zh-Hans"
    return "ur" if _ARABIC.search(words) else None


def _faults(model: type[Question], error: ValidationError) -> list[SourceFault]:
    """What is wrong, misspelt names first: they are mostly why another field seems to be missing."""
    errors = sorted(error.errors(include_url=False), key=lambda details: details["type"] != "extra_forbidden")
    inside = {details["loc"][:1] for details in errors if len(details["loc"]) > 1}
    # A list whose items are all wrong is not "too short" as well.
    wrong = [details for details in errors if details["type"] != "too_short" or details["loc"] not in inside]
    return [_fault(model, details) for details in wrong]


def _fault(model: type[Question], details: ErrorDetails) -> SourceFault:
    context, kind = details.get("ctx", {}), details["type"]
    steps = [str(step) for step in (*details["loc"], context.get("at", "")) if step != ""]
    field, name = ".".join(steps), steps[-1] if steps else ""
    if kind == "refused":
        return SourceFault(field, context["message"], context["remedy"])
    if kind == "extra_forbidden":
        return SourceFault(field, f"There is no field {name!r} here.", _nearest(model, steps))
    if kind == "missing":
        return SourceFault(field, f"The field {name!r} is missing.", f"Add `{name}: …`.")
    message, remedy = _SAID.get(kind, (f"{details['msg']}.", ""))
    return SourceFault(field, message, remedy)


_SAID = {
    "string_type": ("This must be text.", 'Put it in quotes: "…".'),
    "bool_type": ("This must be true or false.", "Write true or false, without quotes."),
    "float_type": ("This must be a number.", "Write a number, without quotes."),
    "string_pattern_mismatch": ("This is not an id.", "Use lower-case letters, digits and single dashes."),
    "model_type": ("This must have fields of its own.", "Write {id: …, …}."),
    "tuple_type": ("This must be a list.", "Begin each item with a dash on a line of its own."),
}


def _nearest(model: type[BaseModel], steps: list[str]) -> str:
    for step in steps[:-1]:
        if step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    names = [*model.model_fields, *(["type"] if issubclass(model, Question) else [])]
    close = get_close_matches(steps[-1], names, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"The fields are: {', '.join(names)}."


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)
