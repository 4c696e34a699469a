"""Finds the file behind a document of a map again, and makes sure that it is still the one that was read."""

from __future__ import annotations

import email
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
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
    """The file lies in an archive or a message, and was not found there or lies deeper in it."""
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
    return None if path and _holder(path) else Lack.MISSING


def path_of(document: DocumentSummary, folder: Path) -> Path | None:
    """Return where a document lies; ``None`` for a path that leads out of the folder of papers."""
    parts = PurePosixPath(document.path)
    if parts.is_absolute() or ".." in parts.parts:
        return None
    return folder / Path(*parts.parts)


def bytes_of(document: DocumentSummary, folder: Path) -> bytes:
    """Return a document's bytes, the very ones that were read; runs in a worker.

    Raises:
        SourceError: The file is missing, was changed, or cannot be taken out of the file that holds it.
    """
    path = path_of(document, folder)
    holder = _holder(path) if path else None
    if holder is None:
        raise SourceError(Lack.MISSING)
    is_packed = holder != path
    try:
        for data in _held(holder, document.size) if is_packed else (holder.read_bytes(),):
            if hashlib.sha256(data).hexdigest() == document.sha256:
                return data
    except OSError as error:
        raise SourceError(Lack.MISSING) from error
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError) as error:  # damaged, encrypted
        raise SourceError(Lack.PACKED) from error
    raise SourceError(Lack.PACKED if is_packed else Lack.CHANGED)


def _holder(path: Path) -> Path | None:
    """Return the file at a document's path, or the archive or message that holds it."""
    try:
        return next((one for one in (path, *path.parents) if one.is_file()), None)
    except OSError:  # a name that is too long for the file system
        return None


def _held(holder: Path, size: int) -> Iterator[bytes]:
    """Yield the files of so many bytes that a ZIP archive or a message (EML) holds; what these hold is not looked into.

    Names do not count: the file is known by its bytes.
    """
    if zipfile.is_zipfile(holder):
        with zipfile.ZipFile(holder) as archive:
            for member in archive.infolist():
                if member.file_size == size:
                    yield archive.read(member)
        return
    for part in email.message_from_bytes(holder.read_bytes()).walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and len(content) == size:
            yield content
