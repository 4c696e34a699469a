"""What a worker does with a file: hash it, tell what it is, open it, read a range of its pages.

A module of its own and a light one: a worker imports it and the reader that it needs, and nothing of what the parent
does with the results.
"""

from __future__ import annotations

import hashlib
import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from evidence_kit.readers import base
from evidence_kit.readers.base import Inspection, Reader, ReadError, WholeReader
from evidence_kit.readers.sniff import sniff, unreadable
from evidence_kit.records.document import Media, Page, PageState
from evidence_kit.workers import Limits

PAGED = frozenset({Media.PDF, Media.IMAGE})
"""Formats read by ranges of pages; the others are read in one piece."""
HASH_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a file gave."""

    sha256: str
    size: int
    media: Media = Media.UNKNOWN
    inspection: Inspection = Inspection(page_count=0)  # noqa: RUF009 - frozen
    pages: tuple[Page, ...] = ()
    error: ReadError | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A task: open a file, say what it is, and read it unless it is read by ranges."""

    name: str
    path: str
    readers: tuple[tuple[Media, str], ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Range:
    """A task: read pages ``[first, last)`` of a file; ``number`` is the file's place among all."""

    number: int
    path: str
    reader: str
    first: int
    last: int
    limits: Limits


RangeRead = tuple[tuple[Page, ...], bool]
"""Pages of a range, and whether the file could still be opened to read them."""


def hash_of(path: str) -> tuple[str, int]:
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


def open_file(task: Opening) -> Opened:
    """Open a file and, if it is not read by ranges, read it; runs in a worker."""
    path = Path(task.path)
    try:
        digest, size = hash_of(task.path)
    except OSError as error:
        return Opened("", 0, error=unreadable(error))
    media = Media.UNKNOWN
    try:
        media = sniff(path)
        module = importlib.import_module(dict(task.readers)[media])
        inspection, pages = (
            (cast(Reader, module).inspect(path, task.limits), ())
            if media in PAGED
            else cast(WholeReader, module).read_whole(path, task.limits)
        )
    except ReadError as error:
        return Opened(digest, size, media, error=error)
    return Opened(digest, size, media, base.whole_inspection(inspection), base.whole_pages(pages))


def read_range(task: Range) -> RangeRead:
    """Read a range of pages; runs in a worker."""
    try:
        reader = cast(Reader, importlib.import_module(task.reader))
        pages = reader.read(Path(task.path), task.first, task.last, task.limits)
        return base.whole_pages(pages), True
    except ReadError as error:  # it opened before: it was changed or taken away meanwhile
        unread = tuple(
            Page(number=index + 1, state=PageState.UNREAD, reason=error.message)
            for index in range(task.first, task.last)
        )
        return unread, False
