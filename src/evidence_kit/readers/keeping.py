"""What reading keeps for the next run, and when a kept result may stand for a reading.

The readers know a :class:`Shelf` only: where it stands, and what of the code its keys depend on, is the caller's
matter. A kept result is found by the file's SHA-256, so the file's bytes are always looked at, and never parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from evidence_kit.readers import base
from evidence_kit.readers.base import Inspection, ReadError
from evidence_kit.readers.tasks import Opened
from evidence_kit.records.document import Media, Page, PageState
from evidence_kit.records.packing import packed, unpacked
from evidence_kit.workers import Limits

PASSING = frozenset({base.UNREADABLE, base.TIME_LIMIT, base.MEMORY_LIMIT, base.CRASHED})
"""Codes of what may be otherwise the next time: such a result is never kept."""
_PASSING_REASONS = frozenset(reason for code, (reason, _) in base.UNREAD_REASONS.items() if code in PASSING)


class Shelf(Protocol):
    """Keeps bytes under a key from run to run; may forget them at any time."""

    def get(self, key: str) -> bytes | None:
        """Return what was put under this key, or ``None``."""

    def put(self, key: str, value: bytes) -> None:
        """Keep a value for the next time."""


@dataclass(frozen=True, slots=True)
class _KeptOpening:
    """An opening as it is kept; ``error`` holds code, message and next step."""

    size: int
    media: Media
    inspection: Inspection
    pages: tuple[Page, ...]
    error: tuple[str, str, str] | None


class Keeping:
    """Looks results up and puts them by.

    Args:
        shelf: ``None`` to keep nothing.
        limits: Those that decide what a result is are part of its key: all but time and memory, which only decide
            whether there is one.
        readers: Names of the readers' modules, part of every key.
    """

    def __init__(self, shelf: Shelf | None, limits: Limits, readers: Iterable[tuple[str, str]]) -> None:
        self._shelf = shelf
        self._about = f"{replace(limits, seconds=0.0, memory_mib=0)} {sorted(readers)}"
        self._stamps: dict[Path, tuple[int, int]] = {}

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._shelf is not None

    def notice(self, path: Path) -> None:
        """Remember a file's size and time before it is read: what is read of a file that changes meanwhile is not kept.

        Raises:
            OSError: It cannot be looked at.
        """
        self._stamps[path] = _stamp(path)

    def opening(self, path: Path, sha256: str) -> Opened | None:
        """Return what opening a file with these bytes gave, or ``None``."""
        data = self._shelf.get(self._opening_key(path, sha256)) if self._shelf else None
        kept = None if data is None else unpacked(data, _KeptOpening)
        if kept is None:
            return None
        error = None if kept.error is None else ReadError(*kept.error)
        return Opened(sha256, kept.size, kept.media, kept.inspection, kept.pages, error)

    def keep_opening(self, path: Path, opened: Opened) -> None:
        """Put by what opening a file gave, if it will be the same the next time."""
        error = opened.error
        if self._shelf is None or not self._lasts(path, opened.pages) or (error and error.code in PASSING):
            return
        told = None if error is None else (error.code, error.message, error.next_step)
        data = packed(_KeptOpening(opened.size, opened.media, opened.inspection, opened.pages, told))
        if data is not None:
            self._shelf.put(self._opening_key(path, opened.sha256), data)

    def pages(self, sha256: str, reader: str, first: int, last: int) -> tuple[Page, ...] | None:
        """Return pages ``[first, last)`` of a file with these bytes, or ``None``."""
        data = self._shelf.get(self._range_key(sha256, reader, first, last)) if self._shelf else None
        pages = None if data is None else unpacked(data, tuple[Page, ...])
        return pages if pages is not None and len(pages) == last - first else None

    def keep_pages(
        self, path: Path, sha256: str, reader: str, first: int, last: int, pages: Sequence[Page]
    ) -> None:
        """Put by pages ``[first, last)`` of a file, if they will be the same the next time."""
        if self._shelf is None or len(pages) != last - first or not self._lasts(path, pages):
            return
        data = packed(tuple(pages))
        if data is not None:
            self._shelf.put(self._range_key(sha256, reader, first, last), data)

    def _lasts(self, path: Path, pages: Sequence[Page]) -> bool:
        if any(page.state is PageState.UNREAD and page.reason in _PASSING_REASONS for page in pages):
            return False
        try:
            return self._stamps.get(path) == _stamp(path)
        except OSError:
            return False

    def _opening_key(self, path: Path, sha256: str) -> str:
        # Of its name only the suffix says something about a file (readers/sniff.py, readers/text/reader.py).
        return f"opening {sha256} {path.suffix.lower()!r} {self._about}"

    def _range_key(self, sha256: str, reader: str, first: int, last: int) -> str:
        return f"pages {sha256} {reader} {first} {last} {self._about}"


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return (status.st_size, status.st_mtime_ns)
