"""Every page there is, in every language, by day and by night: for everybody, on a small phone."""

import pytest
from playwright.sync_api import expect

from lms.web.languages import LANGUAGES
from tests.browser import records
from tests.browser.audit import Audit
from tests.browser.phone import Take
from tests.browser.scenes import CLASS, Scene, pages, scenes
from tests.browser.site import Site

ONE_FOR_ALL = ("credentials.verify", "credentials.verified")  # in three languages at once


@pytest.fixture(scope="package")
def every_page(site: Site) -> dict[str, Scene]:
    return scenes(site)


def test_no_page_is_left_out(site: Site, every_page: dict[str, Scene]) -> None:
    assert set(every_page) == pages(site)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_can_be_used_by_everybody(
    phone: Take, audit: Audit, every_page: dict[str, Scene], language: str
) -> None:
    for who in {scene.who for scene in every_page.values()}:
        own = phone(who)
        own.open("/about")
        own.speak(language)
        for name, scene in every_page.items():
            if scene.who == who:
                own.open(scene.path)
                assert own.endpoint == name
                audit.look(own, "en" if name in ONE_FOR_ALL else language)


@pytest.mark.parametrize("language", ["en", "ur"])
def test_pages_that_refuse_are_good_pages(phone: Take, site: Site, audit: Audit, language: str) -> None:
    own = phone("maryam", expects={403, 404})
    own.speak(language)
    class_ = f"/classes/{records.class_id(site, CLASS)}"
    for kind, path in (("missing", "/nowhere"), ("locked", f"{class_}/lessons/work-day-reading")):
        own.open(path)
        audit.look(own, language, kind=kind)
        expect(own.page.locator("main .button.primary")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_menu_is_for_everybody(phone: Take, audit: Audit, language: str) -> None:
    own = phone("maryam")
    own.speak(language)
    own.page.click(".menu > summary")
    audit.look(own, language, kind="menu")
