"""Looks through all files of a folder, and those in archives and messages, for what they hide; each under guard."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
class _Result:
    """``opened`` as for reading, but read are only files that hold files."""

    opened: Opened
    hidden: tuple[Hidden, ...]


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
            hidden[files[number].name] = result.hidden
        return opened

    with Scratch() as scratch, Guard(workers=workers, limits=limits) as guard:
        found, opened = Unpacker(guard, limits, scratch, READERS).with_members(
            find_files(folder, skip), open_all
        )
        for file, facts in zip(found, opened, strict=True):
            told = hidden[file.name]
            hidden[file.name] = told + tuple(_lost(problem.message) for problem in facts.inspection.problems)
    return tuple(LookedAt(name, hidden[name]) for name in sorted(hidden))


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
    except ReadError as error:
        return _Result(Opened("", 0), (_unchecked(error),))
    return _Result(opened, (*found, *((_unchecked(opened.error),) if opened.error else ())))


def _unchecked(error: ReadError) -> Hidden:
    return _lost(error.message)


def _failed(failure: str, limits: Limits) -> Hidden:
    return _lost(base.limit_error(failure, limits).message)


def _lost(message: str) -> Hidden:
    return Hidden(kind=Kind.NOT_CHECKED, what=message)
