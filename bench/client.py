"""A small HTTP client that keeps its connections, and a load of many students through it."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle

END_OF_HEAD = b"\r\n\r\n"
PATIENCE = 30.0  # seconds for one answer


@dataclass(frozen=True)
class Request:
    """One request; the same student sends them one after the other."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""

    def encoded(self, host: str) -> bytes:
        headers = {"Host": host, "Accept-Encoding": "br", "User-Agent": "karakoram-bench", **self.headers}
        if self.method != "GET":
            headers["Content-Length"] = str(len(self.body))
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{self.method} {self.path} HTTP/1.1\r\n{head}\r\n".encode() + self.body


@dataclass(frozen=True)
class Answer:
    """What came back; `size` is that of head and body as they were sent."""

    status: int
    head: str
    body: bytes
    size: int

    def header(self, name: str) -> list[str]:
        wanted = f"{name.lower()}: "
        lines = self.head.split("\r\n")
        return [line[len(wanted) :] for line in lines if line.lower().startswith(wanted)]

    @property
    def cookies(self) -> dict[str, str]:
        pairs = (line.partition(";")[0].partition("=") for line in self.header("Set-Cookie"))
        return {name: value for name, _, value in pairs}


class Connection:
    """One connection to the server, opened again if the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: Request) -> Answer:
        if self.streams is not None:
            try:
                return await self._ask(request)
            except (asyncio.IncompleteReadError, ConnectionError):
                self.close()  # the server may close a connection that waits, as browsers know
        return await self._ask(request)

    async def _ask(self, request: Request) -> Answer:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(request.encoded(f"127.0.0.1:{self.port}"))
        head = (await asyncio.wait_for(reader.readuntil(END_OF_HEAD), PATIENCE)).decode("latin-1")
        answer = Answer(int(head[9:12]), head, b"", len(head))
        length = int((answer.header("Content-Length") or ["0"])[0])
        body = await reader.readexactly(length)
        if "close" in answer.header("Connection"):
            self.close()
        return Answer(answer.status, head, body, len(head) + length)

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
            self.streams = None


@dataclass
class Measured:
    """What a load gave: seconds of each request, bytes of all, how many were not answered as expected."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    size: int = 0
    failures: int = 0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds that this share of the requests did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


Ask = Callable[[int], Request]  # a student's number -> what they ask next


def load(
    port: int, ask: Ask, students: Sequence[int], *, at_once: int, seconds: float, status: int
) -> Measured:
    """Let so many students at once ask again and again, each on a connection of their own."""
    return asyncio.run(_load(port, ask, students, at_once, seconds, status))


async def _load(
    port: int, ask: Ask, students: Sequence[int], at_once: int, seconds: float, status: int
) -> Measured:
    measured = Measured()
    begun = time.perf_counter()
    groups = [students[start::at_once] for start in range(at_once)]
    await asyncio.gather(*(_go_on(port, ask, group, begun + seconds, status, measured) for group in groups))
    measured.seconds = time.perf_counter() - begun
    return measured


async def _go_on(
    port: int, ask: Ask, students: Sequence[int], until: float, status: int, measured: Measured
) -> None:
    connection = Connection(port)
    for student in cycle(students):
        begun = time.perf_counter()
        if begun >= until:
            break
        answer = await connection.ask(ask(student))
        measured.latencies.append(time.perf_counter() - begun)
        measured.size += answer.size
        measured.failures += answer.status != status
    connection.close()


def ask_once(port: int, requests: Sequence[Request], *, at_once: int = 8) -> list[Answer]:
    """The answers to these requests, in their order."""
    return asyncio.run(_ask_once(port, requests, at_once))


async def _ask_once(port: int, requests: Sequence[Request], at_once: int) -> list[Answer]:
    answers: dict[int, Answer] = {}

    async def some(start: int) -> None:
        connection = Connection(port)
        for number in range(start, len(requests), at_once):
            answers[number] = await connection.ask(requests[number])
        connection.close()

    await asyncio.gather(*(some(start) for start in range(at_once)))
    return [answers[number] for number in range(len(requests))]
