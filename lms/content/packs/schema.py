"""The shapes of a course pack as JSON Schema, for editors and for other programs."""

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from lms.content.blocks import blocks
from lms.content.kinds import ActivityKind
from lms.content.packs.course import Course, Module, Track
from lms.content.sources.shapes import Shape


def schema(kinds: Mapping[str, ActivityKind]) -> dict[str, Any]:
    """One schema with a definition for each kind of file and each block."""
    files: dict[str, type[Shape]] = {"course": Course, "module": Module, "track": Track}
    files |= {name: kind.shape for name, kind in kinds.items()}
    shapes: list[type[Shape]] = [*files.values(), *blocks().values()]
    names, whole = models_json_schema([(shape, "validation") for shape in shapes])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Karakoram course pack",
        "files": {name: names[shape, "validation"] for name, shape in sorted(files.items())},
        "blocks": {name: names[shape, "validation"] for name, shape in sorted(blocks().items())},
        "$defs": whole["$defs"],
    }
