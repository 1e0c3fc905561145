"""Signing in and out, and one's own account."""

from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, URLSafeSerializer

from lms.db import rollback
from lms.people import actions, passwords, queries, throttle
from lms.people.access import ANYONE, SIGNED_IN, me, requires
from lms.people.forms import PasswordForm, SignInForm, TokenForm
from lms.people.models import Person
from lms.people.rules import device, sign_in_name
from lms.web import clock
from lms.web.security import local_path

bp = Blueprint("people", __name__, template_folder="templates")
DEVICE_COOKIE = "device"
DEVICE_COOKIE_DAYS = 365


@bp.get("/sign-in")
@requires(ANYONE)
def sign_in() -> Any:
    target = local_path(request.args.get("next"), default="")
    if current_user.is_authenticated:
        return redirect(target or url_for("study.home"))
    return _sign_in_page(SignInForm(), target)


@bp.post("/sign-in")
@requires(ANYONE)
def open_sign_in() -> Any:
    form = SignInForm()
    target = local_path(request.form.get("next"), default="")
    if not form.validate():
        return _sign_in_page(form, target), 422
    account = sign_in_name(form.identifier.data)
    address = request.remote_addr or ""
    known = _knows_device(account)
    if throttle.is_blocked(account, address, knows_device=known):
        form.password.errors = [_("Too many tries. Wait five minutes, then try again.")]
        return _sign_in_page(form, target), 429
    person = queries.person_to_sign_in(account)
    stored = person.password_hash if person else None
    rollback()  # comparing takes 25 ms, and on SQLite nobody else could write meanwhile
    if not passwords.matches(form.password.data, stored) or person is None:
        throttle.note_failure(account, address, knows_device=known)
        form.password.errors = [_("This sign-in and password do not belong together. Check both.")]
        return _sign_in_page(form, target), 422
    return _welcome(person, account, target)


@bp.post("/sign-out")
@requires(SIGNED_IN)
def sign_out() -> Any:
    actions.sign_out(me().sign_in_token, now=clock.now())
    logout_user()
    session.clear()
    return redirect(url_for("people.sign_in"))


@bp.get("/account")
@requires(SIGNED_IN)
def account() -> Any:
    return _account_page()


@bp.post("/account/password")
@requires(SIGNED_IN)
def change_password() -> Any:
    form = PasswordForm()
    account, address = f"person {me().id}", request.remote_addr or ""
    if throttle.is_blocked(account, address, knows_device=True):
        form.current.errors = [_("Too many tries. Wait five minutes, then try again.")]
    elif form.validate() and not passwords.matches(form.current.data, me().password_hash):
        throttle.note_failure(account, address, knows_device=True)
        form.current.errors = [_("This is not your password now.")]
    if form.errors or form.current.errors:
        return _account_page(password=form), 422
    actions.change_password(me(), form.new.data, now=clock.now())
    flash(_("Your password is changed. Other devices are signed out."), "good")
    return redirect(url_for("people.account"))


@bp.post("/account/tokens")
@requires(SIGNED_IN)
def add_token() -> Any:
    form = TokenForm()
    if not form.validate():
        return _account_page(token=form), 422
    made = actions.add_api_token(me(), name=form.name.data.strip(), now=clock.now())
    return _account_page(made=made)


@bp.post("/account/tokens/<int:token_id>/revocation")
@requires(SIGNED_IN)
def end_token(token_id: int) -> Any:
    actions.end_api_token(me(), token_id, now=clock.now())
    flash(_("The token no longer works."), "good")
    return redirect(url_for("people.account"))


@bp.post("/account/sign-ins/revocation")
@requires(SIGNED_IN)
def end_other_sign_ins() -> Any:
    actions.sign_out_everywhere(me(), now=clock.now(), but=me().sign_in_token)
    flash(_("All other devices are signed out."), "good")
    return redirect(url_for("people.account"))


def _welcome(person: Person, account: str, target: str) -> Any:
    token = actions.sign_in(
        person,
        address=request.remote_addr or "",
        agent=request.user_agent.string,
        now=clock.now(),
        days=current_app.config["SESSION_DAYS"],
    )
    session.clear()  # nothing of whoever used this device before, and a new CSRF secret
    g.pop("csrf_token", None)  # the form has already made one from the old secret
    session.permanent = True
    person.sign_in_token = token
    login_user(person)
    answer: Any = redirect(target or url_for("study.home"))
    if _is_dialog():
        answer = jsonify(csrf=generate_csrf(), name=person.full_name)
    _remember_device(answer, account)
    return answer


def _sign_in_page(form: SignInForm, target: str) -> str:
    template = "people/sign_in_dialog.html" if _is_dialog() else "people/sign_in.html"
    return render_template(template, form=form, target=target)


def _account_page(
    *, password: PasswordForm | None = None, token: TokenForm | None = None, made: str | None = None
) -> str:
    now = clock.now()
    return render_template(
        "people/account.html",
        person=me(),
        password=password or PasswordForm(formdata=None),
        token=token or TokenForm(formdata=None),
        made=made,
        tokens=queries.api_tokens(me()),
        sign_ins=queries.open_sign_ins(me(), now=now),
        device=device,
    )


def _is_dialog() -> bool:
    return request.values.get("dialog") == "1"


def _devices() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known device")


def _knows_device(account: str) -> bool:
    try:
        return bool(_devices().loads(request.cookies.get(DEVICE_COOKIE, "")) == queries.token_hash(account))
    except BadSignature:
        return False


def _remember_device(answer: Any, account: str) -> None:
    answer.set_cookie(
        DEVICE_COOKIE,
        str(_devices().dumps(queries.token_hash(account))),
        max_age=DEVICE_COOKIE_DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
