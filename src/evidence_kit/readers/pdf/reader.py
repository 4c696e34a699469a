"""PDF by PDFium: pages of text with blocks and word boxes, bookmarks, metadata.

PDFium is not thread-safe; a process reads one file at a time. Headings, furniture, printed page labels and line-end
hyphens need the whole document and are settled by :mod:`evidence_kit.readers.layout.structure`.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from evidence_kit.collection import no_collection
from evidence_kit.readers import base
from evidence_kit.readers.base import Inspection, ReadError, unread_page
from evidence_kit.readers.layout.blocks import blocks_of
from evidence_kit.readers.layout.order import in_reading_order, row_by_row
from evidence_kit.readers.layout.rows import part_tables
from evidence_kit.readers.layout.segments import Geometry, PageWords, angle_of_most, turned
from evidence_kit.readers.layout.tables import Table
from evidence_kit.readers.layout.text import PageText
from evidence_kit.readers.pdf.fonts import Sizes
from evidence_kit.readers.pdf.notes import Note, load_page, with_notes
from evidence_kit.readers.pdf.outline import read_metadata, read_outline
from evidence_kit.readers.pdf.rules import find_rules
from evidence_kit.readers.pdf.strings import string_of
from evidence_kit.readers.pdf.words import read_words
from evidence_kit.records.document import Page, PageState, Problem
from evidence_kit.workers import Limits

TAIL_BYTES = 4096
"""Where the end mark of a whole file stands; longer junk behind it is not seen in practice."""
GARBLED_SHARE = 0.3
"""Of characters without a Unicode value. Pages above it held under 3 % of common words; pages of numbers lay far
below it."""
GARBLED_EVERY = 10
SYMBOLS_FROM, SYMBOLS_SHARE = 200, 0.1
"""A page of so many characters with fewer letters and digits among them is set in a font of symbols."""
COMMON_WORDS = (" the ", " and ", " of ", " to ", " in ", " for ", " is ", " with ")
COMMON_EVERY = 40
"""A page with a common word in every so many words is not garbled; saves asking PDFium for each character."""
BAND = 0.12
"""Share of the page's height at top and bottom where running headers and footers stand."""
SCAN_SHARE = 0.5
"""A picture of this share of the page under text that is header and footer alone is a scan with a stamp on it."""
INK_SCALE = 0.2
"""Pages without text are rendered at so many pixels a point to see whether anything is on them."""


def inspect(path: Path, limits: Limits) -> Inspection:  # noqa: ARG001 - the shape of a reader
    """Open the file; return its page count, bookmarks and properties.

    Raises:
        ReadError: It is encrypted, damaged beyond opening, or cannot be read from disk.
    """
    with opened(path) as document:
        return Inspection(
            page_count=len(document),
            outline=read_outline(document.raw),
            metadata=read_metadata(document.raw),
            problems=() if _is_whole(path) else (_cut_off(),),
        )


def read(path: Path, first: int, last: int, limits: Limits) -> tuple[Page, ...]:  # noqa: ARG001
    """Read pages ``[first, last)`` (indexes from 0).

    Raises:
        ReadError: As :func:`inspect`.
    """
    whole = _is_whole(path)
    with opened(path) as document, no_collection():
        pages = tuple(_page(document, index) for index in range(first, min(last, len(document))))
    if whole:
        return pages
    return tuple(_lost(page) if page.state is PageState.BLANK else page for page in pages)


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """Open a file and close it again.

    Raises:
        ReadError: As :func:`inspect`.
    """
    try:
        document = _document(path)
    except FileNotFoundError as error:
        raise ReadError(
            base.UNREADABLE, "The file is not there any more.", "Put it back and map the folder again."
        ) from error
    except pypdfium2.PdfiumError as error:
        raise _open_error(error) from error
    try:
        if len(document) < 1:
            raise ReadError(
                base.DAMAGED,
                "The file opens as a PDF but has no pages.",
                "Open it in a PDF viewer; if it shows pages there, save it again or print it to PDF.",
            )
        yield document
    finally:
        document.close()


def _document(path: Path) -> pypdfium2.PdfDocument:
    """Open a file, once more if that fails.

    PDFium keeps the error of the file before where it has none of its own to tell, so the answer would depend on
    what the process opened earlier. Bytes that are no PDF put its memory at "wrong format", and then only this
    file's own error can replace that.
    """
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        pdfium.FPDF_LoadMemDocument(b"none", 4, None)
        return pypdfium2.PdfDocument(path)


def _open_error(error: pypdfium2.PdfiumError) -> ReadError:
    code = getattr(error, "err_code", None)
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return ReadError(
            base.ENCRYPTED,
            "The file is encrypted and opens only with a password.",
            "Open it with its password, save it without one (or print it to PDF), and map it again.",
        )
    if code == pdfium.FPDF_ERR_FILE:
        return ReadError(
            base.UNREADABLE,
            "The file cannot be opened.",
            "Check that it still exists and that you may read it.",
        )
    return ReadError(
        base.DAMAGED,
        "The file is damaged: it begins like a PDF but cannot be opened as one.",
        "Ask for a fresh copy, or open it in a PDF viewer and save it again.",
    )


