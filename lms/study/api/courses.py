"""Courses as somebody may see them, for programs.

They are here and not in `content`, because who may see a course follows from its classes.
"""

from lms.content import queries as content
from lms.content.outline import Activity, Module, Outline
from lms.db import Missing
from lms.people.access import me, requires
from lms.study.api.blueprint import bp
from lms.study.queries import classes
from lms.web.endpoints import Listing, Paging, Told, Words, listing, operation, words


class CourseInBrief(Told):
    """A course. `edition` changes whenever it is published anew; `hours` are of a learner's time."""

    key: str
    title: Words
    summary: Words
    subject: str
    level: Words | None
    hours: float
    activities: int
    edition: int


class ActivityOfCourse(Told):
    """One thing to do. `completes` says by what: "read" or "graded". `bytes` is what its page weighs."""

    key: str
    kind: str
    title: Words
    minutes: int
    bytes: int
    completes: str


class ModuleOfCourse(Told):
    """Activities that belong together, in their order."""

    key: str
    title: Words
    summary: Words
    activities: list[ActivityOfCourse]


class Course(CourseInBrief):
    """A course with everything that it consists of. `pass_mark` in percent."""

    outcomes: list[Words]
    authors: list[str]
    licence: str
    order: str
    pass_mark: int
    modules: list[ModuleOfCourse]


@bp.get("/courses")
@requires("signed-in")
@operation({200: Listing[CourseInBrief]})
def courses(query: Paging) -> Listing[CourseInBrief]:
    """The courses that the token's owner studies, may view a class of, or edits."""
    keys, total = classes.course_keys(me(), page=query.page)
    editions = content.latest_editions(keys)
    outlines = content.outlines(editions.values())
    items = [_in_brief(outlines[editions[key]], editions[key]) for key in keys if key in editions]
    return listing(CourseInBrief, items, total=total, page=query.page)


@bp.get("/courses/<key>")
@requires("signed-in")
@operation({200: Course})
def course(key: str) -> Course:
    """One of these courses with its outline, as it was published last."""
    if not classes.has_course(me(), key):
        raise Missing(f"course {key}")
    edition = content.latest_edition(key)
    outline = content.outline(edition.id)
    return Course(
        **dict(_in_brief(outline, edition.id)),
        outcomes=[words(outcome) for outcome in outline.outcomes],
        authors=list(outline.authors),
        licence=outline.licence,
        order=outline.order,
        pass_mark=outline.pass_mark,
        modules=modules_of(outline),
    )


def modules_of(outline: Outline) -> list[ModuleOfCourse]:
    """The modules of an edition."""
    return [_module(module) for module in outline.modules]


def _in_brief(outline: Outline, edition_id: int) -> CourseInBrief:
    return CourseInBrief(
        key=outline.key,
        title=words(outline.title),
        summary=words(outline.summary),
        subject=outline.subject,
        level=words(outline.level) if outline.level else None,
        hours=outline.hours,
        activities=len(outline.activities),
        edition=edition_id,
    )


def _module(module: Module) -> ModuleOfCourse:
    return ModuleOfCourse(
        key=module.key,
        title=words(module.title),
        summary=words(module.summary),
        activities=[_activity(activity) for activity in module.activities],
    )


def _activity(activity: Activity) -> ActivityOfCourse:
    return ActivityOfCourse(
        key=activity.key,
        kind=activity.kind,
        title=words(activity.title),
        minutes=activity.minutes,
        bytes=activity.bytes,
        completes=activity.completes,
    )
