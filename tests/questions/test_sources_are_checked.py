"""An author is told what is wrong, where, and what to write instead."""

import pytest

from lms.questions.contract import SourceFault, parse
from lms.questions.source import language_tag, plain

TWO = [{"id": "a", "text": "one", "right": True}, {"id": "b", "text": "two"}]


def refusal(**source) -> SourceFault:
    with pytest.raises(SourceFault) as refused:
        parse({"id": "q", "type": "multichoice", "ask": "Which?", "options": TWO} | source)
    return refused.value


@pytest.mark.parametrize(
    ("source", "field", "words"),
    [
        ({"id": "Q 1"}, "id", "lower-case"),
        ({"id": 7}, "id", "quotes"),
        ({"ask": {"ur": "کون سا؟"}}, "ask.en", "Add en"),
        ({"ask": {"en": "Which?", "fr": "Lequel ?"}}, "ask.fr", "en, ur and zh"),
        ({"ask": {"en": 5}}, "ask.en", "quotes"),
        ({"ask": "  "}, "ask", "characters"),
        ({"ask": True}, "ask", "quotes"),
        ({"marks": -1}, "marks", ""),
        ({"marks": float("nan")}, "marks", ""),
        ({"marks": "2"}, "marks", "without quotes"),
        ({"shuffle": "no"}, "shuffle", "true or false"),
        ({"selct": "many"}, "selct", "'select'"),
        ({"select": "all"}, "select", ""),
        ({"options": TWO[:1]}, "options", ""),
        ({"options": "a"}, "options", "dash"),
        ({"options": [TWO[0], "b"]}, "options.1", "id"),
        ({"options": [TWO[0], TWO[0]]}, "options", "id of its own"),
        ({"options": [TWO[1], {**TWO[1], "id": "c"}]}, "options", "right: true"),
        ({"options": [TWO[0], {**TWO[0], "id": "c"}]}, "options", "right: true"),
        ({"options": [TWO[0], {**TWO[1], "fraction": 0.5}]}, "options", "only one"),
        ({"options": [TWO[0], {**TWO[1], "fraction": 2}]}, "options.1.fraction", ""),
        ({"options": [TWO[0], {**TWO[1], "txt": "x"}]}, "options.1.txt", "'text'"),
        (
            {"select": "many", "options": [{**TWO[1], "fraction": 0.5}, {**TWO[1], "id": "c"}]},
            "options",
            "make 1",
        ),
        ({"type": "matching", "options": None}, "options", "pairs"),
    ],
)
def test_a_fault_names_its_field_and_a_remedy(source, field, words):
    fault = refusal(**source)

    assert fault.field == field
    assert words in fault.remedy
    assert fault.message


def test_all_faults_are_told_at_once():
    fault = refusal(id="Q", marks="2", colour="red")

    assert [each.field for each in (fault, *fault.others)] == ["colour", "id", "marks"]
    assert str(fault).startswith("colour: ")


def test_a_field_can_be_followed_into_the_source():
    assert refusal(options=[TWO[0], {**TWO[1], "txt": "x"}]).path == ("options", 1, "txt")


def pairs(*rights: str, **more) -> dict:
    made = [{"id": f"p{number}", "left": f"l{number}", "right": right} for number, right in enumerate(rights)]
    return {"id": "m", "type": "matching", "ask": "Match.", "pairs": made, **more}


@pytest.mark.parametrize(
    ("source", "field"),
    [
        (pairs("a", "b"), "pairs"),
        (pairs("a", "a", "a"), "pairs"),
        (pairs("a", "b", "c", extra=[{"id": "x", "right": "a"}]), "extra"),
        (pairs("a", "b", "c", extra=[{"id": "p1", "right": "d"}]), "pairs"),
        ({"id": "s", "type": "shortanswer", "ask": "?", "answers": [{"text": "*"}]}, "answers"),
        (
            {"id": "s", "type": "shortanswer", "ask": "?", "answers": [{"text": "a", "fraction": 0.5}]},
            "answers",
        ),
        (
            {
                "id": "s",
                "type": "shortanswer",
                "ask": "?",
                "answers": [{"text": "a*", "fraction": 0.5}, {"text": "ab"}],
            },
            "answers",
        ),
    ],
)
def test_what_cannot_be_answered_rightly_is_refused(source, field):
    with pytest.raises(SourceFault) as refused:
        parse(source)

    assert refused.value.field == field


def test_an_option_list_with_the_same_words_twice_offers_them_once():
    question = parse(pairs("red", "blue", "red"))

    assert sorted(choice.words for choice in question.choices(question.deal(Dice()), "en")) == ["blue", "red"]


class Dice:
    """Dice that leave everything as it is."""

    def shuffle(self, order: list) -> None:
        """Nothing moves."""


def test_plain_words_lose_their_mark_up_and_keep_their_pinyin():
    assert (
        plain({"en": "Wear a **{安全帽|ānquánmào}** _here_ [now](x.html)"})
        == "Wear a 安全帽 (ānquánmào) here now"
    )
    assert plain({"en": "a", "ur": "ب"}, "ur") == "ب"
    assert plain("two_words  and\n`code`") == "two_words and code"


@pytest.mark.parametrize(("words", "tag"), [("帽子", "zh-Hans"), ("ٹوپی", "ur"), ("hat", None)])
def test_words_know_their_script(words, tag):
    assert language_tag(words) == tag
