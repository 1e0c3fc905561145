"""Sets the facts of a certificate into its page."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import segno
import typst

from lms.credentials.drawing import fonts, words
from lms.credentials.drawing.facts import Facts, spoken
from lms.credentials.drawing.text import Script, clean, script
from lms.credentials.drawing.words import Language

PROGRAM = Path(__file__).with_name("certificate.typ")
GROUP = 4
SCRIPTS: dict[Language, Script] = {"en": "latin", "zh": "hanzi", "ur": "urdu"}
UNPRINTED = frozenset({"qr", "address", "script"})

Line = dict[str, str]


class Press:
    """The program and its fonts, loaded once in a process."""

    def __init__(self, folder: Path = fonts.FOLDER) -> None:
        self.coverage = fonts.coverage(folder)
        loaded = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
        )
        self._compiler = typst.Compiler(
            str(PROGRAM), root=str(PROGRAM.parent), font_paths=loaded, ignore_system_fonts=True
        )
        self._lock = Lock()

    def draw(self, facts: Facts, *, base_url: str) -> bytes:
        """The certificate as a PDF. Raises Unprintable, naming the letters that no font has."""
        content = page(facts, base_url=base_url)
        self.coverage.check(_texts(content))
        with self._lock:
            pdf = self._compiler.compile(
                sys_inputs={"data": json.dumps(content)},
                pdf_standards=["a-2a", "ua-1"],  # archival, and read aloud in order
                format="pdf",
                timestamp=int(_midnight(facts)),
            )
        assert isinstance(pdf, bytes)
        return pdf


@lru_cache(maxsize=1)
def press() -> Press:
    """The press of this process. Raises FontsMissing."""
    return Press()


def verify_address(base_url: str, code: str) -> str:
    """Where the code on a certificate leads."""
    return f"{base_url}/verify/{code}"


def grouped(code: str) -> str:
    """The code in groups of four, as people read it aloud."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def qr(address: str) -> str:
    """The address as a QR code without margin: an SVG drawing."""
    drawing = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=0, xmldecl=False, svgns=True, nl=False, dark="#0f3a42"
    )
    return drawing.getvalue().decode()


def page(facts: Facts, *, base_url: str) -> dict[str, Any]:
    """All that the program needs to know: cleaned lines, each with its script."""
    address = verify_address(base_url, facts.code)
    return {
        "document_title": clean(f"{spoken(facts.heading, 'en')}: {spoken(facts.title, 'en')}, {facts.name}"),
        # No reader can take the text of a Nastaliq line out of a PDF: the names stand here as well.
        "keywords": [facts.number, *filter(None, map(clean, (facts.name_hanzi, facts.name_urdu)))],
        "number": facts.number,
        "code": grouped(facts.code),
        "domain": urlsplit(base_url).netloc,
        "qr": qr(address),
        "address": address,
        "iso_date": facts.issued_on,
        "signatory": _line(facts.signatory, "en"),
        "languages": [_statement(facts, language) for language in words.LANGUAGES],
        "also": [_line(facts.name_pinyin, "en"), _line(_father(facts), "en")],
    }


def _statement(facts: Facts, language: Language) -> dict[str, Line]:
    lines = {
        "organisation": facts.organisation.get(language, ""),
        "title": spoken(facts.heading, language),
        "lead": words.LEAD[language],
        "name": {"en": "", "zh": facts.name_hanzi, "ur": facts.name_urdu}[language] or facts.name,
        "done": words.DONE[facts.basis][language],
        "course": spoken(facts.title, language),
        "level": spoken(facts.level, language),
        "hours": words.hours(facts.hours, language) if facts.hours else "",
        "date_label": words.DATE[language],
        "date": words.date_in_words(facts.day, language),
        "approved_label": words.APPROVED[language],
        "check_label": words.CHECK[language],
    }
    return {name: _line(line, language) for name, line in lines.items()}


def _father(facts: Facts) -> str:
    return words.FATHER.format(facts.father_name) if facts.father_name else ""


def _line(text: str, language: Language) -> Line:
    line = clean(text)
    return {"text": line, "script": script(line, SCRIPTS[language])}


def _texts(content: Any) -> Iterator[str]:
    """Every string that is printed."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from () if key in UNPRINTED else _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
    elif isinstance(content, str):
        yield content


def _midnight(facts: Facts) -> float:
    # The same facts give the same bytes: the moment inside the PDF is the day of issue, not the clock.
    return datetime.combine(facts.day, time(), UTC).timestamp()
