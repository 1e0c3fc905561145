"""Endpoints of the JSON API: what is sent is checked before a view sees it, what is answered is declared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any, Generic, TypeVar, get_type_hints

from flask import Blueprint, Response, request, url_for
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lms.web import problems
from lms.web.problems import Refused
from lms.web.security import csrf

PREFIX = "/api/v1"
PAGE_SIZE = 100
Words = dict[str, str]  # by language, as their author wrote them: CommonMark with {汉字|pinyin}


class Sent(BaseModel):
    """The shape of something that a program sends. What it does not name is refused, nothing is converted."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Told(BaseModel):
    """The shape of an answer. It is filled field by field, so that nothing is told by accident."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Item = TypeVar("Item", bound=Told)


class Paging(Sent):
    """Which page of a list."""

    page: Annotated[int, Field(ge=1, le=1_000_000, description="Counted from 1.")] = 1


class Listing(Told, Generic[Item]):
    """A page of a list: `next` is the address of the page after it, on this site, or null on the last one."""

    items: list[Item]
    total: int
    next: str | None


@dataclass(frozen=True)
class Reply:
    """An answer with a status of its own; a view that returns only the model answers with its first one."""

    told: BaseModel
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


View = Callable[..., BaseModel | Reply]


@dataclass(frozen=True)
class Operation:
    """What one endpoint takes and answers: checked on every request, and read for the OpenAPI document."""

    answers: Mapping[int, type[BaseModel]]
    refusals: Mapping[int, str]
    body: type[Sent] | None
    query: type[Sent] | None


def blueprint(slice_name: str, import_name: str) -> Blueprint:
    """The blueprint of a slice's endpoints.

    Without the check against forged forms, because on these paths a cookie signs nobody in: see
    `lms.people.access`. Without the check another site could send a request, but not the token.
    """
    made = Blueprint(f"{slice_name}_api", import_name, url_prefix=PREFIX)
    csrf.exempt(made)
    return made


def operation(
    answers: Mapping[int, type[BaseModel]], refusals: Mapping[int, str] | None = None
) -> Callable[[View], Callable[..., Response]]:
    """Declare what an endpoint answers, by status, and why else it may refuse; stands below `requires`.

    A parameter `body` or `query` of the view is filled with what was sent, as its annotation says. Raises
    Refused before the view is called.
    """

    def declare(view: View) -> Callable[..., Response]:
        hints = get_type_hints(view)
        declared = Operation(answers, refusals or {}, hints.get("body"), hints.get("query"))

        @wraps(view)
        def translated(**path: Any) -> Response:
            return _response(view(**path, **_sent(declared)), declared)

        translated.operation = declared  # type: ignore[attr-defined]
        return translated

    return declare


def listing(kind: type[Item], items: list[Item], *, total: int, page: int) -> Listing[Item]:
    """A page of at most PAGE_SIZE items, with the address of the next one."""
    following = _page_address(page + 1) if page * PAGE_SIZE < total else None
    return Listing[kind](items=items, total=total, next=following)  # type: ignore[valid-type]


def whole(kind: type[Item], items: list[Item]) -> Listing[Item]:
    """A list that is never long enough to need a second page."""
    return Listing[kind](items=items, total=len(items), next=None)  # type: ignore[valid-type]


def words(text: str | Mapping[str, str]) -> Words:
    """A text by language; what everybody reads alike stands under "en"."""
    return {"en": text} if isinstance(text, str) else dict(text)


def _page_address(page: int) -> str:
    return url_for(str(request.endpoint), **(request.view_args or {}), page=page)


def _sent(declared: Operation) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    if declared.query:
        sent["query"] = _query(declared.query)
    if declared.body:
        sent["body"] = _body(declared.body)
    return sent


def _query(shape: type[Sent]) -> Sent:
    try:
        return shape.model_validate_strings(request.args.to_dict())
    except ValidationError as error:
        raise problems.of_query(error) from None


def _body(shape: type[Sent]) -> Sent:
    if not request.is_json:
        raise Refused(415)
    try:
        return shape.model_validate_json(request.get_data())
    except ValidationError as error:
        raise problems.of_body(error) from None


def _response(answered: BaseModel | Reply, declared: Operation) -> Response:
    reply = answered if isinstance(answered, Reply) else Reply(answered, next(iter(declared.answers)))
    if not isinstance(reply.told, declared.answers[reply.status]):
        raise TypeError(f"{request.endpoint} answers {reply.status} with what it did not declare")
    body = reply.told.model_dump_json()
    response = Response(body, reply.status, reply.headers, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
