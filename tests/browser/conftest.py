"""One site and one browser for all of these tests, and a phone for everybody who appears in them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.audit import Audit
from tests.browser.phone import Phone, Take
from tests.browser.site import Site, running_site

FAILED = pytest.StashKey[bool]()
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]  # what a container takes away from Chromium


@pytest.hookimpl(tryfirst=True)  # before anybody looks at the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here needs the browser, and shares one site with the others: one process takes them all."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            for mark in (pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("browser")):
                item.add_marker(mark)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def site(chromium: str) -> Iterator[Site]:
    """The site, for all tests here: each takes people of its own, so that none disturbs another."""
    with running_site() as site:
        yield site


@pytest.fixture(scope="package")
def audit() -> Audit:
    return Audit()


@pytest.fixture
def phone(browser: Browser, site: Site, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Take]:
    """`phone("ayesha")` takes a phone on which she is signed in, `phone()` one of nobody.

    When the test fails, pictures of what they showed last are in its temporary folder.
    """
    taken: list[Phone] = []

    def take(key: str | None = None, **options: Any) -> Phone:
        taken.append(Phone(browser, site, **options))
        return taken[-1].sign_in(key) if key else taken[-1]

    yield take
    for number, each in enumerate(taken, start=1):
        if request.node.stash[FAILED]:
            each.page.screenshot(path=tmp_path / f"phone-{number}.png", full_page=True)
            print(f"{each.page.url} looks like {tmp_path}/phone-{number}.png")
        each.context.close()
    complaints = [complaint for each in taken for complaint in each.complaints]
    if complaints:
        pytest.fail("\n".join(dict.fromkeys(complaints)), pytrace=False)
