"""A folder of source documents made into a checked course; every fault is found before any is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import brotli

from lms.content.kinds import ActivityKind, Compiled
from lms.content.outline import Activity, Json, Module, Outline, digest
from lms.content.packs import course as shapes
from lms.content.packs.conditions import Gated, condition_faults
from lms.content.rendering import RENDERER
from lms.content.sources.documents import Source, read_front_matter, read_yaml
from lms.content.sources.faults import Fault, Faults
from lms.content.sources.folders import Folder
from lms.content.sources.media import Medium
from lms.content.sources.reading import Reading
from lms.content.sources.shapes import AnyShape, did_you_mean, shaped

_QUALITY = 5  # of Brotli, about what is used for pages made at request time


@dataclass(frozen=True)
class Document:
    """One activity's words, named by the hash of what they were made from; `size` in bytes on the network."""

    hash: str
    kind: str
    source: Mapping[str, Json]
    pages: Mapping[str, str]
    size: int
    parts: Mapping[str, list[Mapping[str, Json]]]


@dataclass(frozen=True)
class Pack:
    """A course as its author means it: checked, rendered, ready to be published."""

    outline: Outline
    documents: Mapping[str, Document]
    media: Mapping[str, Medium]

    @property
    def source_hash(self) -> str:
        """The same for the same course. Sizes are left out: they change with the compressor."""
        stored = self.outline.to_json()
        for module in stored["modules"]:
            for activity in module["activities"]:
                del activity["bytes"]
        return digest(stored)


@dataclass(frozen=True)
class _Read:
    key: str
    kind: ActivityKind
    source: Source
    compiled: Compiled | None  # None: it has faults, which are noted


@dataclass(frozen=True)
class _Reader:
    folder: Folder
    kinds: Mapping[str, ActivityKind]
    label: str
    faults: list[Fault] = field(default_factory=list)
    media: dict[str, Medium] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)  # media that are named, usable or not

    def pack(self) -> Pack:
        course, source = self._shape(shapes.Course, "course.yaml")
        if course is None or source is None:
            raise Faults(self._labelled())
        if course.id != self.folder.root.resolve().name:
            self._add(source.fault(("id",), "The id is not the name of the folder.", "Make them the same."))
        read = [(key, *self._module(key, course)) for key in course.modules]
        self._unlisted("modules", [*course.modules], "course.yaml")
        activities = [activity for _, _, inside in read for activity in inside]
        self._check_keys(activities)
        if all(module and len(inside) == len(module.activities) for _, module, inside in read):
            # Only now is it known what there is to wait for.
            gated = [_gated(activity) for activity in activities]
            self.faults.extend(condition_faults(gated, course.order == "sequential"))
            if all(activity.compiled for activity in activities):
                self._unused_media()
        if self.faults:
            raise Faults(self._labelled())
        documents = {activity.key: _document(activity) for activity in activities}
        modules = tuple(_module(module, inside, documents) for _, module, inside in read if module)
        by_hash = {document.hash: document for document in documents.values()}
        return Pack(_outline(course, modules), by_hash, self.media)

    def _module(self, key: str, course: shapes.Course) -> tuple[shapes.Module | None, list[_Read]]:
        place = f"modules/{key}"
        module, source = self._shape(shapes.Module, f"{place}/module.yaml")
        if module is None or source is None:
            return None, []
        if module.id != key:
            self._add(source.fault(("id",), "The id is not the name of the folder.", "Make them the same."))
        names = self.folder.names(place)
        read = []
        for number, name in enumerate(module.activities):
            files = [file for file in names if file in (f"{name}.md", f"{name}.yaml")]
            if len(files) == 1:
                read.append(self._activity(f"{place}/{files[0]}", name, course))
                continue
            message = f"There is {'more than one' if files else 'no'} file called {name}.md or {name}.yaml."
            near = did_you_mean(name, [file.rpartition(".")[0] for file in names if file != "module.yaml"])
            self._add(source.fault(("activities", number), message, near))
        listed = [f"{name}{ending}" for name in module.activities for ending in (".md", ".yaml")]
        self._unlisted(place, [*listed, "module.yaml"], f"{place}/module.yaml")
        return module, [each for each in read if each]

    def _activity(self, path: str, key: str, course: shapes.Course) -> _Read | None:
        source = self._source(path)
        kind = self._kind(source) if source else None
        if source is None or kind is None:
            return None
        reading = Reading(source, self._medium, pass_mark=course.completion.pass_mark)
        compiled = kind.compile(source.value, reading)
        self.faults.extend(reading.faults)
        self.media.update(reading.media)
        return _Read(key, kind, source, compiled)

    def _kind(self, source: Source) -> ActivityKind | None:
        if not isinstance(source.value, dict):
            self._add(source.fault((), "This must be keys with values.", "Begin with title: …"))
            return None
        suffix = "." + source.file.rpartition(".")[2]
        fitting = [name for name, kind in self.kinds.items() if kind.suffix == suffix]
        name = source.value.get("kind") or (fitting[0] if suffix == ".md" and fitting else None)
        if name in fitting:
            return self.kinds[name]
        message = f"There is no kind of activity “{name}”." if name else "The kind of activity is missing."
        remedy = did_you_mean(str(name), fitting) if name else f"Add kind: {' or '.join(fitting)}."
        self._add(source.fault(("kind",), message, remedy))
        return None

    def _shape(self, shape: type[AnyShape], path: str) -> tuple[AnyShape | None, Source | None]:
        source = self._source(path)
        if source is None:
            return None, None
        read, faults = shaped(shape, source, source.value)
        self.faults.extend(faults)
        return read, source

    def _source(self, path: str) -> Source | None:
        try:
            text = self.folder.text(path)
            return (read_front_matter if path.endswith(".md") else read_yaml)(text, path)
        except Faults as error:
            self.faults.extend(error.faults)
            return None

    def _medium(self, name: str, largest: int) -> bytes:
        self.mentioned.add(name)
        return self.folder.content(f"media/{name}", largest)

    def _check_keys(self, activities: Iterable[_Read]) -> None:
        first: dict[str, str] = {}
        for activity in activities:
            other = first.setdefault(activity.key, activity.source.file)
            if other != activity.source.file:
                message = f"The id “{activity.key}” is also that of {other}."
                self._add(activity.source.fault((), message, "Give one of the files another name."))

    def _unlisted(self, place: str, listed: list[str], where: str) -> None:
        for name in self.folder.names(place):
            if name not in listed:
                remedy = f"Add it to {where}, or remove it."
                self._add(Fault(f"{place}/{name}", 1, "", "Nothing refers to this.", remedy))

    def _unused_media(self) -> None:
        for name in self.folder.names("media"):
            if name not in self.mentioned:
                remedy = "Use it in a lesson, or remove it."
                self._add(Fault(f"media/{name}", 1, "", "No lesson uses this file.", remedy))

    def _add(self, fault: Fault) -> None:
        self.faults.append(fault)

    def _labelled(self) -> list[Fault]:
        return [
            Fault(f"{self.label}/{fault.file}", fault.line, fault.field, fault.message, fault.remedy)
            for fault in self.faults
        ]


