"""Each character gets its syllable, however the pinyin is joined; where the two disagree, it is said how."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.mandarin.rules import align

AGREE = {
    ("安全帽", "ānquánmào"): "安ān 全quán 帽mào",
    ("你好！", "Nǐ hǎo!"): "你Nǐ 好hǎo ！",
    ("西安", "Xī'ān"): "西Xī 安ān",
    ("西安", "Xī’ān"): "西Xī 安ān",
    ("女儿", "nǚ'ér"): "女nǚ 儿ér",
    ("哪儿", "nǎr"): "哪nǎ 儿r",
    ("一点儿水", "yīdiǎnr shuǐ"): "一yī 点diǎn 儿r 水shuǐ",
    ("玩儿吧", "wánr ba"): "玩wán 儿r 吧ba",
    ("儿子", "érzi"): "儿ér 子zi",
    ("妈妈吗", "māma ma"): "妈mā 妈ma 吗ma",
    ("第一天", "dì-yī tiān"): "第dì 一yī 天tiān",
    ("方案", "fāng'àn"): "方fāng 案àn",
    ("翻案", "fān'àn"): "翻fān 案àn",
    ("南国", "nánguó"): "南nán 国guó",
    ("绿色", "lǜsè"): "绿lǜ 色sè",
    ("中国人", "Zhōngguórén"): "中Zhōng 国guó 人rén",
    ("二百三十伏", "èrbǎi sānshí fú"): "二èr 百bǎi 三sān 十shí 伏fú",
    ("230伏", "230 fú"): "230 伏fú",
    ("230伏", "èrbǎi sānshí fú"): "230èrbǎi sānshí 伏fú",
    ("第3课", "dì sān kè"): "第dì 3sān 课kè",
    ("LED灯", "LED dēng"): "LED 灯dēng",
    ("A区在哪儿？", "A qū zài nǎr?"): "A 区qū 在zài 哪nǎ 儿r ？",
    ("嗯，好。", "Ǹg, hǎo."): "嗯Ǹg ， 好hǎo 。",
    ("“你好”，他说。", "“Nǐ hǎo”, tā shuō."): "“ 你Nǐ 好hǎo ”， 他tā 说shuō 。",
    ("二〇二六年", "èr líng èr liù nián"): "二èr 〇líng 二èr 六liù 年nián",
    ("早。你好！", "Zǎo. Nǐ hǎo!"): "早Zǎo 。 你Nǐ 好hǎo ！",
}

DISAGREE = {
    ("安全帽", "ānquán"): "“帽” has no syllable",
    ("西安", "Xiān"): "“安” has no syllable",
    ("你", "nǐ hǎo"): "“hǎo” is left over",
    ("你好", "ni hɑo"): "at “好”",
    ("你好", "ni3 hao3"): "at “好”",
    ("猫", "maò"): "wrong letter",
    ("贵", "gùi"): "wrong letter",
    ("你好", "nǐhǎoma"): "left over",
    ("是", "sì4"): "left over",
    ("你好。再见。", "Nǐ. Hǎo zàijiàn."): "“好” has no syllable",
    ("安全", ""): "has no syllable",
    ("字", "xyz"): "at “字”",
}


@pytest.mark.parametrize(("hanzi", "pinyin"), AGREE)
def test_they_agree(hanzi: str, pinyin: str):
    aligned = align(hanzi, pinyin)
    assert aligned.trouble == ""
    assert " ".join(base + reading for base, reading in aligned.pairs) == AGREE[hanzi, pinyin]


@pytest.mark.parametrize(("hanzi", "pinyin"), DISAGREE)
def test_they_disagree(hanzi: str, pinyin: str):
    assert DISAGREE[hanzi, pinyin] in align(hanzi, pinyin).trouble


def test_what_disagrees_keeps_its_whole_pinyin():
    assert align("安全帽", "ānquán").pairs == (("安全帽", "ānquán"),)


def test_only_the_sentence_that_disagrees_is_kept_whole():
    assert align("早！你好！", "Zǎo! Nǐ!").pairs == (("早", "Zǎo"), ("！", ""), ("你好！", "Nǐ!"))


@given(
    st.text(alphabet="安全帽儿你好A3 。，！x", max_size=60), st.text(alphabet="nǐhǎoānr'3 .!-x", max_size=120)
)
def test_no_character_is_lost_or_doubled(hanzi: str, pinyin: str):
    assert "".join(base for base, _ in align(hanzi, pinyin).pairs) == hanzi


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_breaks_it(hanzi: str, pinyin: str):
    assert "".join(base for base, _ in align(hanzi, pinyin).pairs) == hanzi


@pytest.mark.parametrize(
    ("hanzi", "pinyin"),
    [
        ("安" * 900, "an" * 1500),
        ("儿" * 900, "r" * 1500),
        ("1" * 900 + "安", "er" * 1400),
        ("1 " * 900, "er" * 900),
    ],
)
def test_it_never_takes_long(hanzi: str, pinyin: str):
    began = time.perf_counter()
    align(hanzi, pinyin)
    assert time.perf_counter() - began < 3
