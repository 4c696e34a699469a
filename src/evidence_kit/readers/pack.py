"""From a folder to documents: find the files, open each under guard, read page ranges, settle the whole.

Every file ends as a :class:`~evidence_kit.records.document.Document`: read, partly read or not read, with a problem
for everything that was not had. Nothing here raises for what is in a file.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from evidence_kit.readers import base
from evidence_kit.readers.base import Inspection, Reader, ReadError, page_problems, unread_page
from evidence_kit.readers.sniff import sniff, unreadable
from evidence_kit.readers.structure import finish_pages
from evidence_kit.readers.walk import FoundFile, find_files
from evidence_kit.records.document import Document, DocumentState, Media, Page, PageState, Problem
from evidence_kit.workers import Guard, Limits, Outcome

READERS: Mapping[Media, str] = {
    Media.PDF: "evidence_kit.readers.pdf",
    Media.WORD: "evidence_kit.readers.word",
    Media.HTML: "evidence_kit.readers.web",
    Media.MARKDOWN: "evidence_kit.readers.text",
    Media.TEXT: "evidence_kit.readers.text",
}
"""Module of each format's reader; named, since workers import it themselves and only when they need it."""
PAGED = frozenset({Media.PDF})
"""Formats read by ranges of pages; the others are read in one piece."""
HASH_CHUNK = 1 << 20

Progress = Callable[[str, int, int], None]
"""Called with a file's name, how many of its pages are done, and how many it has."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """A task: open a file, say what it is, and read it unless it is read by ranges."""

    name: str
    path: str
    readers: tuple[tuple[Media, str], ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class _Opened:
    """What opening a file gave."""

    sha256: str
    size: int
    media: Media = Media.UNKNOWN
    inspection: Inspection = Inspection(page_count=0)  # noqa: RUF009 - frozen
    pages: tuple[Page, ...] = ()
    error: ReadError | None = None


@dataclass(frozen=True, slots=True)
class _Range:
    """A task: read pages ``[first, last)`` of a file; ``number`` is the file's place among all."""

    number: int
    path: str
    reader: str
    first: int
    last: int
    limits: Limits


def read_pack(
    folder: Path,
    *,
    limits: Limits,
    workers: int = 0,
    pages_per_task: int = 64,
    skip: tuple[Path, ...] = (),
    progress: Progress | None = None,
    readers: Mapping[Media, str] = READERS,
) -> tuple[Document, ...]:
    """Read all papers below a folder (or one file), sorted by path.

    Args:
        workers: Worker processes; 0 reads in this process, without limits of time and memory.
        pages_per_task: Pages of a range; never shows in the result.
        skip: Files and folders that are not papers.
        readers: Reader module of each format.

    Returns:
        One document a file; empty for a folder without papers.

    Raises:
        UsageError: The folder does not exist.
        MainGuardMissing: See :class:`evidence_kit.workers.Guard`.
    """
    found = find_files(folder, skip)
    with Guard(workers=workers, limits=limits) as guard:
        return _read(found, guard, limits, max(1, pages_per_task), progress, readers)


def read_file(
    path: Path,
    *,
    name: str = "",
    limits: Limits,
    workers: int = 0,
    pages_per_task: int = 64,
    progress: Progress | None = None,
    readers: Mapping[Media, str] = READERS,
) -> Document:
    """Read one file; ``name`` is what the document is called instead of the file's own name.

    Raises:
        UsageError: There is no such file, or it is a folder.
        MainGuardMissing: See :class:`evidence_kit.workers.Guard`.
    """
    from evidence_kit.errors import UsageError

    if not path.is_file():
        raise UsageError(f"There is no file {path}.", next_step="Check the path.")
    found = find_files(path)
    if name:
        found = (replace(found[0], name=name),)
    with Guard(workers=workers, limits=limits) as guard:
        return _read(found, guard, limits, max(1, pages_per_task), progress, readers)[0]


def _read(
    found: Sequence[FoundFile],
    guard: Guard,
    limits: Limits,
    pages_per_task: int,
    progress: Progress | None,
    readers: Mapping[Media, str],
) -> tuple[Document, ...]:
    opened = _open_all(found, guard, limits, readers)
    ranges = [
        _Range(number, str(file.path), readers[facts.media], first, min(first + pages_per_task, last), limits)
        for number, (file, facts) in enumerate(zip(found, opened, strict=True))
        if facts.media in PAGED and facts.error is None
        for last in [min(facts.inspection.page_count, limits.pages)]
        for first in range(0, last, pages_per_task)
    ]
    pages: list[list[Page]] = [list(facts.pages) for facts in opened]
    counter = _Counter(found, opened, progress)
    for outcome in guard.run(_read_range, ranges, split=_halves, progress=counter.ended):
        pages[outcome.task.number].extend(_pages_of(outcome))
    documents = [
        _document(file, facts, read, limits) for file, facts, read in zip(found, opened, pages, strict=True)
    ]
    return _with_own_ids(documents)