def read(folder: Path, kinds: Mapping[str, ActivityKind]) -> Pack:
    """Read a course pack. Raises Faults with everything that is wrong with it."""
    return _Reader(Folder(folder), kinds, label=folder.as_posix().rstrip("/")).pack()


def read_track(file: Path, courses: Iterable[str]) -> dict[str, Json]:
    """Read a track over these courses, as plain values. Raises Faults."""
    source = read_yaml(Folder(file.parent).text(file.name), file.as_posix())
    track, faults = shaped(shapes.Track, source, source.value)
    if track:
        known = list(courses)
        faults += [
            source.fault(("courses", number), f"There is no course “{key}”.", did_you_mean(key, known))
            for number, key in enumerate(track.courses)
            if key not in known
        ]
        if track.id != file.stem:
            faults.append(source.fault(("id",), "The id is not the name of the file.", "Make them the same."))
    if track is None or faults:
        raise Faults(faults)
    return track.model_dump(exclude_none=True)


def _gated(activity: _Read) -> Gated:
    opens_when = activity.compiled.shape.opens_when if activity.compiled else None
    return Gated(activity.key, activity.kind.completes == "graded", opens_when, activity.source)


def _document(activity: _Read) -> Document:
    compiled = activity.compiled
    assert compiled, "a pack with faults is not made into documents"
    name = digest([activity.kind.kind, compiled.source, RENDERER])
    # What is not a page yet is made into one from the parts, so they weigh about what it will weigh.
    weighed = compiled.pages.get("en") or str(dict(compiled.parts))
    size = len(brotli.compress(weighed.encode(), quality=_QUALITY))
    return Document(name, activity.kind.kind, compiled.source, compiled.pages, size, compiled.parts)


def _module(module: shapes.Module, inside: Iterable[_Read], documents: Mapping[str, Document]) -> Module:
    activities = tuple(_activity(read, documents[read.key]) for read in inside)
    return Module(module.id, module.title.words(), module.summary.words(), activities)


def _activity(read: _Read, document: Document) -> Activity:
    compiled = read.compiled
    assert compiled, "a pack with faults is not made into an outline"
    shape = compiled.shape
    return Activity(
        key=read.key,
        kind=read.kind.kind,
        title=shape.title.words(),
        minutes=shape.minutes,
        bytes=document.size,
        document=document.hash,
        completes=read.kind.completes,
        opens_when=shape.opens_when.to_json() if shape.opens_when else None,
        settings=dict(compiled.settings),
    )


def _outline(course: shapes.Course, modules: tuple[Module, ...]) -> Outline:
    return Outline(
        key=course.id,
        title=course.title.words(),
        summary=course.summary.words(),
        subject=course.subject,
        level=course.level.words() if course.level else None,
        hours=course.hours,
        licence=course.licence,
        authors=tuple(course.authors),
        outcomes=tuple(outcome.words() for outcome in course.outcomes),
        order=course.order,
        pass_mark=course.completion.pass_mark,
        certificate_title=course.certificate.title.words() if course.certificate else None,
        modules=modules,
    )
