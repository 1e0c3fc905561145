"""What registrars pick and type."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from lms.credentials.queries.approvals import Filter, Selection
from lms.web.addresses import LARGEST_ID
from lms.web.typed import storable

LONGEST_REASON = 500
LONGEST_NAME = 200
MOST_PICKED = 1_000  # a page of the list has fifty boxes; a database takes some 30,000 values at once
MOST_TYPED = 60  # of a code; a right one has 17 characters and a few spaces


class ReasonForm(FlaskForm):
    reason = TextAreaField(
        _l("Reason, as the learner will read it"),
        [
            DataRequired(_l("Write the reason: the learner will read it.")),
            Length(max=LONGEST_REASON, message=_l("Use at most 500 characters.")),
        ],
        filters=[storable],
        render_kw={"rows": 4, "dir": "auto", "maxlength": LONGEST_REASON},
    )


class NameForm(FlaskForm):
    name = StringField(validators=[InputRequired(), Length(max=LONGEST_NAME)])

    class Meta:
        csrf = False  # it changes nothing, and the page that holds it is the same for everyone


def wanted(values: "MultiDict[str, Any]") -> Filter:
    """The filter that a list's address spells out; what cannot be read filters nothing."""
    organisation_id = values.get("organisation", 0, type=int)
    return Filter(
        subject=storable(values.get("subject")) or None,
        organisation_id=organisation_id if 0 < organisation_id <= LARGEST_ID else None,
    )


def picked(values: "MultiDict[str, Any]") -> Selection:
    """The ticked boxes, or everybody of the filter; `ids` may also come as one list with commas."""
    numbers = [each.strip() for value in values.getlist("ids") for each in value.split(",")]
    ids = tuple(int(number) for number in numbers if number.isdecimal() and len(number) < 18)
    return Selection(filter=wanted(values), ids=ids[:MOST_PICKED], is_all="all" in values)
