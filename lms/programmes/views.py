"""The tracks that somebody follows."""

from typing import Any

from flask import Blueprint, render_template

from lms.people.access import me, requires
from lms.people.models import Person
from lms.programmes import queries
from lms.web.panels import Panel

bp = Blueprint("programmes", __name__, template_folder="templates")


@bp.get("/tracks")
@requires("signed-in")
def tracks() -> Any:
    return render_template("programmes/tracks.html", tracks=queries.tracks(me().id))


@bp.get("/tracks/<key>")
@requires("signed-in")
def track(key: str) -> Any:
    return render_template("programmes/track.html", track=queries.track(me(), key))


def tracks_panel(person: Person) -> Panel | None:
    """How far somebody has come on their tracks."""
    followed = queries.tracks(person.id)
    return Panel("programmes/panel.html", {"tracks": followed}) if followed else None
