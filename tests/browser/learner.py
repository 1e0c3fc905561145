"""A student with no time: presses the one button that stands out, and answers what is asked."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.answers import answer, attempt_id_of, right_answers
from tests.browser.audit import Audit
from tests.browser.phone import Phone

PRIMARY = "main .button.primary"
MARKING = 30_000  # milliseconds until the worker has marked, on a busy machine


class Learner:
    """Somebody on their way through a course, whose pages are looked at as they come."""

    def __init__(self, phone: Phone, language: str, audit: Audit) -> None:
        self.phone, self.language, self.audit = phone, language, audit

    @property
    def page(self) -> Page:
        return self.phone.page

    def go_on(self, linger: Callable[[], object] = lambda: None) -> bool:
        """Look at the page, `linger`, do what the page is for; False on a page that asks nothing more."""
        self.look()
        linger()
        do = {
            "study.lesson": self.press,
            "quizzes.quiz": self.press,
            "quizzes.attempt": self._answer,
            "quizzes.result": self.press,
        }.get(self.phone.endpoint)
        if do is None:
            return False
        do()
        return True

    def press(self) -> None:
        """Press the primary button, and be on another page."""
        before = self.page.url
        self.page.click(PRIMARY)
        self.page.wait_for_url(lambda url: url != before)

    def look(self, kind: str = "") -> None:
        self.audit.look(self.phone, self.language, kind=kind)

    def _answer(self) -> None:
        attempt = attempt_id_of(self.page)
        right = right_answers(self.phone.site, attempt)
        answer(self.page, right)
        expect(self.page.locator(".receipt[data-state=saved]")).to_have_count(len(right))
        self.look("quizzes.attempt answered")
        self.page.click("[data-submit]")
        self.page.wait_for_url(f"**/attempts/{attempt}/result")
        self._wait_for_result()

    def _wait_for_result(self) -> None:
        """The result comes into the page that is open: what scripts have set there is still set."""
        expect(self.page.locator("main [data-poll-url], main .result")).to_be_visible()
        self.page.evaluate("window.here = true")
        expect(self.page.locator(".result-score")).to_be_visible(timeout=MARKING)
        assert self.page.evaluate("window.here"), "the page was loaded again"
        expect(self.page.locator(".result-score .badge.good")).to_be_visible()
        expect(self.page.locator(".ring-words")).to_have_text(re.compile(r"100\s*%"))
