"""The course that holds one of everything: each block does what it is for, each question can be answered."""

from playwright.sync_api import Page, expect

from tests.browser import records
from tests.browser.audit import Audit
from tests.browser.learner import Learner
from tests.browser.phone import Take
from tests.browser.scenes import GALLERY
from tests.browser.site import Site

SECONDS = "(sound) => sound.play().then(() => { sound.pause(); return sound.duration; })"


def test_everything_is_opened_used_and_answered(phone: Take, site: Site, audit: Audit) -> None:
    own = phone("sana", expects={403})
    learner = Learner(own, "en", audit)
    own.open(f"/classes/{records.class_id(site, GALLERY)}")
    learner.press()
    used: set[str] = set()

    def use() -> None:
        used.update(use_blocks(own.page))
        audit.look(own, "en", kind=own.page.url.rpartition("/")[2])

    while learner.go_on(use):
        pass
    assert used == {"folded", "picture", "sound", "file"}
    assert sorted(records.done(site, "sana", GALLERY)) == sorted(records.activities(site, GALLERY))


def test_pinyin_can_be_put_away(phone: Take, site: Site) -> None:
    page = phone("sana").open(f"/classes/{records.class_id(site, GALLERY)}/lessons/gallery-chinese")
    syllable = page.locator(".dialogue rt").first
    expect(syllable).to_be_visible()
    page.click(".menu > summary")
    page.click('[data-setting="pinyin"][data-value="off"]')
    expect(syllable).to_be_hidden()
    page.reload()
    expect(syllable).to_be_hidden()


def test_what_is_closed_says_what_opens_it(phone: Take, site: Site) -> None:
    gallery = f"/classes/{records.class_id(site, GALLERY)}"
    page = phone("zhang-min", expects={403}).open(f"{gallery}/lessons/gallery-after-quiz")
    page.click('.languages button[value="en"]')
    reason = page.locator(".empty p")
    expect(reason).to_contain_text("Practical blocks")
    expect(reason).to_contain_text("Every type of question")


def test_what_cannot_be_read_is_told_and_not_counted(phone: Take, site: Site) -> None:
    attempt = records.open_attempt(site, "ayesha", GALLERY, "gallery-quiz")
    own = phone("ayesha")
    own.speak("en")
    page = own.open(f"/attempts/{attempt}")
    number = page.locator(".measure input")
    question = page.locator("[data-slot]", has=number)
    for typed, problems, answered in (("many", 1, 0), ("230", 0, 1)):
        number.fill(typed)
        number.blur()
        expect(question.locator("[data-problem]:visible")).to_have_count(problems)
        expect(question.locator(".receipt[data-state=saved]")).to_have_count(answered)
        expect(page.locator("[data-answered]")).to_have_text(f"{answered} of 6 answered")
        expect(page.locator("[aria-invalid=true]")).to_have_count(problems)


def use_blocks(page: Page) -> set[str]:
    """Open what is folded, look, listen, fetch; which of these the page had."""
    used = set()
    for summary in page.locator("article summary").all():
        summary.click()
        expect(summary.locator("xpath=following-sibling::*").first).to_be_visible()
        used.add("folded")
    for picture in page.locator("article img").all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("(each) => each.decode().then(() => each.naturalWidth)") > 0
        used.add("picture")
    for sound in page.locator("article audio").all():
        assert sound.evaluate(SECONDS) > 0
        used.add("sound")
    for link in page.locator("article a[download]").all():
        with page.expect_download() as started:
            link.click()
        assert started.value.path().stat().st_size > 0
        used.add("file")
    return used
