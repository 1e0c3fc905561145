"""Where registrars decide who gets a certificate, and watch the certificates being made."""

import secrets
from dataclasses import dataclass
from math import ceil
from typing import Any, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.credentials import actions, forms
from lms.credentials.drawing import fonts
from lms.credentials.queries import approvals as queries
from lms.credentials.queries.reach import APPROVE
from lms.credentials.views.blueprint import bp
from lms.db import Missing
from lms.jobs import queries as jobs
from lms.people.access import me, requires
from lms.people.models import Person
from lms.people.rules import holds
from lms.web import clock
from lms.web.pages import render
from lms.web.panels import Panel, Step

PAGE = 50
MOST_PAGES = 10_000
MOST_AT_ONCE = 500  # one click writes two rows for each; more would keep everybody else waiting
SHOWN_OF_BATCH = 50
BEFORE_LEARNING = 10  # rank of the registrar's next step
TOKEN_BYTES = 6


@dataclass(frozen=True)
class Pages:
    """Where in a long list we are, for the pager."""

    number: int
    total: int
    filter: queries.Filter

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / PAGE))

    def url(self, number: int) -> str:
        return url_for("credentials.approvals", page=number, **cast(dict[str, Any], self.filter.arguments))


@bp.get("/approvals")
@requires(APPROVE)
def approvals() -> Any:
    return _list_page()


@bp.get("/approvals/preview")
@requires(APPROVE)
def preview() -> Any:
    return _preview_page(forms.picked(request.args), _wish(request.args.get("wish")))


@bp.post("/approvals")
@requires(APPROVE)
def decide() -> Any:
    selection, wish = forms.picked(request.form), _wish(request.form.get("wish"))
    form = forms.ReasonForm()
    if wish == "decline" and not form.validate():
        return _preview_page(selection, wish, form), 422
    batch = f"approval-{me().id}-{_token(request.form.get('batch', ''))}"
    chosen = queries.selected(me(), selection, limit=MOST_AT_ONCE)
    if wish == "decline":
        earned = [each.eligibility for each in chosen]
        actions.decline(me(), earned, reason=form.reason.data.strip(), batch=batch, now=clock.now())
    else:
        ready = queries.preview(chosen, fonts.coverage()).ready
        actions.approve(me(), [each.eligibility for each in ready], batch=batch, now=clock.now())
    return _after_decision(batch)


@bp.get("/approvals/batches/<key>")
@requires(APPROVE)
def batch(key: str) -> Any:
    found = queries.batch_for(me(), key)
    progress = jobs.batch_progress(key)
    return render(
        "credentials/batch.html",
        block="progress",
        batch=found,
        progress=progress,
        stuck=queries.stuck_in(me(), found) if progress.dead else [],
        issued=queries.issued_in(me(), found, limit=SHOWN_OF_BATCH) if progress.done else [],
    )


@bp.post("/approvals/batches/<key>/retries")
@requires(APPROVE)
def retry(key: str) -> Any:
    found = queries.batch_for(me(), key)
    actions.retry(found.key, now=clock.now())
    return redirect(url_for("credentials.batch", key=found.key), 303)


def approvals_panel(person: Person) -> Panel | None:
    """How many wait for this registrar."""
    if not holds(person.grants, APPROVE):
        return None
    count = queries.waiting_count(person)
    if not count:
        return None
    step = Step(
        title=ngettext("%(num)s certificate waits for you", "%(num)s certificates wait for you", count),
        why=_("Learners have completed everything for them. Your approval issues them."),
        label=_("Look and approve"),
        href=url_for("credentials.approvals"),
        rank=BEFORE_LEARNING,
    )
    return Panel("credentials/panel_approvals.html", {"count": count}, step)


def _list_page(problem: str = "") -> str:
    wanted = forms.wanted(request.args)
    total = queries.waiting_count(me(), wanted)
    number = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    pages = Pages(number, total, wanted)
    rows = queries.waiting(me(), wanted, offset=(pages.number - 1) * PAGE, limit=PAGE)
    return render_template(
        "credentials/approvals.html",
        rows=rows,
        pages=pages,
        choices=queries.choices(me()),
        wanted=wanted,
        problem=problem,
    )


def _preview_page(selection: queries.Selection, wish: str, form: forms.ReasonForm | None = None) -> Any:
    chosen = queries.selected(me(), selection, limit=MOST_AT_ONCE)
    if not chosen:
        return _list_page(problem=_("Tick at least one learner who still waits.")), 422
    try:
        found = queries.preview(chosen, fonts.coverage())
    except fonts.FontsMissing as cause:
        return _list_page(
            problem=_("Certificates cannot be printed on this server: %(cause)s", cause=cause)
        ), 503
    return render_template(
        f"credentials/preview_{wish}.html",
        preview=found,
        chosen=chosen,
        ids=",".join(str(each.eligibility.id) for each in (chosen if wish == "decline" else found.ready)),
        batch=secrets.token_hex(TOKEN_BYTES),
        is_cut=selection.is_all and len(chosen) == MOST_AT_ONCE,
        form=form or forms.ReasonForm(formdata=None),
    )


def _after_decision(key: str) -> Any:
    try:
        found = queries.batch_for(me(), key)
    except Missing:
        flash(_("Somebody else has decided on them in the meantime."), "info")
        return redirect(url_for("credentials.approvals"), 303)
    if found.approved:
        return redirect(url_for("credentials.batch", key=key), 303)
    flash(ngettext("%(num)s certificate declined.", "%(num)s certificates declined.", found.declined), "good")
    return redirect(url_for("credentials.approvals"), 303)


def _wish(value: str | None) -> str:
    if value not in ("approve", "decline"):
        abort(400)
    return value


def _token(value: str) -> str:
    """The word that the preview gave this decision, so that sending it twice decides once."""
    if len(value) != 2 * TOKEN_BYTES or not all(digit in "0123456789abcdef" for digit in value):
        abort(400)
    return value
