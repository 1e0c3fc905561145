"""One document being read: its shape, its media, and what is wrong with it so far."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationInfo

from lms.content.sources.documents import Path, Source
from lms.content.sources.faults import Fault, Faults
from lms.content.sources.media import AUDIO, DOWNLOAD, IMAGE, Family, Medium, Unusable, medium
from lms.content.sources.shapes import AnyShape, complaint, shaped


@dataclass(frozen=True)
class Reading:
    """What a kind of activity is given besides its source.

    `content` gives the bytes of a file in the pack's media folder (raises Faults); `pass_mark` is the
    course's, in percent. Faults are gathered, never raised: an author wants to see all of them at once.
    """

    source: Source
    content: Callable[[str, int], bytes]
    pass_mark: int = 60
    faults: list[Fault] = field(default_factory=list)
    media: dict[str, Medium] = field(default_factory=dict)

    def fault(self, path: Path, message: str, remedy: str = "") -> None:
        """Something is wrong with the value at this path."""
        self.faults.append(self.source.fault(path, message, remedy))

    def shape(self, shape: type[AnyShape], value: Any, at: Path = ()) -> AnyShape | None:
        """The value in this shape; None, and its faults noted, if it has not got it."""
        read, faults = shaped(shape, self.source, value, at, context=self)
        self.faults.extend(faults)
        return read

    def of(self, source: Source) -> "Reading":
        """The same for another document inside this one; faults and media are shared."""
        return replace(self, source=source)

    def medium(self, name: str, family: Family) -> Medium:
        """A file of the pack that may be used for this. Raises Unusable."""
        if name not in self.media:
            self.media[name] = medium(name, self._content(name, family), family)
        elif name.rpartition(".")[2] not in family.endings:
            raise Unusable(f"“{name}” cannot be used as {family.name}.", f"Use {', '.join(family.endings)}.")
        return self.media[name]

    def _content(self, name: str, family: Family) -> bytes:
        medium_name = name.rpartition("/")[2]
        if medium_name != name:
            raise Unusable(f"“{name}” is not a file name.", f"Write only {medium_name}: it lies in media/.")
        try:
            # A little more than allowed, so that its true size can be named.
            return self.content(name, 64 * family.largest)
        except Faults as error:
            fault = error.faults[0]
            raise Unusable(f"media/{name}: {fault.message}", fault.remedy) from error


def _checker(family: Family) -> AfterValidator:
    def is_usable(name: str, info: ValidationInfo) -> str:
        if isinstance(info.context, Reading):
            try:
                info.context.medium(name, family)
            except Unusable as problem:
                raise complaint(problem.message, problem.remedy) from problem
        return name

    return AfterValidator(is_usable)


ImageName = Annotated[str, _checker(IMAGE)]
AudioName = Annotated[str, _checker(AUDIO)]
DownloadName = Annotated[str, _checker(DOWNLOAD)]
