"""Say whether a statement is true."""

from collections.abc import Mapping
from random import Random
from typing import ClassVar

from lms.questions.offer import Input, Offer, Offered
from lms.questions.response import NOT_OFFERED, Form, Mark, Unreadable, sent
from lms.questions.source import Json, Question, Text, plain

WORDS = {
    True: {"en": "True", "ur": "درست", "zh": "对"},
    False: {"en": "False", "ur": "غلط", "zh": "错"},
}


class TrueFalse(Question):
    type: ClassVar[str] = "truefalse"

    right: bool

    def deal(self, rng: Random) -> Json:
        return {}

    def offer(self, deal: Json) -> Offer:
        choices = (Offered("true", WORDS[True]), Offered("false", WORDS[False]))
        return (Input("answer", takes="one", choices=choices),)

    def read(self, form: Form, deal: Json) -> Json | None:
        answer = sent(form, "answer")
        if not answer:
            return None
        if answer not in ("true", "false"):
            raise Unreadable(NOT_OFFERED)
        return {"chosen": answer == "true"}

    def is_complete(self, response: Json) -> bool:
        return True

    def mark(self, response: Json) -> Mark:
        return Mark(float(response["chosen"] == self.right))

    def solution(self) -> Json:
        return {"chosen": self.right}

    def summary(self, response: Json, language: str = "en") -> str:
        return plain(WORDS[response["chosen"]], language)

    @property
    def choices(self) -> Mapping[bool, Text]:
        """Both answers and the words for them."""
        return WORDS


TYPE = TrueFalse
