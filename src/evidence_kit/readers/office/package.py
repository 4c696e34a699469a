"""Opens office files, which are zips of XML parts: every byte counted, no entity, no network, no path outside."""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from lxml import etree

from evidence_kit.readers.base import (
    DAMAGED,
    EMPTY_FILE,
    ENCRYPTED,
    NOT_READ_YET,
    TOO_LARGE,
    UNREADABLE,
    ReadError,
)
from evidence_kit.readers.office.xml import local
from evidence_kit.workers import Limits

OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OLE_PEEK = 4 * 1024 * 1024
_CHUNK = 64 * 1024
_MIB = 1024 * 1024
# What zipfile raises on damaged input; found by feeding it such input (tests/readers/test_word.py).
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    UnicodeError,
    ValueError,
    IndexError,
    struct.error,
)
_AGAIN = "Open the file in the program that made it, save it again, or ask for a fresh copy."


def damaged(what: str) -> ReadError:
    """Return the error for a file that breaks its own format."""
    return ReadError(DAMAGED, what, _AGAIN)


@dataclass(frozen=True, slots=True)
class Part:
    """An XML part. ``whole`` is false where the XML is broken and only what could be had of it stands here."""

    root: etree._Element
    whole: bool


@dataclass(frozen=True, slots=True)
class Target:
    """What a part refers to: last word of the relationship's type, and the part's name or an address."""

    kind: str
    name: str
    external: bool


class Package:
    """The parts of an Open Packaging file; a context manager.

    Args:
        path: The file.
        limits: ``decompressed_mib`` bounds the bytes of all parts read, counted as they come out.

    Raises:
        ReadError: The file is empty, encrypted, damaged, or of the older binary format.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self._most = limits.decompressed_mib
        self._left = self._most * _MIB
        try:
            with path.open("rb") as file:
                head = file.read(_OLE_PEEK)
        except OSError as error:
            raise ReadError(UNREADABLE, f"The file cannot be opened ({error.strerror}).", _AGAIN) from error
        if not head:
            raise ReadError(EMPTY_FILE, "The file is empty (0 bytes).", "Ask for a fresh copy.")
        if head.startswith(OLE_MAGIC):
            raise _ole_error(head)
        try:
            self._zip = zipfile.ZipFile(path)
            self._members = {_plain(info.filename): info for info in self._zip.infolist()}
        except _ZIP_ERRORS as error:
            raise damaged("The file is not a whole zip archive, which this format must be.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def names(self) -> tuple[str, ...]:
        """Return the names of all parts as written, sorted."""
        return tuple(sorted(info.filename for info in self._members.values()))

    def bytes_of(self, name: str) -> bytes | None:
        """Return a part's bytes, ``None`` where there is no such part.

        Raises:
            ReadError: The part is damaged or encrypted, or the limit of decompressed bytes is reached.
        """
        info = self._members.get(_plain(name))
        if info is None:
            return None
        if info.flag_bits & 0x1:
            raise ReadError(
                ENCRYPTED,
                "The file is encrypted with a password.",
                "Save it without a password and map it again.",
            )
        chunks = []
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise ReadError(
                            TOO_LARGE,
                            f"The file unpacks to more than the limit of {self._most:,} MiB.",
                            "If you trust it, set another with --limit decompressed_mib=VALUE, or save it in parts.",
                        )
                    chunks.append(chunk)
        except (*_ZIP_ERRORS, RuntimeError) as error:
            raise damaged(f"Part {name} of the file is damaged.") from error
        return b"".join(chunks)

    def xml(self, name: str) -> Part | None:
        """Return a part's XML, ``None`` where there is no such part.

        Raises:
            ReadError: As :meth:`bytes_of`; or nothing of the part is XML.
        """
        data = self.bytes_of(name)
        return None if data is None else parse_xml(data, name)

    def sound(self, name: str) -> Part | None:
        """Return a part's XML, ``None`` where there is no such part or nothing of it can be read.

        Raises:
            ReadError: The file is encrypted, or the limit of decompressed bytes is reached.
        """
        try:
            return self.xml(name)
        except ReadError as error:
            if error.code != DAMAGED:
                raise
            return None

    def named(self, kind: str, usual: str) -> str:
        """Return the name that the package gives its part of a kind; the usual one where it gives none."""
        return first_target(self.targets(""), kind) or usual

    def document(self, usual: str, root: str, what: str) -> tuple[Part, dict[str, Target]]:
        """Return the part that the file is there for, and what it refers to.

        Args:
            usual: Name of the part where the package does not tell it, or tells a wrong one.
            root: Name of its root element.
            what: Message of the error for a file without it.

        Raises:
            ReadError: There is no such part, or as :meth:`xml`.
        """
        name = self.named("officeDocument", usual)
        part = self.xml(name) or self.xml(usual)
        if part is None or local(part.root) != root:
            raise damaged(what)
        return part, self.targets(name)

    def targets(self, name: str) -> dict[str, Target]:
        """Return what the part refers to (``""`` for the package itself), by relationship id."""
        folder, base = posixpath.split(name)
        part = self.sound(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Target] = {}
        for element in part.root if part else ():
            key, target = element.get("Id"), element.get("Target")
            if key is None or target is None:
                continue
            external = element.get("TargetMode") == "External"
            kind = (element.get("Type") or "").rpartition("/")[2]
            found[key] = Target(kind, target if external else _joined(folder, target), external)
        return found


def first_target(targets: Mapping[str, Target], kind: str) -> str:
    """Return the name of the first part of a kind among targets; empty where the file holds none."""
    return next((one.name for one in targets.values() if one.kind == kind and not one.external), "")


def parse_xml(data: bytes, name: str) -> Part:
    """Parse XML without entities, network or huge trees; broken XML as far as it goes.

    Raises:
        ReadError: Nothing of it is XML.
    """
    try:
        return Part(etree.fromstring(data, _parser(recover=False)), whole=True)
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        root = etree.fromstring(data, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(f"Part {name} of the file is not XML.") from error
    if root is None:
        raise damaged(f"Part {name} of the file is not XML.")
    return Part(root, whole=False)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _ole_error(head: bytes) -> ReadError:
    if _ENCRYPTED_STREAM in head:
        return ReadError(
            ENCRYPTED,
            "The file is encrypted with a password.",
            "Open it in its program, remove the password (File, Info, Protect document) and map it again.",
        )
    return ReadError(
        NOT_READ_YET,
        "The file is in the binary office format used before 2007.",
        "Open it in its program, save it in the newer format (.docx) and map it again.",
    )


def _plain(name: str) -> str:
    """Return a part name as parts are compared: case and the leading slash do not count."""
    return name.replace("\\", "/").lstrip("/").lower()


def _joined(folder: str, target: str) -> str:
    target = unquote(target.partition("#")[0])
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
