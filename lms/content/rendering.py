"""Authors' Markdown made into small, safe HTML, with ruby and the language of every run of words."""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from lms.mandarin.rules import HAN, align

RENDERER = 1  # raise it when the HTML changes: documents published afterwards are new documents

# Inside {字|zì} the bar becomes this private character before parsing, or it would cut table cells.
_BAR = "\ue000"
_WRITTEN = re.compile(rf"\{{([^{{}}|\n]*[{HAN}][^{{}}|\n]*)\|([^{{}}|\n]+)\}}")
_RUBY = re.compile(rf"\{{([^{{}}{_BAR}]+){_BAR}([^{{}}{_BAR}]+)\}}")

_MARKUP = re.compile(r"[<{\[]")  # without one of these nothing can be a problem, and most texts have none

_WIDE = r"\u3000-\u303f\uff01-\uff65"
_ARABIC = r"\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_HAN_RUN = rf"(?P<han>[{_WIDE}]*[{HAN}][{HAN}{_WIDE}]*)"
_URDU_RUN = rf"(?P<urdu>[{_ARABIC}][{_ARABIC}\u200c\u200d]*(?:\s+[{_ARABIC}\u200c\u200d]+)*)"
# "230 V" among Urdu words would be shown as "V 230": what holds Latin letters and something else is isolated.
_LATIN = r"A-Za-zÀ-ɏ\u0370-\u03ffΩ℃℉µ"
_LATIN_RUN = (
    rf"(?P<latin>(?:[-+±~≈≤≥<>] ?)?[{_LATIN}0-9](?:[^()\[\]\n{_ARABIC}{HAN}{_WIDE}]*[{_LATIN}0-9%°+~])?)"
)
_ONE_DIRECTION = re.compile(rf"[{_LATIN}]+|[0-9]+(?:[.,:][0-9]+)*")
_FOREIGN = {
    "en": re.compile(f"{_HAN_RUN}|{_URDU_RUN}"),
    "ur": re.compile(f"{_HAN_RUN}|{_LATIN_RUN}"),
    "zh": re.compile(_URDU_RUN),
}

