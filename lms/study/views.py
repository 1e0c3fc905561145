"""The home page, the course as a learner goes through it, and the class as its teacher sees it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from lms.content import queries as content
from lms.content.kinds import KINDS
from lms.content.outline import Activity
from lms.people.access import me, requires
from lms.people.models import Person
from lms.study import actions, rules
from lms.study.queries import classes, seats
from lms.study.queries.seats import Seat
from lms.web import clock, panels
from lms.web.languages import page_language
from lms.web.languages import translated as _
from lms.web.panels import Panel, Step

bp = Blueprint("study", __name__, template_folder="templates")
MOST_PAGES = 10_000
CONTINUE_RANK = 20  # of the next step on the home page: what waits for a registrar comes before it


@bp.get("/")
@requires("signed-in")
def home() -> Any:
    return render_template("home.html", home=panels.home(me()))


@bp.get("/classes/<int:class_id>")
@requires("signed-in")
def course(class_id: int) -> Any:
    seat = seats.seat(me(), class_id, now=clock.now())
    return render_template(
        "study/course.html", seat=seat, next=seat.next_activity if seat.enrolment else None
    )


@bp.get("/classes/<int:class_id>/lessons/<key>")
@requires("signed-in")
def lesson(class_id: int, key: str) -> Any:
    seat = seats.seat(me(), class_id, now=clock.now())
    state = seat.state(key)
    if state.activity.completes != "read":
        abort(404)
    if not state.is_open:
        return render_template("study/locked.html", seat=seat, state=state), 403
    pages = content.document(state.activity.document).pages
    before, after = rules.neighbours(seat.outline, key)
    return render_template(
        "study/lesson.html",
        seat=seat,
        state=state,
        html=pages.get(page_language()) or pages["en"],
        before=before,
        after=after,
    )


@bp.post("/classes/<int:class_id>/lessons/<key>/reading")
@requires("signed-in")
def read(class_id: int, key: str) -> Any:
    now = clock.now()
    seat = seats.own_seat(me(), class_id, now=now)
    state = seat.state(key)
    if not state.is_open or state.activity.completes != "read":
        abort(404)
    assert seat.enrolment is not None
    actions.record(seat.enrolment.id, key, "read", source="read", now=now)
    after = rules.neighbours(seat.outline, key)[1]
    if after is None or seat.state(after.key).is_complete:
        return redirect(url_for("study.course", class_id=class_id))
    return redirect(activity_url(class_id, after))


@bp.get("/classes/<int:class_id>/people")
@requires("class.view")
def class_list(class_id: int) -> Any:
    number = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    page = classes.class_list(me(), class_id, page=number, now=clock.now())
    return render_template("study/class_list.html", page=page)


@bp.get("/classes/<int:class_id>/people/<int:person_id>")
@requires("class.view")
def learner(class_id: int, person_id: int) -> Any:
    seat, found = classes.learner(me(), class_id, person_id, now=clock.now())
    return render_template("study/learner.html", seat=seat, learner=found)


def activity_url(class_id: int, activity: Activity) -> str:
    """Where an activity of any kind is opened."""
    return url_for(KINDS[activity.kind].endpoint, class_id=class_id, key=activity.key)


def work_url(class_id: int, activity: Activity, person_id: int) -> str | None:
    """Where a teacher sees what a learner did in an activity, if there is anything to see."""
    endpoint = KINDS[activity.kind].work_endpoint
    return url_for(endpoint, class_id=class_id, key=activity.key, person_id=person_id) if endpoint else None


def reason_words(reason: rules.Reason, seat: Seat) -> str:
    """Why something is not open yet, as a sentence for the learner."""
    if reason.kind == "after":
        return str(_("Opens on %(day)s.", day=reason.day))
    return str(_("First: %(things)s.", things=_thing(reason, seat)))


def learning_panel(person: Person) -> Panel | None:
    """What somebody studies, and the lesson to go on with."""
    taken = seats.seats(person, now=clock.now())
    if not taken:
        return None
    return Panel("study/panel_learning.html", {"seats": taken}, _continue(taken))


def teaching_panel(person: Person) -> Panel | None:
    """The classes that somebody looks after, those with quiet learners first."""
    taught = sorted(classes.looked_after(person, now=clock.now()), key=lambda each: -each.quiet)
    return Panel("study/panel_teaching.html", {"taught": taught}, _look_after(taught)) if taught else None


def in_templates() -> dict[str, Any]:
    """What this slice's templates may call."""
    return {"activity_url": activity_url, "work_url": work_url, "reason_words": reason_words}


def _continue(taken: list[Seat]) -> Step | None:
    for seat in taken:
        activity = seat.next_activity
        if activity is not None and not (seat.enrolment and seat.enrolment.completed_at):
            return Step(
                title=_words(activity.title),
                why=_words(seat.outline.title),
                label=_("Continue") if seat.done else _("Start"),
                href=activity_url(seat.class_.id, activity),
                rank=CONTINUE_RANK,
            )
    return None


def _look_after(taught: list[classes.Taught]) -> Step | None:
    quiet = [each for each in taught if each.quiet]
    if not quiet:
        return None
    return Step(
        title=quiet[0].class_.title,
        why=_("%(count)s learners have gone quiet for a week or more.", count=quiet[0].quiet),
        label=_("See who"),
        href=url_for("study.class_list", class_id=quiet[0].class_.id),
        rank=CONTINUE_RANK + 10,
    )


def _thing(reason: rules.Reason, seat: Seat) -> str:
    if reason.kind in ("all_of", "any_of"):
        joint = _(" or ") if reason.kind == "any_of" else _(" and ")
        return str(joint).join(_thing(part, seat) for part in reason.parts)
    if reason.kind == "after":
        return str(_("wait until %(day)s", day=reason.day))
    title = _words(seat.outline.activity(reason.activity).title)
    if reason.kind == "passed" and reason.mark is not None:
        return str(_("pass “%(title)s” with %(mark)s %%", title=title, mark=reason.mark))
    return str(
        _("pass “%(title)s”", title=title)
        if reason.kind == "passed"
        else _("finish “%(title)s”", title=title)
    )


def _words(text: Mapping[str, str]) -> str:
    return text.get(page_language()) or text["en"]
