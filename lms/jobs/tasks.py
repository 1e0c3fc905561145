"""Celery's two tasks: do one job, and find the forgotten ones."""

from datetime import UTC, datetime

from celery import Celery
from celery.signals import worker_process_init
from flask import Flask

from lms.db import db, work
from lms.jobs import actions, broker, runner


def _now() -> datetime:
    return datetime.now(UTC)


def register(app: Flask, celery: Celery) -> None:
    """Give Celery its tasks, each inside the app's context."""

    @celery.task(name="jobs.run")
    def run(job_id: int) -> None:
        with app.app_context():
            runner.run(job_id, clock=_now)

    @celery.task(name="jobs.sweep", expires=broker.SWEEP_EVERY)
    def sweep() -> None:
        with app.app_context():
            with work():
                forgotten = actions.forgotten(now=_now())
            for job_id in forgotten:
                broker.publish(job_id)

    @worker_process_init.connect(weak=False)
    def leave_parents_connections(**_: object) -> None:
        with app.app_context():
            db.engine.dispose(close=False)  # a forked connection would be shared with the parent
