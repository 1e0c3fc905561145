"""Answers as they come in: which slot, which fields, under which key."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

FIELD = re.compile(r"q(\d{1,4})-([a-z0-9_-]{1,80})")
KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
MOST_FIELDS = 200  # of one answer
MOST_OF_FORM = 2_000  # 200 questions of 8 pairs each have 1,600, and what is left out would be taken back
MOST_VALUES = 50
LONGEST_VALUE = 20_000  # characters; what is longer is cut before anything looks at it
LONGEST_AGE_MS = 400 * 86_400_000

Posted = MultiDict[str, str]


@dataclass(frozen=True)
class AnswerForm:
    """One answer from the page's script; `age_ms` is how long it waited on the phone."""

    slot: int
    key: str
    age_ms: int
    fields: dict[str, Sequence[str]]

    @classmethod
    def read(cls, posted: Posted) -> "AnswerForm | None":
        """The answer in the posted form, or None if no page of ours can have sent it."""
        slot, key, age = posted.get("slot", ""), posted.get("key", ""), posted.get("age_ms", "0")
        if not (slot.isdecimal() and slot.isascii() and len(slot) <= 4 and KEY.fullmatch(key)):
            return None
        age_ms = min(int(age), LONGEST_AGE_MS) if age.isascii() and age.isdecimal() and len(age) <= 12 else 0
        return cls(int(slot), key, age_ms, dict(fields_by_slot(posted).get(int(slot), {})))


def fields_by_slot(posted: Posted) -> dict[int, dict[str, Sequence[str]]]:
    """The fields of each slot without their prefix: `q3-choice` is field `choice` of slot 3."""
    slots: dict[int, dict[str, Sequence[str]]] = {}
    for name, values in list(posted.lists())[:MOST_OF_FORM]:
        match = FIELD.fullmatch(name)
        if match:
            kept = [value[:LONGEST_VALUE] for value in values[:MOST_VALUES]]
            slots.setdefault(int(match[1]), {})[match[2]] = kept
    return slots
