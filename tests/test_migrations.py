"""The migrations lead to the tables that the models describe, and back."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from config import Settings
from lms.app import create_app
from lms.db import db


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    url = "" if request.param == "sqlite" else request.getfixturevalue("fresh_postgres_url")
    app = create_app(
        Settings(
            KARAKORAM_ENV="test",
            DATA_DIR=str(tmp_path),
            DATABASE_URL=url,
            SECRET_KEY="x",
            REDIS_URL="memory://",
        )
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def fresh_postgres_url(postgres_server, worker):
    import psycopg

    name = f"migrations_{worker}"
    with psycopg.connect(postgres_server.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name}")
        yield f"{postgres_server.rpartition('/')[0]}/{name}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_up_down_up_and_the_models_agree(empty):
    upgrade()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    with db.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), db.metadata)
    assert not differences
