"""The OpenAPI document names every endpoint, and answers look as it says."""

import re

import pytest
from jsonschema import Draft202012Validator

PREFIX = "/api/v1"


@pytest.fixture
def document(app):
    answer = app.test_client().get(f"{PREFIX}/openapi.json")
    assert answer.status_code == 200
    return answer.json


def operations(document):
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_endpoint_is_in_it(app, document):
    rules = {
        (re.sub(r"<(?:[^<>:]+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, method, _ in operations(document)} == rules
    assert len(rules) >= 17


def test_every_endpoint_declares_what_it_needs(document):
    identifiers = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(identifiers)) == len(identifiers)
    for path, _, operation in operations(document):
        assert operation["summary"].endswith(".")
        named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))
        assert any(status.startswith("2") for status in operation["responses"])
        assert ("401" in operation["responses"]) == (operation.get("security") != [])


def test_only_two_addresses_need_no_token(document):
    open_to_all = {path for path, _, operation in operations(document) if operation.get("security") == []}
    assert open_to_all == {f"{PREFIX}/openapi.json", PREFIX + "/awards/{code}/verification"}


def test_it_has_the_structure_of_openapi_3_1(document):
    assert document["openapi"].startswith("3.1.")
    assert set(document) == {"openapi", "info", "paths", "components", "security"}
    assert set(document["components"]["securitySchemes"]) == {"token"}
    for _, _, operation in operations(document):
        for response in operation["responses"].values():
            assert response["description"]
            assert len(response["content"]) == 1


def test_every_reference_leads_somewhere_and_every_schema_is_one(document):
    schemas = document["components"]["schemas"]
    for reference in references(document):
        assert reference.removeprefix("#/components/schemas/") in schemas
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_every_refusal_is_a_problem(document):
    for _, _, operation in operations(document):
        for status, response in operation["responses"].items():
            kind = "application/problem+json" if int(status) >= 400 else "application/json"
            assert list(response["content"]) == [kind]


def test_what_is_sent_is_read_strictly(document):
    for _, _, operation in operations(document):
        if "requestBody" in operation:
            (content,) = operation["requestBody"]["content"].values()
            name = content["schema"]["$ref"].rpartition("/")[2]
            assert document["components"]["schemas"][name]["additionalProperties"] is False


def test_answers_look_as_it_says(document, taker, program, world, workers):
    taker.say("multichoice", answer=["a"])
    path = f"/classes/{world.class_().id}"
    reading = taker.program.post(f"{path}/lessons/hello/reading")
    check(document, reading, "/classes/{class_id}/lessons/{key}/reading")
    check(document, taker.say("numerical", answer=["x"]), "/attempts/{attempt_id}/answers/{slot}")
    check(document, taker.program.post(f"{taker.path}/submission"), "/attempts/{attempt_id}/submission")
    check(document, taker.program.get(f"{taker.path}/result"), "/attempts/{attempt_id}/result")
    workers()
    for address, template in {
        f"{taker.path}/result": "/attempts/{attempt_id}/result",
        taker.path: "/attempts/{attempt_id}",
        path: "/classes/{class_id}",
        f"{path}/progress": "/classes/{class_id}/progress",
        f"{path}/enrolments": "/classes/{class_id}/enrolments",
        "/classes": "/classes",
        "/courses": "/courses",
        "/courses/small": "/courses/{key}",
        "/courses/unknown": "/courses/{key}",
        "/me": "/me",
        "/tracks": "/tracks",
        "/awards": "/awards",
    }.items():
        caller = program("grace") if template.endswith("/enrolments") else taker.program
        check(document, caller.get(address), template)


def check(document, answer, path):
    """Hold an answer against what the document says of it."""
    operation = document["paths"][PREFIX + path][answer.request.method.lower()]
    (content,) = operation["responses"][str(answer.status_code)]["content"].values()
    schema = {**content["schema"], "components": document["components"]}
    Draft202012Validator(schema).validate(answer.json)


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)
