"""A small app with nothing but the shell, and somebody to be signed in."""

from collections.abc import Iterator

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from flask_login import LoginManager, UserMixin, login_user

from lms.db import Missing
from lms.web import shell
from lms.web.pages import NavLink, render


class Reader(UserMixin):
    """A person as the shell knows one."""

    id = "1"
    full_name = "Ada Khan"
    name_hanzi = None
    language = "ur"


def shell_app(environment: str = "demo", **config: object) -> Flask:
    """An app with the shell, a page that breaks in every way, and one that takes a form."""
    app = Flask("shell_test", static_folder=None)
    app.config.update(SECRET_KEY="x" * 40, KARAKORAM_ENV=environment, PROPAGATE_EXCEPTIONS=False, **config)
    login = LoginManager(app)
    login.user_loader(lambda key: Reader())
    shell.init_app(app)
    links = [NavLink("Home", "/", "home"), NavLink("Classes", "/classes", "class")]
    app.context_processor(lambda: {"navigation": links})
    _add_routes(app)
    return app


def _add_routes(app: Flask) -> None:
    @app.get("/broken/<int:status>")
    def broken(status: int) -> str:
        abort(status)

    @app.get("/missing")
    def missing() -> str:
        raise Missing("class 7")

    @app.get("/boom")
    def boom() -> str:
        raise ZeroDivisionError

    @app.post("/answers")
    def answers() -> str:
        return "saved"

    @app.post("/sign-in")
    def sign_in() -> str:
        login_user(Reader())
        return "welcome"

    @app.get("/guide")
    def guide() -> str:
        return render("about.html", block="main")


@pytest.fixture
def app() -> Flask:
    return shell_app()


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client
