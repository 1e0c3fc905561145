"""What the API refuses, as problem details for programs (RFC 9457)."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Response, request
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import HTTPException

API_PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
MOST_TOLD = 20  # faults in one answer: whoever sends a thousand of them needs no list

DETAILS = {
    400: "The body is not JSON.",
    404: "There is nothing under this address, or nothing that this token may see.",
    405: "This address does not take this method: see the Allow header.",
    413: "The body is larger than this site takes.",
    415: "Send the body as application/json.",
    422: "The request was read, but some of its values cannot be used: see errors.",
    429: "Too many tries in a short time. Wait, then try again.",
    500: "Something broke on our side. It is written down. Try again later.",
}


class Fault(BaseModel):
    """What is wrong with a value: `pointer` leads to it in the body, or `parameter` names it in the query."""

    pointer: str | None = None
    parameter: str | None = None
    detail: str


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    errors: list[Fault] | None = Field(default=None, description="Only with status 422.")


class Refused(HTTPException):
    """Raised by an API view to refuse a request with a problem."""

    def __init__(self, status: int, detail: str = "", *, errors: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.code, self.errors = status, errors

    def get_response(self, *args: Any, **kwargs: Any) -> Response:
        """The problem; called by Flask."""
        return response(self.code or 500, self.description or "", errors=self.errors)


def is_for_program() -> bool:
    """Whether a program asks, that reads problems and not pages."""
    return request.path.startswith(API_PREFIX)


def response(status: int, detail: str = "", *, errors: Sequence[Fault] = ()) -> Response:
    """The answer that says why a request was refused."""
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail or DETAILS.get(status),
        errors=list(errors) or None,
    )
    answer = Response(problem.model_dump_json(exclude_none=True), status, content_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def of_body(error: ValidationError) -> Refused:
    """The refusal of a body that does not have the shape it must have."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    if details[0]["type"] == "json_invalid":
        return Refused(400, details[0]["msg"])
    faults = [Fault(pointer=_pointer(each["loc"]), detail=each["msg"]) for each in details[:MOST_TOLD]]
    return Refused(422, errors=faults)


def of_query(error: ValidationError) -> Refused:
    """The refusal of query parameters that do not exist or cannot be used."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    faults = [Fault(parameter=str(each["loc"][0]), detail=each["msg"]) for each in details[:MOST_TOLD]]
    return Refused(422, errors=faults)


def _pointer(location: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901) to the value; to the object when it is a name in it that is wrong."""
    steps = [str(step) for step in location if step != "[key]"]
    return "#" + "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
