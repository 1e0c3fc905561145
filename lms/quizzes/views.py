"""Taking a quiz, and seeing what it was worth."""

import secrets
from collections.abc import Mapping
from random import SystemRandom
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from lms.people.access import me, requires, wants_script_answer
from lms.quizzes import actions, queries
from lms.quizzes.forms import AnswerForm, fields_by_slot
from lms.study.queries import seats
from lms.web import clock
from lms.web.pages import render

bp = Blueprint("quizzes", __name__, template_folder="templates")


@bp.get("/classes/<int:class_id>/quizzes/<key>")
@requires("signed-in")
def quiz(class_id: int, key: str) -> Any:
    page = queries.quiz_page(me(), class_id, key, now=clock.now())
    return render_template("quizzes/quiz.html", page=page, state=page.seat.state(key))


@bp.post("/classes/<int:class_id>/quizzes/<key>/attempts")
@requires("signed-in")
def start(class_id: int, key: str) -> Any:
    page = queries.quiz_page(me(), class_id, key, now=clock.now())
    if page.seat.enrolment is None or not page.seat.state(key).is_open:
        abort(404)
    try:
        attempt_id = actions.start(page.seat, page.activity, now=clock.now(), dice=SystemRandom())
    except actions.NoAttemptLeft:
        flash(_("You have used all your attempts at this quiz."), "warn")
        return redirect(url_for("quizzes.quiz", class_id=class_id, key=key))
    return redirect(url_for("quizzes.attempt", attempt_id=attempt_id))


@bp.get("/attempts/<int:attempt_id>")
@requires("signed-in")
def attempt(attempt_id: int) -> Any:
    own = queries.own_attempt(me(), attempt_id)
    if own.state != "open":
        return redirect(url_for("quizzes.result", attempt_id=attempt_id))
    return _attempt_page(own, {})


@bp.post("/attempts/<int:attempt_id>/answers")
@requires("signed-in")
def answer(attempt_id: int) -> Any:
    """One answer from the page's script, or the whole form from a browser without scripts."""
    own = queries.own_attempt(me(), attempt_id, to="answer")
    if wants_script_answer():
        return _keep_one(own)
    try:
        problems = actions.answer_all(
            own, fields_by_slot(request.form), key=secrets.token_hex(8), by=me(), now=clock.now()
        )
    except actions.Closed:
        return redirect(url_for("quizzes.result", attempt_id=attempt_id))
    if problems:
        flash(_("Your answers are kept, but some cannot be read. Look at the marked questions."), "warn")
        return redirect(url_for("quizzes.attempt", attempt_id=attempt_id))
    flash(_("Your answers are saved."), "good")
    return redirect(url_for("quizzes.attempt", attempt_id=attempt_id))


@bp.post("/attempts/<int:attempt_id>/submission")
@requires("signed-in")
def submit(attempt_id: int) -> Any:
    own = queries.own_attempt(me(), attempt_id, to="hand in")
    now = clock.now()
    if own.state == "open" and request.form.get("with_answers"):
        actions.answer_all(own, fields_by_slot(request.form), key=secrets.token_hex(8), by=me(), now=now)
    actions.submit(own, by=me(), now=now)
    target = url_for("quizzes.result", attempt_id=attempt_id)
    return jsonify(href=target) if wants_script_answer() else redirect(target)


@bp.get("/attempts/<int:attempt_id>/result")
@requires("signed-in")
def result(attempt_id: int) -> Any:
    own = queries.own_attempt(me(), attempt_id)
    if own.state == "open":
        return redirect(url_for("quizzes.attempt", attempt_id=attempt_id))
    if own.state == "submitted":
        return render("quizzes/waiting.html", block="main", attempt=own)
    used = len(queries.attempts_of(own.enrolment_id, own.activity))
    seat = seats.own_seat(me(), own.class_id, now=clock.now())
    page = queries.result_page(own, attempts_used=used)
    return render("quizzes/result.html", block="main", page=page, seat=seat)


@bp.get("/attempts/<int:attempt_id>/review")
@requires("class.mark")
def review(attempt_id: int) -> Any:
    theirs, learner = queries.attempt_to_mark(me(), attempt_id)
    if theirs.state != "marked":
        return render_template(
            "quizzes/unmarked.html", page=queries.attempt_page(theirs), learner=learner, attempt=theirs
        )
    page = queries.result_page(theirs, attempts_used=theirs.number, learner=learner)
    return render_template("quizzes/result.html", page=page, seat=None)


@bp.get("/classes/<int:class_id>/quizzes/<key>/people/<int:person_id>")
@requires("class.view")
def work(class_id: int, key: str, person_id: int) -> Any:
    page = queries.work_of(me(), class_id, key, person_id, now=clock.now())
    return render_template("quizzes/work.html", page=page, person_id=person_id)


def _attempt_page(own: Any, problems: Mapping[int, str]) -> str:
    page = queries.attempt_page(own)
    fields = {asked.slot.number: MultiDict(dict(asked.raw or {})) for asked in page.asked}
    return render_template("quizzes/attempt.html", page=page, problems=problems, raw=fields)


def _keep_one(own: Any) -> Any:
    form = AnswerForm.read(request.form)
    if form is None:
        return jsonify(problem=_("This answer could not be sent. Reload the page.")), 400
    slot = queries.slot(own, form.slot)
    try:
        receipt = actions.answer(
            own, slot, form.fields, key=form.key, age_ms=form.age_ms, by=me(), now=clock.now()
        )
    except actions.Closed:
        return jsonify(closed=url_for("quizzes.result", attempt_id=own.id)), 409
    return jsonify(
        slot=slot.number,
        saved_at=receipt.at.isoformat(),
        problem=_(receipt.problem) if receipt.problem else None,
    )
