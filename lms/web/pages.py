"""Pages, and fragments of pages: one template serves both."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.templating import Environment

# What htmx sends, so that either our own script or htmx may ask.
FRAGMENT_HEADER = "HX-Request"


class Templates(Environment):
    """Flask's templates, which all look up their globals in one dict.

    Jinja gives each template a chain of two, and goes through it key by key at every import and include:
    a twentieth of the time of a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **d} if d else self.globals


@dataclass(frozen=True)
class NavLink:
    """One entry of the header's navigation; `label` is already in the page's language."""

    label: str
    href: str
    icon: str = ""


def render(template: str, block: str | None = None, **data: Any) -> str:
    """The whole page, or only its block of this name when a script asks for a fragment."""
    return render_template(template, fragment=block if block and wants_fragment() else None, **data)


def wants_fragment() -> bool:
    """Whether a script asked for a piece to put into a page that is already there."""
    return FRAGMENT_HEADER in request.headers
