"""Puts the shell around an app: languages, headers, errors, filters, page files, small pages."""

from flask import Flask

from lms.web import addresses, errors, filters, languages, security, static_files, views
from lms.web.pages import Templates


def init_app(app: Flask) -> None:
    """Give this app everything that every page shares. Call it before other slices are added."""
    app.jinja_environment = Templates
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    for part in (addresses, languages, filters, security, errors, static_files):
        part.init_app(app)
    app.register_blueprint(views.bp)
