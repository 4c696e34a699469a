"""What a file is, told from its content; the suffix only parts text formats from one another.

A file that cannot be read yet ends in a :class:`~evidence_kit.readers.base.ReadError` that names the way out.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from evidence_kit.readers import base
from evidence_kit.readers.base import ReadError
from evidence_kit.records.document import Media

HEAD_BYTES = 8192
PDF_WITHIN = 1024
"""PDF readers accept the header within so many bytes."""
TEXT_BYTES = 65536
CONTROL_SHARE = 0.02
"""Text holds no more control characters than this share; other encodings and binary files do."""

SAVE_AS = "Save it as PDF or .docx and map the folder again."
TO_PDF = "Print or save it as PDF and map the folder again."

_READ_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
"""JPEG, PNG, TIFF in either order of bytes."""
_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
)
_PACKED: tuple[tuple[bytes, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = {
    ".doc": "an old Word document (.doc)",
    ".dot": "an old Word template (.dot)",
    ".ppt": "an old PowerPoint file (.ppt)",
    ".pps": "an old PowerPoint show (.pps)",
    ".pub": "a Publisher file (.pub)",
}
_ZIP_KINDS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint file"),
    ("visio/", "a Visio drawing"),
)
_MIMETYPES = {
    "application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation (.odp)",
    "application/epub+zip": "an EPUB book",
}
_IWORK_SUFFIXES = frozenset({".pages", ".numbers", ".key"})
_PACKAGE_SUFFIXES = frozenset(
    {
        ".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx", ".xlsb", ".pptx", ".pptm", ".potx", ".ppsx",
        ".odt", ".ods", ".odp", ".odg", ".epub", ".xps", ".oxps", ".vsdx", ".jar", ".apk", ".pdf",
    }
)  # fmt: skip
_MESSAGE_MARK = "__properties_version1.0".encode("utf-16-le")
_OPEN_MEDIA = {
    "application/vnd.oasis.opendocument.text": Media.OPENDOCUMENT,
    "application/vnd.oasis.opendocument.text-template": Media.OPENDOCUMENT,
    "application/vnd.oasis.opendocument.spreadsheet": Media.WORKBOOK,
    "application/vnd.oasis.opendocument.spreadsheet-template": Media.WORKBOOK,
}
_MAIN_PARTS: tuple[tuple[str, str, tuple[str, ...], Media], ...] = (
    ("word/", "word/document.xml", (".docx",), Media.WORD),
    ("xl/", "xl/workbook.xml", (".xlsx", ".xlsm"), Media.WORKBOOK),
    ("ppt/", "ppt/presentation.xml", (".pptx", ".pptm"), Media.SLIDES),
)
"""Folder of an office format's parts, its main part, and the suffixes that stand in for a main part of another name."""
_OFFICE_KINDS = {
    ".docx": "Word document",
    ".docm": "Word document",
    ".dotx": "Word document",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".ods": "spreadsheet",
    ".pptx": "presentation",
    ".pptm": "presentation",
    ".odt": "text document",
}
_DOCUMENTS = frozenset({".pdf", ".docx", ".xlsx", ".xls", ".pptx", ".odt", ".ods"})
"""Suffixes that promise a paper. Web pages and tables of values are often named .xls, so that Excel opens them."""
_VALUES = frozenset({".csv", ".tsv", ".tab", ".xls"})
_WORKBOOK_STREAMS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
"""A compound file that is an old workbook has one of these streams, and none of the others."""
_OTHER_STREAMS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))
_DIRECTORY_BYTES = 8192
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown"})
_DATA_SUFFIXES = {
    ".json": "a data file (.json)",
    ".jsonl": "a data file (.jsonl)",
    ".xml": "an XML data file",
    ".css": "a style sheet (.css)",
    ".js": "a script (.js)",
    ".svg": "a drawing (.svg)",
    ".ics": "a calendar entry (.ics)",
    ".vcf": "a contact card (.vcf)",
}
_MAIL_FIELDS = (
    "from:",
    "to:",
    "subject:",
    "date:",
    "received:",
    "mime-version:",
    "message-id:",
    "return-path:",
)


