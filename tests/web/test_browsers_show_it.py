"""In a real browser: for everyone to read and operate, in three languages, with scripts and without."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright

from lms.web.assets import MODULES

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PHONE = {"width": 360, "height": 640}
Visit = Callable[..., Page]
LOCALES = ["en-GB", "ur-PK", "zh-CN"]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Open a page of the site as on a phone; whatever its console complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def visit(path: str, **context: Any) -> Page:
        contexts.append(browser.new_context(**{"viewport": PHONE, "locale": "en-GB", **context}))
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    # Chromium notes every refused request; those are what some tests are about.
    assert [each for each in complaints if not each.startswith("Failed to load resource")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing_to_object_to(visit: Visit, locale: str, scheme: str) -> None:
    page = visit("/style-guide", locale=locale, color_scheme=scheme, bypass_csp=True)
    assert page.locator("h1").text_content() == "Style guide"
    page.add_script_tag(path=Path(MODULES) / "axe-core" / "axe.min.js")
    found = page.evaluate("axe.run().then((outcome) => outcome.violations)")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("path", ["/style-guide", "/about", "/refused/404", "/boom"])
@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_is_wider_than_the_phone(visit: Visit, locale: str, path: str) -> None:
    for width in (320, 360):
        page = visit(path, locale=locale, viewport={"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_touched_is_large_enough(visit: Visit) -> None:
    page = visit("/style-guide")
    page.click("summary[aria-label]")
    small = page.evaluate(
        """[...document.querySelectorAll("button, .button, nav a, summary, select, .option, input[id]")]
        .filter((each) => !each.parentElement.closest(".option"))
        .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([, box]) => box.height && (box.height < 43.5 || box.width < 40)).map(([html]) => html)"""
    )
    assert small == []


def test_everything_works_without_scripts(visit: Visit) -> None:
    page = visit("/page", java_script_enabled=False)
    page.click("text=اردو")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.click("summary[aria-label]")
    expect(page.locator(".menu-sheet a")).to_be_visible()
    expect(page.locator("[data-setting]").first).to_be_hidden()


def test_what_the_reader_chooses_is_there_before_the_page_is_painted(visit: Visit, site: str) -> None:
    page = visit("/style-guide")
    assert page.locator("rt").first.is_visible()
    page.click("summary[aria-label]")
    for name, value in (("theme", "dark"), ("pinyin", "off"), ("text", "larger")):
        page.click(f'[data-setting="{name}"][data-value="{value}"]')
    page.goto(f"{site}/style-guide")
    root = page.locator("html")
    assert [root.get_attribute(f"data-{name}") for name in ("theme", "pinyin", "text")] == [
        "dark",
        "off",
        "larger",
    ]
    assert not page.locator("rt").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 24, 28)"
    page.click("summary[aria-label]")
    assert page.locator('[data-setting="theme"][aria-pressed="true"]').get_attribute("data-value") == "dark"


def test_a_form_is_sent_once_however_often_it_is_pressed(visit: Visit, site: str, bare_app: Flask) -> None:
    page = visit("/page")
    page.evaluate("[1, 2, 3].forEach(() => document.querySelector('#ordinary button').click())")
    page.wait_for_url(f"{site}/slow")
    assert len(bare_app.extensions["received"]) == 1


def test_a_fragment_is_asked_for_until_it_is_done(visit: Visit) -> None:
    page = visit("/page")
    expect(page.locator("#counter")).to_have_text("3")
    page.wait_for_timeout(400)
    assert page.locator("#counter").text_content() == "3"


def test_a_form_may_replace_a_part_of_the_page(visit: Visit, site: str) -> None:
    page = visit("/page")
    page.fill("[name=word]", "after")
    page.click("text=Swap")
    expect(page.locator("#swapped")).to_have_text("after")
    assert page.url == f"{site}/page"


def test_work_survives_an_ended_session(visit: Visit, site: str, bare_app: Flask) -> None:
    page = visit("/page")
    page.context.clear_cookies()
    post = "karakoram.post('/answers', {essay: 'two hours of work'})"
    page.evaluate(f"() => {{ window.kept = {post}.then((answer) => answer.json()) }}")
    dialog = page.locator("dialog[open]")
    dialog.locator("[name=who]").fill("somebody else")
    dialog.locator("text=Enter").click()
    expect(dialog.locator("text=Who?")).to_be_visible()
    dialog.locator("[name=who]").fill("ada")
    dialog.locator("text=Enter").click()
    assert page.evaluate("window.kept") == {"saved": True}
    assert bare_app.extensions["received"] == [{"essay": "two hours of work"}]
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.click("#ordinary button")  # the forms of the page know the new token
    page.wait_for_url(f"{site}/slow")


def test_who_will_not_sign_in_is_asked_once(visit: Visit) -> None:
    page = visit("/page")
    post = "karakoram.post('/answers', {}).catch((problem) => problem.signedOut)"
    page.evaluate(f"() => {{ window.refused = {post} }}")
    page.click("text=Not now")
    assert page.evaluate("window.refused") is True
    assert page.evaluate(post) is True
    assert page.locator("dialog[open]").count() == 0


def test_a_dead_line_is_told_and_loses_nothing(visit: Visit, site: str) -> None:
    page = visit("/page")
    page.context.set_offline(True)
    expect(page.locator("[data-offline]")).to_be_visible()
    assert page.evaluate("karakoram.post('/answers', {}).catch((problem) => problem.offline)") is True
    page.fill("[name=word]", "kept")
    page.click("#ordinary button")
    expect(page.locator(".toast")).to_be_visible()
    assert page.url == f"{site}/page"
    assert page.input_value("[name=word]") == "kept"
    page.context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_hidden()
