"""Work that cannot be done is put aside with its reason, holds up nothing else, and can be tried again."""

import shutil

import pytest

from tests.faults import books
from tests.faults.site import until
from tests.world import PASSWORD

pytestmark = pytest.mark.slow


def test_a_certificate_that_cannot_be_stored(app, site, approved, handed_in, start_worker):
    folder = site.settings.data_dir / "files"
    aside = folder.with_name("files-aside")
    if folder.exists():
        shutil.move(folder, aside)
    folder.touch()  # a file where the folder should be: nothing can be written
    earned, page = approved(2)
    attempt = handed_in()
    registrar = app.test_client()
    registrar.post("/sign-in", data={"identifier": "rahim@example.org", "password": PASSWORD})

    start_worker()
    until(lambda: not books.open_jobs(), "giving up")
    books.every_attempt_is_marked_once([attempt])
    shown = registrar.get(page).text
    assert "os error" in shown.lower()
    assert "/retries" in shown

    folder.unlink()
    if aside.exists():
        shutil.move(aside, folder)
    assert registrar.post(f"{page}/retries").status_code == 303
    until(lambda: not books.open_jobs(), "the second try")
    books.every_certificate_is_issued_once(earned)
