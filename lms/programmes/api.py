"""The tracks that somebody follows, for programs."""

from datetime import datetime

from lms.people.access import me, requires
from lms.programmes import queries
from lms.programmes.queries import Track
from lms.programmes.rules import Stage
from lms.web.endpoints import Listing, Told, Words, blueprint, operation, whole, words

bp = blueprint("programmes", __name__)


class CourseOfTrack(Told):
    """One course of a track; `class_id` is null where the person is not enrolled in it."""

    course: str
    title: Words
    class_id: int | None
    done: int
    total: int
    is_complete: bool


class TrackFollowed(Told):
    """Several courses in an order, and how far the person has come."""

    key: str
    title: Words
    summary: Words
    joined_at: datetime
    completed_at: datetime | None
    courses: list[CourseOfTrack]


@bp.get("/tracks")
@requires("signed-in")
@operation({200: Listing[TrackFollowed]})
def tracks() -> Listing[TrackFollowed]:
    """The tracks that the token's owner follows."""
    return whole(TrackFollowed, [_track(track) for track in queries.tracks(me().id)])


def _track(track: Track) -> TrackFollowed:
    return TrackFollowed(
        key=track.programme.key,
        title=words(track.source["title"]),
        summary=words(track.source.get("summary", {})),
        joined_at=track.membership.joined_at,
        completed_at=track.membership.completed_at,
        courses=[_course(stage) for stage in track.stages],
    )


def _course(stage: Stage) -> CourseOfTrack:
    return CourseOfTrack(
        course=stage.course,
        title=words(stage.title),
        class_id=stage.class_id,
        done=stage.done,
        total=stage.total,
        is_complete=stage.is_complete,
    )
