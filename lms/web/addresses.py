"""Numbers in addresses: only those that a row can have."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**63 - 1  # what the database takes; a larger one would break the query that looks for it


class RowId(IntegerConverter):
    """`<int:class_id>`: everything else is an address that does not exist."""

    def __init__(self, map: Map, *args: Any, **limits: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST_ID, **limits})


def init_app(app: Flask) -> None:
    """Call it before the first route is added."""
    app.url_map.converters["int"] = RowId
