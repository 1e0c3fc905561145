"""Celery's entry point: `celery -A celery_worker worker` and `celery -A celery_worker beat`."""

from lms.app import create_app

site = create_app()  # not `app`: Celery would take the Flask object for its own
celery = site.extensions["celery"]
