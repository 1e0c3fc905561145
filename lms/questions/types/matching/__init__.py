"""Find the partner of each item on the left."""

import json
from dataclasses import dataclass
from random import Random
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from lms.questions.offer import Input, Offer, Offered
from lms.questions.response import NOT_OFFERED, Form, Mark, Unreadable, sent
from lms.questions.source import Json, Named, Question, Text, distinct, language_tag, plain, refuse


class Pair(Named):
    """Two things that belong together."""

    left: Text
    right: Text


class Distractor(Named):
    """Something on the right that belongs to nothing."""

    right: Text


@dataclass(frozen=True)
class Choice:
    """A right-hand side on the page: `value` is its place there, `id` the author's, `lang` its language."""

    value: str
    id: str
    words: str
    lang: str | None


class Matching(Question):
    type: ClassVar[str] = "matching"

    pairs: Annotated[tuple[Pair, ...], Field(min_length=3, max_length=8, strict=False)]
    extra: Annotated[tuple[Distractor, ...], Field(max_length=8, strict=False)] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        distinct(self._rights, at="pairs")
        rights = {_alike(pair) for pair in self.pairs}
        if len(rights) == 1:
            raise refuse("All right-hand sides are the same.", "Give at least two of them.", at="pairs")
        if any(_alike(distractor) in rights for distractor in self.extra):
            raise refuse("An extra is also the right-hand side of a pair.", "Leave it out.", at="extra")
        return self

    def deal(self, rng: Random) -> Json:
        # Sorted by what it says before it is shuffled: the order must not depend on which pair it is from.
        rights = {_alike(part): part.id for part in reversed(self._rights)}
        order = [rights[words] for words in sorted(rights)]
        rng.shuffle(order)
        return {"rights": order}

    def offer(self, deal: Json) -> Offer:
        by_id = {part.id: part.right for part in self._rights}
        numbered = enumerate(deal["rights"], start=1)
        choices = tuple(Offered(str(number), by_id[part_id]) for number, part_id in numbered)
        return tuple(Input(pair.id, takes="one", label=pair.left, choices=choices) for pair in self.pairs)

    def read(self, form: Form, deal: Json) -> Json | None:
        # The page numbers the right-hand sides in dealt order: their ids would give the pairs away.
        offered = {str(number): part_id for number, part_id in enumerate(deal["rights"], start=1)}
        given = {pair.id: value for pair in self.pairs if (value := sent(form, pair.id))}
        if not set(given.values()) <= set(offered):
            raise Unreadable(NOT_OFFERED)
        return {"pairs": {pair_id: offered[value] for pair_id, value in given.items()}} if given else None

    def is_complete(self, response: Json) -> bool:
        return len(response["pairs"]) == len(self.pairs)

    def mark(self, response: Json) -> Mark:
        said = self._said(response)
        parts = {pair.id: float(said.get(pair.id) == _alike(pair)) for pair in self.pairs}
        return Mark(sum(parts.values()) / len(parts), parts=parts)

    def solution(self) -> Json:
        first = {_alike(pair): pair.id for pair in reversed(self.pairs)}
        return {"pairs": {pair.id: first[_alike(pair)] for pair in self.pairs}}

    def summary(self, response: Json, language: str = "en") -> str:
        return " · ".join(
            f"{plain(pair.left, language)} → {plain(right, language) if right else '–'}"
            for pair, right in self.answered(response)
        )

    def choices(self, deal: Json, language: str) -> list[Choice]:
        """The right-hand sides as the page offers them."""
        by_id = {part.id: plain(part.right, language) for part in self._rights}
        return [
            Choice(str(number), part_id, by_id[part_id], language_tag(by_id[part_id]))
            for number, part_id in enumerate(deal["rights"], start=1)
        ]

    def answered(self, response: Json | None) -> list[tuple[Pair, Text | None]]:
        """Each pair with the right-hand side that was chosen for it."""
        by_id = {part.id: part.right for part in self._rights}
        given = response["pairs"] if response else {}
        return [(pair, by_id.get(given.get(pair.id, ""))) for pair in self.pairs]

    @property
    def _rights(self) -> tuple[Pair | Distractor, ...]:
        return (*self.pairs, *self.extra)

    def _said(self, response: Json) -> dict[str, str]:
        by_id = {part.id: _alike(part) for part in self._rights}
        return {pair_id: by_id[right_id] for pair_id, right_id in response["pairs"].items()}


def _alike(part: Pair | Distractor) -> str:
    """Equal for right-hand sides that say the same in every language."""
    words = part.right if isinstance(part.right, str) else dict(part.right)
    return json.dumps(words, sort_keys=True, ensure_ascii=False)


TYPE = Matching
