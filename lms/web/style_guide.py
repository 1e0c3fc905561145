"""What the style guide shows: one example of everything that has states."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from wtforms import BooleanField, Form, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

MOMENT = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
LATE_MOMENT = datetime(2026, 11, 27, 18, 30, tzinfo=UTC)
TITLE = {"en": "At the site gate", "ur": "تعمیراتی گیٹ پر", "zh": "在工地门口"}
ONLY_ENGLISH = {"en": "Wiring a two-way switch"}
TEXT = {
    "en": "Say who you are before you walk in. The guard will ask for your pass.",
    "ur": "اندر جانے سے پہلے بتائیں کہ آپ کون ہیں۔ چوکیدار آپ کا پاس مانگے گا۔",
    "zh": "进门之前先说明你是谁。保安会看你的出入证。",
}

TRADES = [SelectChoice("e", "Electrical"), SelectChoice("m", "Machining")]
DAYS = [SelectChoice("f", "Friday"), SelectChoice("s", "Saturday")]
PARTS = ("actions", "information", "outline", "lesson", "questions", "forms")
SPRITE = Path(__file__).with_name("assets") / "icons.svg"


class SampleForm(Form):
    """A field of each kind."""

    name = StringField("Full name", [InputRequired("Type your name as on your school certificate.")])
    trade = SelectField("Trade", choices=TRADES)
    day = RadioField("Best day", choices=DAYS, default="f")
    note = TextAreaField("Anything else?")
    agree = BooleanField("Send me a message when marks are out")


@dataclass(frozen=True)
class Pages:
    """A page of a list, as `pager` wants it."""

    number: int = 2
    pages: int = 7

    def url(self, number: int) -> str:
        return f"/style-guide?page={number}"


@dataclass(frozen=True)
class Samples:
    """Everything the page needs."""

    moment: datetime = MOMENT
    late_moment: datetime = LATE_MOMENT
    title: dict[str, str] = field(default_factory=lambda: dict(TITLE))
    only_english: dict[str, str] = field(default_factory=lambda: dict(ONLY_ENGLISH))
    text: dict[str, str] = field(default_factory=lambda: dict(TEXT))
    parts: tuple[str, ...] = PARTS
    page: Pages = Pages()
    form: SampleForm = field(default_factory=SampleForm)

    @property
    def icons(self) -> list[str]:
        return re.findall(r'id="([a-z]+)"', SPRITE.read_text())

    @property
    def refused(self) -> SampleForm:
        form = SampleForm(name="")
        form.validate()
        return form
