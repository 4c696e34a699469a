"""What files that hold other files have in common: their members, names made safe, limits on what comes out.

A member is written under a number of ours, never under its own name, so that no name can lead anywhere: its name is
text that stands in the document's path (``pack.zip/folder/minutes.docx``) and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evidence_kit.characters import LINE_ENDS, SILENT, TURNING
from evidence_kit.readers.base import OUTSIDE, TOO_LARGE, UNREADABLE, ReadError
from evidence_kit.records.document import Problem
from evidence_kit.workers import Limits

MIB = 1024 * 1024
LONGEST_NAME = 120
"""Characters of a folder's or file's name that are kept."""
DEEPEST_NAME = 32
"""Folders of a member's name that are kept, the innermost."""
_LISTED = 5
"""Names told of files that were not unpacked."""

_UNWANTED = re.compile(f"[\t\n\r{LINE_ENDS}{SILENT}{TURNING}]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DRIVE = re.compile(r"^(?:[\\/]+\?[\\/]+)?[A-Za-z]:")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_UP = re.compile(r"\s*\.(?:\s*\.)+\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file out of another file.

    Attributes:
        name: In its container, with forward slashes; safe to show and to write.
        path: Where it was written; empty where it could not be had.
        error: Why it could not be had.
    """

    name: str
    path: str = ""
    error: ReadError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """What came out of a container.

    Attributes:
        problems: What is wrong with the container; ``file`` is left empty.
        used: Bytes that were written.
    """

    members: tuple[Member, ...] = ()
    problems: tuple[Problem, ...] = ()
    used: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a container may still unpack.

    Attributes:
        members: Files.
        size: Bytes of all of them together, counted as they come out.
        member_size: Bytes of one.
        limits: The limits behind these, for what is told.
        too_deep: It lies at the limit of nesting: nothing may come out.
    """

    members: int
    size: int
    member_size: int
    limits: Limits
    too_deep: bool = False


class Container(Protocol):
    """The shape of the reader module of a format that holds other files, beside :class:`base.Reader`."""

    def unpack(self, path: Path, folder: Path, allowance: Allowance) -> Unpacked:
        """Write the members into ``folder``, which exists and is empty.

        Raises:
            ReadError: Nothing can be had of it.
        """


class Unpacking:
    """Writes members into a folder and counts them; what goes over the limits is left out and told.

    Args:
        folder: Exists and is empty.
        allowance: What may come out.
    """

    def __init__(self, folder: Path, allowance: Allowance) -> None:
        self._folder = folder
        self._allowance = allowance
        self._members: list[Member] = []
        self._left_out: list[str] = []
        self._used = 0
        self._full = allowance.too_deep

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a member. A :class:`ReadError` that its chunks raise becomes the member's own."""
        try:
            safe = safe_name(name)
        except ReadError as error:
            self._refuse(plain_name(name), error)
            return
        if self._full or len(self._members) >= self._allowance.members:
            self._full = True
            self._left_out.append(safe)
            return
        path = self._folder / f"{len(self._members):06d}{_suffix(safe)}"
        try:
            whole = self._write(path, chunks)
        except ReadError as error:
            path.unlink(missing_ok=True)
            self._refuse(safe, error)
        except OSError as error:
            path.unlink(missing_ok=True)
            self._refuse(safe, _unwritten(error))
        else:
            if whole:
                self._members.append(Member(name=safe, path=str(path)))
            else:
                path.unlink(missing_ok=True)
                self._full = True
                self._left_out.append(safe)

    def result(self) -> Unpacked:
        """Return what came out."""
        problems = (self._left_out_problem(),) if self._left_out else ()
        return Unpacked(members=tuple(self._members), problems=problems, used=self._used)

    def _refuse(self, name: str, error: ReadError) -> None:
        if self._full or len(self._members) >= self._allowance.members:
            self._left_out.append(name)
        else:
            self._members.append(Member(name=name, error=error))

    def _write(self, path: Path, chunks: Iterable[bytes]) -> bool:
        """Write a file; return false if the whole would be too large.

        Raises:
            ReadError: The member by itself is too large, or its chunks say why it cannot be had.
            OSError: It cannot be written.
        """
        size = 0
        with path.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                self._used += len(chunk)
                if size > self._allowance.member_size:
                    raise ReadError(
                        TOO_LARGE,
                        f"The file unpacks to more than the limit of {self._allowance.limits.member_mib} MiB.",
                        "If you trust it, unpack it into the folder yourself and map it again.",
                    )
                if self._used > self._allowance.size:
                    return False
                file.write(chunk)
        return True

    def _left_out_problem(self) -> Problem:
        limits, names = self._allowance.limits, self._left_out
        if self._allowance.too_deep:
            why = f"Files within files are nested more than {limits.nesting} deep here"
        elif len(self._members) >= self._allowance.members:
            why = f"It holds more than the limit of {limits.members:,} files"
        else:
            why = f"It unpacks to more than the limit of {limits.decompressed_mib:,} MiB"
        told = ", ".join(f"‘{name}’" for name in names[:_LISTED]) + (
            f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
        )
        return Problem(
            code=TOO_LARGE,
            file="",
            message=f"{why}; not unpacked: {told}.",
            next_step="If you trust it, unpack it into the folder yourself and map it again.",
        )


def safe_name(name: str) -> str:
    """Return a member's name as text that leads nowhere on any system: forward slashes, no drive, no odd characters.

    A leading slash or drive is dropped: the rest says what the file was called.

    Raises:
        ReadError: The name leads upwards (``..``), which no honest archive does.
    """
    parts = _DRIVE.sub("", name).replace("\\", "/").split("/")
    if any(_UP.fullmatch(_UNWANTED.sub("", part)) for part in parts):
        raise ReadError(
            OUTSIDE,
            "Its name leads out of the archive; such files are not unpacked.",
            "If you trust the archive, unpack it yourself, look where this file went, and put it into the folder.",
        )
    return plain_name(name)


def plain_name(name: str) -> str:
    """Return a member's name as text that leads nowhere; what leads upwards is left away."""
    parts = [_plain_part(part) for part in _DRIVE.sub("", name).replace("\\", "/").split("/")]
    return "/".join([part for part in parts if part][-DEEPEST_NAME:]) or "unnamed"


def _plain_part(part: str) -> str:
    part = _FORBIDDEN.sub("_", _UNWANTED.sub("", part)).strip().rstrip(". ")
    if _RESERVED.match(part):
        part = f"_{part}"
    if len(part) > LONGEST_NAME:
        suffix = _suffix(part)
        part = part[: LONGEST_NAME - len(suffix)].rstrip(". ") + suffix
    return part


def _suffix(name: str) -> str:
    """Return the ending that tells text formats apart, if it is an ordinary one."""
    suffix = Path(name).suffix
    return suffix.lower() if _SUFFIX.fullmatch(suffix) else ""


def _unwritten(error: OSError) -> ReadError:
    return ReadError(
        UNREADABLE,
        f"The file could not be unpacked: {error.strerror or type(error).__name__}.",
        "Free some space for temporary files, or unpack it into the folder yourself, and map it again.",
    )
