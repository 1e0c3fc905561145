"""Every page of the site with something on it: who sees it, and at which address."""

from dataclasses import dataclass

from tests.browser import records
from tests.browser.site import Site

# Addresses that give no page for people.
FOR_MACHINES = ("files.", "operations.", "credentials.download", "static")
CLASS, GALLERY = "mandarin-2026-a", "gallery"


@dataclass(frozen=True)
class Scene:
    """A page as this person of the demo sees it; `who` is None for somebody who is not signed in."""

    who: str | None
    path: str


def scenes(site: Site) -> dict[str, Scene]:
    """By the name of the page. Makes what they need: an attempt under way, an issued certificate."""
    class_ = f"/classes/{records.class_id(site, CLASS)}"
    bilal = records.person_id(site, "bilal")
    attempt = records.open_attempt(site, "bilal", GALLERY, "gallery-quiz")
    marked = next(each.id for each in records.attempts(site, "bilal") if each.state == "marked")
    award = records.award_of(site, "hira") or records.issue(site, "hira", "farah")
    quiz = "quizzes/greetings-quiz"
    return {
        "people.sign_in": Scene(None, "/sign-in"),
        "study.home": Scene("bilal", "/"),
        "study.course": Scene("bilal", class_),
        "study.lesson": Scene("bilal", f"{class_}/lessons/greetings-dialogue"),
        "quizzes.quiz": Scene("bilal", f"{class_}/{quiz}"),
        "quizzes.attempt": Scene("bilal", f"/attempts/{attempt}"),
        "quizzes.result": Scene("bilal", f"/attempts/{marked}/result"),
        "programmes.tracks": Scene("bilal", "/tracks"),
        "programmes.track": Scene("bilal", "/tracks/mandarin-electrical"),
        "credentials.mine": Scene("hira", "/certificates"),
        "people.account": Scene("bilal", "/account"),
        "study.class_list": Scene("li-wei", f"{class_}/people"),
        "study.learner": Scene("li-wei", f"{class_}/people/{bilal}"),
        "quizzes.work": Scene("li-wei", f"{class_}/{quiz}/people/{bilal}"),
        "quizzes.review": Scene("li-wei", f"/attempts/{marked}/review"),
        "credentials.approvals": Scene("farah", "/approvals"),
        "credentials.preview": Scene("farah", "/approvals/preview?all=1&wish=approve"),
        "credentials.batch": Scene("farah", "/approvals/batches/approval-hira"),
        "credentials.verify": Scene(None, "/verify"),
        "credentials.verified": Scene(None, f"/verify/{award.code}"),
        "web.about": Scene(None, "/about"),
        "web.style_guide": Scene("bilal", "/style-guide"),
    }


def pages(site: Site) -> set[str]:
    """The name of every page for people, as the site itself lists them."""
    rules = site.app.url_map.iter_rules()
    gets = {rule.endpoint for rule in rules if "GET" in (rule.methods or ()) and "/api/" not in rule.rule}
    return {endpoint for endpoint in gets if not endpoint.startswith(FOR_MACHINES)}
