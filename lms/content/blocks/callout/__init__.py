"""Something to notice: a note, a tip, a warning or a danger, in Markdown, in up to three languages."""

import re
from typing import Any, ClassVar, Literal

from lms.content.blocks import Block
from lms.content.sources.documents import Path, Source
from lms.content.sources.faults import Fault, Faults
from lms.content.sources.texts import Text

_KINDS = ("note", "tip", "warning", "danger")
_NEXT = re.compile(r"--- *(ur|zh) *")
# Rendered once at publishing, without a reader: so these few words stand here in all three languages.
_LABELS = {
    "note": Text(en="Note", ur="نوٹ", zh="说明"),
    "tip": Text(en="Tip", ur="مشورہ", zh="提示"),
    "warning": Text(en="Warning", ur="خبردار", zh="警告"),
    "danger": Text(en="Danger", ur="خطرہ", zh="危险"),
}


class Callout(Block):
    block: ClassVar[str] = "callout"
    is_yaml: ClassVar[bool] = False

    kind: Literal["note", "tip", "warning", "danger"]
    title: Text
    words: Text

    @property
    def label(self) -> Text:
        """What kind of callout it is, so that colour is not the only sign of it."""
        return _LABELS[self.kind]

    @classmethod
    def source(cls, argument: str, text: str, file: str, line: int) -> Source:
        """The first line of each version is its title; `--- ur` and `--- zh` begin the others."""
        if argument not in _KINDS:
            remedy = f"Write ::: callout and one of {', '.join(_KINDS)}."
            raise Faults([Fault(file, line - 1, "", f"There is no callout “{argument}”.", remedy)])
        value: dict[str, Any] = {"kind": argument, "title": {}, "words": {}}
        lines: dict[Path, int] = {(): line - 1}
        language, began = "en", line
        version: list[str] = []
        for number, row in enumerate([*text.split("\n"), None], line):
            following = _NEXT.fullmatch(row) if row is not None else None
            if row is not None and not following:
                version.append(row)
                continue
            title, _, words = "\n".join(version).strip().partition("\n")
            value["title"][language], value["words"][language] = title.strip(" #"), words.strip()
            lines |= {("title", language): began, ("words", language): began}
            language, began, version = following.group(1) if following else "", number + 1, []
        return Source(file, value, lines)


BLOCK = Callout
