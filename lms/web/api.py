"""The description of the JSON API, for programs and whoever writes them."""

from typing import Any

from flask import Blueprint, current_app
from pydantic import RootModel

from lms.web import openapi
from lms.web.endpoints import PREFIX, operation

bp = Blueprint("api", __name__, url_prefix=PREFIX)


class Description(RootModel[dict[str, Any]]):
    """An OpenAPI 3.1 document."""


@operation({200: Description})
def document() -> Description:
    """This description."""
    # Routes do not change while the app runs, so that it is made once.
    if "openapi" not in current_app.extensions:
        current_app.extensions["openapi"] = openapi.document(current_app)
    return Description(current_app.extensions["openapi"])


# What `lms.people.access.requires` declares elsewhere: the shell stands below people.
document.permission = "anyone"  # type: ignore[attr-defined]
bp.add_url_rule("/openapi.json", view_func=document)