def sniff(path: Path) -> Media:
    """Return the file's media.

    Raises:
        ReadError: It is empty, cannot be opened, is not what its name says, or is of a kind that is not read yet.
    """
    try:
        with path.open("rb") as file:
            head = file.read(TEXT_BYTES)
    except OSError as error:
        raise unreadable(error) from error
    if not head:
        raise ReadError(
            base.EMPTY_FILE,
            "The file is empty (0 bytes).",
            "It may not have finished downloading or syncing: fetch it again.",
        )
    suffix = path.suffix.lower()
    if b"%PDF-" in head[:PDF_WITHIN]:
        return Media.PDF
    if head.startswith(_READ_PICTURES):
        return Media.IMAGE
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip(path, suffix)
    if head.startswith(_OLE) and (suffix == ".msg" or (suffix not in _OLE_KINDS and _MESSAGE_MARK in head)):
        return Media.MAIL
    if head.startswith(_OLE) and suffix not in _OLE_KINDS and _is_old_workbook(path, head):
        return Media.WORKBOOK
    _refuse_binary(path, head[:HEAD_BYTES], suffix)
    return _text(head, suffix)


def unreadable(error: OSError) -> ReadError:
    """Return the error of a file that the system does not let us open."""
    reason = error.strerror or type(error).__name__
    return ReadError(
        base.UNREADABLE,
        f"The file cannot be opened: {reason}.",
        "Check that it still exists, that you may read it, and that no other program holds it open.",
    )


def _not_yet(kind: str, next_step: str) -> ReadError:
    return ReadError(base.NOT_READ_YET, f"This is {kind}; such files are not read yet.", next_step)


def _wrong_name(kind: str, suffix: str, next_step: str) -> ReadError:
    return ReadError(base.WRONG_NAME, f"The file is {kind}, although its name ends in {suffix}.", next_step)


def _zip(path: Path, suffix: str) -> Media:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mimetype = ""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        kind = _OFFICE_KINDS.get(suffix, "packed file")
        raise ReadError(
            base.DAMAGED,
            f"The file is damaged: it begins like a {kind} but cannot be opened as one.",
            "Ask for a fresh copy, or open it in its program and save it again.",
        ) from error
    if suffix == ".zip" and not mimetype and "[Content_Types].xml" not in names:
        return Media.ARCHIVE  # its folders may be called anything
    for folder, main, suffixes, media in _MAIN_PARTS:
        if main in names or (suffix in suffixes and any(name.startswith(folder) for name in names)):
            return media
    if mimetype in _OPEN_MEDIA:
        return _OPEN_MEDIA[mimetype]
    if mimetype in _MIMETYPES:
        raise _not_yet(_MIMETYPES[mimetype], SAVE_AS)
    for folder, kind in _ZIP_KINDS:
        if any(name.startswith(folder) for name in names):
            raise _not_yet(kind, TO_PDF)
    if any(name.endswith(".iwa") for name in names) or suffix in _IWORK_SUFFIXES:
        raise _not_yet("an Apple iWork document", TO_PDF)
    if "[Content_Types].xml" in names or suffix in _PACKAGE_SUFFIXES:
        # Its parts are no papers, so it is not unpacked like an archive.
        raise _not_yet(
            "a package of a kind that is not known, or a document that lacks its main part", SAVE_AS
        )
    return Media.ARCHIVE


def _refuse_binary(path: Path, head: bytes, suffix: str) -> None:
    """Raise for every format that is known and not text."""
    named_as_document = suffix in _DOCUMENTS | _HTML_SUFFIXES | _MARKDOWN_SUFFIXES
    for magic, kind in _known_pictures(head):
        if head.startswith(magic):
            step = "Save it as PNG or JPEG and map it again with --ocr auto, or type what it says."
            raise _wrong_name(kind, suffix, step) if named_as_document else _not_yet(kind, step)
    for magic, kind in _PACKED:
        if head.startswith(magic):
            raise _not_yet(kind, "Unpack it into the folder and map it again.")
    if head.startswith(_OLE):
        raise _ole(path, suffix)
    if head.lstrip().startswith(b"{\\rtf"):
        raise _not_yet("a rich text file (RTF)", SAVE_AS)
    if head.startswith(b"L\x00\x00\x00\x01\x14\x02\x00") or suffix == ".lnk":
        raise _not_yet("a Windows shortcut", "Put the file that it points to into the folder.")
    if suffix in (".url", ".webloc", ".website") or head.lstrip().startswith(b"[InternetShortcut]"):
        raise _not_yet("a link to a web page", "Open the page, print or save it as PDF into the folder.")


