"""The line breaks, the session ends, the page is closed: what was answered is there, once."""

from collections import Counter

from playwright.sync_api import Locator, Page, expect

from tests.browser import records
from tests.browser.answers import Fields, answer, given, right_answers
from tests.browser.audit import Audit
from tests.browser.learner import MARKING
from tests.browser.phone import Phone, Take
from tests.browser.scenes import CLASS
from tests.browser.site import Site

QUIZ = "greetings-quiz"
ANSWERS = "**/attempts/*/answers"


def test_a_session_that_ended_is_begun_again_over_the_page(phone: Take, site: Site, audit: Audit) -> None:
    own = phone("rabia", expects={401})
    attempt, right = begin(own, site, "rabia")
    first, second, *others = right
    answer(own.page, {first: right[first]})
    expect(receipts(own.page, "saved")).to_have_count(1)

    records.forget_sign_ins(site, "rabia")
    answer(own.page, {second: right[second]})
    dialog = own.page.locator("dialog[open]")
    expect(dialog.locator("#identifier")).to_be_visible()
    audit.look(own, "en", kind="sign-in over the page")
    known = site.sign_in_of("rabia")
    dialog.locator("#identifier").fill(known.identifier)
    dialog.locator("#password").fill(known.password)
    dialog.locator("button.primary").click()
    expect(dialog).to_have_count(0)
    expect(receipts(own.page, "saved")).to_have_count(2)

    answer(own.page, {number: right[number] for number in others})
    hand_in(own.page, attempt)
    assert all(each.by_id == records.person_id(site, "rabia") for each in records.answers(site, attempt))


def test_a_dead_line_keeps_answers_on_the_phone_until_it_is_back(
    phone: Take, site: Site, audit: Audit
) -> None:
    own = phone("waqas")
    attempt, right = begin(own, site, "waqas")
    own.context.set_offline(True)
    answer(own.page, right)
    expect(receipts(own.page, "waiting")).to_have_count(len(right))
    audit.look(own, "en", kind="no connection")
    assert records.answers(site, attempt) == []

    # The phone finds the page again, but what it sends is lost on the way.
    own.context.route(ANSWERS, lambda route: route.abort())
    own.context.set_offline(False)
    own.page.reload()
    expect(receipts(own.page, "waiting")).to_have_count(len(right))
    for number, fields in right.items():
        assert {name: given(own.page, f"q{number}-{name}") for name in fields} == fields

    own.context.unroute(ANSWERS)
    expect(receipts(own.page, "saved")).to_have_count(len(right), timeout=MARKING)
    kept = Counter(each.slot for each in records.answers(site, attempt))
    assert kept == dict.fromkeys(right, 1)
    hand_in(own.page, attempt)
    assert Counter(each.slot for each in records.answers(site, attempt)) == kept


def test_an_answer_whose_receipt_was_lost_is_kept_once(phone: Take, site: Site) -> None:
    own = phone("kiran")
    attempt, right = begin(own, site, "kiran")
    number = next(iter(right))

    # The server has it, the phone does not know.
    own.context.route(ANSWERS, lambda route: (route.fetch(), route.abort()))
    answer(own.page, {number: right[number]})
    expect(receipts(own.page, "waiting")).to_have_count(1)
    own.context.unroute(ANSWERS)
    expect(receipts(own.page, "saved")).to_have_count(1, timeout=MARKING)
    assert len(records.answers(site, attempt)) == 1


def test_whoever_leaves_something_empty_is_asked_once(phone: Take, site: Site) -> None:
    own = phone("nadia")
    attempt, _ = begin(own, site, "nadia")
    dialog = own.page.locator("#unanswered")
    own.page.click("[data-submit]")
    expect(dialog).to_be_visible()
    own.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    own.page.click("[data-submit]")
    own.page.click("[data-hand-in]")
    own.page.wait_for_url(f"**/attempts/{attempt}/result")


def begin(own: Phone, site: Site, person: str) -> tuple[int, dict[int, Fields]]:
    """An attempt that is open on the phone, and how it is answered."""
    attempt = records.open_attempt(site, person, CLASS, QUIZ)
    own.open(f"/attempts/{attempt}")
    return attempt, right_answers(site, attempt)


def receipts(page: Page, state: str) -> Locator:
    return page.locator(f".receipt[data-state={state}]")


def hand_in(page: Page, attempt: int) -> None:
    """Hand in what is on the page: all of it right."""
    page.click("[data-submit]")
    page.wait_for_url(f"**/attempts/{attempt}/result")
    expect(page.locator(".question.graded_right").first).to_be_visible(timeout=MARKING)
    expect(page.locator(".question:not(.graded_right)")).to_have_count(0)
