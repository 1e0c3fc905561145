"""Decisions about running the site, as functions of plain values."""

import hmac
import ipaddress
import re

RESTED = 60.0  # seconds a program must have run for its next failure to count as the first
FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
REQUEST_ID = re.compile(r"[A-Za-z0-9_.:-]{8,64}")


def restart_delay(failures: int) -> float:
    """Seconds to wait before a program is started again after this many failures in a row."""
    return min(FIRST_DELAY * 2.0 ** min(failures - 1, 10), LONGEST_DELAY)


def is_sane_request_id(text: str | None) -> bool:
    """Whether a caller's own name for its request may go into our logs."""
    return text is not None and REQUEST_ID.fullmatch(text) is not None


def may_read_metrics(
    *, authorization: str | None, token: str, address: str | None, direct: bool, demo: bool
) -> bool:
    """With a token: who knows it. Without: the machine itself, in a demo, and not through a proxy."""
    if token:
        return hmac.compare_digest((authorization or "").encode(), f"Bearer {token}".encode())
    return demo and direct and is_loopback(address)


def is_loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
