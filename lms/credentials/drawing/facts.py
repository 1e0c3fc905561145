"""What a certificate states, frozen on the day of issue."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from lms.credentials.drawing.words import TITLE, Basis

Text = Mapping[str, str]


@dataclass(frozen=True)
class Facts:
    """Everything printed on a certificate and shown when it is checked; nothing is looked up again later."""

    number: str
    code: str  # 17 characters without spaces, the last one a check character
    basis: Basis
    name: str
    title: Text  # of the course or programme, in every language that it has
    organisation: Text  # in every script that its name has
    issued_on: str  # ISO date, where the organisation is
    signatory: str  # full name of the registrar who decided
    name_hanzi: str = ""
    name_pinyin: str = ""
    name_urdu: str = ""
    father_name: str = ""
    certificate_title: Text | None = None
    level: Text | None = None
    hours: float | None = None

    @property
    def day(self) -> date:
        return date.fromisoformat(self.issued_on)

    @property
    def heading(self) -> Text:
        """What kind of certificate this is; "Certificate of Completion" unless the course says otherwise."""
        return {**TITLE, **(self.certificate_title or {})}

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Facts as they were stored; keys of a later or earlier version of the platform are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: value for key, value in stored.items() if key in known})


def spoken(text: Text | None, language: str) -> str:
    """The text in this language, else in English, else in any that it has."""
    if not text:
        return ""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")
