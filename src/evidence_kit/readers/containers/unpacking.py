"""From files that hold other files to all the files: unpacks archives and messages under guard, round by round.

What comes out lies in a temporary folder of the run and is opened like any file of the pack, in workers, with the same
limits. Limits on number and size count for the outermost file with everything in it, so its containers are unpacked one
after the other; those of different files at the same time. The order never depends on the workers.
"""

from __future__ import annotations

import importlib
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from evidence_kit.readers import base
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.containers.members import MIB, Allowance, Container, Unpacked
from evidence_kit.readers.tasks import Opened
from evidence_kit.readers.walk import FoundFile
from evidence_kit.records.document import Document, DocumentState, Media
from evidence_kit.workers import Guard, Limits

CONTAINERS = frozenset({Media.MAIL, Media.ARCHIVE})
"""Formats that hold other files."""

OpenAll = Callable[[Sequence[FoundFile]], list[Opened]]
"""Opens files and says what they are."""


class Scratch:
    """A temporary folder of the run, made when it is first needed and always removed; a context manager.

    Enter it before the guard: workers must be gone before their files are.
    """

    def __init__(self) -> None:
        self._made: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._made is not None:
            self._made.cleanup()
            self._made = None

    def new_folder(self) -> Path:
        """Return a new empty folder.

        Raises:
            OSError: There is no place for one.
        """
        if self._made is None:
            self._made = tempfile.TemporaryDirectory(prefix="evidence-kit-", ignore_cleanup_errors=True)
        self._count += 1
        folder = Path(self._made.name, str(self._count))
        folder.mkdir()
        return folder


TOGETHER = 16
"""Containers of one outermost file that are unpacked in one task; if it fails, each of them alone."""


@dataclass(frozen=True, slots=True)
class _Holder:
    """A file that holds files: its place among all, and its reader's module."""

    number: int
    file: FoundFile
    reader: str


@dataclass(frozen=True, slots=True)
class _Container:
    """A container to unpack, and where to."""

    path: str
    reader: str
    folder: str
    too_deep: bool


@dataclass(frozen=True, slots=True)
class _Unpacking:
    """A task: unpack containers of one outermost file one after the other, within what it is still allowed."""

    root: str
    containers: tuple[_Container, ...]
    allowance: Allowance


_Result = tuple[Unpacked, ReadError | None]
_Batch = tuple[_Holder, ...]


class Unpacker:
    """Unpacks containers within the limits of the files that they came out of.

    Args:
        readers: Reader module of each format.
    """

    def __init__(self, guard: Guard, limits: Limits, scratch: Scratch, readers: Mapping[Media, str]) -> None:
        self._guard = guard
        self._limits = limits
        self._scratch = scratch
        self._readers = readers
        self._used: dict[str, int] = {}
        self._count: dict[str, int] = {}

    def with_members(
        self, found: Sequence[FoundFile], open_all: OpenAll
    ) -> tuple[list[FoundFile], list[Opened]]:
        """Open files, and those that they hold, and those that these hold: return all, with what opening gave."""
        files, opened = list(found), open_all(found)
        taken = {file.name for file in files}
        first = 0
        while first < len(files):
            holders = [
                _Holder(number, files[number], self._readers[opened[number].media])
                for number in range(first, len(files))
                if opened[number].media in CONTAINERS and opened[number].inspection.members
            ]
            first = len(files)
            fresh: list[FoundFile] = []
            for holder, unpacked, error in self._unpack(holders):
                opened[holder.number] = _with_problems(opened[holder.number], unpacked, error)
                fresh += _found(holder.file, unpacked, taken)
            files += fresh
            opened += open_all(fresh) if fresh else []
        return files, opened

    def _unpack(self, holders: Sequence[_Holder]) -> list[tuple[_Holder, Unpacked, ReadError | None]]:
        """Unpack containers, of each outermost file in order; return them in their order."""
        waiting: dict[str, deque[_Batch]] = {}
        for root, batch in _batches(holders):
            waiting.setdefault(root, deque()).append(batch)
        done: dict[int, _Result] = {}
        while any(waiting.values()):
            batches = {root: queue.popleft() for root, queue in waiting.items() if queue}
            tasks = []
            for root, batch in batches.items():
                try:
                    tasks.append(self._task(root, batch))
                except OSError as error:
                    done |= {holder.number: (Unpacked(), _no_room(error)) for holder in batch}
            for outcome in self._guard.run(_unpack, tasks):
                root = outcome.task.root
                batch = batches[root]
                if outcome.result is None and len(batch) > 1:
                    waiting[root].extendleft((holder,) for holder in reversed(batch))
                    continue
                results = outcome.result or ((Unpacked(), _failed(outcome.failure, self._limits)),)
                for holder, (unpacked, problem) in zip(batch, results, strict=True):
                    self._used[root] = self._used.get(root, 0) + unpacked.used
                    self._count[root] = self._count.get(root, 0) + len(unpacked.members)
                    done[holder.number] = (unpacked, problem)
        return [(holder, *done[holder.number]) for holder in holders]

    def _task(self, root: str, batch: _Batch) -> _Unpacking:
        limits = self._limits
        allowance = Allowance(
            members=max(0, limits.members - self._count.get(root, 0)),
            size=max(0, limits.decompressed_mib * MIB - self._used.get(root, 0)),
            member_size=limits.member_mib * MIB,
            limits=limits,
        )
        containers = tuple(
            _Container(
                str(holder.file.path),
                holder.reader,
                str(self._scratch.new_folder()),
                holder.file.depth >= limits.nesting,
            )
            for holder in batch
        )
        return _Unpacking(root, containers, allowance)


