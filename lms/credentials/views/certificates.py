"""A learner's own certificates."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import render_template, send_file, url_for
from flask_babel import gettext as _

from lms.credentials.drawing.certificate import grouped
from lms.credentials.queries import certificates as queries
from lms.credentials.views.blueprint import bp
from lms.files import queries as files
from lms.people.access import me, requires
from lms.people.models import Person
from lms.web import clock
from lms.web.panels import Panel, Step

FRESH = timedelta(days=30)  # how long a new certificate is announced on the home page
AFTER_LEARNING = 25  # rank of that step: what is still to be learned comes first


@bp.get("/certificates")
@requires("signed-in")
def mine() -> Any:
    certificates = queries.certificates_of(me())
    return render_template("credentials/mine.html", certificates=certificates, grouped=grouped)


@bp.get("/certificates/<int:award_id>.pdf")
@requires("signed-in")
def download(award_id: int) -> Any:
    award = queries.award_for(me(), award_id)
    answer = send_file(
        BytesIO(files.content(award.file_hash)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{award.number} {queries.facts_of(award).name}.pdf",
        etag=award.file_hash,
    )
    # Kept by the phone, but asked for each time: the next person with this phone gets nothing.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def certificates_panel(person: Person) -> Panel | None:
    """A new certificate, ready to be downloaded."""
    award = queries.newest_award(person, since=clock.now() - FRESH)
    if award is None:
        return None
    facts = queries.facts_of(award)
    step = Step(
        title=_("Your certificate is ready"),
        why=_("Download it, keep it, show it: anyone can check that it is real."),
        label=_("See it"),
        href=url_for("credentials.mine"),
        rank=AFTER_LEARNING,
    )
    return Panel("credentials/panel_certificate.html", {"award": award, "facts": facts}, step)
