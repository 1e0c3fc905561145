"""What stands on the home page: every part of the site may add a panel and propose the next step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

EXTENSION = "karakoram.panels"


@dataclass(frozen=True)
class Step:
    """What this person would best do next; the lowest rank wins."""

    title: str
    why: str
    label: str
    href: str
    rank: int


@dataclass(frozen=True)
class Panel:
    """A part of the home page: a template, what it shows, and perhaps a next step."""

    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    step: Step | None = None


PanelOf = Callable[[Any], Panel | None]


@dataclass(frozen=True)
class Home:
    """A home page ready to be shown: THE next step, and the panels as HTML in their order."""

    step: Step | None
    panels: tuple[Markup, ...]


def register(app: Flask, *functions: PanelOf) -> None:
    """Show what these functions give for a person on the home page, in this order."""
    app.extensions.setdefault(EXTENSION, []).extend(functions)


def home(person: Any) -> Home:
    """The home page of this person."""
    functions: Sequence[PanelOf] = current_app.extensions.get(EXTENSION, ())
    panels = [panel for function in functions if (panel := function(person)) is not None]
    steps = [panel.step for panel in panels if panel.step is not None]
    return Home(
        step=min(steps, key=lambda step: step.rank, default=None),
        panels=tuple(_html(panel) for panel in panels),
    )


def _html(panel: Panel) -> Markup:
    # Not render_template: what the shell around the page needs would be worked out for each panel again.
    template = current_app.jinja_env.get_template(panel.template)
    return Markup(template.render(panel.data))  # noqa: S704  our own templates
