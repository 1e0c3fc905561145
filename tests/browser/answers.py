"""The right answer to any question, as what somebody does to the inputs of its page."""

from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, Page
from sqlalchemy import select

from lms.db import db
from lms.questions import queries
from lms.questions.contract import Json, QuestionType
from lms.questions.offer import Input
from lms.quizzes.models import Slot
from tests.browser.site import Site

Fields = dict[str, list[str]]


def right_answers(site: Site, attempt_id: int) -> dict[int, Fields]:
    """What to send for each question of an attempt, by the number of the question."""

    def look() -> dict[int, Fields]:
        slots = db.session.scalars(select(Slot).where(Slot.attempt_id == attempt_id).order_by(Slot.number))
        return {slot.number: right_fields(queries.question(slot.question_hash), slot.deal) for slot in slots}

    return site.read(look)


def right_fields(question: QuestionType, deal: Json) -> Fields:
    """The fields that earn full marks, found as a patient learner would: what does not help is left alone.

    Knows no type by name: a new one is answered as soon as it offers its inputs.
    """
    fields: Fields = {}
    for each in question.offer(deal):
        for value in _candidates(question, each):
            tried = {**fields, each.name: [*fields.get(each.name, []), value]}
            if each.takes != "many":
                tried[each.name] = [value]
            if _worth(question, tried, deal) > _worth(question, fields, deal):
                fields = tried
    if _worth(question, fields, deal) < 1:
        raise AssertionError(f"{question.type} {question.id}: no full marks with {fields}")
    return fields


def attempt_id_of(page: Page) -> int:
    return int(page.get_attribute("form[data-quiz]", "data-quiz") or 0)


def answer(page: Page, right: Mapping[int, Fields]) -> None:
    """Answer every question of the attempt that is shown, by touching and typing."""
    for number, fields in right.items():
        for name, values in fields.items():
            give(page, f"q{number}-{name}", values)


def give(page: Page, name: str, values: Sequence[str]) -> None:
    """Choose or type these values in the input of this name."""
    for value in values:
        _give(page.locator(f'[name="{name}"]'), value)


def given(page: Page, name: str) -> list[str]:
    """What the inputs of this name hold now."""
    held = """(inputs) => inputs.filter((each) => each.checked || !["radio", "checkbox"].includes(each.type))
        .map((each) => each.value)"""
    return page.locator(f'[name="{name}"]').evaluate_all(held)


def _give(inputs: Locator, value: str) -> None:
    tag = inputs.first.evaluate("(input) => input.tagName === 'INPUT' ? input.type : input.tagName")
    if tag in ("radio", "checkbox"):
        inputs.and_(inputs.page.locator(f'[value="{value}"]')).locator("xpath=ancestor::label").click()
    elif tag == "SELECT":
        # By the element: Playwright takes a value for a label as well, and here both may be numbers.
        inputs.select_option(element=inputs.locator(f'option[value="{value}"]').element_handle())
    else:
        inputs.fill(value)


def _candidates(question: QuestionType, each: Input) -> list[str]:
    if each.choices:
        return [choice.value for choice in each.choices]
    return [question.summary(question.solution())]


def _worth(question: QuestionType, fields: Fields, deal: Json) -> float:
    response = question.read(fields, deal)
    return (question.mark(response).fraction or 0.0) if response else 0.0
