"""A program is asked exactly what a page asks: the same inputs, the same choices, nothing more."""

import json
from dataclasses import asdict
from random import Random

from lms.questions.contract import Missing, parse
from tests.questions.pages import PREFIX, Page, ask
from tests.questions.test_contract import every_example


@every_example
def test_the_offer_has_the_inputs_of_the_page(example):
    question = parse(example["source"])
    for seed in range(5):
        deal = question.deal(Random(seed))
        page = Page.of(ask(question, deal))
        offered = {entry.name: [choice.value for choice in entry.choices] for entry in question.offer(deal)}

        assert list(offered) == list(dict.fromkeys(field.name.removeprefix(PREFIX) for field in page.fields))
        for name, values in offered.items():
            assert values == choices_on(page, name)


@every_example
def test_what_is_offered_can_be_read(example):
    question = parse(example["source"])
    deal = question.deal(Random(2))
    for entry in question.offer(deal):
        for choice in entry.choices:
            assert question.read({entry.name: [choice.value]}, deal) is not None


@every_example
def test_the_offer_says_what_each_input_takes(example):
    question = parse(example["source"])
    for entry in question.offer(question.deal(Random(2))):
        assert bool(entry.choices) == (entry.takes in ("one", "many"))
        assert entry.takes in ("one", "many", "text", "number")
        assert entry.unit is None or entry.takes == "number"


@every_example
def test_the_offer_is_plain_json(example):
    question = parse(example["source"])
    for entry in question.offer(question.deal(Random(2))):
        assert json.dumps(asdict(entry), ensure_ascii=False)


def test_a_question_of_a_removed_type_offers_nothing():
    assert Missing.parse({"id": "old", "type": "hologram", "ask": "?"}).offer({}) == ()


def choices_on(page: Page, name: str) -> list[str]:
    """What the page offers for an input, in its order; what is typed offers nothing."""
    fields = [field for field in page.fields if field.name == f"{PREFIX}{name}"]
    return [value for field in fields for value in field.offered if value]