_TAGS = {
    *(
        "a",
        "aside",
        "audio",
        "bdi",
        "blockquote",
        "br",
        "code",
        "details",
        "div",
        "em",
        "figcaption",
        "figure",
    ),
    *(
        "h2",
        "h3",
        "h4",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "rt",
        "ruby",
        "section",
        "small",
        "span",
        "strong",
    ),
    *("summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {
    "*": {"class", "lang", "dir"},
    "a": {"href", "download"},
    "audio": {"controls", "preload", "src"},
    "img": {"alt", "height", "loading", "src", "width"},
    "ol": {"start"},
}


@dataclass(frozen=True)
class Problem:
    """Something in Markdown that will not be shown as meant; `line` counts from 0 within the words."""

    line: int
    message: str
    remedy: str


@lru_cache(maxsize=4096)
def rich(words: str, language: str = "en") -> str:
    """Markdown in this language as blocks of HTML."""
    return clean(_markdown(html=False).render(_prepared(words), {"language": language}))


@lru_cache(maxsize=4096)
def rich_inline(words: str, language: str = "en") -> str:
    """Markdown in this language as one line of HTML, for headings, options and table cells."""
    return clean(_markdown(html=False).renderInline(_prepared(words), {"language": language}))


def plain_inline(words: str, language: str = "en") -> str:
    """Words without any mark-up, as HTML with the language of every foreign run."""
    foreign = _FOREIGN.get(language, _FOREIGN["en"])
    done, pieces = 0, []
    for run in foreign.finditer(words):
        pieces += [escape(words[done : run.start()]), _marked(run)]
        done = run.end()
    return "".join([*pieces, escape(words[done:])])


def ruby(hanzi: str, pinyin: str, language: str = "zh") -> str:
    """Characters with a syllable above each; `language` is that of the words around them."""
    pairs = align(hanzi, pinyin).pairs
    inside = "".join(
        f"<ruby>{escape(base)}<rt>{escape(reading)}</rt></ruby>" if reading else escape(base)
        for base, reading in pairs
    )
    if language == "zh":
        return inside
    return f'<bdi lang="zh-Hans">{inside}</bdi>'  # isolated, or among Urdu the syllables would run leftwards


def in_language(words: str, written: str, page: str, inline: bool = False) -> str:
    """Words written in one language for a page in another, marked with theirs where they differ."""
    inner = rich_inline(words, written) if inline else rich(words, written)
    if written == page:
        return inner
    tag = "span" if inline else "div"
    return f"<{tag}{language_attributes(written, page)}>{inner}</{tag}>"


def language_attributes(language: str, page: str) -> str:
    """The HTML attributes of an element in this language, after a space; none if it is the page's."""
    if language == page:
        return ""
    code = "zh-Hans" if language == "zh" else language
    turns = "ur" in (language, page)
    direction = "rtl" if language == "ur" else "ltr"
    return f' lang="{code}" dir="{direction}"' if turns else f' lang="{code}"'


def clean(html: str) -> str:
    """Only what the allow-list knows: the last step, whatever went before it."""
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https", "mailto"}, link_rel=None)


def problems(words: str, is_lesson: bool = False) -> Iterator[Problem]:
    """What an author should mend, in order; headings are judged only in a lesson."""
    if not is_lesson and not _MARKUP.search(words):
        return
    for token in _markdown(html=True).parse(_prepared(words), {}):
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield _html(line, token.content)
        elif token.type == "heading_open" and is_lesson and token.tag not in ("h2", "h3"):
            yield Problem(line, "Headings are ## or ###.", "The title stands in the front matter.")
        for child in token.children or ():
            yield from _inline_problems(child, line)
            line += child.type in ("softbreak", "hardbreak")


def _inline_problems(token: Token, line: int) -> Iterator[Problem]:
    if token.type == "html_inline":
        yield _html(line, token.content)
    elif token.type == "image":
        yield Problem(line, "Images are not written like this.", "Use a block ::: image in a lesson.")
    elif token.type == "link_open" and not str(token.attrs["href"]).startswith(("https://", "mailto:")):
        yield Problem(line, f"“{token.attrs['href']}” leads nowhere.", "A link begins with https://.")
    elif token.type == "ruby":
        trouble = align(token.content, token.info).trouble
        if trouble:
            where = f"{{{token.content}|{token.info}}}"
            yield Problem(line, f"Pinyin and characters disagree: {trouble}.", f"Mend {where}.")


def _html(line: int, content: str) -> Problem:
    return Problem(line, f"HTML ({content.strip()[:40]}) is not shown.", "Use Markdown; write < as \\<.")


def _prepared(words: str) -> str:
    return _WRITTEN.sub(rf"{{\1{_BAR}\2}}", words.replace(_BAR, ""))


@cache
def _markdown(html: bool) -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": html}).enable("table")
    markdown.inline.ruler.before("escape", "ruby", _read_ruby)
    markdown.add_render_rule("text", _show_text)
    markdown.add_render_rule("ruby", _show_ruby)
    markdown.add_render_rule("code_inline", _show_code)
    markdown.add_render_rule("code_block", _show_fence)
    markdown.add_render_rule("fence", _show_fence)
    return markdown


def _read_ruby(state: StateInline, silent: bool) -> bool:
    match = _RUBY.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if not match:
        return False
    if not silent:
        token = state.push("ruby", "ruby", 0)
        token.content, token.info = match.group(1).strip(), match.group(2).strip()
    state.pos = match.end()
    return True


Env = MutableMapping[str, Any]


def _show_text(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
    return plain_inline(tokens[at].content.replace(_BAR, "|"), env.get("language", "en"))


def _show_ruby(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
    return ruby(tokens[at].content, tokens[at].info, env.get("language", "en"))


def _show_code(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
    direction = ' dir="ltr"' if env.get("language") == "ur" else ""
    return f"<code{direction}>{escape(tokens[at].content.replace(_BAR, '|'))}</code>"


def _show_fence(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Env) -> str:
    return f'<pre dir="ltr"><code>{escape(tokens[at].content.replace(_BAR, "|"))}</code></pre>'


def _marked(run: re.Match[str]) -> str:
    words = escape(run.group())
    if run.lastgroup == "han":
        return f'<bdi lang="zh-Hans">{words}</bdi>'
    if run.lastgroup == "urdu":
        return f'<bdi lang="ur" dir="rtl">{words}</bdi>'
    return words if _ONE_DIRECTION.fullmatch(run.group()) else f'<bdi dir="ltr">{words}</bdi>'
