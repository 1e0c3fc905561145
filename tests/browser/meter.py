"""Counts the bytes that come over the line, as the network log of the browser's developers does."""

from collections import Counter
from typing import Any

from tests.browser.phone import Phone

APART = ("Image", "Media")  # a lesson's pictures and sounds tell their own size before they are fetched


class Meter:
    """What a phone has received since the last reading, headers and compression included."""

    def __init__(self, phone: Phone) -> None:
        self._page = phone.page
        self._kinds: dict[str, str] = {}
        self._bytes: Counter[str] = Counter()
        line = phone.context.new_cdp_session(phone.page)
        line.on("Network.responseReceived", self._note_kind)
        line.on("Network.loadingFinished", self._note_bytes)
        line.send("Network.enable")

    def visit(self, path: str) -> int:
        """The bytes that this page takes to load, with everything it wants."""
        self._bytes.clear()
        self._page.goto(path, wait_until="networkidle")
        return sum(count for kind, count in self._bytes.items() if kind not in APART)

    def _note_kind(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = event["type"]

    def _note_bytes(self, event: dict[str, Any]) -> None:
        self._bytes[self._kinds.get(event["requestId"], "")] += int(event["encodedDataLength"])
