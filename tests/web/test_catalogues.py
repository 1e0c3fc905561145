"""Every word that a person may see is there in Urdu and Chinese, complete, and typed in the right letters."""

import re

import pytest
from babel.messages.catalog import Message

from lms.web import catalogues

ARABIC_LETTERS = re.compile("[يىكه]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]")


def translations(code: str) -> list[tuple[str, str]]:
    """Each English word of a catalogue with its translation, or with each of its plural forms."""
    messages = [message for message in catalogues._catalogue(code) if message.id]
    return [(catalogues._first(message), words) for message in messages for words in _forms(message)]


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def test_every_word_is_translated(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.check() == 0, capsys.readouterr().err


def test_urdu_is_typed_with_urdu_letters() -> None:
    assert [words for _, words in translations("ur") if ARABIC_LETTERS.search(words)] == []


def test_chinese_has_full_width_punctuation() -> None:
    assert [words for _, words in translations("zh") if HALF_WIDTH.search(words)] == []


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_percent_signs_stay_pairs(code: str) -> None:
    assert [source for source, words in translations(code) if source.count("%%") != words.count("%%")] == []
