"""A phone whose browser runs no scripts reads lessons and takes quizzes all the same."""

from playwright.sync_api import Page, expect

from tests.browser import records
from tests.browser.answers import Fields, answer, attempt_id_of, given, right_answers
from tests.browser.learner import MARKING, PRIMARY
from tests.browser.phone import Take
from tests.browser.site import Site

CLASS = "mandarin-2026-a"


def test_reading_and_a_quiz_need_no_scripts(phone: Take, site: Site) -> None:
    page = phone("fatima", java_script_enabled=False).page
    before = records.done(site, "fatima", CLASS)
    read_on_to_a_quiz(page)
    page.click(PRIMARY)
    attempt = attempt_id_of(page)
    right = right_answers(site, attempt)
    half = {number: right[number] for number in list(right)[::2]}
    answer(page, half)
    page.click("noscript button")
    expect(page.locator("main .notice.good")).to_be_visible()

    page.goto("/")
    page.goto(f"/attempts/{attempt}")
    assert held(page, half) == half
    answer(page, {number: fields for number, fields in right.items() if number not in half})
    page.click("[data-submit]")
    expect(page.locator(".result-score .badge.good")).to_be_visible(timeout=MARKING)
    assert len(records.done(site, "fatima", CLASS)) > len(before) + 1, "a lesson and the quiz"


def read_on_to_a_quiz(page: Page) -> None:
    """By the one button that stands out, from the home page."""
    page.click(".next-step .button")
    while "/lessons/" in page.url:
        expect(page.locator("article.lesson")).to_be_visible()
        page.click(PRIMARY)


def held(page: Page, asked: dict[int, Fields]) -> dict[int, Fields]:
    """What the page holds in these fields."""
    return {
        number: {name: given(page, f"q{number}-{name}") for name in fields}
        for number, fields in asked.items()
    }
