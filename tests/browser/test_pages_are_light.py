"""Students pay for every megabyte: what the pages that they see most cost to load."""

from collections.abc import Callable

import pytest

from tests.browser import records
from tests.browser.meter import Meter
from tests.browser.phone import Take
from tests.browser.scenes import CLASS
from tests.browser.site import Site

FIRST, LATER = 60_000, 15_000  # bytes at most, for somebody's very first visit and for any other
PAGES: dict[str, Callable[[Site], str]] = {
    "sign-in": lambda site: "/sign-in",
    "home": lambda site: "/",
    "course": lambda site: f"/classes/{records.class_id(site, CLASS)}",
    "lesson": lambda site: f"/classes/{records.class_id(site, CLASS)}/lessons/greetings-words",
    "quiz": lambda site: f"/attempts/{records.open_attempt(site, 'maryam', CLASS, 'greetings-quiz')}",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stays_within_its_bytes(
    phone: Take, site: Site, name: str, record_property: Callable[[str, object], None]
) -> None:
    path = PAGES[name](site)
    cookies = phone("maryam").context.storage_state() if name != "sign-in" else None
    for language in ("en", "ur"):
        fresh = phone(storage_state=cookies)
        meter = Meter(fresh)
        first, later = meter.visit(path), meter.visit(path)
        record_property(f"{name} {language}", (first, later))
        assert 0 < later <= LATER
        assert later < first <= FIRST
        fresh.speak("ur")
