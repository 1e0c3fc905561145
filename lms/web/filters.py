"""Jinja filters: words in the reader's language, sizes, shares and durations."""

from collections.abc import Callable

from flask import Flask
from markupsafe import Markup, escape

from lms.web.languages import LANGUAGES, Text, page_language, spoken
from lms.web.languages import translated as _
from lms.web.languages import translated_number as ngettext
from lms.web.moments import city_times, karachi_time

Renderer = Callable[[str, str], str]  # mark-up and the language it is written in -> safe HTML
NO_BREAK = "\N{NO-BREAK SPACE}"
ISOLATE, END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def init_app(app: Flask) -> None:
    """Give templates their filters; until `use_renderers` is called, rich text is shown as plain."""
    app.jinja_env.filters.update(
        localised=localised,
        bytes_size=bytes_size,
        percent=percent,
        minutes=minutes,
        city_times=city_times,
        karachi_time=karachi_time,
    )
    # Else `{{ 15|minutes }}` is computed once, when the template is compiled, in the language of that reader.
    app.jinja_env.optimized = False
    use_renderers(app, block=_plain_block, inline=_plain_inline)


def use_renderers(app: Flask, *, block: Renderer, inline: Renderer) -> None:
    """Render `|rich` and `|rich_inline` by these functions, which keep what they made."""
    app.jinja_env.filters["rich"] = _rich(block, "div")
    app.jinja_env.filters["rich_inline"] = _rich(inline, "span")


def localised(text: Text | None) -> Markup:
    """The words in the page's language, escaped; marked with their own language where it is another."""
    if not text:
        return Markup("")
    words, language = spoken(text, page_language())
    return _marked(escape(words), language, "span", known=not isinstance(text, str))


def bytes_size(size: int) -> str:
    """A number of bytes as people pay for them: thousands, one decimal from a megabyte on."""
    if size < 1_000:
        return _isolated(_("%(count)s bytes", count=size))
    if size < 1_000_000:
        return _isolated(_("%(count)s KB", count=round(size / 1_000)))
    return _isolated(_("%(count)s MB", count=f"{size / 1_000_000:.1f}".removesuffix(".0")))


def percent(share: float | None) -> str:
    """A share from 0 to 1 as whole per cent; a dash when there is none."""
    return "–" if share is None else _isolated(f"{round(share * 100)}{NO_BREAK}%")


def minutes(count: float) -> str:
    """A duration in minutes, with hours from sixty on."""
    hours, rest = divmod(round(count), 60)
    if not hours:
        return _isolated(_("%(count)s min", count=rest))
    if not rest:
        return _isolated(ngettext("%(num)s h", "%(num)s h", hours))
    return _isolated(_("%(hours)s h %(minutes)s min", hours=hours, minutes=rest))


def _isolated(words: str) -> str:
    # Among words from right to left, "42 KB · 67 %" would else come out as "KB · % 67 42".
    return f"{ISOLATE}{words}{END_ISOLATE}" if LANGUAGES[page_language()].direction == "rtl" else words


def _rich(render: Renderer, tag: str) -> Callable[[Text | None], Markup]:
    def rich(text: Text | None) -> Markup:
        if not text:
            return Markup("")
        words, language = spoken(text, page_language())
        return _marked(Markup(render(words, language)), language, tag, known=not isinstance(text, str))  # noqa: S704  the renderer cleans

    return rich


def _plain_block(words: str, language: str) -> str:
    return f"<p>{escape(words)}</p>"


def _plain_inline(words: str, language: str) -> str:
    return str(escape(words))


def _marked(html: Markup, language: str, tag: str, *, known: bool) -> Markup:
    # A plain string names no language: it may as well be hanzi, a number or a name.
    if not known or language == page_language() or language not in LANGUAGES:
        return html
    spec = LANGUAGES[language]
    return Markup('<{0} lang="{1}" dir="{2}">{3}</{0}>').format(tag, spec.tag, spec.direction, html)
