"""Runs migrations on the database of the app: `flask db upgrade`."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import JSON

from lms.db import Utc, db


def written(kind: str, item: Any, autogen: Any) -> str | bool:
    """Our own types as what they are in the database: old migrations must not need today's code."""
    if kind == "type" and isinstance(item, Utc):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def same_type(context: Any, column: Any, model_column: Any, found: Any, wanted: Any) -> bool | None:
    """SQLite has no moments with a zone; what it reports instead is not a difference."""
    return False if isinstance(wanted, Utc) else None


def run() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=written,
            compare_type=same_type,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run on a database: start it and set DATABASE_URL")
assert current_app
run()
