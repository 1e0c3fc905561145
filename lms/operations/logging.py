"""Logs as one JSON object a line: what was asked, by whom, how it went and what it cost."""

import logging
import sys
import time
import uuid
from contextvars import ContextVar
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, request
from sqlalchemy import Engine, event
from structlog.typing import EventDict, Processor

from lms.operations import metrics
from lms.operations.rules import is_sane_request_id

REQUEST_ID = "X-Request-ID"
QUIET = frozenset({"operations.health", "operations.readiness", "operations.metrics_page"})
# They speak whenever readiness is asked for, and twice for each look for forgotten jobs.
TALKATIVE = ("alembic", "celery.app.trace", "celery.worker.strategy")
PRIVATE = ("password", "token", "secret", "cookie", "authorization", "answer", "response")

log = structlog.get_logger()
_statements: ContextVar[int] = ContextVar("statements", default=0)


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to the standard error that the process was started with."""

    def __init__(self) -> None:
        # Not `sys.stderr`: Celery's worker replaces that by something that logs, and swallows every line.
        super().__init__(sys.__stderr__)


# The web server brings a plain handler of its own, which would write every line a second time.
REPLACED = (logging.StreamHandler, StandardError)


def init_app(app: Flask) -> None:
    """Log every request. Call it first: what is registered first sees the answer last, after the commit."""
    configure(app.config["SETTINGS"].LOG_LEVEL)
    if not event.contains(Engine, "before_cursor_execute", _count):
        event.listen(Engine, "before_cursor_execute", _count)
    app.before_request(_begin)
    app.after_request(_end)


def configure(level: str) -> None:
    """Let structlog and the standard library write the same lines to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_secrets,
    ]
    # The plain traceback: one that shows local variables would show passwords, too.
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    formatter = structlog.stdlib.ProcessorFormatter
    handler = StandardError()
    handler.setFormatter(formatter(processors=last, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers = [other for other in root.handlers if type(other) not in REPLACED] + [handler]
    root.setLevel(level.upper())
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    ours: list[Processor] = [structlog.stdlib.filter_by_level, *shared, formatter.wrap_for_formatter]
    structlog.configure(
        processors=ours,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def statements() -> int:
    """How many statements this request has sent to the database so far."""
    return _statements.get()


def _begin() -> None:
    given = request.headers.get(REQUEST_ID)
    g.request_id = given if is_sane_request_id(given) else uuid.uuid4().hex
    g.begun = time.perf_counter()
    _statements.set(0)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    if "begun" not in g:  # refused before it began
        return response
    seconds = time.perf_counter() - g.begun
    endpoint = request.endpoint or "none"  # never the path: it may hold the code of a certificate
    response.headers[REQUEST_ID] = g.request_id
    metrics.observe(endpoint, request.method, response.status_code, seconds)
    level = logging.DEBUG if endpoint in QUIET else _level(response.status_code)
    log.log(
        level,
        "request",
        endpoint=endpoint,
        method=request.method,
        status=response.status_code,
        duration_ms=round(seconds * 1000, 1),
        statements=statements(),
        person_id=_person_id(),
    )
    return response


def _level(status: int) -> int:
    return logging.ERROR if status >= 500 else logging.INFO


def _person_id() -> int | None:
    # Noted when the person was loaded: by now the row is expired, and a log line must not cost a query.
    return g.get("person_id")


def _count(*_: Any) -> None:
    _statements.set(_statements.get() + 1)


def _without_secrets(_: object, __: str, line: EventDict) -> EventDict:
    for name in line:
        if any(word in name.lower() for word in PRIVATE):
            line[name] = "***"
    return line
