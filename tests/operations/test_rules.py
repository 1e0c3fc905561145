"""Decisions about running the site."""

import pytest

from lms.operations.rules import is_sane_request_id, may_read_metrics, restart_delay


def test_a_program_that_keeps_dying_is_started_later_each_time_but_never_given_up() -> None:
    assert [restart_delay(failures) for failures in (1, 2, 3, 7, 1000)] == [0.5, 1, 2, 30, 30]


@pytest.mark.parametrize("text", ["4f2c9a1e", "a" * 64, "edge-7:2026.11.23_01"])
def test_a_callers_request_id_is_kept(text: str) -> None:
    assert is_sane_request_id(text)


@pytest.mark.parametrize("text", [None, "", "short", "a" * 65, 'x"}\n{"level":"forged', "ا" * 10])
def test_a_request_id_that_could_spoil_the_log_is_not(text: str | None) -> None:
    assert not is_sane_request_id(text)


@pytest.mark.parametrize(
    ("case", "allowed"),
    [
        ({"token": "t0ken", "authorization": "Bearer t0ken", "address": "203.0.113.7"}, True),
        ({"token": "t0ken", "authorization": "Bearer other"}, False),
        ({"token": "t0ken", "authorization": "Bearer töken"}, False),
        ({"token": "t0ken"}, False),
        ({}, True),
        ({"address": "::1"}, True),
        ({"address": "203.0.113.7"}, False),
        ({"address": None}, False),
        ({"direct": False}, False),
        ({"demo": False}, False),
        ({"authorization": "Bearer ", "demo": False}, False),
    ],
)
def test_metrics_are_for_who_knows_the_token_or_sits_at_the_machine(case: dict, allowed: bool) -> None:
    asker = {"authorization": None, "token": "", "address": "127.0.0.1", "direct": True, "demo": True}
    assert may_read_metrics(**asker | case) is allowed
