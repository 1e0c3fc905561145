"""Pages for machines: is it alive, can it work, how much does it do?"""

from flask import Blueprint, Response, abort, current_app, request

from config import Settings
from lms.operations import metrics, queries, rules
from lms.people.access import requires
from lms.web import clock

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@requires("anyone")
def health() -> Response:
    """The process lives; nothing else is asked."""
    return _text("ok\n")


@bp.get("/readyz")
@requires("anyone")
def readiness() -> Response:
    """200 if the database answers and is migrated, else 503. Without its broker the site still works."""
    database = queries.database_state()
    answer = _text(f"database {database}\nbroker {queries.broker_state()}\n")
    answer.status_code = 200 if database == "ok" else 503
    return answer


@bp.get("/metrics")
@requires("anyone")
def metrics_page() -> Response:
    """Prometheus' text format; for others there is no such page."""
    if not _may_read_metrics():
        abort(404)
    return _text(metrics.page(queries.job_counts(now=clock.now())))


def _may_read_metrics() -> bool:
    settings: Settings = current_app.config["SETTINGS"]
    return rules.may_read_metrics(
        authorization=request.headers.get("Authorization"),
        token=settings.METRICS_TOKEN,
        address=request.remote_addr,
        direct="X-Forwarded-For" not in request.headers,
        demo=not settings.is_production,
    )


def _text(body: str | bytes) -> Response:
    answer = Response(body, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
