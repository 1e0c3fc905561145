"""When a track is complete, and which of its courses comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Stage:
    """One course of a track for one person; `class_id` is None where they are not enrolled."""

    course: str
    title: Mapping[str, str]
    class_id: int | None
    done: int
    total: int
    is_complete: bool


def is_complete(stages: Sequence[Stage]) -> bool:
    return bool(stages) and all(stage.is_complete for stage in stages)


def next_stage(stages: Sequence[Stage]) -> Stage | None:
    """The first course that is not complete."""
    return next((stage for stage in stages if not stage.is_complete), None)


def course_keys(source: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(source["courses"])
