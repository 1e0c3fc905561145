"""A student on a small phone takes a whole course; a registrar approves; anybody verifies."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from lms.credentials.models import Award
from tests.browser import records
from tests.browser.audit import Audit
from tests.browser.learner import Learner
from tests.browser.phone import Phone, Take
from tests.browser.site import Site

COURSE, CLASS = "mandarin-workplace-1", "mandarin-2026-a"
ISSUED = 30_000  # milliseconds until the worker has drawn the certificate, on a busy machine
STORIES = [("ayesha", "Ayesha Khan", "en"), ("shahid", "Shahid Afzal", "ur")]


@pytest.mark.parametrize(("key", "name", "language"), STORIES)
def test_from_the_first_lesson_to_a_genuine_certificate(
    phone: Take, site: Site, audit: Audit, tmp_path: Path, key: str, name: str, language: str
) -> None:
    own = phone(key)
    if language != "en":
        own.speak(language)
    learner = Learner(own, language, audit)
    study(learner)
    assert records.done(site, key, CLASS) == records.activities(site, COURSE)
    approve(phone("farah"), name, audit)
    award = records.award_of(site, key)
    assert award
    pdf = download(learner, tmp_path)
    words = PdfReader(pdf).pages[0].extract_text()
    assert (pdf.read_bytes()[:5], name in words, award.number in words) == (b"%PDF-", True, True)
    verify(phone(), award, audit)


def study(learner: Learner) -> None:
    """From the home page to the end of the course, by the one button that stands out on each page."""
    learner.look()
    learner.press()
    while learner.go_on():
        pass
    expect(learner.page.locator("main .notice.good")).to_be_visible()
    assert learner.phone.endpoint == "study.course"


def approve(registrar: Phone, name: str, audit: Audit) -> None:
    """Approve this one certificate, and see it made while the page stays open."""
    page = registrar.page
    registrar.speak("en")
    audit.look(registrar, "en")
    page.click(".next-step .button")
    audit.look(registrar, "en")
    page.locator("tr label.option", has_text=name).click()
    page.click("[name=wish][value=approve]")
    audit.look(registrar, "en")
    page.click("[name=wish][value=approve]")
    page.wait_for_url("**/approvals/batches/*")
    page.evaluate("window.here = true")
    expect(page.locator("#batch-progress .notice.good")).to_be_visible(timeout=ISSUED)
    assert page.evaluate("window.here"), "the page was loaded again"
    expect(page.locator("#batch-progress td").first).to_be_visible()
    audit.look(registrar, "en")


def download(learner: Learner, folder: Path) -> Path:
    """The certificate as a file on the phone."""
    page = learner.phone.open("/certificates")
    learner.look()
    with page.expect_download() as started:
        page.click("main a[href$='.pdf']")
    target = folder / started.value.suggested_filename
    started.value.save_as(target)
    return target


def verify(stranger: Phone, award: Award, audit: Audit) -> None:
    """Somebody else types the code of the paper, without an account."""
    page = stranger.open("/verify")
    audit.look(stranger, "en")
    page.fill("#code", award.code.lower())
    page.click("main form button")
    page.wait_for_url(f"**/verify/{award.code}")
    expect(page.locator(".notice.good h1")).to_be_visible()
    expect(page.locator("main")).to_contain_text(award.number)
    audit.look(stranger, "en")
