"""Opens ZIP archives: every file in one becomes a document of its own; the archive itself has no text.

Names are told by the archive in three ways (Unicode by flag, Unicode by an extra field, or the letters of old DOS), and
some programs write Unicode without saying so; a name is only ever shown, see
:mod:`evidence_kit.readers.containers.members`.
"""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from evidence_kit.readers.base import (
    DAMAGED,
    EMPTY_FILE,
    ENCRYPTED,
    NOT_READ_YET,
    OUTSIDE,
    Inspection,
    ReadError,
    Whole,
)
from evidence_kit.readers.containers.members import Allowance, Unpacked, Unpacking
from evidence_kit.readers.walk import is_no_paper, own_outputs
from evidence_kit.records.document import Problem
from evidence_kit.workers import Limits

_CHUNK = 256 * 1024
_IS_ENCRYPTED = 0x1
_IS_UNICODE = 0x800
_UNICODE_NAME = 0x7075
# What zipfile raises on damaged input.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    OverflowError,
    ValueError,
    IndexError,
    struct.error,
    RuntimeError,
)


def read_whole(path: Path, limits: Limits) -> Whole:  # noqa: ARG001 - the shape of a reader
    """Count the files; an archive has no pages of its own.

    Raises:
        ReadError: It is damaged.
    """
    with _opened(path) as archive:
        members = len(_papers(archive))
    nothing = Problem(
        code=EMPTY_FILE,
        file="",
        message="There is no file to read in the archive.",
        next_step="If something should be in it, ask for a fresh copy.",
    )
    return Inspection(page_count=0, members=members, problems=() if members else (nothing,)), ()


def unpack(path: Path, folder: Path, allowance: Allowance) -> Unpacked:
    """Write the archive's files into a folder; leave out what is no paper by its name, and our own outputs.

    Raises:
        ReadError: The archive is damaged.
    """
    unpacking = Unpacking(folder, allowance)
    with _opened(path) as archive:
        for name, info in _papers(archive):
            unpacking.add(name, _chunks(archive, info))
    return unpacking.result()


def _papers(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    named = [(name_of(info), info) for info in archive.infolist() if not info.is_dir()]
    ours = own_outputs(name for name, _ in named)
    return [
        (name, info)
        for name, info in named
        if name not in ours and not any(map(_is_no_paper, name.replace("\\", "/").split("/")))
    ]


def _is_no_paper(part: str) -> bool:
    return not part.startswith("..") and part != "." and is_no_paper(part)


def name_of(info: zipfile.ZipInfo) -> str:
    """Return a file's name in its archive as its maker meant it."""
    if info.flag_bits & _IS_UNICODE:
        return info.filename
    told = _told_in_unicode(info.extra)
    if told:
        return told
    try:
        raw = info.filename.encode("cp437")  # as zipfile decoded it
    except UnicodeEncodeError:
        return info.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return info.filename


def _told_in_unicode(extra: bytes) -> str:
    """Return the name in the extra field for Unicode names, empty where there is none."""
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        if kind == _UNICODE_NAME and 5 < size <= len(extra) - position - 4:
            return extra[position + 9 : position + 4 + size].decode("utf-8", "replace")
        position += 4 + size
    return ""


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (*_ZIP_ERRORS, NotImplementedError) as error:
        raise ReadError(
            DAMAGED, "The archive is damaged and cannot be opened.", "Ask for a fresh copy."
        ) from error


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a file's bytes.

    Raises:
        ReadError: It is encrypted, damaged, no file, or packed in a way that cannot be undone here.
    """
    if info.flag_bits & _IS_ENCRYPTED:
        raise ReadError(
            ENCRYPTED,
            "The file is encrypted with a password in its archive.",
            "Unpack the archive with its password into the folder and map it again.",
        )
    form = stat.S_IFMT(info.external_attr >> 16)
    if form == stat.S_IFLNK:
        raise ReadError(
            OUTSIDE,
            "This is a link in an archive; such links are not followed.",
            "Put the file that it leads to into the folder.",
        )
    try:
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except NotImplementedError as error:
        raise ReadError(
            NOT_READ_YET,
            "The file is packed by a method that cannot be undone here.",
            "Unpack the archive into the folder and map it again.",
        ) from error
    except _ZIP_ERRORS as error:
        raise ReadError(
            DAMAGED, "The file is damaged in its archive.", "Ask for a fresh copy of the archive."
        ) from error