def _batches(holders: Sequence[_Holder]) -> Iterator[tuple[str, _Batch]]:
    """Yield the holders of each outermost file, a few at a time."""
    by_root: dict[str, list[_Holder]] = {}
    for holder in holders:
        by_root.setdefault(_root(holder.file), []).append(holder)
    for root, group in by_root.items():
        for first in range(0, len(group), TOGETHER):
            yield root, tuple(group[first : first + TOGETHER])


def settle_archives(documents: Sequence[Document]) -> list[Document]:
    """Return the documents with the state of archives settled: one is read if anything in it was.

    Args:
        documents: Sorted by path, so that an archive's files follow it.
    """
    settled = list(documents)
    for number, document in enumerate(documents):
        if document.media is not Media.ARCHIVE:
            continue
        had = False
        for other in documents[number + 1 :]:
            if other.path.startswith(f"{document.path}/"):
                had = had or (other.media is not Media.ARCHIVE and other.state is not DocumentState.NOT_READ)
            elif other.path > f"{document.path}0":  # "0" follows "/"
                break
        state = DocumentState.PARTLY_READ if document.problems else DocumentState.READ
        settled[number] = replace(document, state=state if had else DocumentState.NOT_READ)
    return settled


def _unpack(task: _Unpacking) -> tuple[_Result, ...]:
    """Unpack containers in order; runs in a worker."""
    results: list[_Result] = []
    left = task.allowance
    for container in task.containers:
        reader = cast(Container, importlib.import_module(container.reader))
        allowance = replace(left, too_deep=container.too_deep)
        unpacked, error = Unpacked(), None
        try:
            unpacked = reader.unpack(Path(container.path), Path(container.folder), allowance)
        except ReadError as problem:
            error = problem
        results.append((unpacked, error))
        left = replace(
            left,
            members=max(0, left.members - len(unpacked.members)),
            size=max(0, left.size - unpacked.used),
        )
    return tuple(results)


def _root(file: FoundFile) -> str:
    return file.root or file.name


def _found(holder: FoundFile, unpacked: Unpacked, taken: set[str]) -> list[FoundFile]:
    """Return a container's files under names that nothing else has."""
    found = []
    for member in unpacked.members:
        name = _free(f"{holder.name}/{member.name}", taken)
        taken.add(name)
        found.append(
            FoundFile(
                name,
                Path(member.path) if member.path else holder.path,
                member.error,
                root=_root(holder),
                depth=holder.depth + 1,
            )
        )
    return found


def _free(name: str, taken: set[str]) -> str:
    """Return a name that is not taken: ``minutes (2).docx`` for a second ``minutes.docx``."""
    if name not in taken:
        return name
    folder, _, last = name.rpartition("/")
    stem, dot, suffix = last.rpartition(".")
    if not stem:
        stem, dot, suffix = last, "", ""
    number = 2
    while f"{folder}/{stem} ({number}){dot}{suffix}" in taken:
        number += 1
    return f"{folder}/{stem} ({number}){dot}{suffix}"


def _with_problems(opened: Opened, unpacked: Unpacked, error: ReadError | None) -> Opened:
    problems = (*opened.inspection.problems, *unpacked.problems, *((error.problem(),) if error else ()))
    return replace(opened, inspection=replace(opened.inspection, problems=problems))


def _failed(failure: str, limits: Limits) -> ReadError:
    return ReadError(
        failure,
        f"The files in it were not unpacked. {base.limit_error(failure, limits).message}",
        "Unpack it into the folder yourself, if you trust it, and map it again.",
    )


def _no_room(error: OSError) -> ReadError:
    return ReadError(
        base.UNREADABLE,
        f"The files in it could not be unpacked: {error.strerror or type(error).__name__}.",
        "Free some space for temporary files, or unpack it into the folder yourself, and map it again.",
    )
