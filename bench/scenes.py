"""What students do: each page as it is asked for by one after the other, each for themselves."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

import brotli

from bench.client import Answer, Request, ask_once
from bench.site import Site
from bench.world import PASSWORD, Student

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOKEN = re.compile(rb'name="csrf-token" content="([^"]+)"')


@dataclass(frozen=True)
class Scene:
    """A page: how it is asked for, which status is right, and its name in the log."""

    name: str
    endpoint: str
    ask: Callable[[int], Request]
    status: int = 200


class School:
    """The students of a site, signed in; it knows what each of them asks next."""

    def __init__(self, site: Site) -> None:
        self.students = site.students
        self.turns = Counter[int]()
        self.keys = count(1)
        self._come_in(site.port)

    def scenes(self) -> tuple[Scene, ...]:
        return (
            Scene("sign-in page", "people.sign_in", lambda _: Request("GET", "/sign-in", {})),
            Scene("signing in", "people.open_sign_in", self._sign_in, 302),
            Scene("home", "study.home", lambda number: self._page(number, "/")),
            Scene("course", "study.course", self._course),
            Scene("lesson", "study.lesson", self._lesson),
            Scene("quiz page", "quizzes.attempt", self._quiz),
            Scene("saving an answer", "quizzes.answer", self._answer),
            Scene("verify page", "credentials.verified", self._verify),
        )

    def _come_in(self, port: int) -> None:
        """Sign everybody in, and take the tokens that their forms need from their pages."""
        (stranger,) = ask_once(port, [Request("GET", "/sign-in", {})])
        self.stranger = _cookie(stranger.cookies)
        self.stranger_token = _token(stranger)
        numbers = range(len(self.students))
        arrived = ask_once(port, [self._sign_in(number) for number in numbers])
        self.cookies = [_cookie(answer.cookies) for answer in arrived]
        self.tokens = [""] * len(self.students)
        pages = ask_once(port, [self._quiz(number) for number in numbers])
        for number, page in enumerate(pages):
            self.tokens[number] = _token(page)
            if page.cookies:
                self.cookies[number] = _cookie({**_parsed(self.cookies[number]), **page.cookies})

    def _sign_in(self, number: int) -> Request:
        sent = {
            "identifier": self.students[number].email,
            "password": PASSWORD,
            "csrf_token": self.stranger_token,
        }
        return Request("POST", "/sign-in", {"Cookie": self.stranger, **FORM}, urlencode(sent).encode())

    def _page(self, number: int, path: str) -> Request:
        return Request("GET", path, {"Cookie": self.cookies[number]})

    def _course(self, number: int) -> Request:
        student, turn = self._turn(number)
        return self._page(number, f"/classes/{student.class_ids[turn % len(student.class_ids)]}")

    def _lesson(self, number: int) -> Request:
        student, turn = self._turn(number)
        lesson = student.lessons[turn % len(student.lessons)]
        return self._page(number, f"/classes/{student.class_ids[0]}/lessons/{lesson}")

    def _quiz(self, number: int) -> Request:
        return self._page(number, f"/attempts/{self.students[number].attempt_id}")

    def _answer(self, number: int) -> Request:
        student, turn = self._turn(number)
        form = {**student.answers[turn % len(student.answers)], "key": f"bench-{next(self.keys):08}"}
        headers = {
            "Cookie": self.cookies[number],
            "X-CSRFToken": self.tokens[number],
            "X-Requested-With": "fetch",
        }
        path = f"/attempts/{student.attempt_id}/answers"
        return Request("POST", path, {**headers, **FORM}, urlencode(form).encode())

    def _verify(self, number: int) -> Request:
        return Request("GET", f"/verify/{self.students[number].code}", {})

    def _turn(self, number: int) -> tuple[Student, int]:
        self.turns[number] += 1
        return self.students[number], self.turns[number]


def _token(page: Answer) -> str:
    body = brotli.decompress(page.body) if "br" in page.header("Content-Encoding") else page.body
    found = TOKEN.search(body)
    assert found, page
    return found[1].decode()


def _cookie(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _parsed(cookie: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in cookie.split("; ") if pair)
