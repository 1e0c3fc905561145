"""What is spelt alike is right, what is spelt differently is not: never "nearly"."""

import pytest

from lms.questions.types.shortanswer.spelling import example_of, matches


@pytest.mark.parametrize(
    ("pattern", "typed"),
    [
        ("helmet", "  HELMET "),
        ("hard hat", "hard \u00a0 hat"),
        ("café", "cafe\u0301"),
        ("A4", "Ａ４"),
        ("8:30", "８：３０"),
        ("don't", "don’t"),
        ("安全帽", "安全 帽"),
        ("安全帽", "\u2068安全帽\u2069"),
        ("⼀", "一"),
        ("您好！", "您好!"),
        ("谢谢。", "谢谢."),
        ("پانی", "پاني"),
        ("پانی", "پانى"),
        ("کام", "كام"),
        ("ہاتھ", "هاتھ"),
        ("ہے", "ھے"),
        ("یہ", "يه"),
        ("علیحدہ", "علیحده"),
        ("ذمہ دار", "ذمّہ دار"),
        ("خوش\u200cآمدید", "خوشآمدید"),
        ("ﷲ", "الله"),
        ("آپ کا نام؟", "آپ کا نام?"),
        ("مسئلہ", "مسی\u0654لہ"),
        ("۲۲۰", "220"),
        ("220", "٢٢٠"),
        ("*", "anything"),
        ("*", ""),
        ("a*z", "az"),
        ("a*z", "a to z"),
        ("*live*wire*", "a live, red wire!"),
        (r"2\*3", "2*3"),
        (r"\**", "*x"),
        ("what?", "what?"),
        ("a.c", "a.c"),
        ("nǐ hǎo*", "ni3 hao3 ma"),
        ("*hǎo", "nihao3"),
        ("Nǐ hǎo!", "ni3hao3！"),
    ],
)
def test_it_is_right(pattern, typed):
    assert matches(pattern, typed)


@pytest.mark.parametrize(
    ("pattern", "typed"),
    [
        ("helmet", "helmets"),
        ("helmet", "a helmet"),
        ("helmet", "helmett"),
        ("a*z", "a z."),
        ("a*a", "a"),
        ("*ab*ab*", "xabx"),
        (r"2\*3", "2 by 3"),
        ("a.c", "abc"),
        ("[ab]", "a"),
        ("wh?t", "what"),
        ("کھا", "کہا"),
        ("پھل", "پہل"),
        ("安全帽", "安全"),
        ("m²", "m2"),
        ("nǐ hǎo", "ni hao"),
        ("nǐ hǎo", "ni2 hao3"),
        ("nǐ hǎo", "nǐ hǎo!"),
        ("Xī'ān", "xiān"),
        ("lǜ", "lù"),
        ("*hǎo", "shao3"),
        ("can", "càn"),
        ("ni hao", "nihao"),
    ],
)
def test_it_is_wrong(pattern, typed):
    assert not matches(pattern, typed)


@pytest.mark.parametrize("typed", ["ni hao", "nihao", "nǐ hào", "ni3hao", "NI HAO"])
def test_tones_may_be_ignored(typed):
    assert matches("nǐ hǎo", typed, tones="ignore")
    assert not matches("nǐ hǎo", "na hao", tones="ignore")
    assert not matches("nǐ hǎo*", "nǐ hǎ", tones="ignore")


def test_capitals_count_where_they_matter():
    assert matches("kW", "kW", match_case=True)
    assert not matches("kW", "KW", match_case=True)
    assert matches("Nǐ hǎo", "Ni3hao3", match_case=True)
    assert not matches("Nǐ hǎo", "ni3 hao3", match_case=True)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("helmet", "helmet"),
        ("a*z", "az"),
        (r"2\*3*", "2*3"),
        ("with * stars", "with … stars"),
        ("* ", ""),
        ("**", ""),
    ],
)
def test_a_pattern_has_an_example_that_it_matches(pattern, text):
    assert example_of(pattern) == text
    assert not text or matches(pattern, text)


def test_stars_do_not_make_it_slow():
    assert not matches("*a" * 200 + "*b", "a" * 2_000)
    assert matches("*a" * 200 + "*", "a" * 2_000)
