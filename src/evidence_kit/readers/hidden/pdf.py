"""What a PDF holds that its pages do not show: words under boxes, notes, attachments, earlier versions, properties.

Whether a word is seen is asked of the picture of its page: a letter whose place shows one even tone, or shows the same
with and without its text, is there for programs and for nobody's eye. That finds black boxes, white text, layers that
are switched off and pictures over text alike, however they were made.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from evidence_kit.readers.hidden.office import excerpt, properties, remarks
from evidence_kit.readers.hidden.pdf_text import Box, Letter, letters_of
from evidence_kit.readers.pdf.notes import annotations_of, value_of
from evidence_kit.readers.pdf.picture import rendered
from evidence_kit.readers.pdf.reader import opened
from evidence_kit.readers.pdf.strings import string_of
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits

SCALE = 1.5
"""Pixels a point: the stem of a letter of six points is one pixel wide and still darkens it."""
EVEN = 24
"""Of 255 tones: a place whose pixels differ by less shows nothing."""
DARK = 128
SAME = 8
"""Of 255 tones: two pictures whose pixels differ by less are the same."""
DARK_PLACE, LIGHT_PLACE, OFF_PAGE = "dark", "light", "off"
LEAST = {DARK_PLACE: 4, LIGHT_PLACE: 6, OFF_PAGE: 1}
"""Letters in a row before they count; fewer count where they are whole words."""
LEAST_LIGHT = 4
FAR = 10_000.0
"""Points; how far the points lie apart from which places are worked out: PDFium tells them in whole pixels."""
_XMP_CREATOR = re.compile(rb"<dc:creator[^>]{0,200}>(.{0,2000}?)</dc:creator>", re.DOTALL)
_XMP_ITEM = re.compile(rb"<rdf:li[^>]{0,100}>([^<]{1,500})</rdf:li>")
_FIELDS = ("Author", "Subject", "Keywords")
_QUIET = frozenset(
    {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_UNKNOWN}
)
"""Annotations that are part of the page, or of another annotation."""

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:  # noqa: ARG001 - the shape of all of them
    """Return what a PDF holds beside its pages: properties, files in it, earlier versions.

    Raises:
        ReadError: It cannot be opened.
    """
    with opened(path) as document:
        return tuple(_of_file(document.raw, path))


def page_count(path: Path) -> int:
    """Return how many pages a PDF has.

    Raises:
        ReadError: It cannot be opened.
    """
    with opened(path) as document:
        return len(document)


def look_at_pages(path: Path, first: int, last: int, limits: Limits) -> tuple[Hidden, ...]:
    """Return what pages ``[first, last)`` (indexes from 0) hold that they do not show.

    Raises:
        ReadError: The file cannot be opened.
    """
    with opened(path) as document:
        return tuple(_of_pages(document.raw, range(first, last), limits.pixels))


def _of_file(document: Any, path: Path) -> Iterator[Hidden]:
    facts = [
        (name.lower(), string_of(partial(pdfium.FPDF_GetMetaText, document, name.encode("ascii"))))
        for name in _FIELDS
    ]
    authors = {value for name, value in facts if name == "author"}
    facts += [("author in XMP", name) for name in sorted(_xmp_authors(path) - authors)]
    yield from properties(facts)
    names = [_attached(document, number) for number in range(pdfium.FPDFDoc_GetAttachmentCount(document))]
    if names:
        what = f"{len(names)} files inside the PDF: {excerpt(', '.join(names))}"
        yield Hidden(kind=Kind.ATTACHMENTS, place="attachments", what=what)
    versions = _versions(document, path)
    if versions > 1:
        what = f"saved {versions} times into one file: earlier versions can be taken out of it"
        yield Hidden(kind=Kind.EARLIER_VERSIONS, what=what)


def _xmp_authors(path: Path) -> set[str]:
    """Return the authors that the file's XMP names: programs that clear the properties often leave it.

    XMP stands in the file as it is, so that programs find it without knowing PDF; packed, it is not seen here.
    """
    blocks = _XMP_CREATOR.findall(path.read_bytes())
    names = (name for block in blocks for name in _XMP_ITEM.findall(block))
    return {unescape(name.decode("utf-8", "replace")).strip() for name in names}


def _attached(document: Any, number: int) -> str:
    """Return the name of a file inside the PDF."""
    attachment = pdfium.FPDFDoc_GetAttachment(document, number)
    return string_of(partial(pdfium.FPDFAttachment_GetName, attachment)) if attachment else "?"


def _versions(document: Any, path: Path) -> int:
    """Count the versions in a file; one made for the web ends twice and is one version."""
    ends = int(pdfium.FPDF_GetTrailerEnds(document, None, 0))
    with path.open("rb") as file:
        return ends - (b"/Linearized" in file.read(1024))


def _of_pages(document: Any, indexes: range, pixels: int) -> Iterator[Hidden]:
    for index in indexes:
        place = f"page {index + 1}"
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            yield Hidden(kind=Kind.NOT_CHECKED, place=place, what="the page is damaged and cannot be opened")
            continue
        try:
            yield from _of_page(page, place, pixels)
        finally:
            pdfium.FPDF_ClosePage(page)


def _of_page(page: Any, place: str, pixels: int) -> Iterator[Hidden]:
    yield from remarks(Kind.COMMENTS, place, "note", _notes(page))
    dark, light, off = unseen(page, pixels)
    for kind, text, how in (
        (Kind.COVERED_TEXT, dark, "under a dark or other covering"),
        (Kind.HIDDEN_TEXT, light, "the colour of what is behind it, or on a layer that is off"),
        (Kind.HIDDEN_TEXT, off, "outside the page"),
    ):
        if text:
            what = f"{len(text.replace(' ', ''))} letters stand {how}: ‘{excerpt(text)}’"
            yield Hidden(kind=kind, place=place, what=what)


def unseen(page: Any, pixels: int) -> tuple[str, str, str]:
    """Return the letters of a page that nobody sees: under something, on an even light place, and off the page."""
    letters = letters_of(page)
    if not letters:
        return "", "", ""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(SCALE, (pixels / max(1.0, width * height)) ** 0.5)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    shown = _rendered(page, size)
    without = _without_text(page, letters, size) if any(one.under for one in letters) else None
    return _unseen(page, letters, shown, without)


def _unseen(
    page: Any, letters: Sequence[Letter], shown: Picture, without: Picture | None
) -> tuple[str, str, str]:
    """Return the letters under something, those on an even light place, and those off the page."""
    place = _placing(page, shown.shape)
    tones = [_tone(letter, place(letter.box), shown, without) for letter in letters]
    found: dict[str, list[str]] = {DARK_PLACE: [], LIGHT_PLACE: [], OFF_PAGE: []}
    start = 0
    for tone, run in groupby(tones):
        end = start + sum(1 for _ in run)
        if tone and (end - start >= LEAST[tone] or _is_whole(letters, start, end, tone)):
            found[tone].append("".join(one.gap + one.text for one in letters[start:end]).strip())
        start = end
    return tuple(" ".join(texts) for texts in found.values())  # type: ignore[return-value]


def _is_whole(letters: Sequence[Letter], start: int, end: int, tone: str) -> bool:
    """Tell whether letters are whole words, and, where white text is as likely as a rule of the page, not too few."""
    begins = start == 0 or bool(letters[start].gap)
    ends = end == len(letters) or bool(letters[end].gap)
    return begins and ends and (tone != LIGHT_PLACE or end - start >= LEAST_LIGHT)


def _tone(letter: Letter, region: tuple[slice, slice] | None, shown: Picture, without: Picture | None) -> str:
    """Say where a letter stands that is not seen; empty for one that is, and for the text layer of a scan on paper."""
    if region is None:
        return OFF_PAGE
    tone = _hidden_tone(letter, shown[region], without[region] if without is not None else None)
    return "" if tone is None or (tone == LIGHT_PLACE and letter.invisible) else tone


def _hidden_tone(letter: Letter, shown: Picture, without: Picture | None) -> str | None:
    """Say on what a letter stands that is not seen; ``None`` for one that is."""
    if shown.size == 0:
        return None
    if letter.under and without is not None and not letter.invisible:
        same = int(abs(shown.astype("int16") - without.astype("int16")).max()) < SAME
        return DARK_PLACE if same else None
    if int(shown.max()) - int(shown.min()) < EVEN:
        return DARK_PLACE if int(shown.mean()) < DARK else LIGHT_PLACE
    return None


def _placing(page: Any, shape: tuple[int, ...]) -> Callable[[Box], tuple[slice, slice] | None]:
    """Return what tells a letter's place in the picture, a pixel wider on every side; ``None`` for one off the page.

    PDFium says where three points of the page lie; the others follow from these.
    """
    height, width = shape
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for across, up in ((0.0, 0.0), (FAR, 0.0), (0.0, FAR)):
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, across, up, x, y)
        corners.append((x.value, y.value))
    (x0, y0), (xa, ya), (xu, yu) = corners
    across_x, across_y, up_x, up_y = (xa - x0) / FAR, (ya - y0) / FAR, (xu - x0) / FAR, (yu - y0) / FAR

    def place(box: Box) -> tuple[slice, slice] | None:
        left, bottom, right, top = box
        xs = sorted(x0 + across_x * at + up_x * up for at, up in ((left, bottom), (right, top)))
        ys = sorted(y0 + across_y * at + up_y * up for at, up in ((left, bottom), (right, top)))
        first, last, high, low = int(xs[0]) - 1, int(xs[1]) + 2, int(ys[0]) - 1, int(ys[1]) + 2
        if last <= 0 or low <= 0 or first >= width or high >= height:
            return None
        return slice(max(0, high), min(height, low)), slice(max(0, first), min(width, last))

    return place


def _without_text(page: Any, letters: Sequence[Letter], size: tuple[int, int]) -> Picture:
    """Return the picture of the page without the text that lies under pictures."""
    objects = {one.address: one.handle for one in letters if one.under and one.handle}
    for handle in objects.values():
        pdfium.FPDFPageObj_SetIsActive(handle, False)
    try:
        return _rendered(page, size)
    finally:
        for handle in objects.values():
            pdfium.FPDFPageObj_SetIsActive(handle, True)


def _rendered(page: Any, size: tuple[int, int]) -> Picture:
    import numpy as np

    width, height = size
    return np.frombuffer(rendered(page, width, height), np.uint8).reshape(height, width)


def _notes(page: Any) -> Iterator[tuple[str, str]]:
    """Yield author and text of what people put onto the page."""
    for annotation, kind in annotations_of(page):
        if kind not in _QUIET:
            yield value_of(annotation, b"T"), value_of(annotation, b"Contents")
