"""The catalogues of translated words: `python -m lms.web.catalogues extract|update|compile|check`."""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from lms.web.languages import DEFAULT, LANGUAGES, TRANSLATIONS

PACKAGE = Path(__file__).resolve().parent.parent
MAPPING = Path(__file__).with_name("babel.cfg")
TEMPLATE = TRANSLATIONS / "messages.pot"
# `marked` marks words in pure modules that may not know Flask; the page translates them later.
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2), "marked": None}
NOISE = (b'"Project-Id', b'"Report-M', b'"POT-C', b'"PO-R', b'"Last-T', b'"Language-T', b'"Generated')
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
TRANSLATED = tuple(code for code in LANGUAGES if code != DEFAULT)


def extract() -> int:
    """Write every word that a person may see to the template catalogue."""
    TRANSLATIONS.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(_po(_extracted()))
    return 0


def update() -> int:
    """Bring new words into each language's catalogue, and drop those that are gone."""
    words = _extracted()
    for code in TRANSLATED:
        catalogue = _catalogue(code)
        catalogue.update(words, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path = _path(code, ".po")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_po(catalogue))
    return 0


def compile_all() -> int:
    """Write the binary catalogues that pages are served from, where they are older than their source."""
    for code in TRANSLATED:
        source, target = _path(code, ".po"), _path(code, ".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, _catalogue(code))
    return 0


def check() -> int:
    """Name every word that lacks a translation or whose translation lost a placeholder; 1 if there is any."""
    words = _extracted()
    faults = [fault for code in TRANSLATED for fault in _faults(code, words)]
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    sys.stdout.write(f"catalogues: {len(words)} words, {len(faults)} faults\n")
    return 1 if faults else 0


def _faults(code: str, words: Catalog) -> Iterator[str]:
    catalogue = _catalogue(code)
    for message in words:
        if not message.id:
            continue
        where = f"{code}: {_first(message)!r} ({message.locations[0][0]})"
        translation = catalogue.get(message.id, message.context)
        if translation is None or translation.fuzzy or not _is_complete(translation):
            yield f"{where}: not translated"
        elif _placeholders(message.id) != _placeholders(translation.string):
            yield f"{where}: the placeholders differ"


def _is_complete(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def _placeholders(words: str | tuple[str, ...] | list[str] | None) -> set[str]:
    return set(PLACEHOLDER.findall(words if isinstance(words, str) else " ".join(words or ())))


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _extracted() -> Catalog:
    with MAPPING.open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalogue = _empty(None)
    found = extract_from_dir(PACKAGE, methods, options, KEYWORDS)
    for name, _line, message, _comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        catalogue.add(message, None, [(f"lms/{Path(name).as_posix()}", 0)], context=context)
    for entry in catalogue:
        entry.locations = entry.locations[:1]  # enough to find it; the others would be most of the file
    return catalogue


def _catalogue(code: str) -> Catalog:
    path = _path(code, ".po")
    if not path.exists():
        return _empty(code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def _empty(code: str | None) -> Catalog:
    return Catalog(locale=code, header_comment="# The words of Karakoram.", charset="utf-8", fuzzy=False)


def _path(code: str, ending: str) -> Path:
    return TRANSLATIONS / code / "LC_MESSAGES" / f"messages{ending}"


def _po(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    # No line numbers: they would change the catalogues with every edit of anything.
    write_po(file, catalogue, width=110, include_lineno=False)
    # Dates and names that nobody fills in say nothing and make every run a change.
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(NOISE))


COMMANDS = {"extract": extract, "update": update, "compile": compile_all, "check": check}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python -m lms.web.catalogues {'|'.join(COMMANDS)}")
    sys.exit(COMMANDS[sys.argv[1]]())
