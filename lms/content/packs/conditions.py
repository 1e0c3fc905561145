"""Whether every activity of a course can ever open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lms.content.kinds import Condition
from lms.content.sources.documents import Path, Source
from lms.content.sources.faults import Fault
from lms.content.sources.shapes import did_you_mean


@dataclass(frozen=True)
class Gated:
    """An activity with the condition that its author gave it; `source` knows the lines."""

    key: str
    is_graded: bool
    opens_when: Condition | None
    source: Source


def condition_faults(activities: Sequence[Gated], is_sequential: bool) -> Iterator[Fault]:
    """Conditions on activities that do not exist or have no mark, and those that can never hold."""
    by_key = {activity.key: activity for activity in activities}
    for activity in activities:
        if activity.opens_when:
            yield from _target_faults(activity, activity.opens_when, ("opens_when",), by_key)
    reachable = _reachable(activities, is_sequential)
    for activity in activities:
        if activity.key not in reachable and _waits_for_itself(activity, activities, is_sequential):
            message = "This can never hold: it waits for something that waits for this."
            remedy = "Let it wait only for what comes before it."
            yield activity.source.fault(("opens_when",), message, remedy)


def _target_faults(
    activity: Gated, condition: Condition, at: Path, by_key: Mapping[str, Gated]
) -> Iterator[Fault]:
    name = "completed" if condition.completed else "passed"
    target = _target(condition)
    if target and target not in by_key:
        remedy = did_you_mean(target, list(by_key)) if len(by_key) < 8 else _nearest(target, by_key)
        yield activity.source.fault((*at, name), f"There is no activity “{target}”.", remedy)
    elif target and condition.passed and not by_key[target].is_graded:
        message = f"“{target}” has no mark, so it cannot be passed."
        yield activity.source.fault((*at, name), message, f"Write {{completed: {target}}}.")
    for joint in ("all_of", "any_of"):
        for number, part in enumerate(getattr(condition, joint) or ()):
            yield from _target_faults(activity, part, (*at, joint, number), by_key)


def _waits_for_itself(activity: Gated, activities: Sequence[Gated], is_sequential: bool) -> bool:
    """Whether its condition would hold if it were open: the others that are stuck only stand behind it."""
    if activity.opens_when is None:
        return False
    return _may_hold(activity.opens_when, _reachable(activities, is_sequential, given=activity.key))


def _nearest(target: str, by_key: Mapping[str, Gated]) -> str:
    near = did_you_mean(target, list(by_key))
    return near if near.startswith("Did") else "Use the id of an activity of this course."


def _target(condition: Condition) -> str | None:
    return condition.completed or (condition.passed.activity if condition.passed else None)


def _reachable(activities: Sequence[Gated], is_sequential: bool, given: str = "") -> set[str]:
    """What is open when, beginning with nothing but `given`, all that can be opened has been."""
    opened = {given}
    while True:
        more = {
            activity.key
            for number, activity in enumerate(activities)
            if activity.key not in opened and _may_open(activities, number, opened, is_sequential)
        }
        if not more:
            return opened
        opened |= more


def _may_open(activities: Sequence[Gated], number: int, opened: set[str], is_sequential: bool) -> bool:
    condition = activities[number].opens_when
    if condition:
        return _may_hold(condition, opened)
    return not is_sequential or number == 0 or activities[number - 1].key in opened


def _may_hold(condition: Condition, opened: set[str]) -> bool:
    if condition.all_of:
        return all(_may_hold(part, opened) for part in condition.all_of)
    if condition.any_of:
        return any(_may_hold(part, opened) for part in condition.any_of)
    target = _target(condition)
    return target is None or target in opened
