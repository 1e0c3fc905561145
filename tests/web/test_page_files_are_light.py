"""Scripts and styles are built once, named by content, and cost a phone next to nothing."""

import json

import pytest
from flask.testing import FlaskClient

from lms.web import assets, catalogues
from lms.web.static_files import STATIC

pytestmark = pytest.mark.usefixtures("page_files")


def packed(name: str) -> int:
    manifest = json.loads((STATIC / "manifest.json").read_text())
    return (STATIC / f"{manifest[name]}.br").stat().st_size


def test_nothing_is_built_twice() -> None:
    assert assets.build() == 0


def test_the_first_page_costs_less_than_fifteen_kilobytes_of_files() -> None:
    assert packed("app.css") < 10_000
    assert sum(packed(name) for name in ("app.css", "app.js", "boot.js", "icons.svg", "mark.svg")) < 15_000


def test_files_are_kept_for_ever_and_sent_compressed(client: FlaskClient) -> None:
    href = client.get("/about").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    answer = client.get(href, headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_pages_are_compressed(client: FlaskClient) -> None:
    answer = client.get("/about", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < 2500


def test_two_files_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"app.js": assets.PACKAGE / "web/assets/app.js"}
    with pytest.raises(assets.BuildFailed, match="rename one"):
        assets._add(found, "app.js", assets.PACKAGE / "study/assets/app.js")


def test_light_and_fallback_colours_agree() -> None:
    tokens = (assets.PACKAGE / "web/assets/css/tokens.css").read_text()
    plain, modern = tokens.split("@supports", 1)
    for name, value in (
        line.strip(" ;").split(": ", 1) for line in plain.splitlines() if line.startswith("  --")
    ):
        assert f"{name}: light-dark({value}, " in modern


def test_words_for_people_can_be_collected() -> None:
    words = catalogues._extracted()
    assert "Skip to the page" in words
    assert "%(count)s KB" in words
