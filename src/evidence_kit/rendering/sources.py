"""Finds the file behind a document of a map again, and makes sure that it is still the one that was read."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from pathlib import Path, PurePosixPath

from evidence_kit.records.document import Media
from evidence_kit.records.evidence_map import DocumentSummary


class Lack(StrEnum):
    """Why a page of a source cannot be shown."""

    NO_FOLDER = "no_folder"
    """It is not known where the papers lie."""
    NOT_PDF = "not_pdf"
    """The format has no pages that could be shown."""
    PACKED = "packed"
    """The file lies in an archive or is attached to a message."""
    MISSING = "missing"
    """The file is not there, or cannot be read."""
    CHANGED = "changed"
    """The file has other bytes than the one that was read."""
    UNOPENED = "unopened"
    """The file or the page cannot be opened, or not within the limits of time and memory."""


class SourceError(Exception):
    """A source cannot be had; ``lack`` says why."""

    def __init__(self, lack: Lack) -> None:
        super().__init__(lack.value)
        self.lack = lack


def why_not(document: DocumentSummary, folder: Path | None) -> Lack | None:
    """Return why a document's pages cannot be shown, as far as that is known without its bytes."""
    if document.media is not Media.PDF:
        return Lack.NOT_PDF
    if folder is None:
        return Lack.NO_FOLDER
    path = path_of(document, folder)
    if path is None:
        return Lack.MISSING
    try:
        if path.is_file():
            return None
        packed = any(parent.is_file() for parent in path.parents)
    except OSError:  # a name that is too long for the file system
        return Lack.MISSING
    return Lack.PACKED if packed else Lack.MISSING


def path_of(document: DocumentSummary, folder: Path) -> Path | None:
    """Return where a document lies; ``None`` for a path that leads out of the folder of papers."""
    parts = PurePosixPath(document.path)
    if parts.is_absolute() or ".." in parts.parts:
        return None
    return folder / Path(*parts.parts)


def bytes_of(document: DocumentSummary, folder: Path) -> bytes:
    """Return a document's bytes, the very ones that were read; runs in a worker.

    Raises:
        SourceError: The file is missing or was changed.
    """
    path = path_of(document, folder)
    try:
        data = path.read_bytes() if path else None
    except OSError:
        data = None
    if data is None:
        raise SourceError(Lack.MISSING)
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise SourceError(Lack.CHANGED)
    return data