def _known_pictures(head: bytes) -> tuple[tuple[bytes, str], ...]:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ((head[:4], "a WebP picture"),)
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return ((head[:8], "a HEIC or AVIF picture"),)
    if head[:2] == b"BM" and b"\x00" not in head[:16]:
        return ()  # a text may begin with these letters
    return _PICTURES


def _ole(path: Path, suffix: str) -> ReadError:
    """Return the error of a compound file: an old Office format, or a new one under a password."""
    with path.open("rb") as file:
        content = file.read(8 * 1024 * 1024)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return ReadError(
            base.ENCRYPTED,
            "The file is protected by a password.",
            "Open it with its password, save it without one, and map it again.",
        )
    if suffix == ".xls":
        return ReadError(
            base.DAMAGED,
            "The file is damaged: its name ends in .xls, but there is no whole workbook in it.",
            "Ask for a fresh copy of the file, or open it in Excel and save it as .xlsx.",
        )
    if suffix in _OLE_KINDS:
        return _not_yet(_OLE_KINDS[suffix], SAVE_AS)
    if suffix in _DOCUMENTS - {".xls"}:
        return _wrong_name(
            "in an old Office format", suffix, "Open it in its program and save it as .docx or PDF."
        )
    return _not_yet("in an old Office format", SAVE_AS)


def _is_old_workbook(path: Path, head: bytes) -> bool:
    """Say whether a compound file is a workbook: by the names in its directory, where its header says that it is."""
    start = (int.from_bytes(head[48:52], "little") + 1) << min(int.from_bytes(head[30:32], "little"), 16)
    with path.open("rb") as file:
        file.seek(min(start, path.stat().st_size))  # some systems refuse a place that lies far behind the end
        names = head + file.read(_DIRECTORY_BYTES)
    return any(name in names for name in _WORKBOOK_STREAMS) and not any(
        name in names for name in _OTHER_STREAMS
    )


def _text(head: bytes, suffix: str) -> Media:
    text = _decoded(head)
    if text is None:
        if suffix in _DOCUMENTS:
            raise ReadError(
                base.DAMAGED,
                f"The file is damaged: its name ends in {suffix}, but its content is nothing that can be recognised.",
                "Ask for a fresh copy of the file.",
            )
        raise _not_yet("of a kind that is not known", SAVE_AS)
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith("-----begin pgp message"):
        raise ReadError(
            base.ENCRYPTED,
            "The file is encrypted (PGP).",
            "Decrypt it, and put what comes out into the folder.",
        )
    is_html = start.startswith(("<!doctype html", "<html")) or (
        start.startswith("<?xml") and "<html" in start
    )
    if suffix in _DOCUMENTS - {".xls"}:
        kind = "a web page" if is_html else "plain text"
        raise _wrong_name(kind, suffix, "It may be a failed download: ask for a fresh copy of the file.")
    if is_html or suffix in _HTML_SUFFIXES:
        return Media.HTML
    if suffix == ".eml" or _is_mail(start):
        return Media.MAIL
    if suffix in (".mht", ".mhtml"):
        raise _not_yet("a saved web page (.mht)", TO_PDF)
    if suffix in _DATA_SUFFIXES:
        raise _not_yet(_DATA_SUFFIXES[suffix], TO_PDF)
    if start.startswith("<?xml"):
        raise _not_yet("an XML data file", TO_PDF)
    if suffix in _VALUES:
        return Media.CSV
    return Media.MARKDOWN if suffix in _MARKDOWN_SUFFIXES else Media.TEXT


def _decoded(head: bytes) -> str | None:
    """Return the beginning of a text file, or ``None`` for what is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if b"\x00" in head:
        return None
    text = (
        head.decode("utf-8", "replace")
        if head.startswith(b"\xef\xbb\xbf")
        else head.decode("cp1252", "replace")
    )
    controls = sum(1 for character in text if character < " " and character not in "\t\r\n\f\x1b")
    return text if controls <= CONTROL_SHARE * len(text) else None


def _is_mail(start: str) -> bool:
    lines = start.splitlines()[:12]
    return sum(line.startswith(_MAIL_FIELDS) for line in lines) >= 3 and lines[0].startswith(
        ("received:", "return-path:", "mime-version:", "message-id:", "x-", "delivered-to:")
    )
