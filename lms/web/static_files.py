"""Serves the page files: compressed beforehand, kept by browsers for ever since their names are hashes."""

import json
import logging
import re
from functools import lru_cache
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from flask_compress import Compress
from markupsafe import Markup
from whitenoise import WhiteNoise  # type: ignore[import-untyped]

STATIC = Path(__file__).resolve().parent / "static"
PREFIX = "/static/"
ICON = Markup(
    '<svg class="icon icon-{name}" width="24" height="24" aria-hidden="true" focusable="false">'
    '<use href="{file}#{name}"></use></svg>'
)
HASHED = re.compile(r"\.[0-9a-f]{10}\.\w+$")

logger = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Let templates name page files by `asset("app.css")`, and serve them."""
    manifest = _manifest()

    def asset(name: str) -> str:
        return f"{PREFIX}{manifest.get(name, name)}"

    @lru_cache(maxsize=200)  # a page has fifty, of a dozen kinds
    def icon(name: str) -> Markup:
        return ICON.format(name=name, file=asset("icons.svg"))

    app.jinja_env.globals.update(asset=asset, svg_icon=icon)
    serve_static(app)
    compress_pages(app)


def serve_static(app: Flask) -> None:
    """Answer for everything under /static/ before Flask is asked."""
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=STATIC if STATIC.is_dir() else None,
        prefix=PREFIX,
        immutable_file_test=lambda path, url: HASHED.search(url) is not None,
        max_age=60,
        allow_all_origins=False,
        add_headers_function=_harden,
    )


def compress_pages(app: Flask) -> None:
    """Compress what is made at request time: Brotli at a quality that costs less time than it saves."""
    app.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_BR_WINDOW=17,  # pages are smaller than 128 KB: a larger one only costs memory
        COMPRESS_LEVEL=6,
        COMPRESS_MIN_SIZE=400,
    )
    Compress(app)


def _manifest() -> dict[str, str]:
    path = STATIC / "manifest.json"
    if not path.is_file():
        logger.warning("page files are not built: run `python -m lms.web.assets`")
        return {}
    manifest: dict[str, str] = json.loads(path.read_text())
    return manifest


def _harden(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if path.endswith(".svg"):
        headers["Content-Security-Policy"] = "default-src 'none'"
