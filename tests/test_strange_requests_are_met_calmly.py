"""What no page of ours sends, and no column can hold, is answered like anything else that is wrong."""

import pytest

NUL, HUGE = "%00", "9" * 30
ASKED = {
    f"/media/{NUL}/x": 404,
    f"/verify/{NUL}": 404,
    f"/verify?code={NUL}": 404,
    f"/tracks/{NUL}": 404,
    f"/approvals/batches/{NUL}": 404,
    f"/approvals?subject={NUL}": 404,
    f"/approvals?organisation={HUGE}": 200,
    f"/approvals?organisation=-{HUGE}": 200,
    f"/approvals?page={HUGE}": 200,
}
MANY = ",".join(map(str, range(70_000)))
SENT = [
    ("/sign-in", {"identifier": "a\0da", "password": "x"}, 422),
    ("/sign-in", {"identifier": "ada", "password": "x\0"}, 422),
    ("/account/tokens", {"name": "my\0 script"}, 200),
    ("/approvals", {"wish": "approve", "all": "1", "subject": "\0", "batch": "ab" * 6}, 303),
    ("/approvals", {"wish": "approve", "ids": MANY, "batch": "ab" * 6}, 303),
    ("/approvals", {"wish": "decline", "all": "1", "reason": "a\0b", "batch": "ab" * 6}, 303),
]


@pytest.mark.parametrize(("address", "status"), ASKED.items())
def test_a_strange_address(as_, address, status):
    assert as_("root").get(address).status_code == status


@pytest.mark.parametrize(("path", "form", "status"), SENT)
def test_a_strange_form(as_, path, form, status):
    assert as_("root").post(path, data=form).status_code == status
