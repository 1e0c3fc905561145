"""Three languages: which one this page is in, and the words of a text in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, request
from flask_babel import Babel
from flask_login import current_user
from markupsafe import Markup

Text = str | Mapping[str, str]
COOKIE = "language"
TRANSLATIONS = Path(__file__).resolve().parent / "translations"


@dataclass(frozen=True)
class Language:
    """A language of the site: `tag` for the lang attribute, `name` in its own script."""

    code: str
    tag: str
    name: str
    direction: str = "ltr"


LANGUAGES: dict[str, Language] = {
    "en": Language("en", "en", "English"),
    "ur": Language("ur", "ur", "اردو", "rtl"),
    "zh": Language("zh", "zh-Hans", "中文"),
}
DEFAULT = "en"


def init_app(app: Flask) -> None:
    """Let pages be translated into the language of whoever reads them."""
    Babel(
        app,
        locale_selector=page_language,
        default_translation_directories=str(TRANSLATIONS),
        default_locale=DEFAULT,
        default_timezone="UTC",
    )
    app.jinja_env.globals.update(
        LANGUAGES=LANGUAGES,
        page_language=lambda: LANGUAGES[page_language()],
        _=translated,
        gettext=translated,
        ngettext=translated_number,
    )


def translated(message: str, **variables: Any) -> Markup:
    """The words for a template, with escaped variables; a page asks some hundred times, so this is short."""
    words = _words(page_language(), message)
    return words % variables if "%" in words else words


def translated_number(singular: str, plural: str, num: int, **variables: Any) -> Markup:
    """The words for so many; `%(num)s` is the number."""
    words = _catalogue(page_language()).ungettext(singular, plural, num)
    return Markup(words) % {"num": num, **variables}  # noqa: S704  our own words


@lru_cache(maxsize=5000)
def _words(language: str, message: str) -> Markup:
    return Markup(_catalogue(language).ugettext(message))  # noqa: S704  our own words


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(str(TRANSLATIONS), [language])


def page_language() -> str:
    """The code of the language to answer in: the person's, else the cookie's, else the browser's."""
    try:
        return str(g.page_language)
    except AttributeError:
        g.page_language = _of_person() or language_without_person()
        return str(g.page_language)


def language_without_person() -> str:
    """The same without asking who is signed in: for when the database cannot be asked."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT


def spoken(text: Text, language: str) -> tuple[str, str]:
    """The words of a text and the language they are in: the one wanted, else English, else any."""
    if isinstance(text, str):
        return text, DEFAULT
    for code in (language, DEFAULT, *text):
        if text.get(code):
            return text[code], code
    return "", language


def _of_person() -> str | None:
    if not hasattr(current_app, "login_manager"):
        return None
    language = getattr(current_user, "language", None)
    return language if language in LANGUAGES else None
