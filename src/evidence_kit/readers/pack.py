"""From a folder to documents: find the files, open each under guard, read page ranges, settle the whole.

Every file ends as a :class:`~evidence_kit.records.document.Document`: read, partly read or not read, with a problem
for everything that was not had. Nothing here raises for what is in a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from evidence_kit.readers import base
from evidence_kit.readers.base import page_problems, unread_page
from evidence_kit.readers.containers.unpacking import Scratch, Unpacker, settle_archives
from evidence_kit.readers.header_rows import mark_headers
from evidence_kit.readers.keeping import Keeping, Shelf
from evidence_kit.readers.layout.structure import finish_pages
from evidence_kit.readers.ocr.engines import Mode
from evidence_kit.readers.ocr.recognising import recognise, usable_mode
from evidence_kit.readers.tasks import (
    PAGED,
    Opened,
    Opening,
    Range,
    RangeRead,
    hash_of,
    open_file,
    read_range,
)
from evidence_kit.readers.walk import FoundFile, find_files
from evidence_kit.records.document import Document, DocumentState, Media, Page, PageState, Problem
from evidence_kit.workers import Guard, Limits, Outcome

_MODULES = {
    Media.PDF: "pdf.reader", Media.WORD: "word.reader", Media.OPENDOCUMENT: "word.opendocument",
    Media.SLIDES: "slides.reader", Media.WORKBOOK: "workbook.reader", Media.CSV: "workbook.values",
    Media.HTML: "web.reader", Media.MARKDOWN: "text.reader", Media.TEXT: "text.reader", Media.MAIL: "mail.reader",
    Media.ARCHIVE: "containers.archive", Media.IMAGE: "image",
}  # fmt: skip
READERS: Mapping[Media, str] = {media: f"evidence_kit.readers.{name}" for media, name in _MODULES.items()}
"""Module of each format's reader; named, since workers import it themselves and only when they need it."""
LAID_OUT = frozenset({Media.PDF, Media.IMAGE})
"""Formats whose pages are told by where their words stand."""

Progress = Callable[[str, int, int], None]
"""Called with a file's name, how many of its pages are done, and how many it has."""


def read_pack(
    folder: Path,
    *,
    limits: Limits,
    workers: int = 0,
    pages_per_task: int = 64,
    skip: tuple[Path, ...] = (),
    progress: Progress | None = None,
    readers: Mapping[Media, str] = READERS,
    shelf: Shelf | None = None,
    ocr: str = "off",
    guard: Guard | None = None,
) -> tuple[Document, ...]:
    """Read all papers below a folder (or one file), sorted by path.

    Args:
        workers: Worker processes; 0 reads in this process, without limits of time and memory.
        pages_per_task: Pages of a range; never shows in the result.
        skip: Files and folders that are not papers.
        readers: Reader module of each format.
        shelf: Where results are looked up and put by; never shows in the result. No worker is started, and no file
            is parsed, for what stands there.
        ocr: Text recognition: ``off``; ``auto`` for pages with ink and no usable text, if it is installed; ``force``
            for every page with ink.
        guard: An entered one that reads this pack and further ones; then ``workers`` says nothing.

    Returns:
        One document a file, and one for every file in an archive or attached to a message
        (``pack.zip/folder/minutes.docx``); empty for a folder without papers.

    Raises:
        UsageError: The folder does not exist, or there is no such mode of text recognition.
        DependencyMissing: Text recognition is forced and not installed.
        MainGuardMissing: See :class:`evidence_kit.workers.Guard`.
    """
    mode = usable_mode(ocr)
    found = find_files(folder, skip)
    own = nullcontext(guard) if guard else _guard(found, workers, limits, readers)
    with Scratch() as scratch, own as used:
        keeping = Keeping(shelf, limits, _named(readers))
        return _read(found, used, limits, max(1, pages_per_task), progress, readers, keeping, scratch, mode)


