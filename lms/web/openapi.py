"""The OpenAPI 3.1 document of the API, made from the routes and the very models that check them.

No library writes it: those for Flask read a body that is not JSON as an empty object, let a form pass where
JSON is demanded, and cannot describe refusals as application/problem+json.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from inspect import cleandoc
from operator import attrgetter
from typing import Any, Literal

from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from lms.web.endpoints import PREFIX, Operation
from lms.web.problems import DETAILS, MEDIA_TYPE, Problem

Json = dict[str, Any]
Shape = tuple[type[BaseModel], Literal["validation", "serialization"]]
WHOLE_NUMBER: Json = {"type": "integer", "minimum": 0}
ANYONE = "anyone"
SIGNED_IN = "signed-in"
PARAMETER = re.compile(r"<(?:(?P<converter>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
NO_TOKEN = "There is no token, or it no longer works."
ABOUT = """\
What people do on the pages, for programs. Every request but those marked otherwise carries a personal access
token, which its owner makes on their account page: `Authorization: Bearer kk_…`. A program sees and does what
the owner of its token may; everything else is not there (404). Refusals are problem details (RFC 9457),
moments are ISO 8601 in UTC."""


def document(app: Flask) -> Json:
    """Everything under the API's prefix. Raises AttributeError for a route that declares no operation."""
    views: dict[str, Any] = app.view_functions
    rules = sorted(filter(_is_endpoint, app.url_map.iter_rules()), key=attrgetter("rule"))
    references, schemas = _schemas(views[rule.endpoint].operation for rule in rules)
    paths: dict[str, Json] = {}
    for rule in rules:
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            described = _operation(rule, views[rule.endpoint], references)
            paths.setdefault(_path(rule), {})[method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": "Karakoram", "version": "1", "description": ABOUT},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _is_endpoint(rule: Rule) -> bool:
    return rule.rule.startswith(f"{PREFIX}/")


def _operation(rule: Rule, view: Any, references: Mapping[Any, Json]) -> Json:
    declared: Operation = view.operation
    summary, _, description = cleandoc(view.__doc__).partition("\n")
    answers = {
        status: {"description": _first_line(model), "content": _content(references[model, "serialization"])}
        for status, model in declared.answers.items()
    }
    refusals = {
        status: {"description": why, "content": _content(references[Problem, "serialization"], MEDIA_TYPE)}
        for status, why in _refusals(rule, view.permission, declared).items()
    }
    told: Json = {
        "operationId": rule.endpoint,
        "tags": [rule.endpoint.partition(".")[0].removesuffix("_api")],
        "summary": summary,
        "parameters": [*_path_parameters(rule), *_query_parameters(declared)],
        "responses": {str(status): answer for status, answer in sorted({**answers, **refusals}.items())},
    }
    if description.strip():
        told["description"] = description.strip()
    if declared.body:
        told["requestBody"] = {
            "required": True,
            "content": _content(references[declared.body, "validation"]),
        }
    if view.permission == ANYONE:
        told["security"] = []
    return told


def _refusals(rule: Rule, permission: str, declared: Operation) -> dict[int, str]:
    found = dict(declared.refusals)
    if permission != ANYONE:
        found[401] = NO_TOKEN
    if rule.arguments or permission not in (ANYONE, SIGNED_IN):
        found[404] = DETAILS[404]
    if declared.body:
        found |= {status: DETAILS[status] for status in (400, 413, 415)}
    if declared.body or declared.query:
        found[422] = DETAILS[422]
    return found


def _schemas(operations: Iterable[Operation]) -> tuple[Mapping[Any, Json], Json]:
    """A reference to each model that is sent or told, and the schemas that these lead to."""
    models: set[Shape] = {(Problem, "serialization"), *_models(operations)}
    in_order = sorted(models, key=lambda shape: shape[0].__name__)
    references, definitions = models_json_schema(in_order, ref_template="#/components/schemas/{model}")
    return references, definitions["$defs"]


def _models(operations: Iterable[Operation]) -> Iterator[Shape]:
    for declared in operations:
        yield from ((model, "serialization") for model in declared.answers.values())
        if declared.body:
            yield declared.body, "validation"


def _path(rule: Rule) -> str:
    return PARAMETER.sub(r"{\g<name>}", rule.rule)


def _path_parameters(rule: Rule) -> list[Json]:
    return [
        {
            "name": found["name"],
            "in": "path",
            "required": True,
            "schema": WHOLE_NUMBER if found["converter"] == "int" else {"type": "string"},
        }
        for found in PARAMETER.finditer(rule.rule)
    ]


def _query_parameters(declared: Operation) -> list[Json]:
    if declared.query is None:
        return []
    schema = declared.query.model_json_schema()
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": shape}
        for name, shape in schema["properties"].items()
    ]


def _content(schema: Json, media_type: str = "application/json") -> Json:
    return {media_type: {"schema": schema}}


def _first_line(model: type[BaseModel]) -> str:
    return cleandoc(model.__doc__ or model.__name__).partition("\n")[0]
