"""Pages, and fragments of pages: one template serves both."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

# What htmx sends, so that either our own script or htmx may ask.
FRAGMENT_HEADER = "HX-Request"


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
