"""Question templates rendered without an app, and read back as a browser would send them."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from lms.questions.contract import Mark, QuestionType, plain

PREFIX = "q7-"


class Review:
    """Shows everything, or what is switched off by name."""

    def __init__(self, **shown: bool) -> None:
        self.correctness = shown.get("correctness", True)
        self.right_answer = shown.get("right_answer", True)
        self.feedback = shown.get("feedback", True)


def ask(question: QuestionType, deal: Any, response: Any = None, language: str = "en", **more: Any) -> str:
    template = _environment(language).get_template(f"questions/{question.type}/ask.html")
    context = {"frozen": False, "form": None, **more}
    return template.render(
        question=question, deal=deal, response=response, prefix=PREFIX, language=language, **context
    )


def show(question: QuestionType, deal: Any, response: Any, mark: Mark | None, review: Review, language="en"):
    template = _environment(language).get_template(f"questions/{question.type}/show.html")
    return template.render(
        question=question, deal=deal, response=response, mark=mark, review=review, language=language
    )


def filled(html: str) -> dict[str, list[str]]:
    """What a browser would post for this page, without the prefix."""
    form: dict[str, list[str]] = {}
    for field in Page.of(html).fields:
        for value in field.values:
            form.setdefault(field.name.removeprefix(PREFIX), []).append(value)
    return form


class Field:
    """One input of a page, with the values that it would send."""

    def __init__(self, name: str, html_id: str | None, in_label: bool, disabled: bool) -> None:
        self.name, self.id, self.in_label, self.disabled = name, html_id, in_label, disabled
        self.values: list[str] = []
        self.offered: list[str] = []


class Page(HTMLParser):
    """The inputs and labels of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self.labels: set[str] = set()
        self.ids: list[str] = []
        self.text = ""
        self._open_labels = 0

    @classmethod
    def of(cls, html: str) -> "Page":
        page = cls()
        page.feed(html)
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "label":
            self._open_labels += 1
            self.labels.add(named.get("for") or "")
        if tag in ("input", "select", "textarea"):
            field = Field(
                str(named["name"]),
                named.get("id"),
                self._open_labels > 0 and "for" not in named,
                "disabled" in named,
            )
            self.fields.append(field)
            if tag == "input":
                self._sent_by_input(field, named)
        if tag == "option":
            self._sent_by_option(self.fields[-1], named)

    def handle_endtag(self, tag: str) -> None:
        self._open_labels -= tag == "label"

    def handle_data(self, data: str) -> None:
        self.text += data

    def _sent_by_input(self, field: Field, named: dict[str, str | None]) -> None:
        value = named.get("value") or ""
        field.offered = [value]
        if named["type"] == "text" or "checked" in named:
            field.values = [value]

    def _sent_by_option(self, field: Field, named: dict[str, str | None]) -> None:
        field.offered.append(named.get("value") or "")
        if "selected" in named or len(field.offered) == 1:  # a list without a choice sends its first
            field.values = [field.offered[-1]]

    def without_label(self) -> Iterator[Field]:
        return (field for field in self.fields if not field.in_label and field.id not in self.labels)


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PrefixLoader({"questions": PackageLoader("lms.questions", "types")}),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)
    environment.filters["rich"] = lambda text: Markup("<p>{}</p>").format(escape(plain(text, language)))
    environment.filters["rich_inline"] = lambda text: escape(plain(text, language))
    return environment
