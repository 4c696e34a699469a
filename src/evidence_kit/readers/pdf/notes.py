"""What people have written onto a page: values of form fields, ticked boxes, free-text notes.

The appearance that a file holds of a note is made part of the page, so that its words are read where they are shown.
Ticks, and notes without an appearance, have no words there and are told by their values.
"""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from evidence_kit.readers.layout.segments import Geometry, PageWords, Segment
from evidence_kit.readers.pdf.strings import string_of

MOST_NOTES = 1000
LONGEST_VALUE = 20_000
"""Characters of one note."""
TICKED, BLANK = "☑", "☐"
LINE = 14.0
"""The height of a line in a note that has no appearance, in points."""
SAME_ROW = 0.7
"""A note stands in the row of the words whose middle is no more of its height away from its own."""
_HIDDEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its box in PDF coordinates (left, bottom, right, top), and its text if the page has none of it."""

    box: Box
    text: str = ""


def load_page(document: pypdfium2.PdfDocument, index: int) -> tuple[Any, tuple[Note, ...]]:
    """Load a page with what was written onto it made part of it; ``None`` for a page if it is damaged."""
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        return None, ()
    notes = tuple(_notes(page))
    if notes and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document.raw, index)
    return page or None, notes


def annotations_of(page: Any, most: int | None = None) -> Iterator[tuple[Any, int]]:
    """Yield the annotations of a page, at most the first ``most``, each open until the next is asked for.

    Yields:
        PDFium's handle, and its kind (``FPDF_ANNOT_…``).
    """
    for number in range(pdfium.FPDFPage_GetAnnotCount(page))[:most]:
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            yield annotation, pdfium.FPDFAnnot_GetSubtype(annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def value_of(annotation: Any, key: bytes, most: int | None = None) -> str:
    """Return what an annotation says under a key; nothing if it has more than ``most`` characters."""
    return string_of(partial(pdfium.FPDFAnnot_GetStringValue, annotation, key), most)


def _notes(page: Any) -> Iterator[Note]:
    for annotation, kind in annotations_of(page, MOST_NOTES):
        shown = not pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN
        if shown and kind in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT):
            yield _note(annotation, kind)


def _note(annotation: Any, kind: int) -> Note:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rect)
    box = (rect.left, rect.bottom, rect.right, rect.top)
    state = _value(annotation, b"AS")
    if kind == pdfium.FPDF_ANNOT_WIDGET and state:  # only boxes and buttons have states
        return Note(box, BLANK if state == "Off" else TICKED)
    if pdfium.FPDFAnnot_GetAP(annotation, 0, None, 0) > 2:
        return Note(box)
    return Note(box, _value(annotation, b"V" if kind == pdfium.FPDF_ANNOT_WIDGET else b"Contents"))


def _value(annotation: Any, key: bytes) -> str:
    return value_of(annotation, key, LONGEST_VALUE).strip("\0")


def with_notes(found: PageWords, notes: Sequence[Note], geometry: Geometry) -> PageWords:
    """Return the words of a page with those of its notes behind the words that they follow, not at its end."""
    boxes = [_shown(note.box, geometry) for note in notes]
    own: list[Segment] = []
    written: list[Segment] = []
    for segment in found.segments:
        (written if any(_holds(box, segment.centre) for box in boxes) else own).append(segment)
    values = array("f", found.boxes)
    for note, box in zip(notes, boxes, strict=True):
        if note.text.strip():
            written.append(_segment(note.text.split(), box, values))
    after: dict[int, list[tuple[float, float, int, Segment]]] = {}
    for number, segment in enumerate(written):
        place = after.setdefault(_place(own, segment), [])
        insort(place, (segment.top, segment.left, number, segment))
    ordered = [one[-1] for one in after.get(-1, ())]
    for index, segment in enumerate(own):
        ordered.append(segment)
        ordered.extend(one[-1] for one in after.get(index, ()))
    return PageWords(ordered, values)


def _shown(box: Box, geometry: Geometry) -> Box:
    """Return a box as shown: left, top, right, bottom."""
    x, y = geometry.shown(box[0], box[1])
    x2, y2 = geometry.shown(box[2], box[3])
    return min(x, x2), min(y, y2), max(x, x2), max(y, y2)


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _segment(words: list[str], box: Box, values: array[float]) -> Segment:
    """Return the words of a note as one line, and write their boxes behind the others."""
    left, top, right, bottom = box
    bottom = min(bottom, top + LINE)
    first = len(values) // 4
    step = (right - left) / max(1, sum(len(word) + 1 for word in words))
    at = left
    for word in words:
        values.extend((at, top, at + step * len(word), bottom))
        at += step * (len(word) + 1)
    return Segment(
        words=words, first=first, left=left, top=top, right=right, bottom=bottom, height=bottom - top,
        bold=False, hyphen=False, char=0, angle=0, line=-1 - first,
    )  # fmt: skip


def _place(own: Sequence[Segment], note: Segment) -> int:
    """Return the index of the words that a note follows: left of it in its row, else the nearest above; -1 for none."""
    middle = note.centre[1]
    row = [
        (segment.right, index)
        for index, segment in enumerate(own)
        if abs(segment.centre[1] - middle) <= SAME_ROW * max(segment.height, min(note.height, LINE))
        and segment.left < note.left
    ]
    above = [(segment.bottom, index) for index, segment in enumerate(own) if segment.bottom <= middle]
    return max(row or above, default=(0.0, -1))[1]
