"""Somebody's browser: opens pages as that person, and notes what no page of this site may do."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.browser.site import Site

SMALL = {"width": 360, "height": 640}
PATIENCE = 15_000  # milliseconds for anything to appear: the tests share two processors with the site
REFUSED = (
    "Failed to load resource"  # what the console says of every answer from 400 up: `expects` judges those
)


class Phone:
    """A browser with nothing in its memory. `complaints` must stay empty.

    `expects` holds statuses from 400 up that the test is about.
    """

    def __init__(self, browser: Browser, site: Site, *, expects: Iterable[int] = (), **context: Any) -> None:
        self.site = site
        self.expects = set(expects)
        self.complaints: list[str] = []
        options = {"viewport": SMALL, "locale": "en-GB", "base_url": site.url, **context}
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        self.context.on("request", self._note_request)
        self.context.on("response", self._note_response)
        self.page: Page = self.context.new_page()

    def open(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def sign_in(self, key: str) -> "Phone":
        """Be somebody of the demo."""
        known = self.site.sign_in_of(key)
        self.open("/sign-in")
        self.page.fill("#identifier", known.identifier)
        self.page.fill("#password", known.password)
        self.page.click("main form button")
        self.page.wait_for_url(f"{self.site.url}/")
        return self

    def speak(self, language: str) -> None:
        """Change the language with the button at the top of the page."""
        self.page.click(f'.languages button[value="{language}"]')
        self.page.wait_for_selector(f'.languages button[value="{language}"][aria-current]')

    @property
    def endpoint(self) -> str:
        """Which page is open."""
        return self.site.endpoint(self.page.url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REFUSED):
            self.complaints.append(f"console: {message.text}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site.url}/", "data:", "blob:")):
            self.complaints.append(f"foreign host: {urlsplit(request.url).netloc}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expects:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")


Take = Callable[..., Phone]  # the fixture `phone`: whose phone, and the options of Phone
