"""Choose one option, or every option that is right."""

from math import fsum
from random import Random
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from lms.questions.offer import Input, Offer, Offered
from lms.questions.response import NOT_OFFERED, Form, Mark, Unreadable, sent
from lms.questions.source import Json, Named, Question, Text, distinct, plain, refuse


class Option(Named):
    """A choice. `right` is the short way to say what it is worth, `fraction` (-1 to 1) the exact one."""

    text: Text
    right: bool | None = None
    fraction: Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)] | None = None
    feedback: Text | None = None


class MultiChoice(Question):
    type: ClassVar[str] = "multichoice"

    select: Literal["one", "many"] = "one"
    shuffle: bool = True
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=20, strict=False)]

    @model_validator(mode="after")
    def _check(self) -> Self:
        distinct(self.options, at="options")
        said = {name for option in self.options for name in option.model_fields_set}
        if {"right", "fraction"} <= said:
            raise refuse("`right` and `fraction` are mixed.", "Use only one of them here.", at="options")
        worths = self.worths.values()
        if self.select == "one" and sum(worth == 1 for worth in worths) != 1:
            raise refuse("Exactly one option must be right.", "Write `right: true` on one.", at="options")
        if self.select == "many" and round(fsum(worth for worth in worths if worth > 0), 2) != 1:
            remedy = "Write `right: true` on each right option, or fractions that make 1 together."
            raise refuse("The right options must add up to 1.", remedy, at="options")
        return self

    @property
    def worths(self) -> dict[str, float]:
        """What choosing each option is worth, by option id."""
        if any(option.fraction is not None for option in self.options):
            return {option.id: option.fraction or 0.0 for option in self.options}
        if self.select == "one":
            return {option.id: float(option.right is True) for option in self.options}
        share = 1 / max(1, sum(option.right is True for option in self.options))
        return {option.id: share if option.right else -share for option in self.options}

    def deal(self, rng: Random) -> Json:
        order = [option.id for option in self.options]
        if self.shuffle:
            rng.shuffle(order)
        return {"options": order}

    def offer(self, deal: Json) -> Offer:
        choices = tuple(Offered(option.id, option.text) for option in self.dealt(deal))
        return (Input("answer", takes=self.select, choices=choices),)

    def read(self, form: Form, deal: Json) -> Json | None:
        chosen = {sent({"answer": [value]}, "answer") for value in form.get("answer", ())} - {""}
        if not chosen:
            return None
        if not chosen <= set(deal["options"]) or (self.select == "one" and len(chosen) > 1):
            raise Unreadable(NOT_OFFERED)
        return {"chosen": [option.id for option in self.options if option.id in chosen]}

    def is_complete(self, response: Json) -> bool:
        return bool(response["chosen"])

    def mark(self, response: Json) -> Mark:
        chosen = self.chosen(response)
        parts = {option.id: self.worths[option.id] for option in chosen}
        fraction = fsum(parts.values())
        if self.select == "many":
            fraction = min(1.0, max(0.0, fraction))
        return Mark(fraction, tuple(option.feedback for option in chosen if option.feedback), parts)

    def solution(self) -> Json:
        worths = self.worths
        if self.select == "one":
            return {"chosen": [option.id for option in self.options if worths[option.id] == 1]}
        return {"chosen": [option.id for option in self.options if worths[option.id] > 0]}

    def summary(self, response: Json, language: str = "en") -> str:
        return " · ".join(plain(option.text, language) for option in self.chosen(response))

    def dealt(self, deal: Json) -> list[Option]:
        """The options in the order in which this learner sees them."""
        by_id = {option.id: option for option in self.options}
        return [by_id[option_id] for option_id in deal["options"]]

    def chosen(self, response: Json | None) -> list[Option]:
        """The options that were chosen, in the author's order."""
        ids = response["chosen"] if response else ()
        return [option for option in self.options if option.id in ids]


TYPE = MultiChoice
