"""Where anyone checks a certificate: without signing in, in three languages on one page."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import abort, current_app, make_response, redirect, request, url_for
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from lms.credentials import forms, rules, throttle
from lms.credentials.drawing.certificate import grouped
from lms.credentials.drawing.facts import Facts
from lms.credentials.models import Award
from lms.credentials.queries import certificates as queries
from lms.credentials.views.blueprint import bp
from lms.people.access import ANYONE, requires
from lms.web.languages import LANGUAGES, Language
from lms.web.security import csrf

NO_CODE = "-"  # looked up instead of what cannot be a code, so that both take equally long
FIVE_MINUTES = "public, max-age=300"

WORDS = {
    "heading": _l("Check a certificate"),
    "valid": _l("This certificate is genuine"),
    "unknown": _l("No certificate has this code"),
    "look_again": _l(
        "Compare it with the paper, character by character. Dashes, spaces and capitals do not matter."
    ),
    "too_fast": _l("Too many tries. Wait ten minutes, then try again."),
    "code": _l("Code on the certificate"),
    "check": _l("Check"),
    "certificate": _l("Certificate"),
    "subject": _l("For"),
    "holder": _l("Given to"),
    "issuer": _l("Issued by"),
    "date": _l("Date of issue"),
    "number": _l("Number"),
    "domain": _l("Look at the address of this page: it must begin with"),
    "ask_name": _l("Type the full name to compare it"),
    "name_right": _l("Yes, this name is on the certificate"),
    "name_wrong": _l("No, this name is not on the certificate"),
}


@dataclass(frozen=True)
class Phrase:
    """Some words in one language."""

    words: str
    language: Language


@bp.get("/verify")
@requires(ANYONE)
def verify() -> Response:
    typed = request.args.get("code", "")[: forms.MOST_TYPED]
    if typed.strip():
        return redirect(url_for("credentials.verified", code=rules.read_code(typed) or typed.strip()), 303)
    return _kept(_page("form"))


@bp.get("/verify/<typed:code>")
@requires(ANYONE)
def verified(code: str) -> Response:
    award = _award(code)
    if award is None:
        return _page("form", 404, problem="unknown")
    return _kept(_page("award", facts=queries.facts_of(award)))


@bp.post("/verify/<typed:code>/name-checks")
@csrf.exempt
@requires(ANYONE)
def check_name(code: str) -> Response:
    award, address = _award(code), request.remote_addr or ""
    if award is None:
        return _page("form", 404, problem="unknown")
    if not throttle.may_guess_name(award.code, address):
        return _page("award", 429, facts=queries.facts_of(award), answer="too_fast")
    facts, form = queries.facts_of(award), forms.NameForm()
    is_right = form.validate() and rules.is_name(form.name.data, _names(facts))
    if not is_right:
        throttle.note_wrong_name(award.code, address)
    return _page("award", facts=facts, answer="name_right" if is_right else "name_wrong")


def _award(code: str) -> Award | None:
    """The certificate with this code. What is none costs and answers the same, however it is wrong."""
    if not throttle.may_look_up(request.remote_addr or ""):
        abort(_page("form", 429, problem="too_fast"))
    award = queries.award_with_code(rules.read_code(code[: forms.MOST_TYPED]) or NO_CODE)
    if award is None:
        throttle.note_wrong_code(request.remote_addr or "")
    return award


def _page(block: str, status: int = 200, **data: Any) -> Response:
    # Not render_template: that asks who is signed in, and this page is the same for everyone.
    template = current_app.jinja_env.get_template(f"credentials/verify_{block}.html")
    with force_locale("en"):
        html = template.render(
            phrases=_phrases(),
            languages=LANGUAGES,
            masked=rules.masked,
            grouped=grouped,
            base_url=current_app.config["SETTINGS"].base_url,
            **data,
        )
    answer = make_response(html, status)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = FIVE_MINUTES
    answer.add_etag()
    return answer.make_conditional(request)


@cache  # the same for everyone: looking a hundred phrases up takes longer than all the rest of the page
def _phrases() -> dict[str, list[Phrase]]:
    """Each phrase in every language of the site that has words of its own for it."""
    spoken: dict[str, list[Phrase]] = {key: [] for key in WORDS}
    for code, language in LANGUAGES.items():
        with force_locale(code):
            for key, words in WORDS.items():
                if all(each.words != str(words) for each in spoken[key]):
                    spoken[key].append(Phrase(str(words), language))
    return spoken


def _names(facts: Facts) -> tuple[str, ...]:
    return facts.name, facts.name_hanzi, facts.name_pinyin, facts.name_urdu
