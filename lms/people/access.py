"""What each route demands. A route that demands nothing does not start: see `check_every_route`."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Response, abort, current_app, g, jsonify, redirect, request, session, url_for
from flask_login import LoginManager, current_user

from lms.db import SAFE_METHODS
from lms.people import actions, queries
from lms.people.models import Person
from lms.people.rules import PERMISSIONS, holds

ANYONE = "anyone"
SIGNED_IN = "signed-in"
API_PREFIX = "/api/"

View = TypeVar("View", bound=Callable[..., Any])


class Logins(LoginManager):
    """Flask-Login without its "remember me" cookie, which this site does not set."""

    def _update_remember_cookie(self, response: Response) -> Response:
        return (
            response  # looking for it would make every public page vary by cookie, and no cache would keep it
        )


login = Logins()


def requires(permission: str) -> Callable[[View], View]:
    """Declare who may call the view: "anyone", "signed-in", or who holds the permission somewhere.

    What the view shows is decided once more, object by object, by the query that loads it.
    """
    if permission not in PERMISSIONS | {ANYONE, SIGNED_IN}:
        raise KeyError(permission)

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if permission == ANYONE:
                return view(*args, **kwargs)
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            if permission != SIGNED_IN and not holds(current_user.grants, permission):
                abort(404)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return declare


def me() -> Person:
    """The person who asks. Only in views that require a signed-in person."""
    return cast(Person, current_user._get_current_object())


def ask_to_sign_in() -> Any:
    """Send a reader to the sign-in page, and tell a script to ask over the page."""
    if is_api():
        return _unauthorised(
            {"type": "about:blank", "title": "A personal access token is needed", "status": 401}
        )
    if wants_script_answer():
        return _unauthorised({"sign_in": url_for("people.sign_in")})
    return redirect(url_for("people.sign_in", next=_return_path()))


def wants_script_answer() -> bool:
    """Whether a script asks, and a redirect to a page would only confuse it."""
    return request.headers.get("X-Requested-With") == "fetch" or "HX-Request" in request.headers


def is_api() -> bool:
    return request.path.startswith(API_PREFIX)


def init_app(app: Flask) -> None:
    """Let Flask-Login find people by the token of their sign-in, or programs by their access token."""
    login.init_app(app)
    login.session_protection = None  # a phone changes its address on every tower


def check_every_route(app: Flask) -> None:
    """Refuse to start with a route that nobody declared a permission for."""
    bare = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "permission") and rule.endpoint != "static"
    ]
    if bare:
        raise RuntimeError(f"routes without a declared permission: {', '.join(sorted(set(bare)))}")


@login.user_loader
def _person_with_cookie(token: str) -> Person | None:
    if is_api():
        return None  # the API has no CSRF check, so a cookie must not open it
    now = datetime.now(UTC)
    person = queries.signed_in(token, now=now)
    if person is not None:
        _keep_signed_in(token, now)
    return _noted(person)


def _keep_signed_in(token: str, now: datetime) -> None:
    """Push the end of the sign-in out, once a day and when something may be stored; the cookie's with it."""
    today = now.date().isoformat()
    if request.method not in SAFE_METHODS and session.get("day") != today:
        session["day"] = today
        actions.keep_signed_in(token, now=now, days=current_app.config["SESSION_DAYS"])


@login.request_loader
def _person_with_header(_: object) -> Person | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if not is_api() or kind.lower() != "bearer" or not token:
        return None
    return _noted(queries.person_with_api_token(token.strip(), now=datetime.now(UTC)))


def _noted(person: Person | None) -> Person | None:
    g.person_id = person.id if person else None  # for the log
    return person


def _unauthorised(body: dict[str, object]) -> Response:
    answer = jsonify(body)
    answer.status_code = 401
    answer.headers["X-Sign-In"] = url_for("people.sign_in")
    if is_api():
        answer.headers["WWW-Authenticate"] = "Bearer"
        answer.content_type = "application/problem+json"
    g.no_store = True
    return answer


def _return_path() -> str | None:
    if request.method != "GET" or request.path == "/":
        return None
    return request.full_path.rstrip("?")
