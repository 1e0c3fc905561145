"""What is wrong with a source document: where, what, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend; `line` counts from 1, `field` is a path like `items[2].zh` or empty."""

    file: str
    line: int
    field: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: "
        what = f"{self.field}: {self.message}" if self.field else self.message
        return f"{where}{what} {self.remedy}".rstrip()


class Faults(ValueError):
    """Everything that is wrong with a pack, in order of file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))
