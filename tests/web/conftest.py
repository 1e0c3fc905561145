"""A small app with nothing but the shell, and somebody to be signed in."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response, abort, jsonify, make_response, request, session
from flask.testing import FlaskClient
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_wtf.csrf import generate_csrf
from werkzeug.serving import make_server

from lms.db import Missing
from lms.web import assets, shell
from lms.web.pages import NavLink, render

PAGE = """{% extends "layout.html" %}{% block main %}{% from "ui/button.html" import button %}
<form id="ordinary" method="post" action="/slow">{{ csrf_field() }}{{ button("Send") }}</form>
<div id="counter" data-poll-url="/ticks" data-poll-every="0.05">0</div>
<form method="post" action="/swap" data-swap="swapped">{{ csrf_field() }}
<input name="word" aria-label="Word">{{ button("Swap", "quiet") }}</form>
<p id="swapped">before</p>{% endblock %}"""
SIGN_IN = """<form method="post" action="/sign-in">
<input type="hidden" name="csrf_token" value="{}">
<input name="who" aria-label="Who"><button>Enter</button></form>"""


class Reader(UserMixin):
    """A person as the shell knows one."""

    id = "1"
    full_name = "Ada Khan"
    name_hanzi = "艾达"
    language = "ur"


def shell_app(environment: str = "demo", **config: object) -> Flask:
    """An app with the shell, a page that breaks in every way, and one that takes a form."""
    app = Flask("shell_test", static_folder=None)
    app.config.update(SECRET_KEY="x" * 40, KARAKORAM_ENV=environment, PROPAGATE_EXCEPTIONS=False, **config)
    login = LoginManager(app)
    login.user_loader(lambda key: Reader())
    shell.init_app(app)
    app.add_url_rule("/", "home", lambda: "home")
    links = [NavLink("Home", "/", "home"), NavLink("Classes", "/classes", "class")]
    app.context_processor(lambda: {"navigation": links})
    _add_failures(app)
    _add_forms(app)
    return app


def _add_failures(app: Flask) -> None:
    @app.get("/refused/<int:status>")
    def refused(status: int) -> str:
        abort(status)

    @app.get("/missing")
    def missing() -> str:
        raise Missing("class 7")

    @app.get("/boom")
    def boom() -> str:
        raise ZeroDivisionError


def _add_forms(app: Flask) -> None:
    received = app.extensions["received"] = []
    ticks = iter(range(1, 1000))

    @app.get("/page")
    def page() -> str:
        return app.jinja_env.from_string(PAGE).render()

    @app.get("/ticks")
    def tick() -> str:
        count = next(ticks)
        url = ' data-poll-url="/ticks" data-poll-every="0.05"' if count < 3 else ""
        return f'<div id="counter"{url}>{count}</div>'

    @app.post("/slow")
    def slow() -> str:
        received.append(request.form.to_dict())
        return "sent"

    @app.post("/swap")
    def swap() -> str:
        return f'<p id="swapped">{request.form["word"]}</p>'

    @app.post("/answers")
    def answers() -> Response:
        if not current_user.is_authenticated:
            answer = make_response(jsonify(sign_in="/sign-in"), 401)
            answer.headers["X-Sign-In"] = "/sign-in"
            return answer
        received.append(request.form.to_dict())
        return jsonify(saved=True)

    @app.get("/sign-in")
    def sign_in() -> str:
        return SIGN_IN.format(generate_csrf())

    @app.post("/sign-in")
    def open_sign_in() -> Any:
        if request.form["who"] != "ada":
            return SIGN_IN.format(generate_csrf()) + "<p>Who?</p>", 422
        session.clear()
        login_user(Reader())
        return jsonify(csrf=generate_csrf())

    @app.get("/guide")
    def guide() -> str:
        return render("about.html", block="main")


@pytest.fixture
def bare_app() -> Flask:
    return shell_app()


@pytest.fixture
def client(bare_app: Flask) -> FlaskClient:
    return bare_app.test_client()


@pytest.fixture(scope="session")
def page_files() -> None:
    """The page files, built."""
    assets.build()


@pytest.fixture
def site(page_files: None, bare_app: Flask) -> Iterator[str]:
    """The address of the small app, being served."""
    server = make_server("127.0.0.1", 0, bare_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
