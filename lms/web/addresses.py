"""What stands in addresses: only what a row can have."""

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**63 - 1  # what the database takes; a larger one would break the query that looks for it


class RowId(IntegerConverter):
    """`<int:class_id>`: everything else is an address that does not exist."""

    def __init__(self, map: Map, *args: Any, **limits: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST_ID, **limits})


def init_app(app: Flask) -> None:
    """Call it before the first route is added."""
    app.url_map.converters["int"] = RowId
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """PostgreSQL keeps no text with this character, so that nothing lies under such an address."""
    if "\0" in request.path or b"%00" in request.query_string:
        abort(404)
