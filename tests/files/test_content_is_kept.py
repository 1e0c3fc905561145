"""What is stored comes back byte for byte, once, and only public files leave the house."""

import os

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.db import Missing, db, work
from lms.files import actions, queries, rules
from lms.files.models import StoredFile
from lms.files.storage import Storage, storage
from tests.conftest import START

SOUND = bytes(range(256)) * 40


def kept(content: bytes = SOUND, media_type: str = "audio/mpeg", **more) -> str:
    with work():
        return actions.store(content=content, media_type=media_type, now=START, **more).hash


def test_bytes_come_back(app: Flask):
    file_hash = kept()

    assert queries.content(file_hash) == SOUND
    assert queries.stored_file(file_hash).size == len(SOUND)
    with queries.stream(file_hash) as stream:
        stream.seek(256)
        assert stream.read(3) == b"\x00\x01\x02"


def test_the_same_bytes_are_kept_once(app: Flask):
    assert kept() == kept()
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1


def test_a_row_that_was_rolled_back_may_be_stored_again(app: Flask):
    def break_off():
        with work():
            actions.store(content=SOUND, media_type="audio/mpeg", now=START)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()

    with pytest.raises(Missing):
        queries.content(rules.content_hash(SOUND))
    assert queries.content(kept()) == SOUND


def test_file_and_folders_are_synced_before_the_row_is_written(app: Flask, monkeypatch: pytest.MonkeyPatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(
        "os.fsync", lambda handle: (synced.append(os.readlink(f"/proc/self/fd/{handle}")), real(handle))
    )

    file_hash = kept(b"synced", "image/png")

    assert any(path.endswith(file_hash) for path in synced)
    assert any(path.endswith(f"/{file_hash[:2]}") for path in synced)


def test_an_unknown_kind_of_file_is_refused(app: Flask):
    with pytest.raises(rules.UnknownMediaType):
        actions.store(content=b"MZ", media_type="application/x-msdownload", now=START)
    with pytest.raises(rules.UnknownMediaType, match=r"page\.html"):
        rules.media_type_of("page.html")


def test_a_bucket_needs_no_folder():
    store = Storage("memory:///")

    store.write("ab/cd", b"bytes")

    assert store.read("ab/cd") == b"bytes"


def test_a_private_file_looks_like_none(app: Flask):
    browser = app.test_client()
    private, absent = kept(), "0" * 64

    assert browser.get(f"/media/{private}/hello.mp3").status_code == 404
    assert browser.get(f"/media/{absent}/hello.mp3").status_code == 404


def test_a_public_file_is_served_for_good_and_harmless(app: Flask):
    drawing = kept(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", is_public=True)

    answer = app.test_client().get(f"/media/{drawing}/sign.svg")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_a_file_becomes_public_when_a_course_uses_it(app: Flask):
    assert kept() == kept(is_public=True)
    assert queries.public_file(kept()).is_public


def test_a_phone_fetches_sound_in_parts_and_never_twice(app: Flask):
    address = f"/media/{kept(is_public=True)}/hello.mp3"
    browser = app.test_client()

    part = browser.get(address, headers={"Range": "bytes=256-511"})
    whole = browser.get(address)
    again = browser.get(address, headers={"If-None-Match": whole.headers["ETag"]})
    beyond = browser.get(address, headers={"Range": "bytes=999999-"})

    assert (part.status_code, part.data) == (206, SOUND[256:512])
    assert part.headers["Content-Range"] == f"bytes 256-511/{len(SOUND)}"
    assert (whole.status_code, whole.data) == (200, SOUND)
    assert (again.status_code, again.data) == (304, b"")
    assert beyond.status_code == 416


def test_the_store_is_opened_once(app: Flask):
    assert storage() is storage()
