"""What stands in addresses: only what a row can have."""

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

LARGEST_ID = 2**63 - 1  # what the database takes; a larger one would break the query that looks for it


class RowId(IntegerConverter):
    """`<int:class_id>`: everything else is an address that does not exist."""

    def __init__(self, map: Map, *args: Any, **limits: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST_ID, **limits})


class Name(UnicodeConverter):
    """`<key>`: no text with a NUL, which PostgreSQL keeps in no column."""

    def __init__(self, map: Map, *args: Any, **limits: Any) -> None:
        super().__init__(map, *args, **limits)
        self.regex = self.regex.replace("[^/]", r"[^/\x00]")


def init_app(app: Flask) -> None:
    """Call it before the first route is added."""
    # `<typed:code>` is for what people type, and for a view that answers whatever it is.
    app.url_map.converters.update(int=RowId, default=Name, string=Name, typed=UnicodeConverter)
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """Nothing is found by a query with this character either."""
    if b"%00" in request.query_string:
        abort(404)
