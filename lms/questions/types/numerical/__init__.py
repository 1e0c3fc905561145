"""Type a number, within a tolerance."""

from decimal import Decimal
from random import Random
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from lms.questions.offer import Input, Offer
from lms.questions.response import Form, Mark, Unreadable, marked, sent
from lms.questions.source import Fraction, Json, Part, Question, Text, plain, refuse
from lms.questions.types.numerical.numbers import OutOfRange, is_near, number_in, squeeze

NO_NUMBER = marked("Please write a number, such as 12 or 3.5.")
ONLY_NUMBER = marked("Please write the number only, without words or another unit.")
OUT_OF_RANGE = marked("This number is too large or too small. Please check it.")


def _exactly(value: object) -> Decimal:
    """The author's number as it stands in the file: 0.1 is a tenth, not the nearest binary fraction."""
    if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > 50:
        raise refuse("This must be a number.", "Write digits, such as 230 or 0.5.")
    try:
        found = number_in(str(value))
    except OutOfRange:
        found = None
    if found is None or found[1]:
        raise refuse("This is not a number that can be answered.", "Write digits, such as 230 or 0.5.")
    return found[0]


def _tolerance(value: object) -> Decimal:
    exact = _exactly(value)
    if exact < 0:
        raise refuse("A tolerance cannot be negative.", "Write 0 or more.")
    return exact


def _value(value: object) -> Decimal | Literal["*"]:
    return "*" if value == "*" else _exactly(value)


_NUMBER_SCHEMA: dict[str, Any] = {"type": ["number", "string"]}


class Answer(Part):
    """A number that may be typed, and how far from it is near enough; `*` is any number."""

    value: Annotated[Decimal | Literal["*"], PlainValidator(_value), WithJsonSchema(_NUMBER_SCHEMA)]
    tolerance: Annotated[Decimal, PlainValidator(_tolerance), WithJsonSchema(_NUMBER_SCHEMA)] = Decimal(0)
    fraction: Fraction = 1.0
    feedback: Text | None = None


class Numerical(Question):
    type: ClassVar[str] = "numerical"

    answers: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=20, strict=False)]
    unit: Text | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        best = self._best()
        if best is None:
            raise refuse("No answer earns full marks.", "Give one number `fraction: 1`.", at="answers")
        if self._match(Decimal(best.value)) is not best:
            remedy = "Put it above the answers whose range holds it: the first match wins."
            raise refuse(f"The right answer {best.value} is never reached.", remedy, at="answers")
        return self

    def deal(self, rng: Random) -> Json:
        return {}

    def offer(self, deal: Json) -> Offer:
        return (Input("answer", takes="number", unit=self.unit),)

    def read(self, form: Form, deal: Json) -> Json | None:
        text = sent(form, "answer")
        if not text:
            return None
        self._number(text)
        return {"text": text}

    def is_complete(self, response: Json) -> bool:
        return True

    def mark(self, response: Json) -> Mark:
        answer = self._match(self._number(response["text"]))
        if answer is None:
            return Mark(0.0)
        return Mark(answer.fraction, (answer.feedback,) if answer.feedback else ())

    def solution(self) -> Json:
        best = self._best()
        return {"text": _written(Decimal(best.value))} if best else {}

    def summary(self, response: Json, language: str = "en") -> str:
        typed = " ".join(response["text"].split())
        number = number_in(typed)
        return f"{typed} {plain(self.unit, language)}" if self.unit and number and not number[1] else typed

    def _best(self) -> Answer | None:
        return next((answer for answer in self.answers if answer.fraction == 1 and answer.value != "*"), None)

    def _number(self, text: str) -> Decimal:
        """The number that was typed; the unit beside the field may be typed with it."""
        try:
            found = number_in(text)
        except OutOfRange:
            raise Unreadable(OUT_OF_RANGE) from None
        if found is None:
            raise Unreadable(NO_NUMBER)
        number, rest = found
        if rest and rest.casefold() not in self._units():
            raise Unreadable(ONLY_NUMBER)
        return number

    def _units(self) -> set[str]:
        if self.unit is None:
            return set()
        words = [self.unit] if isinstance(self.unit, str) else self.unit.values()
        return {squeeze(plain(word)).casefold() for word in words}

    def _match(self, number: Decimal) -> Answer | None:
        for answer in self.answers:
            if answer.value == "*" or is_near(number, Decimal(answer.value), answer.tolerance):
                return answer
        return None


def _written(number: Decimal) -> str:
    """The number as a person writes it: digits, and a power of ten only when it is very long."""
    return f"{number:f}" if -10 < number.adjusted() < 15 else str(number)


TYPE = Numerical
