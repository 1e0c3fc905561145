"""Celery's clock without the site around it: `celery -A lms.operations.clock:celery beat`.

It only sends messages, so it needs neither database nor pages: half the memory, and ready at once.
"""

import os

from flask import Flask

from config import settings_from
from lms.jobs import broker

_app = Flask(__name__)
_app.config["REDIS_URL"] = settings_from(os.environ).redis_url
celery = broker.init_app(_app)
