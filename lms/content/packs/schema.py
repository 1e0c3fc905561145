"""The shapes of a course pack as JSON Schema, for editors and for other programs."""

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from lms.content.blocks import blocks
from lms.content.kinds import ActivityKind
from lms.content.packs.course import Course, Module, Track
from lms.content.sources.shapes import Shape


def schema(kinds: Mapping[str, ActivityKind]) -> dict[str, Any]:
    """One schema for every kind of file; `files` and `blocks` name the definition of each."""
    files: dict[str, type[Shape]] = {"course": Course, "module": Module, "track": Track}
    files |= {name: kind.shape for name, kind in kinds.items()}
    yaml_blocks = {name: block for name, block in sorted(blocks().items()) if block.is_yaml}
    shapes: list[type[Shape]] = [*files.values(), *yaml_blocks.values()]
    names, whole = models_json_schema([(shape, "validation") for shape in shapes])
    definitions = whole["$defs"]
    for kind in kinds.values():
        _add_parts(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Karakoram course pack",
        "anyOf": [names[shape, "validation"] for shape in files.values()],
        "files": {name: names[shape, "validation"] for name, shape in sorted(files.items())},
        "blocks": {name: names[shape, "validation"] for name, shape in yaml_blocks.items()},
        "$defs": definitions,
    }


def _add_parts(kind: ActivityKind, definitions: dict[str, Any]) -> None:
    """Put the schemas of another slice's parts, such as questions, into the list that holds them."""
    for name, part in kind.parts_schema.items():
        alike = definitions.keys() & part["$defs"].keys()
        if alike:
            raise RuntimeError(f"two definitions are called {alike}")
        definitions.update(part["$defs"])
        items = {keyword: value for keyword, value in part.items() if keyword != "$defs"}
        definitions[kind.shape.__name__]["properties"][name]["items"] = items