def read_file(
    path: Path,
    *,
    name: str = "",
    limits: Limits,
    workers: int = 0,
    pages_per_task: int = 64,
    progress: Progress | None = None,
    readers: Mapping[Media, str] = READERS,
    shelf: Shelf | None = None,
    ocr: str = "off",
) -> Document:
    """Read one file; ``name`` is what the document is called instead of the file's own name.

    What the file holds of other files is left away; :func:`read_pack` of the same path returns those too.
    ``shelf`` and ``ocr`` as for :func:`read_pack`.

    Raises:
        UsageError: There is no such file, it is a folder, or there is no such mode of text recognition.
        DependencyMissing: Text recognition is forced and not installed.
        MainGuardMissing: See :class:`evidence_kit.workers.Guard`.
    """
    from evidence_kit.errors import UsageError

    if not path.is_file():
        raise UsageError(f"There is no file {path}.", next_step="Check the path.")
    mode = usable_mode(ocr)
    found = find_files(path)
    if name:
        found = (replace(found[0], name=name),)
    with Scratch() as scratch, _guard(found, workers, limits, readers) as guard:
        keeping = Keeping(shelf, limits, _named(readers))
        return _read(found, guard, limits, max(1, pages_per_task), progress, readers, keeping, scratch, mode)[
            0
        ]


def _guard(found: Sequence[FoundFile], workers: int, limits: Limits, readers: Mapping[Media, str]) -> Guard:
    """Return a guard; its workers load the PDF reader while the first of them opens files, if it seems of use."""
    if any(file.name.lower().endswith(".pdf") for file in found):
        return Guard(workers=workers, limits=limits, preload=(hash_of.__module__, readers[Media.PDF]))
    return Guard(workers=workers, limits=limits)


def _named(readers: Mapping[Media, str]) -> tuple[tuple[str, str], ...]:
    return tuple((media.value, module) for media, module in readers.items())


def _read(
    found: Sequence[FoundFile],
    guard: Guard,
    limits: Limits,
    pages_per_task: int,
    progress: Progress | None,
    readers: Mapping[Media, str],
    keeping: Keeping,
    scratch: Scratch,
    mode: Mode,
) -> tuple[Document, ...]:
    unpacker = Unpacker(guard, limits, scratch, readers)
    found, opened = unpacker.with_members(
        found, lambda files: _open_all(files, guard, limits, readers, keeping)
    )
    ranges = _ranges(found, opened, readers, limits, pages_per_task)
    counter = _Counter(found, opened, progress)

    def ended(outcome: Outcome[Range, RangeRead]) -> None:
        task = outcome.task
        if outcome.result and outcome.result[1]:
            digest = opened[task.number].sha256
            keeping.keep_pages(Path(task.path), digest, task.reader, task.first, task.last, outcome.result[0])
        counter.ended(task)

    pages: list[list[Page]] = [list(facts.pages) for facts in opened]
    had = {
        (task.number, task.first): kept
        for task in ranges
        for kept in [keeping.pages(opened[task.number].sha256, task.reader, task.first, task.last)]
        if kept is not None
    }
    for task in ranges:
        if (task.number, task.first) in had:
            counter.ended(task)
    missing = [task for task in ranges if (task.number, task.first) not in had]
    for outcome in guard.run(read_range, missing, split=_halves, progress=ended):
        had[outcome.task.number, outcome.task.first] = _pages_of(outcome)
    for number, first in sorted(had):
        pages[number].extend(had[number, first])
    if mode != "off":
        recognise(
            found, opened, pages, mode=mode, guard=guard, limits=limits, keeping=keeping, progress=progress
        )
    guard.release()
    documents = [
        _document(file, facts, read, limits) for file, facts, read in zip(found, opened, pages, strict=True)
    ]
    return _with_own_ids(settle_archives(sorted(documents, key=lambda document: document.path)))


def _ranges(
    found: Sequence[FoundFile],
    opened: Sequence[Opened],
    readers: Mapping[Media, str],
    limits: Limits,
    pages_per_task: int,
) -> list[Range]:
    return [
        Range(number, str(file.path), readers[facts.media], first, end, limits)
        for number, (file, facts) in enumerate(zip(found, opened, strict=True))
        if facts.media in PAGED and facts.error is None
        for first, end in pairwise(_borders(min(facts.inspection.page_count, limits.pages), pages_per_task))
    ]


