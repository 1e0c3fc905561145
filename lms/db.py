"""The database, column recipes, and the one place that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, cast

from flask import Flask, Response, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    CursorResult,
    DateTime,
    Delete,
    Dialect,
    Engine,
    Integer,
    MetaData,
    TypeDecorator,
    Update,
    event,
    inspect,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# SQLite has one writer. A transaction that will write must say so when it begins (BEGIN IMMEDIATE), or
# two of them that have both read end in "database is locked"; one that only reads must not, or readers
# queue behind each other.
_only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)


class Missing(LookupError):
    """What was asked for does not exist, or is not for this person: both look the same from outside."""


class Utc(TypeDecorator[datetime]):
    """An aware moment in UTC; refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Key = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
Moment = Annotated[datetime, mapped_column(Utc)]
Json = Annotated[Any, mapped_column(JSON().with_variant(JSONB(), "postgresql"))]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def init_app(app: Flask) -> None:
    """Bind the database to the app and let each request be one transaction."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _engine_options(app.config["SQLALCHEMY_DATABASE_URI"]))
    db.init_app(app)
    app.before_request(_begin_request)
    app.after_request(_end_request)
    with app.app_context():
        for engine in db.engines.values():
            if engine.dialect.name == "sqlite":
                _prepare_sqlite(engine)


def commit() -> None:
    """Store everything, then do what was waiting for it to be stored."""
    waiting = db.session.info.pop("after_commit", [])
    db.session.commit()
    for do in waiting:
        do()


def rollback() -> None:
    """Forget what was not stored, and what was waiting for it."""
    db.session.info.pop("after_commit", None)
    db.session.rollback()


def after_commit(do: Callable[[], object]) -> None:
    """Run `do` once the current work is safely stored; never if it is not."""
    db.session.info.setdefault("after_commit", []).append(do)


@contextmanager
def work() -> Iterator[None]:
    """One transaction outside a request: committed at the end, rolled back by an exception."""
    rollback()
    try:
        yield
        commit()
    except BaseException:
        rollback()
        raise


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside only read, so that on SQLite they do not wait for the writer."""
    mark = _only_reads.set(True)
    try:
        yield
    finally:
        _only_reads.reset(mark)


def insert_once(model: type[Base], **values: Any) -> Any:
    """Insert a row unless one of its unique constraints is already taken: its key, or None."""
    db.session.flush()  # the row may refer to what was added before
    statement = _insert_once(model, db.engine.dialect.name)
    return db.session.connection().execute(statement, values).scalar_one_or_none()


def changed(statement: Update | Delete) -> int:
    """Execute the statement; the number of rows that it changed."""
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount


@cache
def _insert_once(model: type[Base], dialect: str) -> Any:
    insert = postgresql_insert if dialect == "postgresql" else sqlite_insert
    return insert(model).on_conflict_do_nothing().returning(inspect(model).primary_key[0])


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        # Opening a connection costs more than a page; those who wait for the one writer hold one each.
        return {"hide_parameters": True, "pool_size": 32, "max_overflow": 0, "connect_args": {"timeout": 15}}
    return {
        "pool_size": 8,
        "max_overflow": 8,
        "pool_timeout": 10,
        "pool_pre_ping": True,
        "pool_recycle": 1800,
        "pool_use_lifo": True,
        "hide_parameters": True,  # or an error in the log would show answers and names
        "connect_args": {"connect_timeout": 5},
    }


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def tune(connection: Any, record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # a receipt must survive a power cut, not only a crash
            "busy_timeout=15000",
            "foreign_keys=ON",
            "cache_size=-4000",  # KB for each connection; what others have read is in the map that follows
            "mmap_size=134217728",
            "temp_store=memory",
            "journal_size_limit=67108864",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _only_reads.get() else "BEGIN IMMEDIATE")


def _begin_request() -> None:
    _only_reads.set(request.method in SAFE_METHODS)


def _end_request(response: Response) -> Response:
    if request.method not in SAFE_METHODS and response.status_code < 400:
        commit()
    else:
        rollback()  # reading changes nothing, and a refused request leaves nothing behind
    return response
