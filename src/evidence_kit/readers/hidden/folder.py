"""Looks through all files of a folder, and those in archives and messages, for what they hide; each under guard."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, cast

from evidence_kit.readers import base
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.containers.unpacking import CONTAINERS, Scratch, Unpacker
from evidence_kit.readers.pack import READERS
from evidence_kit.readers.sniff import sniff
from evidence_kit.readers.tasks import Opened, Opening, open_file
from evidence_kit.readers.walk import FoundFile, find_files
from evidence_kit.records.document import Media
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Guard, Limits

PAGES = 64
"""Pages of a PDF that are looked at in one task."""
MOST_TOLD = 20
"""Findings of one kind in a file that are told one by one."""
LOOKERS: Mapping[Media, str] = {
    media: f"evidence_kit.readers.hidden.{name}"
    for media, name in {
        Media.PDF: "pdf",
        Media.WORD: "word",
        Media.OPENDOCUMENT: "open_document",
        Media.WORKBOOK: "workbook",
        Media.SLIDES: "slides",
        Media.HTML: "web",
        Media.MAIL: "message",
        Media.IMAGE: "picture",
    }.items()
}
"""Module of each format that can hide something; text and tables of values cannot."""


class Looker(Protocol):
    """The shape of these modules."""

    def look(self, path: Path, limits: Limits) -> tuple[Hidden, ...]:
        """Return what a file hides.

        Raises:
            ReadError: The file cannot be opened.
        """


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file, by its path in the folder, and what it hides."""

    name: str
    hidden: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    name: str
    path: str
    limits: Limits


@dataclass(frozen=True, slots=True)
class _Range:
    """A task: look at pages ``[first, last)`` of a PDF."""

    name: str
    path: str
    first: int
    last: int
    limits: Limits


@dataclass(frozen=True, slots=True)
class _Result:
    """``opened`` as for reading, but read are only files that hold files; ``pages`` are those still to be looked at."""

    opened: Opened
    hidden: tuple[Hidden, ...]
    pages: int = 0


def look_through(
    folder: Path, *, limits: Limits, workers: int = 0, skip: tuple[Path, ...] = ()
) -> tuple[LookedAt, ...]:
    """Return what the files below a folder hide (or one file), sorted by name; nothing raises for what is in a file.

    Args:
        workers: Worker processes; 0 looks in this process, without limits of time and memory.
        skip: Files and folders that are not looked at.

    Raises:
        UsageError: There is no such folder.
    """
    hidden: dict[str, tuple[Hidden, ...]] = {}
    ranges: list[_Range] = []

    def open_all(files: Sequence[FoundFile]) -> list[Opened]:
        opened = [Opened("", 0, error=file.error) for file in files]
        for file in files:
            hidden[file.name] = (_unchecked(file.error),) if file.error else ()
        tasks = [
            _Task(str(number), str(file.path), limits) for number, file in enumerate(files) if not file.error
        ]
        for outcome in guard.run(_look, tasks):
            number = int(outcome.task.name)
            result = outcome.result or _Result(Opened("", 0), (_failed(outcome.failure, limits),))
            opened[number] = result.opened
            file = files[number]
            hidden[file.name] = result.hidden
            ranges.extend(
                _Range(file.name, str(file.path), first, min(first + PAGES, result.pages), limits)
                for first in range(0, result.pages, PAGES)
            )
        return opened

    with Scratch() as scratch, Guard(workers=workers, limits=limits) as guard:
        found, opened = Unpacker(guard, limits, scratch, READERS).with_members(
            find_files(folder, skip), open_all
        )
        for file, facts in zip(found, opened, strict=True):
            told = hidden[file.name]
            hidden[file.name] = told + tuple(_lost(problem.message) for problem in facts.inspection.problems)
        for outcome in guard.run(_look_at_pages, ranges, split=_halves):
            task = outcome.task
            hidden[task.name] += (
                outcome.result or () if not outcome.failure else (_unseen(task, outcome.failure),)
            )
    return tuple(LookedAt(name, tuple(_together(hidden[name]))) for name in sorted(hidden))


def _together(found: Iterable[Hidden]) -> Iterator[Hidden]:
    """Yield the first findings of a kind, and the rest of them as one: a habit of a file is one matter."""
    seen: dict[Kind, list[Hidden]] = {}
    for one in found:
        seen.setdefault(one.kind, []).append(one)
    for kind, those in seen.items():
        yield from those[:MOST_TOLD]
        rest = those[MOST_TOLD:]
        if rest:
            what = f"{len(rest)} more of the same kind, from {rest[0].place} to {rest[-1].place}"
            yield Hidden(kind=kind, place="further places", what=what)


def _look_at_pages(task: _Range) -> tuple[Hidden, ...]:
    """Look at a range of pages; runs in a worker."""
    from evidence_kit.readers.hidden import pdf

    try:
        return pdf.look_at_pages(Path(task.path), task.first, task.last, task.limits)
    except ReadError as error:
        return (_unchecked(error),)


def _halves(task: _Range) -> tuple[_Range, ...]:
    if task.last - task.first < 2:
        return ()
    middle = (task.first + task.last) // 2
    return replace(task, last=middle), replace(task, first=middle)


def _unseen(task: _Range, failure: str) -> Hidden:
    message = base.limit_error(failure, task.limits).message
    return Hidden(kind=Kind.NOT_CHECKED, place=f"page {task.first + 1}", what=message)


def _look(task: _Task) -> _Result:
    """Look at one file; runs in a worker."""
    path = Path(task.path)
    try:
        media = sniff(path)
        opened = Opened("", 0, media)
        if media in CONTAINERS:
            opened = open_file(Opening(task.name, task.path, tuple(READERS.items()), task.limits))
        looker = LOOKERS.get(media)
        found = cast(Looker, importlib.import_module(looker)).look(path, task.limits) if looker else ()
        pages, beyond = _pages(path, task.limits) if media is Media.PDF else (0, ())
    except ReadError as error:
        return _Result(Opened("", 0), (_unchecked(error),))
    lost = (_unchecked(opened.error),) if opened.error else ()
    return _Result(opened, (*found, *lost, *beyond), pages)


def _pages(path: Path, limits: Limits) -> tuple[int, tuple[Hidden, ...]]:
    """Return how many pages of a PDF are looked at, and that it has more."""
    from evidence_kit.readers.hidden import pdf

    count = pdf.page_count(path)
    if count <= limits.pages:
        return count, ()
    return limits.pages, (_lost(base.limit_error(base.TOO_LARGE, limits).message),)


def _unchecked(error: ReadError) -> Hidden:
    return _lost(error.message)


def _failed(failure: str, limits: Limits) -> Hidden:
    return _lost(base.limit_error(failure, limits).message)


def _lost(message: str) -> Hidden:
    return Hidden(kind=Kind.NOT_CHECKED, what=message)
