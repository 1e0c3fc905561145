"""Without a pointer: from the skip link to the result, by keys alone, always seeing where one is."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import records
from tests.browser.answers import Fields, right_answers
from tests.browser.learner import MARKING
from tests.browser.phone import Take
from tests.browser.scenes import CLASS
from tests.browser.site import Site

MOST_STOPS = 150  # presses of Tab on one page
FOCUS = """() => {
  const at = document.activeElement;
  const ring = at.closest(".option") || at;
  const group = [...document.querySelectorAll(`[name="${at.name || ""}"][type=radio]`)];
  const choices = at.tagName === "SELECT" ? [...at.options] : group;
  return {
    tag: at.tagName, type: at.type || "", name: at.name || "", value: at.value || "",
    place: group.indexOf(at), values: choices.map((each) => each.value),
    is_submit: at.matches("[data-submit]"),
    is_seen: getComputedStyle(ring).outlineStyle !== "none" && ring.getBoundingClientRect().height > 0,
  };
}"""


def test_a_quiz_is_answered_and_handed_in_by_keys(phone: Take, site: Site) -> None:
    page = phone().open("/sign-in")
    known = site.sign_in_of("adeel")
    skip_to_the_page(page)
    step(page)
    page.keyboard.type(known.identifier)
    step(page)
    page.keyboard.type(known.password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/")

    attempt = records.open_attempt(site, "adeel", CLASS, "greetings-quiz")
    page.goto(f"/attempts/{attempt}")
    skip_to_the_page(page)
    fill_in(page, right_answers(site, attempt))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/attempts/{attempt}/result")
    expect(page.locator(".question.graded_right").first).to_be_visible(timeout=MARKING)
    expect(page.locator(".question:not(.graded_right)")).to_have_count(0)


def skip_to_the_page(page: Page) -> None:
    """The first stop of every page leads past its head."""
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def step(page: Page) -> dict[str, Any]:
    """Go to the next stop, which must be seen; what stands there."""
    page.keyboard.press("Tab")
    at: dict[str, Any] = page.evaluate(FOCUS)
    assert at["is_seen"], at
    return at


def fill_in(page: Page, right: dict[int, Fields]) -> None:
    """Answer everything on the way to the button that hands in."""
    wanted = {
        f"q{number}-{name}": values for number, fields in right.items() for name, values in fields.items()
    }
    for _ in range(MOST_STOPS):
        at = step(page)
        if at["is_submit"]:
            return
        if at["name"] in wanted:
            enter(page, at, wanted[at["name"]])
    raise AssertionError("the button is out of reach")


def enter(page: Page, at: dict[str, Any], values: list[str]) -> None:
    """Choose or type what is wanted in the input that has the focus."""
    if at["type"] == "radio":
        page.keyboard.press("Space")
        for _ in range((at["values"].index(values[0]) - at["place"]) % len(at["values"])):
            page.keyboard.press("ArrowDown")
    elif at["type"] == "checkbox":
        if at["value"] in values:
            page.keyboard.press("Space")
    elif at["tag"] == "SELECT":
        for _ in range(at["values"].index(values[0])):
            page.keyboard.press("ArrowDown")
    else:
        page.keyboard.insert_text(values[0])
