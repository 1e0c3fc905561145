"""Course media, fetched once and kept by the browser for good."""

from flask import Blueprint, request
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from lms.files import queries
from lms.files.models import StoredFile

bp = Blueprint("files", __name__)

# An address holds the hash of what it leads to, so that what it leads to never changes.
FOR_EVER = "public, max-age=31536000, immutable"
# Opened on its own, a picture or document can run nothing and reach nothing.
HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@bp.get("/media/<file_hash>/<name>")
def media(file_hash: str, name: str) -> Response:
    return _answer(queries.public_file(file_hash))


# What `lms.people.access.requires` declares elsewhere: files stand below people.
media.permission = "anyone"  # type: ignore[attr-defined]


def _answer(found: StoredFile) -> Response:
    answer = Response(mimetype=found.media_type)
    answer.headers["Cache-Control"] = FOR_EVER
    answer.headers["Content-Security-Policy"] = HARMLESS
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.set_etag(found.hash)
    answer.content_length = found.size
    answer.response = wrap_file(request.environ, queries.stream(found.hash))
    answer.direct_passthrough = True
    return answer.make_conditional(request, accept_ranges=True, complete_length=found.size)
