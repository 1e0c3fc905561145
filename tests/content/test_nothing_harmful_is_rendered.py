"""Whatever is written renders without an error, and never into something that runs."""

# ruff: noqa: E501  a table of pieces

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.content.blocks import GLOSSES, Page, blocks
from lms.content.rendering import plain_inline, problems, rich, rich_inline, ruby
from lms.content.sources.lines import Entry
from lms.content.sources.texts import Text

PIECES = st.sampled_from(
    [
        "<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "javascript:alert(1)",
        "[a](", ")", "![", "](", "`", "```\n", "**", "_", "{", "|", "}", "{字|", "zì}", "{字|<b>}", "{<i>字|zì}",
        "你好", "اردو", "\u200f", "\u202e", "\ue000", "\x00", "&lt;", "&#x3c;", "&", '"', "'", "<", ">", "\n", "\n\n",
        "# ", "- ", "1. ", "> ", "    ", "|a|b|\n|-|-|\n", "<!--", "-->", "]]>", "<a href='javascript:x'>", "\\",
        "[x]: javascript:alert(1)\n", "[x]", "<https://x.org>", "data:text/html,<script>", "\t", "a", "nǐ hǎo", "230 V",
    ]
)  # fmt: skip
WRITTEN = st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join)
LANGUAGES = st.sampled_from(["en", "ur", "zh"])


class Inspector(HTMLParser):
    """Notes every element that runs and every attribute that does."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.harmful: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "svg", "style", "form", "base", "meta", "link"):
            self.harmful.append(tag)
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                self.harmful.append((tag, name))
            # What is relative stays on this site; only another scheme could run something.
            has_scheme = ":" in address.split("/")[0]
            if name in ("href", "src") and has_scheme and not address.startswith(("https://", "mailto:")):
                self.harmful.append((tag, name, value))

    def handle_comment(self, data: str) -> None:
        self.harmful.append(("comment", data))


@given(WRITTEN, LANGUAGES)
@settings(max_examples=400, deadline=None)
def test_markdown(words: str, language: str):
    assert Inspector(rich(words, language)).harmful == []
    assert Inspector(rich_inline(words, language)).harmful == []
    list(problems(words, is_lesson=True))


@given(WRITTEN, WRITTEN, LANGUAGES)
@settings(max_examples=200, deadline=None)
def test_ruby_and_plain_words(hanzi: str, pinyin: str, language: str):
    assert Inspector(ruby(hanzi, pinyin, language)).harmful == []
    assert Inspector(plain_inline(hanzi, language)).harmful == []


@given(st.fixed_dictionaries({"en": WRITTEN}, optional={"ur": WRITTEN, "zh": WRITTEN}))
@settings(max_examples=200, deadline=None)
def test_a_text_for_every_reader(words: dict[str, str]):
    text = Text.model_construct(**{"ur": None, "zh": None, **words})
    for language in GLOSSES:
        page = Page(language, {})
        assert Inspector(page.words(text)).harmful == []
        assert Inspector(page.prose(text)).harmful == []


@given(WRITTEN)
@settings(max_examples=200, deadline=None)
def test_words_of_a_block(words: str):
    """Blocks escape what they are given even where the checks of their shape did not stop it."""
    steps = blocks()["steps"].model_construct(
        title=None, items=[Text.model_construct(en=words, ur=None, zh=None)]
    )
    line = {"en": words, "ur": words, "zh": words, "pinyin": words, "note": None, "audio": None}
    sentence = Entry.model_construct(**line)
    words_block = blocks()["words"].model_construct(title=None, items=[sentence])
    for language in GLOSSES:
        page = Page(language, {})
        assert Inspector(steps.html(page)).harmful == []
        assert Inspector(words_block.html(page)).harmful == []


def test_the_inspector_sees_harm():
    harmful = Inspector("<a href='javascript:x' onclick=y><script></script><!-- x -->").harmful
    assert harmful == [("a", "href", "javascript:x"), ("a", "onclick"), "script", ("comment", " x ")]
