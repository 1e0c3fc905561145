"""Three scripts on one page, no boxes for letters, no tricks by what people typed."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from lms.credentials.drawing import fonts, words
from lms.credentials.drawing.certificate import Press, grouped, page, press, qr
from lms.credentials.drawing.fonts import Coverage, FontsMissing, Unprintable
from lms.credentials.drawing.text import clean, script

BASE = "https://learn.example.org"


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def font_names(reader: PdfReader) -> set[str]:
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    return {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts}


def test_the_page_holds_the_facts_in_three_scripts(facts):
    reader = read(press().draw(facts(), base_url=BASE))
    text = reader.pages[0].extract_text()

    assert len(reader.pages) == 1
    width, height = reader.pages[0].mediabox[2:]
    assert (round(width), round(height)) == (842, 595)
    for words_ in (
        "Ayesha Siddiqa",
        "Mandarin at work",
        "KK-2026-000001",
        "7K3M 9QXD 2VHT WB5N C",
        "27 November 2026",
        "李爱莎",
        "职场汉语",
        "印度河学院",
        "learn.example.org/verify",
        "Rahim Shah",
    ):
        assert words_ in text, words_
    # The text of a Nastaliq line cannot be taken out of a PDF, so: its font is there, with glyphs of its own.
    assert {name.partition("-")[0] for name in font_names(reader)} >= {
        "EBGaramond",
        "NotoSerifSC",
        "NotoNastaliqUrdu",
    }


def test_it_is_an_archival_and_accessible_document_that_names_itself(facts):
    reader = read(press().draw(facts(), base_url=BASE))
    xmp = reader.xmp_metadata.stream.get_data().decode()

    assert reader.metadata.title == "Certificate of Completion: Mandarin at work, Ayesha Siddiqa"
    assert reader.metadata.author == "Indus College"
    assert "عائشہ صدیقہ" in reader.metadata["/Keywords"]
    assert re.search(r"pdfaid:part>2<", xmp)
    assert re.search(r"pdfuaid:part>1<", xmp)


def test_it_is_small_and_the_same_every_time(facts):
    first, second = (Press().draw(facts(), base_url=BASE) for _ in range(2))

    assert first == second
    assert len(first) < 120_000


def test_a_title_of_its_own_replaces_the_usual_one(facts):
    pdf = press().draw(facts(certificate_title={"en": "Safety Passport"}, basis="programme"), base_url=BASE)

    text = read(pdf).pages[0].extract_text()
    assert "Safety Passport" in text
    assert "programme" in text
    assert "结业证书" in text  # no Chinese title was given: the usual one, not an English one


def test_little_is_enough(facts):
    bare = facts(
        name_hanzi="",
        name_pinyin="",
        name_urdu="",
        level=None,
        hours=None,
        organisation={"en": "X"},
        title={"en": "Welding"},
    )

    assert "Welding" in read(press().draw(bare, base_url=BASE)).pages[0].extract_text()


@pytest.mark.parametrize("name", ["A" * 200, "Fatima " * 40, "علی " * 60, "李" * 80, "Al"])
def test_every_length_of_name_stays_on_one_page(facts, name):
    pdf = press().draw(facts(name=name, name_urdu=name, title={"en": name}), base_url=BASE)

    assert len(read(pdf).pages) == 1


def test_a_name_is_data_and_never_a_program(facts):
    name = '#image("/etc/passwd") #eval("1") *x* $1$ \\ "] </script>'

    text = read(press().draw(facts(name=name), base_url=BASE)).pages[0].extract_text()

    assert '#image("/etc/passwd")' in text
    assert "root:" not in text


def test_letters_that_no_font_has_stop_it_and_are_named(facts):
    with pytest.raises(Unprintable, match=r"😀 \(U\+1F600 GRINNING FACE\)"):
        press().draw(facts(name="Ali 😀"), base_url=BASE)


@pytest.mark.parametrize(
    "name",
    ["Zhā Wú Xǔ Lǚ", "Muḥammad ʿAlī", "囍𬭎堃䶮", "ﷺ محمّدؐ ٱللّٰہ", "سنڌي ڪتاب ڄاڻ", "پښتو ځوان", "Nguyễn Đình"],
)
def test_the_letters_of_our_countries_are_there(facts, name):
    assert press().draw(facts(name=name), base_url=BASE)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ali\u202e evil\u202c", "Ali evil"),
        ("Ali\x00\x07 Khan", "Ali Khan"),
        ("  Ali \n\t Khan ", "Ali Khan"),
        ("Ali\u200b\ufeffKhan", "AliKhan"),
        ("Cafe\u0301", "Café"),
        ("می‌روم", "می‌روم"),
    ],
)
def test_marks_that_only_deceive_are_left_out(typed, printed):
    assert clean(typed) == printed


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("HSK معیاری", "urdu", "urdu"),
        ("Ali", "urdu", "latin"),
        ("2026", "urdu", "urdu"),
        ("李明", "latin", "hanzi"),
        ("Li 李", "hanzi", "hanzi"),
    ],
)
def test_a_line_is_set_in_the_script_it_is_in(text, expected, found):
    assert script(text, expected) == found


def test_the_code_leads_to_the_page_that_checks_it(facts):
    content = page(facts(), base_url=BASE)

    assert content["address"] == f"{BASE}/verify/7K3M9QXD2VHTWB5NC"
    assert content["qr"] == qr(content["address"])
    assert content["qr"].startswith("<svg")
    assert grouped("7K3M9QXD2VHTWB5NC") == "7K3M 9QXD 2VHT WB5N C"


def test_dates_and_hours_read_as_people_write_them(facts):
    day = facts().day

    assert [words.date_in_words(day, language) for language in words.LANGUAGES] == [
        "27 November 2026",
        "2026年11月27日",
        "۲۷ نومبر ۲۰۲۶ء",
    ]
    assert [words.hours(7.5, language) for language in words.LANGUAGES] == [
        "7.5 hours",
        "7.5 学时",
        "۷٫۵ گھنٹے",
    ]


def test_missing_fonts_are_told_in_one_line(tmp_path: Path):
    with pytest.raises(FontsMissing, match="make assets"):
        Press(tmp_path)
    with pytest.raises(FontsMissing, match=r"EBGaramond_400Regular.ttf is not installed: run"):
        fonts.prepare_fonts(tmp_path)


def test_the_command_prepares_the_fonts(app):
    done = app.test_cli_runner().invoke(args=["credentials", "fonts"])

    assert done.exit_code == 0, done.output


def test_coverage_knows_its_ranges():
    coverage = Coverage([(0x41, 0x43), (0x61, 0x61)])

    assert coverage.missing(["ABCa", "DAb", "D@"]) == "Db@"
