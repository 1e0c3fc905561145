"""The whole site as a child of the tests: broker, web, worker and clock, with the demo in it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from flask import Flask
from werkzeug.exceptions import HTTPException

from config import Settings
from lms.app import create_app
from lms.db import db, reading, work
from lms.web import assets
from tests.servers import die_with_parent, free_port

PATIENCE = 180  # seconds for a first start on a busy machine; about 15 on an idle one
GRACE = 60  # seconds for the site to stop
READY = "Ready in"

Found = TypeVar("Found")


@dataclass(frozen=True)
class SignIn:
    """How somebody of the demo signs in."""

    identifier: str
    password: str


class Site:
    """A running site. `app` is a second application on the same database: to look into it from outside."""

    def __init__(self, url: str, app: Flask) -> None:
        self.url = url
        self.app = app
        told = app.test_cli_runner().invoke(args=["demo", "signins", "--json"], catch_exceptions=False)
        self._rows = {row["sign_in"].partition("@")[0]: row for row in json.loads(told.output)}

    def sign_in_of(self, key: str) -> SignIn:
        row = self._rows[key]
        return SignIn(row["sign_in"], row["password"])

    def endpoint(self, url: str) -> str:
        """Which page an address of this site shows, such as "study.lesson"; "" for one that is none."""
        path = url.removeprefix(self.url).partition("?")[0].partition("#")[0]
        try:
            return str(self.app.url_map.bind("localhost").match(path)[0])
        except HTTPException:
            return ""

    def read(self, look: Callable[[], Found]) -> Found:
        """What this finds in the database of the site."""
        with self.app.app_context(), reading():
            return look()

    def change(self, do: Callable[[], Found]) -> Found:
        """Do something behind the site's back, in one transaction."""
        with self.app.app_context(), work():
            return do()


@contextmanager
def running_site() -> Iterator[Site]:
    """A site of its own on a free port, in a folder that is gone afterwards."""
    assets.build()
    with tempfile.TemporaryDirectory(prefix="karakoram-", ignore_cleanup_errors=True) as folder:
        port = free_port()
        given = {"DATA_DIR": folder, "PORT": str(port), "WEB_WORKERS": "1", "TASK_WORKERS": "1"}
        with _group(given, Path(folder) / "said.txt"):
            site = Site(f"http://127.0.0.1:{port}", create_app(Settings(DATA_DIR=folder)))
            try:
                yield site
            finally:
                with site.app.app_context():
                    db.engine.dispose()


@contextmanager
def _group(given: dict[str, str], log: Path) -> Iterator[None]:
    """The supervisor with everything it starts; it ends with us, however we end."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    command = [sys.executable, "-m", "lms.operations.supervisor"]
    with log.open("w") as said:
        process = subprocess.Popen(
            command, env=kept | given, stdout=said, stderr=said, preexec_fn=die_with_parent
        )
    try:
        _wait_until_ready(process, log)
        yield
    finally:
        process.terminate()
        process.wait(GRACE)


def _wait_until_ready(process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while READY not in log.read_text():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the site did not start:\n{log.read_text()}")
        time.sleep(0.1)
