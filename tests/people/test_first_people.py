"""A new site gets its first administrator from the command line."""

import pytest


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["people", *words])


def test_the_first_administrator_signs_in(app, run):
    assert run("add-organisation", "new", "New College", "--below", "top").exit_code == 0
    added = run(
        "add",
        "boss@example.org",
        "The Boss",
        "--role",
        "administrator",
        "--at",
        "new",
        "--password",
        "a long pass phrase",
    )
    assert added.exit_code == 0, added.output
    browser = app.test_client()
    form = {"identifier": "boss@example.org", "password": "a long pass phrase"}
    assert browser.post("/sign-in", data=form).status_code == 302
    assert browser.get("/approvals").status_code == 200


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("add-organisation", "college", "Twice"), "already"),
        (("add-organisation", "x", "X", "--below", "nowhere"), "no organisation"),
        (
            ("add", "b@example.org", "B", "--role", "teacher", "--at", "nowhere", "--password", "x" * 12),
            "no organisation",
        ),
        (
            ("add", "ada@example.org", "B", "--role", "teacher", "--at", "college", "--password", "x" * 12),
            "already",
        ),
        (
            ("add", "b@example.org", "B", "--role", "teacher", "--at", "college", "--password", "short"),
            "12 characters",
        ),
    ],
)
def test_what_cannot_be_added_is_told_in_one_line(run, words, reason):
    refused = run(*words)
    assert refused.exit_code == 2
    assert reason in refused.output
