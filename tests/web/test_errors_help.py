"""Whatever goes wrong, a person gets a page that helps and one way out; a program gets JSON."""

import pytest
from flask.testing import FlaskClient

STATUSES = [400, 403, 404, 405, 413, 429, 500]


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_page_has_one_way_out(client: FlaskClient, status: int) -> None:
    answer = client.get(f"/refused/{status}")
    assert answer.status_code == status
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    assert main.count("<h1>") == 1
    assert main.count("<a ") == 1


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ur", "rtl"), ("zh-Hans", "ltr")])
def test_an_error_page_speaks_the_language_of_its_reader(
    client: FlaskClient, status: int, language: str, direction: str
) -> None:
    answer = client.get(f"/refused/{status}", headers={"Accept-Language": language[:2]})
    assert f'<html lang="{language}" dir="{direction}">' in answer.text


def test_what_is_missing_and_what_is_not_yours_look_the_same(client: FlaskClient) -> None:
    assert client.get("/missing").status_code == client.get("/no-such-page").status_code == 404


def test_a_failure_is_admitted_without_asking_the_database_who_reads(client: FlaskClient) -> None:
    answer = client.get("/boom")
    assert answer.status_code == 500
    assert "not your fault" in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_a_program_gets_json(client: FlaskClient) -> None:
    answer = client.get("/missing", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.get_json()["error"]) == (404, "There is no page here")
