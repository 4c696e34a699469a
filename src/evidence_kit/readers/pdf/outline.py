"""A PDF's bookmarks and properties."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from evidence_kit.readers.pdf.strings import string_of
from evidence_kit.records.document import Metadata, OutlineItem

MOST_ITEMS = 5000
DEEPEST = 8

_DATE = re.compile(r"(?:D:)?((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")


def read_outline(document: Any) -> tuple[OutlineItem, ...]:
    """Return the bookmarks that lead to a page, in order; those that lead in circles are followed once.

    Args:
        document: PDFium's handle of the open file.
    """
    items: list[OutlineItem] = []
    for bookmark, level in _bookmarks(document, None, 1, set()):
        title = _line(partial(pdfium.FPDFBookmark_GetTitle, bookmark))
        page = _page_of(document, bookmark)
        if title and page >= 0:
            items.append(OutlineItem(title, page, level))
        if len(items) == MOST_ITEMS:
            break
    return tuple(items)


def _bookmarks(document: Any, parent: Any, level: int, seen: set[int]) -> Iterator[tuple[Any, int]]:
    bookmark = pdfium.FPDFBookmark_GetFirstChild(document, parent)
    while bookmark and len(seen) < 2 * MOST_ITEMS:
        address = ctypes.addressof(bookmark.contents)
        if address in seen:
            return
        seen.add(address)
        yield bookmark, level
        if level < DEEPEST:
            yield from _bookmarks(document, bookmark, level + 1, seen)
        bookmark = pdfium.FPDFBookmark_GetNextSibling(document, bookmark)


def _page_of(document: Any, bookmark: Any) -> int:
    """Return the index of the page that a bookmark leads to, or -1."""
    target = pdfium.FPDFBookmark_GetDest(document, bookmark)
    if not target:
        action = pdfium.FPDFBookmark_GetAction(bookmark)
        if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO:
            target = pdfium.FPDFAction_GetDest(document, action)
    return int(pdfium.FPDFDest_GetDestPageIndex(document, target)) if target else -1


def read_metadata(document: Any) -> Metadata:
    """Return title and author as one line each, and the dates as ISO days."""

    def value(name: bytes) -> str:
        return _line(partial(pdfium.FPDF_GetMetaText, document, name))

    return Metadata(
        title=value(b"Title"),
        author=value(b"Author"),
        created=_iso_date(value(b"CreationDate")),
        modified=_iso_date(value(b"ModDate")),
    )


def _line(write: Callable[[Any, int], int]) -> str:
    """Return a text that PDFium writes, its white space made single blanks."""
    text = string_of(write)
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _iso_date(value: str) -> str:
    """Return the day of a PDF date ("D:20260412…") as ISO text, or nothing if it is none."""
    match = _DATE.match(value)
    return "-".join(match.groups()) if match else ""
