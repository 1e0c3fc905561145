"""Pinyin is read the same however it is typed, and nothing else is taken for pinyin."""

import pytest

from lms.mandarin.pinyin import SYLLABLES, Syllable, has_tones, syllables


def read(text: str) -> str:
    return " ".join(f"{part.letters}{part.tone or ''}" for part in syllables(text) or ()) or "–"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nǐ hǎo", "ni3 hao3"),
        ("nǐhǎo", "ni3 hao3"),
        ("ni3hao3", "ni3 hao3"),
        ("NI3 HAO3", "ni3 hao3"),
        ("ni\u030c ha\u030co", "ni3 hao3"),
        ("nĭ hăo", "ni3 hao3"),
        ("nihao", "ni hao"),
        ("ni3 hao", "ni3 hao"),
        ("māma", "ma1 ma"),
        ("ma1ma5", "ma1 ma"),
        ("ma1ma0", "ma1 ma"),
        ("péngyou", "peng2 you"),
        ("zhuāng", "zhuang1"),
        ("xiān", "xian1"),
        ("Xī'ān", "xi1 an1"),
        ("Xī’ān", "xi1 an1"),
        ("xi1an1", "xi1 an1"),
        ("xīān", "xi1 an1"),
        ("fāng'àn", "fang1 an4"),
        ("fàngàn", "fan4 gan4"),
        ("fangan", "fan gan"),
        ("nánrén", "nan2 ren2"),
        ("tiānānmén", "tian1 an1 men2"),
        ("Běijīng-Shànghǎi", "bei3 jing1 shang4 hai3"),
        ("ānquánmào", "an1 quan2 mao4"),
        ("dì'èr", "di4 er4"),
        ("dìèr", "di4 er4"),
        ("nǎr", "nar3"),
        ("na3r", "nar3"),
        ("yìdiǎnr", "yi4 dianr3"),
        ("nǚ'ér", "nü3 er2"),
        ("nv3er2", "nü3 er2"),
        ("lu:4se4", "lü4 se4"),
        ("lv4 se4", "lü4 se4"),
        ("lǜsè", "lü4 se4"),
        ("lyuse", "lü se"),
        ("lüè", "lüe4"),
        ("lue4", "lüe4"),
        ("jü2", "ju2"),
        ("qv4", "qu4"),
        ("ɡōnɡrén", "gong1 ren2"),
        ("Nǐ hǎo!", "ni3 hao3 !"),
    ],
)
def test_it_is_read(typed, expected):
    assert read(typed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "'",
        "hello",
        "你好",
        "HSK 3",
        "3",
        "ni6",
        "ni33",
        "nǐ3",
        "nǐī",
        "é́",
        "xyz",
        "ni3 好",
        "5 V",
        "r",
    ],
)
def test_it_is_no_pinyin(text):
    assert syllables(text) is None


@pytest.mark.parametrize("syllable", sorted(SYLLABLES))
def test_each_syllable_is_itself_in_every_tone(syllable):
    for tone in range(1, 5):
        assert syllables(f"{syllable}{tone}") == (Syllable(SYLLABLES[syllable], tone),)


def test_a_tone_is_noticed():
    assert has_tones(syllables("māma"))
    assert not has_tones(syllables("ma ma"))


def test_a_long_text_is_read_quickly():
    assert len(syllables("zhuang" * 5_000)) == 5_000
