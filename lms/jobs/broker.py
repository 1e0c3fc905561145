"""Celery and its broker: they make a job start soon, and may lose or repeat everything."""

import time
from typing import Any

import structlog
from celery import Celery
from flask import Flask, current_app
from kombu import pools
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

SWEEP_EVERY = 5.0  # seconds
PAUSE = 5.0  # seconds without publishing after a failure: the sweeper is quick enough
# Seconds, and no second try: whoever handed in waits for this. A worker is more patient, see `_settings`.
HASTE = {
    "socket_connect_timeout": 0.2,
    "socket_timeout": 0.2,
    "max_retries": 0,
    "connect_retries_timeout": 0.2,
}

log = structlog.get_logger()


class Publisher:
    """Tells Celery that a job waits. Never raises and never blocks for long: the row is the queue."""

    def __init__(self, celery: Celery) -> None:
        self.celery = celery
        self.connection = celery.connection_for_write(transport_options=HASTE)
        self.quiet_until = 0.0

    def publish(self, job_id: int) -> None:
        if time.monotonic() < self.quiet_until:
            return
        try:
            with pools.producers[self.connection].acquire(block=True) as producer:
                self.celery.send_task(
                    "jobs.run", args=[job_id], producer=producer, retry=False, ignore_result=True
                )
        except (KombuError, RedisError, OSError) as problem:
            self.quiet_until = time.monotonic() + PAUSE
            log.warning("broker is away, the sweeper will see to it", job_id=job_id, problem=str(problem))


def init_app(app: Flask) -> Celery:
    """Make the Celery app of this Flask app and keep it in `app.extensions["celery"]`."""
    celery = Celery("karakoram", broker=app.config["REDIS_URL"], set_as_current=False)
    celery.conf.update(_settings())
    app.extensions["celery"] = celery
    app.extensions["publisher"] = Publisher(celery)
    return celery


def publish(job_id: int) -> None:
    """Let a worker start the job soon."""
    current_app.extensions["publisher"].publish(job_id)


def _settings() -> dict[str, Any]:
    return {
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_time_limit": 900,
        "task_default_queue": "karakoram",
        "worker_soft_shutdown_timeout": 8,
        "worker_hijack_root_logger": False,
        "worker_send_task_events": False,
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": {
            "visibility_timeout": 3600,  # above the time limit, or a long task is started twice
            "socket_connect_timeout": 1,
            "socket_timeout": 30,
            "socket_keepalive": True,
            "health_check_interval": 10,
        },
        "beat_schedule": {"sweep": {"task": "jobs.sweep", "schedule": SWEEP_EVERY}},
    }
