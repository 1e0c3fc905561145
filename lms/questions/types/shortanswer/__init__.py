"""Type a word or a short sentence."""

from random import Random
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from lms.questions.offer import Input, Offer
from lms.questions.response import Form, Mark, sent
from lms.questions.source import Fraction, Json, Part, Question, Text, refuse
from lms.questions.types.shortanswer.spelling import example_of, matches


class Answer(Part):
    """What may be typed. `*` is any run of characters, `\\*` a star."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    fraction: Fraction = 1.0
    feedback: Text | None = None


class ShortAnswer(Question):
    type: ClassVar[str] = "shortanswer"

    answers: Annotated[tuple[Answer, ...], Field(min_length=1, max_length=50, strict=False)]
    match_case: bool = False
    tones: Literal["exact", "ignore"] = "exact"

    @model_validator(mode="after")
    def _check(self) -> Self:
        best = next((answer for answer in self.answers if answer.fraction == 1), None)
        if best is None or not example_of(best.text):
            remedy = "Give one answer that is not only stars `fraction: 1`."
            raise refuse("No answer earns full marks.", remedy, at="answers")
        if self._match(example_of(best.text)) is not best:
            remedy = "Put it above the answers that match it too: the first match wins."
            raise refuse(f"The right answer {best.text!r} is never reached.", remedy, at="answers")
        return self

    def deal(self, rng: Random) -> Json:
        return {}

    def offer(self, deal: Json) -> Offer:
        return (Input("answer", takes="text"),)

    def read(self, form: Form, deal: Json) -> Json | None:
        text = sent(form, "answer")
        return {"text": text} if text else None

    def is_complete(self, response: Json) -> bool:
        return True

    def mark(self, response: Json) -> Mark:
        answer = self._match(response["text"])
        if answer is None:
            return Mark(0.0)
        return Mark(answer.fraction, (answer.feedback,) if answer.feedback else ())

    def solution(self) -> Json:
        return {"text": next(example_of(answer.text) for answer in self.answers if answer.fraction == 1)}

    def summary(self, response: Json, language: str = "en") -> str:
        return " ".join(response["text"].split())

    def _match(self, typed: str) -> Answer | None:
        for answer in self.answers:
            if matches(answer.text, typed, match_case=self.match_case, tones=self.tones):
                return answer
        return None


TYPE = ShortAnswer
