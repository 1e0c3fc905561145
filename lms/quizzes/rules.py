"""What an attempt is worth, what counts of several, and what a learner may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

TOLERANCE = 1e-6
MARK_DIGITS = 7  # how fractions and marks are stored: no other rounding before they are shown


class Said(Protocol):
    """What the rules need to know of a step."""

    @property
    def id(self) -> int: ...
    @property
    def slot(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def response(self) -> Any: ...
    @property
    def made_at(self) -> datetime: ...


S = TypeVar("S", bound=Said)


@dataclass(frozen=True)
class Policy:
    """How a quiz is given. `attempts` 0 is any number; `pass_mark` in percent, None for none."""

    attempts: int = 0
    grading: str = "highest"
    pass_mark: float | None = None
    shuffle_questions: bool = False

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Policy":
        return cls(
            attempts=settings.get("attempts", 0),
            grading=settings.get("grading", "highest"),
            pass_mark=settings.get("pass_mark"),
            shuffle_questions=settings.get("shuffle_questions", False),
        )


@dataclass(frozen=True)
class Review:
    """What a learner is shown of a marked attempt."""

    correctness: bool = True
    feedback: bool = True
    right_answer: bool = True


def in_order(steps: Iterable[S]) -> list[S]:
    """The answers among the steps, by when they were made and not by when they arrived."""
    answers = [step for step in steps if step.kind in ("answered", "unreadable")]
    return sorted(answers, key=lambda step: (step.made_at, step.id))


def latest(steps: Iterable[S]) -> dict[int, S]:
    """What was said last for each slot."""
    return {step.slot: step for step in in_order(steps)}


def made_at(age_ms: int | None, *, started_at: datetime, now: datetime) -> datetime:
    """When an answer was made that has since waited `age_ms` on the phone; never before the attempt.

    The phone tells an age and not a time of day, because its clock may be wrong by a day.
    """
    if age_ms is None or age_ms <= 0:
        return now
    longest = (now - started_at) / timedelta(milliseconds=1)
    return max(started_at, now - timedelta(milliseconds=min(age_ms, longest)))


def may_start(policy: Policy, number_of_attempts: int) -> bool:
    return policy.attempts == 0 or number_of_attempts < policy.attempts


def total(fractions: Sequence[float | None], max_marks: Sequence[float]) -> float:
    """The marks of an attempt; a question left empty counts nothing."""
    return round(sum((f or 0.0) * m for f, m in zip(fractions, max_marks, strict=True)), MARK_DIGITS)


def fraction(mark: float | None, max_mark: float) -> float | None:
    """The share of the marks; all of it where there are none to get. None until every slot is marked."""
    if mark is None:
        return None
    return mark / max_mark if max_mark else 1.0


def grade(policy: Policy, fractions: Sequence[float | None]) -> float | None:
    """The fraction of the quiz that counts, from those of the attempts in their order."""
    known = [fraction for fraction in fractions if fraction is not None]
    if policy.grading == "first":
        return fractions[0] if fractions else None
    if policy.grading == "last":
        return fractions[-1] if fractions else None
    if not known:
        return None
    return sum(known) / len(known) if policy.grading == "average" else max(known)


def is_passed(policy: Policy, fraction: float | None) -> bool:
    """Whether the quiz is done with this grade; without a pass mark, handing in is enough."""
    if policy.pass_mark is None:
        return True
    return fraction is not None and fraction * 100 >= policy.pass_mark - TOLERANCE


def review(policy: Policy, *, passed: bool, attempts_used: int) -> Review:
    """Right answers are kept back from somebody who has yet to pass and may try again."""
    may_try_again = not passed and may_start(policy, attempts_used)
    return Review(right_answer=not may_try_again)
