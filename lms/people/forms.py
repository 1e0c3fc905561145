"""What people type to sign in and to change their account."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from lms.web.typed import storable

LONGEST = 254  # of an e-mail address (RFC 5321)
LONGEST_PASSWORD = 200
SHORTEST_PASSWORD = 8


class SignInForm(FlaskForm):
    identifier = StringField(
        _l("E-mail or phone number"),
        [InputRequired(_l("Type your e-mail or phone number.")), Length(max=LONGEST)],
        filters=[storable],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Type your password.")), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password", "dir": "ltr"},
    )


class PasswordForm(FlaskForm):
    current = PasswordField(
        _l("Your password now"),
        [InputRequired(_l("Type your password.")), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password", "dir": "ltr"},
    )
    new = PasswordField(
        _l("New password"),
        [
            InputRequired(_l("Type a new password.")),
            Length(SHORTEST_PASSWORD, LONGEST_PASSWORD, _l("Use at least 8 characters.")),
        ],
        render_kw={"autocomplete": "new-password", "dir": "ltr"},
    )
    again = PasswordField(
        _l("New password once more"),
        [EqualTo("new", _l("The two new passwords differ."))],
        render_kw={"autocomplete": "new-password", "dir": "ltr"},
    )


class TokenForm(FlaskForm):
    name = StringField(
        _l("What is it for?"),
        [InputRequired(_l("Name the program that will use it.")), Length(max=80)],
        filters=[storable],
    )
