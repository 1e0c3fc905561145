"""What only the whole application can promise."""

import pytest

from config import Settings
from lms.app import create_app


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "203.0.113.7")])
def test_an_address_is_believed_only_from_a_trusted_proxy(tmp_path, proxies, address):
    app = create_app(
        Settings(KARAKORAM_ENV="test", DATA_DIR=str(tmp_path), REDIS_URL="memory://", TRUSTED_PROXIES=proxies)
    )
    seen = []

    @app.before_request
    def note():
        from flask import request

        seen.append(request.remote_addr)

    app.test_client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"})
    assert seen == [address]