def _open_all(
    found: Sequence[FoundFile], guard: Guard, limits: Limits, readers: Mapping[Media, str]
) -> list[_Opened]:
    """Open every file; what dies on opening is hashed once more alone, so that its bytes still name it."""
    tasks = [
        _Opening(str(number), str(file.path), tuple(readers.items()), limits)
        for number, file in enumerate(found)
        if file.error is None
    ]
    opened = [_Opened("", 0, error=file.error) for file in found]
    failed: dict[int, str] = {}
    for outcome in guard.run(_open, tasks):
        number = int(outcome.task.name)
        if outcome.result is None:
            failed[number] = outcome.failure
        else:
            opened[number] = outcome.result
    again = [str(found[number].path) for number in failed]
    for (number, failure), hashed in zip(failed.items(), guard.run(_hash, again), strict=True):
        digest, size = hashed.result or ("", 0)
        error = ReadError(failure, *base.UNREAD_REASONS[failure])
        opened[number] = _Opened(digest, size, error=error)
    return opened


def _hash(path: str) -> tuple[str, int]:
    """Return a file's SHA-256 and size; runs in a worker.

    Raises:
        OSError: The file cannot be opened.
    """
    digest = hashlib.sha256()
    size = 0
    with Path(path).open("rb") as file:
        while chunk := file.read(HASH_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _open(task: _Opening) -> _Opened:
    """Open a file and, if it is not read by ranges, read it; runs in a worker."""
    path = Path(task.path)
    try:
        digest, size = _hash(task.path)
    except OSError as error:
        return _Opened("", 0, error=unreadable(error))
    media = Media.UNKNOWN
    try:
        media = sniff(path)
        reader = _reader(dict(task.readers)[media])
        inspection = reader.inspect(path, task.limits)
        pages: tuple[Page, ...] = ()
        if media not in PAGED:
            pages = reader.read(path, 0, inspection.page_count, task.limits)
    except ReadError as error:
        return _Opened(digest, size, media, error=error)
    return _Opened(digest, size, media, inspection, pages)


def _reader(module: str) -> Reader:
    return cast(Reader, importlib.import_module(module))


def _read_range(task: _Range) -> tuple[Page, ...]:
    """Read a range of pages; runs in a worker."""
    try:
        return _reader(task.reader).read(Path(task.path), task.first, task.last, task.limits)
    except ReadError as error:  # it opened before: it was changed or taken away meanwhile
        return tuple(
            Page(number=index + 1, state=PageState.UNREAD, reason=error.message)
            for index in range(task.first, task.last)
        )


def _halves(task: _Range) -> tuple[_Range, ...]:
    if task.last - task.first < 2:
        return ()
    middle = (task.first + task.last) // 2
    return replace(task, last=middle), replace(task, first=middle)


def _pages_of(outcome: Outcome[_Range, tuple[Page, ...]]) -> tuple[Page, ...]:
    """Return a page for every page of the range: those that were not had are unread."""
    task = outcome.task
    pages = outcome.result or ()
    code = outcome.failure or base.PAGE_DAMAGED
    missing = range(task.first + len(pages), task.last)
    return (*pages, *(unread_page(index + 1, code) for index in missing))


class _Counter:
    """Counts pages for the progress call."""

    def __init__(
        self, found: Sequence[FoundFile], opened: Sequence[_Opened], progress: Progress | None
    ) -> None:
        self._found = found
        self._opened = opened
        self._progress = progress
        self._done = [0] * len(found)
        if progress:
            for file, facts in zip(found, opened, strict=True):
                if facts.media not in PAGED:
                    progress(file.name, len(facts.pages), len(facts.pages))

    def ended(self, outcome: Outcome[_Range, tuple[Page, ...]]) -> None:
        task = outcome.task
        self._done[task.number] += task.last - task.first
        if self._progress:
            total = self._opened[task.number].inspection.page_count
            self._progress(self._found[task.number].name, self._done[task.number], total)


def _document(file: FoundFile, facts: _Opened, read: Sequence[Page], limits: Limits) -> Document:
    """Put a document together and settle what needs all of its pages."""
    pages = tuple(read)
    inspection = facts.inspection
    if facts.media is Media.PDF:
        pages = finish_pages(pages, inspection.outline)
    if facts.media in PAGED and facts.error is None:
        beyond = range(limits.pages, inspection.page_count)
        pages += tuple(unread_page(index + 1, base.TOO_LARGE) for index in beyond)
    problems = [replace(problem, file=file.name) for problem in inspection.problems]
    if facts.error is not None:
        problems.append(facts.error.problem(file.name))
    problems.extend(page_problems(file.name, pages))
    return Document(
        id="d" + (facts.sha256 or hashlib.sha256(file.name.encode()).hexdigest())[:12],
        path=file.name,
        sha256=facts.sha256,
        size=facts.size,
        media=facts.media,
        state=_state(facts, pages, problems),
        pages=pages,
        outline=inspection.outline,
        metadata=inspection.metadata,
        problems=tuple(problems),
    )


def _state(facts: _Opened, pages: Sequence[Page], problems: Sequence[Problem]) -> DocumentState:
    if facts.error is not None or all(page.state is PageState.UNREAD for page in pages):
        return DocumentState.NOT_READ
    return DocumentState.PARTLY_READ if problems else DocumentState.READ


def _with_own_ids(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Number documents with the same bytes, in order of their paths."""
    seen: dict[str, int] = {}
    numbered = []
    for document in documents:
        count = seen[document.id] = seen.get(document.id, 0) + 1
        numbered.append(document if count == 1 else replace(document, id=f"{document.id}.{count}"))
    return tuple(numbered)
