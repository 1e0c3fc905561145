"""What is done, what is open and why not, what comes next, who is stuck."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from lms.content.outline import Activity, Outline

QUIET_FOR = timedelta(days=7)
FAILED_TRIES = 3


class Step(Protocol):
    """What the rules need to know of a progress step."""

    @property
    def activity(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def fraction(self) -> float | None: ...
    @property
    def passed(self) -> bool | None: ...


@dataclass(frozen=True)
class Reason:
    """Why an activity is not open yet: what would open it."""

    kind: str  # completed | passed | after | all_of | any_of
    activity: str = ""
    mark: int | None = None  # percent
    day: date | None = None
    parts: tuple["Reason", ...] = ()


@dataclass(frozen=True)
class State:
    """How one learner stands in one activity."""

    activity: Activity
    is_open: bool = True
    is_complete: bool = False
    fraction: float | None = None
    reason: Reason | None = None
    tried: bool = field(default=False)


def states(outline: Outline, steps: Iterable[Step], today: date) -> dict[str, State]:
    """The state of every activity of the course, in the order of the course."""
    by_activity: dict[str, list[Step]] = {}
    for step in steps:
        by_activity.setdefault(step.activity, []).append(step)
    done = {a.key: _done(a, by_activity.get(a.key, ())) for a in outline.activities}
    return {
        activity.key: _with_gate(done[activity.key], _gate(outline, position), done, today)
        for position, activity in enumerate(outline.activities)
    }


def all_open(outline: Outline) -> dict[str, State]:
    """The states for somebody who may look at everything and studies nothing: a teacher."""
    return {activity.key: State(activity) for activity in outline.activities}


def next_activity(states: Mapping[str, State]) -> Activity | None:
    """The one activity to go on with: the first that is open and not complete."""
    return next((s.activity for s in states.values() if s.is_open and not s.is_complete), None)


def done_count(states: Mapping[str, State]) -> int:
    return sum(state.is_complete for state in states.values())


def is_course_complete(states: Mapping[str, State]) -> bool:
    return bool(states) and all(state.is_complete for state in states.values())


def neighbours(outline: Outline, key: str) -> tuple[Activity | None, Activity | None]:
    """The activities before and after this one."""
    keys = [activity.key for activity in outline.activities]
    place = keys.index(key)
    before = outline.activities[place - 1] if place else None
    after = outline.activities[place + 1] if place + 1 < len(keys) else None
    return before, after


@dataclass(frozen=True)
class Stuck:
    """Why a teacher should look at a learner."""

    kind: str  # quiet | failing | not_started
    days: int = 0
    activity: str = ""
    tries: int = 0


def stuck(
    *,
    enrolled_at: datetime,
    seen_at: datetime | None,
    is_complete: bool,
    failures: Mapping[str, int],
    now: datetime,
) -> Stuck | None:
    """Whether a learner needs a word: keeps failing a quiz, has not begun, or has gone quiet."""
    if is_complete:
        return None
    hardest = max(failures, key=lambda activity: failures[activity], default=None)
    if hardest is not None and failures[hardest] >= FAILED_TRIES:
        return Stuck("failing", activity=hardest, tries=failures[hardest])
    idle = now - (seen_at or enrolled_at)
    if idle < QUIET_FOR:
        return None
    return Stuck("quiet" if seen_at else "not_started", days=idle.days)


def _done(activity: Activity, steps: Sequence[Step]) -> State:
    graded = [step for step in steps if step.kind == "graded"]
    if activity.completes == "read":
        return State(activity, is_complete=any(step.kind == "read" for step in steps))
    last = graded[-1] if graded else None
    return State(
        activity,
        is_complete=bool(last and last.passed),
        fraction=last.fraction if last else None,
        tried=bool(graded),
    )


def _gate(outline: Outline, position: int) -> Mapping[str, Any] | None:
    """The condition on an activity: its own, else in a sequential course the one before it."""
    activity = outline.activities[position]
    if activity.opens_when:
        return activity.opens_when
    if outline.order == "sequential" and position:
        return {"completed": outline.activities[position - 1].key}
    return None


def _with_gate(state: State, gate: Mapping[str, Any] | None, done: Mapping[str, State], today: date) -> State:
    reason = _unmet(gate, done, today) if gate else None
    # Work that is done stays readable, whatever a new edition demands.
    is_open = reason is None or state.is_complete or state.tried
    return State(
        state.activity, is_open, state.is_complete, state.fraction, None if is_open else reason, state.tried
    )


def _unmet(condition: Mapping[str, Any], done: Mapping[str, State], today: date) -> Reason | None:
    """What is missing for the condition to hold; None when it holds. An unknown activity never blocks."""
    ((kind, value),) = condition.items()
    if kind == "completed":
        return None if value not in done or done[value].is_complete else Reason("completed", value)
    if kind == "passed":
        return _unmet_mark(value, done)
    if kind == "after":
        day = date.fromisoformat(str(value))
        return None if today >= day else Reason("after", day=day)
    parts = [_unmet(part, done, today) for part in value]
    missing = tuple(part for part in parts if part)
    if kind == "any_of":
        return Reason("any_of", parts=missing) if len(missing) == len(parts) else None
    if len(missing) == 1:
        return missing[0]
    return Reason("all_of", parts=missing) if missing else None


def _unmet_mark(value: Any, done: Mapping[str, State]) -> Reason | None:
    key, mark = (value, None) if isinstance(value, str) else (value["activity"], value.get("mark"))
    state = done.get(key)
    if state is None or (mark is None and state.is_complete):
        return None
    if mark is not None and state.fraction is not None and state.fraction * 100 >= mark - 1e-6:
        return None
    return Reason("passed", key, mark=mark)