def _borders(pages: int, most: int) -> list[int]:
    """Return where the ranges of a file begin, and its end: of one size, and an even number of them.

    Ranges of 64 and a rest would leave one of two workers waiting for the other. The number of workers has no part in
    it, so that what is kept of a range is found again with another.
    """
    count = -(-pages // most)
    if 1 < count < pages:
        count += count % 2
    return [pages * number // count for number in range(count + 1)] if count else [0]


def _open_all(
    found: Sequence[FoundFile],
    guard: Guard,
    limits: Limits,
    readers: Mapping[Media, str],
    keeping: Keeping,
) -> list[Opened]:
    """Open every file; what dies on opening is hashed once more alone, so that its bytes still name it."""
    opened = [Opened("", 0, error=file.error) for file in found]
    for number, kept in _kept_openings(found, keeping):
        opened[number] = kept
    tasks = [
        Opening(str(number), str(file.path), tuple(readers.items()), limits)
        for number, file in enumerate(found)
        if file.error is None and not opened[number].sha256
    ]
    failed: dict[int, str] = {}
    for outcome in guard.run(open_file, tasks):
        number = int(outcome.task.name)
        if outcome.result is None:
            failed[number] = outcome.failure
        else:
            opened[number] = outcome.result
            keeping.keep_opening(found[number].path, outcome.result)
    again = [str(found[number].path) for number in failed]
    for (number, failure), hashed in zip(failed.items(), guard.run(hash_of, again), strict=True):
        digest, size = hashed.result or ("", 0)
        opened[number] = Opened(digest, size, error=base.limit_error(failure, limits))
    return opened


def _kept_openings(found: Sequence[FoundFile], keeping: Keeping) -> Iterator[tuple[int, Opened]]:
    """Yield number and opening of the files that are known by their bytes."""
    for number, file in enumerate(found):
        if not keeping.keeps or file.error is not None:
            continue
        try:
            keeping.notice(file.path)
            digest, _ = hash_of(str(file.path))
        except OSError:
            continue  # the worker will say so
        kept = keeping.opening(file.path, digest)
        if kept is not None:
            yield number, kept


def _halves(task: Range) -> tuple[Range, ...]:
    if task.last - task.first < 2:
        return ()
    middle = (task.first + task.last) // 2
    return replace(task, last=middle), replace(task, first=middle)


def _pages_of(outcome: Outcome[Range, RangeRead]) -> tuple[Page, ...]:
    """Return a page for every page of the range: those that were not had are unread."""
    task = outcome.task
    pages, _ = outcome.result or ((), False)
    code = outcome.failure or base.PAGE_DAMAGED
    missing = range(task.first + len(pages), task.last)
    return (*pages, *(unread_page(index + 1, code) for index in missing))


class _Counter:
    """Counts pages for the progress call."""

    def __init__(
        self, found: Sequence[FoundFile], opened: Sequence[Opened], progress: Progress | None
    ) -> None:
        self._found = found
        self._opened = opened
        self._progress = progress
        self._done = [0] * len(found)
        if progress:
            for file, facts in zip(found, opened, strict=True):
                if facts.media not in PAGED:
                    progress(file.name, len(facts.pages), len(facts.pages))

    def ended(self, task: Range) -> None:
        self._done[task.number] += task.last - task.first
        if self._progress:
            total = self._opened[task.number].inspection.page_count
            self._progress(self._found[task.number].name, self._done[task.number], total)


def _document(file: FoundFile, facts: Opened, read: Sequence[Page], limits: Limits) -> Document:
    """Put a document together and settle what needs all of its pages."""
    pages = tuple(read)
    inspection = facts.inspection
    if facts.media in LAID_OUT:
        pages = finish_pages(pages, inspection.outline)
    pages = mark_headers(pages)
    if facts.media in PAGED and facts.error is None:
        beyond = range(limits.pages, inspection.page_count)
        pages += tuple(unread_page(index + 1, base.TOO_LARGE) for index in beyond)
    problems = [replace(problem, file=file.name) for problem in inspection.problems]
    if facts.error is not None:
        problems.append(facts.error.problem(file.name))
    problems.extend(page_problems(file.name, pages, limits))
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


def _state(facts: Opened, pages: Sequence[Page], problems: Sequence[Problem]) -> DocumentState:
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
