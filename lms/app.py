"""Puts the parts together: the one place that knows them all, and who reacts to what."""

import os
from datetime import timedelta
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_migrate import Migrate
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from config import Settings
from lms import db as database
from lms.content import commands as content_commands
from lms.content import events as content_events
from lms.content import rendering
from lms.credentials import actions as credentials
from lms.credentials import api as credentials_api
from lms.credentials import commands as credentials_commands
from lms.credentials import tasks as credentials_tasks
from lms.credentials import views as credentials_views
from lms.demo import commands as demo_commands
from lms.files import views as files_views
from lms.jobs import broker, tasks
from lms.jobs import commands as jobs_commands
from lms.operations import commands as operations_commands
from lms.operations import logging
from lms.operations import views as operations_views
from lms.people import access, throttle
from lms.people import api as people_api
from lms.people import commands as people_commands
from lms.people import views as people_views
from lms.people.rules import holds
from lms.programmes import actions as programmes
from lms.programmes import api as programmes_api
from lms.programmes import events as programmes_events
from lms.programmes import views as programmes_views
from lms.questions import actions as questions
from lms.quizzes import api as quizzes_api
from lms.quizzes import tasks as quizzes_tasks
from lms.quizzes import views as quizzes_views
from lms.study import actions as study
from lms.study import api as study_api
from lms.study import events as study_events
from lms.study import tasks as study_tasks
from lms.study import views as study_views
from lms.web import api, filters, panels, shell
from lms.web.pages import NavLink

TASKS = (study_tasks, quizzes_tasks, credentials_tasks)  # importing them registers what each kind of job does
PAGES = (
    people_views,
    study_views,
    quizzes_views,
    programmes_views,
    credentials_views,
    files_views,
    operations_views,
)
ENDPOINTS = (api, people_api, study_api, quizzes_api, programmes_api, credentials_api)
LARGEST_REQUEST = 2 * 1024 * 1024  # bytes; nothing that this site takes today is larger


def create_app(settings: Settings | None = None) -> Flask:
    """The application. Raises config.BadSetting."""
    settings = settings or config.settings_from(os.environ)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = Flask("lms", static_folder=None)
    app.config.from_mapping(_flask_settings(settings))
    app.wsgi_app = _behind_proxies(app.wsgi_app, settings.TRUSTED_PROXIES)  # type: ignore[method-assign]
    logging.init_app(app)
    shell.init_app(app)
    database.init_app(app)
    Migrate(app, database.db, directory=str(config.ROOT / "migrations"), render_as_batch=True)
    throttle.limiter.init_app(app)
    access.init_app(app)
    tasks.register(app, broker.init_app(app))
    _add_pages(app)
    _add_commands(app)
    _connect_templates(app)
    access.check_every_route(app)
    return app


def _behind_proxies(wsgi: Any, number: int) -> Any:
    """Believe so many proxies about who asks and how; a header from anybody else is only words."""
    return ProxyFix(wsgi, x_for=number, x_proto=number, x_host=number) if number else wsgi


def _add_pages(app: Flask) -> None:
    for part in (*PAGES, *ENDPOINTS):
        app.register_blueprint(part.bp)
    panels.register(
        app,
        credentials_views.approvals_panel,
        credentials_views.certificates_panel,
        study_views.learning_panel,
        study_views.teaching_panel,
        programmes_views.tracks_panel,
    )


def _add_commands(app: Flask) -> None:
    content_commands.init_app(app, keep_parts=questions.keep, keep_track=programmes.publish)
    for commands in (
        people_commands,
        jobs_commands,
        credentials_commands,
        operations_commands,
        demo_commands,
    ):
        app.cli.add_command(commands.group)


def _connect_templates(app: Flask) -> None:
    assert app.jinja_loader is not None
    folders = PrefixLoader(
        {
            "questions": PackageLoader("lms.questions", "types"),
            "blocks": PackageLoader("lms.content", "blocks"),
        }
    )
    app.jinja_loader = ChoiceLoader([app.jinja_loader, folders])
    filters.use_renderers(app, block=rendering.rich, inline=rendering.rich_inline)
    app.jinja_env.globals.update(study_views.in_templates())
    app.context_processor(_navigation)


def _navigation() -> dict[str, Any]:
    if not current_user.is_authenticated:
        return {"navigation": []}
    links = [NavLink(_("Home"), url_for("study.home"), "home")]
    if holds(current_user.grants, "award.approve"):
        links.append(NavLink(_("Approvals"), url_for("credentials.approvals"), "check"))
    links.append(NavLink(_("Tracks"), url_for("programmes.tracks"), "track"))
    links.append(NavLink(_("Certificates"), url_for("credentials.mine"), "award"))
    return {"navigation": links}


def _flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SETTINGS": settings,
        "KARAKORAM_ENV": settings.KARAKORAM_ENV,
        "TESTING": settings.KARAKORAM_ENV == "test",
        "SECRET_KEY": config.secret_key(settings),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "RATELIMIT_STORAGE_URI": settings.redis_url.replace("redis+socket://", "redis+unix://"),
        "SESSION_DAYS": settings.SESSION_DAYS,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=settings.SESSION_DAYS),
        "SESSION_REFRESH_EACH_REQUEST": False,  # a cookie on every answer costs bytes
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
    }


# Who reacts to what. The only place where a slice is told of one above it.


@content_events.edition_published.connect
def _edition_published(event: content_events.EditionPublished) -> None:
    study.follow(event.course_id, event.edition_id, now=event.at)


@study_events.course_completed.connect
def _course_completed(event: study_events.CourseCompleted) -> None:
    credentials.note_course(event)
    programmes.check(event.person_id, now=event.at)


@programmes_events.programme_completed.connect
def _programme_completed(event: programmes_events.ProgrammeCompleted) -> None:
    credentials.note_programme(event)
