"""Friendly error pages: what happened, and one way out."""

from dataclasses import dataclass

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException

from lms.db import Missing
from lms.web import problems
from lms.web.languages import language_without_person

SHOWN = (400, 403, 404, 405, 413, 429, 500)


@dataclass(frozen=True)
class Problem:
    """What an error page says, in the page's language, and its one way out."""

    status: int
    title: str
    words: str
    label: str
    href: str


def init_app(app: Flask) -> None:
    """Answer every refusal and every failure with a page that helps."""
    for status in SHOWN:
        app.register_error_handler(status, _refused)
    app.register_error_handler(Missing, lambda error: _answer(problem(404)))
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(500, _broken)


def problem(status: int) -> Problem:
    """What to say about this HTTP status."""
    title, words = _words()[status]
    if status in (400, 413):
        return Problem(status, title, words, _("Back to the page"), _page_before())
    return Problem(status, title, words, _("Go to the home page"), "/")


def _words() -> dict[int, tuple[str, str]]:
    return {
        400: (
            _("We could not read that"),
            _("Something in the request was not as we expected. Go back, check it and send it again."),
        ),
        403: (
            _("This page is not open to you"),
            _("Your account may not see this page. If you think it should, ask your teacher."),
        ),
        404: (
            _("There is no page here"),
            _("The address may be mistyped, or the page was taken away, or it belongs to somebody else."),
        ),
        405: (
            _("This cannot be opened like that"),
            _("The address belongs to a button or a form. Start again from the home page."),
        ),
        413: (
            _("That file is too big"),
            _("Choose a smaller file, or take the photo again at a lower quality."),
        ),
        429: (
            _("A little too fast"),
            _("Too many tries in a short time. Wait a minute, then try again."),
        ),
        500: (
            _("Something broke on our side"),
            _("It is not your fault. It has been noted, and what you saved before is safe. Try again soon."),
        ),
    }


def _refused(error: HTTPException) -> Response:
    response = _answer(problem(error.code or 500))
    for name, value in error.get_headers():
        if name in ("Retry-After", "Allow"):
            response.headers[name] = value
    return response


def _stale(error: CSRFError) -> Response:
    """A form whose token is too old or lost: scripts renew it and send again, people are told how."""
    if "X-CSRFToken" in request.headers:
        return _renewal()
    return _answer(
        Problem(
            400,
            _("This page was open for too long"),
            _(
                "For your safety nothing was sent. Go back: what you typed is still there. "
                "Copy it, reload the page, and send it again."
            ),
            _("Back to the page"),
            _page_before(),
        )
    )


def _renewal() -> Response:
    # Other sites cannot read this answer, so that the new token stays with us.
    response = make_response(jsonify(csrf=generate_csrf()), 400)
    response.headers["X-Token"] = "renewed"
    if not getattr(current_user, "is_authenticated", False):
        response.status_code = 401
        response.headers["X-Sign-In"] = "/sign-in"
    return response


def _broken(error: HTTPException) -> Response:
    # The database may be what is broken: no question to it, not even who is signed in.
    g.page_language = language_without_person()
    refresh()
    return _answer(problem(500), template="errors/broken.html")


def _answer(problem: Problem, template: str = "errors/problem.html") -> Response:
    if problems.is_for_program():
        return problems.response(problem.status)
    if request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json":
        return make_response(jsonify(error=problem.title, message=problem.words), problem.status)
    return make_response(render_template(template, problem=problem), problem.status)


def _page_before() -> str:
    # Referrer-Policy is same-origin: if there is one, it is ours.
    return request.referrer if request.referrer and request.referrer.startswith(request.host_url) else "/"
