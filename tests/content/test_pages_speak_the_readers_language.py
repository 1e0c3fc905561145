"""One lesson is three pages: the reader's language stands first, and every run of words knows its own."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from lms.content.kinds import ActivityKind
from lms.content.packs import read
from lms.content.rendering import rich, rich_inline
from tests.content.conftest import GALLERY

Pages = Mapping[str, str]


@pytest.fixture(scope="module")
def pages(kinds: dict[str, ActivityKind]) -> dict[str, Pages]:
    """The pages of the gallery's lessons, by the ends of their keys."""
    pack = read(GALLERY, kinds)
    return {
        activity.key.removeprefix("gallery-"): pack.documents[activity.document].pages
        for activity in pack.outline.activities
    }


def test_hanzi_carry_their_pinyin_in_rt():
    assert rich_inline("{安全帽|ānquánmào}") == (
        '<bdi lang="zh-Hans"><ruby>安<rt>ān</rt></ruby><ruby>全<rt>quán</rt></ruby>'
        "<ruby>帽<rt>mào</rt></ruby></bdi>"
    )


def test_what_disagrees_is_still_readable():
    assert rich_inline("{安全|ān}") == '<bdi lang="zh-Hans"><ruby>安全<rt>ān</rt></ruby></bdi>'


def test_runs_know_their_language():
    assert rich_inline("Say 你好！ or شکریہ، جناب now") == (
        'Say <bdi lang="zh-Hans">你好！</bdi> or <bdi lang="ur" dir="rtl">شکریہ، جناب</bdi> now'
    )


def test_chinese_among_chinese_needs_no_mark():
    assert rich_inline("说{你|nǐ}好", "zh") == "说<ruby>你<rt>nǐ</rt></ruby>好"


@pytest.mark.parametrize("words", ["230 V", "C++", "V~", "≤ 30 mA", "nǐ hǎo", "2026-12-01", "V = I × R"])
def test_measures_keep_their_order_among_urdu(words: str):
    assert rich_inline(f"یہ {words} ہے۔", "ur") == f'یہ <bdi dir="ltr">{words}</bdi> ہے۔'


@pytest.mark.parametrize("words", ["LED", "12", "10:30", "1.5"])
def test_single_words_and_numbers_need_no_mark(words: str):
    assert rich_inline(f"یہ {words} ہے۔", "ur") == f"یہ {words} ہے۔"


def test_brackets_stay_outside_what_is_isolated():
    assert '(<bdi dir="ltr">230 V</bdi>)' in rich_inline("بجلی (230 V) ہے۔", "ur")


def test_pinyin_works_in_tables_and_lists_but_not_in_code():
    html = rich("| {水|shuǐ} | `{水|shuǐ}` |\n|---|---|\n| a | b |\n\n- {火|huǒ}\n")
    assert html.count("<ruby>") == 2
    assert "<code>{水|shuǐ}</code>" in html


def test_html_is_shown_as_it_was_typed():
    assert rich("<b onclick=x>a</b>") == "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n"


def test_links_lead_to_safe_places_only():
    assert 'href="https://x.org"' in rich("[a](https://x.org)")
    assert "href" not in rich("[a](javascript:alert%281%29)")
    assert "href" not in rich("[a](data:text/html,x)")


def test_the_own_language_stands_open_and_the_other_is_folded(pages: dict[str, Pages]):
    chinese = pages["chinese"]
    english = '<p class="en">Hello! Who are you looking for?</p><details><summary lang="ur" dir="rtl">'
    urdu = '<p class="ur">سلام! آپ کس سے ملنے آئے ہیں؟</p><details><summary lang="en" dir="ltr">'
    assert english in chinese["en"]
    assert urdu in chinese["ur"]
    assert '<p class="en" lang="en">Hello! Who are you looking for?</p></li>' in chinese["zh"]
    assert "سلام" not in chinese["zh"]


def test_english_prose_says_that_it_is_english(pages: dict[str, Pages]):
    assert pages["prose"]["en"].startswith("<p>This is prose")
    assert pages["prose"]["ur"].startswith('<div lang="en" dir="ltr"><p>This is prose')
    assert pages["prose"]["zh"].startswith('<div lang="en"><p>This is prose')


@pytest.mark.parametrize(
    ("language", "words", "others"),
    [
        ("en", ["Switch off.", "Danger", "The four words as a table"], ["断电", "危险"]),
        ("ur", ["بجلی بند کریں۔", "خطرہ", "چاروں الفاظ کا جدول"], ["Switch off", "断电"]),
        ("zh", ["断电。", "危险", "四个词的表格"], ["Switch off", "خطرہ"]),
    ],
)
def test_procedures_and_warnings_come_in_one_language(
    pages: dict[str, Pages], language: str, words: list[str], others: list[str]
):
    page = pages["practical"][language]
    assert [word for word in words if word not in page] == []
    assert [word for word in others if word in page] == []


def test_sounds_are_fetched_only_on_demand_and_say_what_they_cost(pages: dict[str, Pages]):
    page = pages["chinese"]["en"]
    assert '<audio controls="" preload="none" src="/media/' in page
    assert "<small>5 KB</small>" in page
    assert "<summary>Transcript</summary>" in page


def test_pictures_keep_their_place_and_have_words(pages: dict[str, Pages]):
    page = pages["practical"]["ur"]
    assert 'width="640" height="300" loading="lazy"' in page
    assert 'alt="ایک (نیچا)' in page


def test_no_page_holds_what_a_phone_need_not_fetch(pages: dict[str, Pages]):
    for lesson in pages.values():
        for page in lesson.values():
            assert "<script" not in page
            assert "style=" not in page
            assert "  " not in page.replace("\n", "")


def test_the_page_is_never_larger_than_a_second_of_a_bad_network(kinds: dict[str, ActivityKind]):
    courses = Path(GALLERY).parent
    packs = [read(folder, kinds) for folder in sorted(courses.iterdir()) if (folder / "course.yaml").exists()]
    heaviest = max((a.bytes, a.key) for pack in packs for a in pack.outline.activities)
    assert heaviest[0] < 14_000, heaviest  # one round trip of a fresh connection