def _is_whole(path: Path) -> bool:
    """Whether the file has the end that every complete PDF has; PDFium mends files without it, and may lose pages."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL_BYTES))
        tail = file.read()
    return b"startxref" in tail or b"%%EOF" in tail


def _cut_off() -> Problem:
    return Problem(
        code=base.DAMAGED,
        file="",
        message="The end of the file is missing, so pages may be missing too; what was left of it was read.",
        next_step="Ask for a fresh copy of the file.",
    )


def _lost(page: Page) -> Page:
    return unread_page(page.number, base.PAGE_DAMAGED, width=page.width, height=page.height)


def _page(document: pypdfium2.PdfDocument, index: int) -> Page:
    """Read one page; a page that cannot be opened is an unread page."""
    page, notes = load_page(document, index)
    if page is None:
        return unread_page(index + 1, base.PAGE_DAMAGED)
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            return _read_page(document, page, text_page, notes, index)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _geometry(page: Any) -> Geometry:
    box = pdfium.FS_RECTF()
    turns = max(0, pdfium.FPDFPage_GetRotation(page))
    if pdfium.FPDF_GetPageBoundingBox(page, box) and box.right > box.left and box.top > box.bottom:
        return Geometry(box.left, box.bottom, box.right, box.top, turns)
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return Geometry(0.0, 0.0, *((height, width) if turns % 2 else (width, height)), turns)


def _read_page(
    document: pypdfium2.PdfDocument, page: Any, text_page: Any, notes: Sequence[Note], index: int
) -> Page:
    geometry = _geometry(page)
    width, height = (round(value, 2) for value in geometry.size)
    found = read_words(text_page, geometry)
    turns = angle_of_most(found)
    if turns:  # a page that lies on its side is read upright
        geometry = replace(geometry, turns=(geometry.turns - turns) % 4)
        found = read_words(text_page, geometry)
        found.segments = row_by_row(found.segments)  # PDFium turns the order of its lines, too
    if notes:
        found = with_notes(found, notes, geometry)
    if not found.segments:
        if _has_ink(page, geometry):
            return unread_page(index + 1, base.NO_TEXT, width=width, height=height)
        return Page(number=index + 1, state=PageState.BLANK, width=width, height=height)
    if _is_garbled(text_page, found):
        return unread_page(index + 1, base.GARBLED, width=width, height=height)
    sizes = Sizes(text_page)
    writer = PageText(found.boxes, lambda segment: sizes.of(segment.char))
    tables = 0
    for piece in part_tables(found, lambda: find_rules(page, geometry)):
        if isinstance(piece, Table):
            for row in piece.rows:
                writer.add_row(row, tables)
            tables += 1
        else:
            for block in blocks_of(in_reading_order(piece)):
                writer.add(block)
    text, blocks, words = writer.finish()
    if turns:
        words = replace(words, boxes=turned(array("f", words.boxes), 4 - turns, geometry.size).tobytes())
    scanned = _only_stamped(found, geometry.size[1]) and _picture_share(page, geometry) >= SCAN_SHARE
    return Page(
        number=index + 1,
        text=text,
        label=_label(document, index),
        blocks=blocks,
        words=words,
        state=PageState.UNREAD if scanned else PageState.READ,
        width=width,
        height=height,
        reason=base.UNREAD_REASONS[base.NO_TEXT][0] if scanned else "",
    )


def _label(document: pypdfium2.PdfDocument, index: int) -> str | None:
    """Return the page's label as the file states it, if it states any."""
    return string_of(partial(pdfium.FPDF_GetPageLabel, document.raw, index)).strip() or None


def _is_garbled(text_page: Any, found: PageWords) -> bool:
    """Whether the fonts do not say which letters they show."""
    text = " ".join([" ".join(segment.words) for segment in found.segments])
    if sum(map(text.count, COMMON_WORDS)) * COMMON_EVERY > len(found.boxes) // 4:
        return False
    if len(text) >= SYMBOLS_FROM and sum(map(str.isalnum, text)) < SYMBOLS_SHARE * len(text):
        return True
    sample = range(0, pdfium.FPDFText_CountChars(text_page), GARBLED_EVERY)
    wrong = sum(
        pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1
        or pdfium.FPDFText_GetUnicode(text_page, index) == 0xFFFD
        for index in sample
    )
    return float(wrong) > GARBLED_SHARE * len(sample)


def _only_stamped(found: PageWords, height: float) -> bool:
    """Whether all words stand in the bands of header and footer."""
    tops, bottoms = found.boxes[1::4], found.boxes[3::4]
    return all(
        bottom < BAND * height or top > (1 - BAND) * height for top, bottom in zip(tops, bottoms, strict=True)
    )


def _picture_share(page: Any, geometry: Geometry) -> float:
    """Return the share of the page that its largest picture covers."""
    area = (geometry.right - geometry.left) * (geometry.top - geometry.bottom)
    largest = 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for number in range(min(pdfium.FPDFPage_CountObjects(page), 1000)):
        thing = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_GetBounds(
            thing, left, bottom, right, top
        ):
            largest = max(largest, (right.value - left.value) * (top.value - bottom.value))
    return largest / area if area else 0.0


def _has_ink(page: Any, geometry: Geometry) -> bool:
    """Whether anything shows on a page without text: it is rendered small, and one colour means nothing."""
    if pdfium.FPDFPage_CountObjects(page) <= 0 and pdfium.FPDFPage_GetAnnotCount(page) <= 0:
        return False
    width, height = (max(8, min(2000, round(value * INK_SCALE))) for value in geometry.size)
    bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
    if not bitmap:
        return True
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        size = pdfium.FPDFBitmap_GetStride(bitmap) * height
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return bool(pixels != pixels[:4] * (size // 4))
