"""Small pages of the shell itself, and the switch of languages."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response

from lms.web.languages import COOKIE, LANGUAGES
from lms.web.pages import render
from lms.web.security import local_path
from lms.web.style_guide import Samples

bp = Blueprint("web", __name__, template_folder="templates")
View = TypeVar("View", bound=Callable[..., Any])
YEAR = 365 * 24 * 3600


def open_to_anyone(view: View) -> View:
    """Declare what `lms.people.access.requires` declares elsewhere: the shell stands below people."""
    view.permission = "anyone"  # type: ignore[attr-defined]
    return view


@bp.post("/language")
@open_to_anyone
def language() -> Response:
    """Show every page in the language chosen from now on."""
    code = request.form.get("language", "")
    if code not in LANGUAGES:
        abort(400)
    if hasattr(current_user, "language"):
        current_user.language = code
    response = redirect(local_path(request.form.get("next")), code=303)
    response.set_cookie(COOKIE, code, max_age=YEAR, samesite="Lax", secure=request.is_secure)
    return response


@bp.get("/about")
@open_to_anyone
def about() -> str:
    """What this site is."""
    return render("about.html")


@bp.get("/style-guide")
@open_to_anyone
def style_guide() -> str:
    """Every component in every state; for those who build pages, not on a live site."""
    if current_app.config.get("KARAKORAM_ENV") == "production":
        abort(404)
    return render("style_guide.html", block=request.args.get("block"), samples=Samples())
