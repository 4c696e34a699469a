"""What a PDF holds that its pages do not show: words under boxes, notes, attachments, earlier versions, properties.

Whether a word is seen is asked of the picture of its page: a letter whose place shows one even tone, or shows the same
with and without its text, is there for programs and for nobody's eye. That finds black boxes, white text, layers that
are switched off and pictures over text alike, however they were made.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from evidence_kit.readers.hidden.office import excerpt, properties, remarks
from evidence_kit.readers.hidden.pdf_text import Letter, letters_of
from evidence_kit.readers.pdf.reader import opened
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits

SCALE = 1.5
"""Pixels a point: the stem of a letter of six points is one pixel wide and still darkens it."""
EVEN = 24
"""Of 255 tones: a place whose pixels differ by less shows nothing."""
DARK = 128
SAME = 8
"""Of 255 tones: two pictures whose pixels differ by less are the same."""
LEAST_LIGHT = 4
"""Letters in a row on a light place before they count as hidden; a dark one of them is enough."""
MOST_TOLD = 50
"""Pages of a file that are told one by one."""
_FIELDS = ("Author", "Subject", "Keywords")
_QUIET = frozenset(
    {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_UNKNOWN}
)
"""Annotations that are part of the page, or of another annotation."""

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Picture = npt.NDArray[np.uint8]


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:
    """Return what a PDF holds beside what it shows.

    Raises:
        ReadError: It cannot be opened.
    """
    with opened(path) as document:
        return (
            *_of_file(document.raw, path),
            *_of_pages(document.raw, min(len(document), limits.pages), limits.pixels),
        )


def _of_file(document: Any, path: Path) -> Iterator[Hidden]:
    yield from properties((name.lower(), _meta(document, name)) for name in _FIELDS)
    names = [_attached(document, number) for number in range(pdfium.FPDFDoc_GetAttachmentCount(document))]
    if names:
        what = f"{len(names)} files inside the PDF: {excerpt(', '.join(names))}"
        yield Hidden(kind=Kind.ATTACHMENTS, place="attachments", what=what)
    versions = _versions(document, path)
    if versions > 1:
        what = f"saved {versions} times into one file: earlier versions can be taken out of it"
        yield Hidden(kind=Kind.EARLIER_VERSIONS, what=what)


def _attached(document: Any, number: int) -> str:
    """Return the name of a file inside the PDF."""
    attachment = pdfium.FPDFDoc_GetAttachment(document, number)
    return (
        _text(lambda buffer, size: pdfium.FPDFAttachment_GetName(attachment, buffer, size))
        if attachment
        else "?"
    )


def _versions(document: Any, path: Path) -> int:
    """Count the versions in a file; one made for the web ends twice and is one version."""
    ends = int(pdfium.FPDF_GetTrailerEnds(document, None, 0))
    with path.open("rb") as file:
        return ends - (b"/Linearized" in file.read(1024))


def _of_pages(document: Any, count: int, pixels: int) -> Iterator[Hidden]:
    told = 0
    for index in range(count):
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            continue
        try:
            found = tuple(_of_page(page, f"page {index + 1}", pixels))
        finally:
            pdfium.FPDF_ClosePage(page)
        told += bool(found)
        if told > MOST_TOLD:
            yield Hidden(
                kind=Kind.NOT_CHECKED,
                place=f"from page {index + 1}",
                what=f"more than {MOST_TOLD} pages hide something; these were not looked at",
            )
            return
        yield from found


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


@dataclass(slots=True)
class _Run:
    """Letters one after the other that nobody sees."""

    text: str
    dark: bool


def _unseen(
    page: Any, letters: Sequence[Letter], shown: Picture, without: Picture | None
) -> tuple[str, str, str]:
    """Return the letters under something, those on an even light place, and those off the page."""
    dark: list[str] = []
    light: list[str] = []
    off: list[str] = []
    run: _Run | None = None

    def close() -> None:
        if run is None:
            return
        if run.dark:
            dark.append(run.text)
        elif len(run.text.replace(" ", "")) >= LEAST_LIGHT:
            light.append(run.text)

    previous_off = False
    for letter in letters:
        region = _region(page, letter, shown.shape)
        if region is None:
            off.append(letter.text if previous_off else f" {letter.text}")
            previous_off = True
            continue
        previous_off = False
        tone = _hidden_tone(letter, shown[region], without[region] if without is not None else None)
        if tone is None or (tone == "light" and letter.invisible):
            close()
            run = None
        elif run is not None and run.dark == (tone == "dark"):
            run.text += letter.gap + letter.text
        else:
            close()
            run = _Run(letter.text, tone == "dark")
    close()
    return " ".join(dark), " ".join(light), "".join(off).strip()


def _hidden_tone(letter: Letter, shown: Picture, without: Picture | None) -> str | None:
    """Say on what a letter stands that is not seen; ``None`` for one that is."""
    if shown.size == 0:
        return None
    if int(shown.max()) - int(shown.min()) < EVEN:
        return "dark" if int(shown.mean()) < DARK else "light"
    if letter.under and without is not None and not letter.invisible:
        same = int(abs(shown.astype("int16") - without.astype("int16")).max()) < SAME
        return "dark" if same else None
    return None


def _region(page: Any, letter: Letter, shape: tuple[int, ...]) -> tuple[slice, slice] | None:
    """Return a letter's place in the picture, a pixel wider on every side; ``None`` for one off the page."""
    height, width = shape
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    left, bottom, right, top = letter.box
    for across, up in ((left, bottom), (right, top)):
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, across, up, x, y)
        corners.append((x.value, y.value))
    (x0, y0), (x1, y1) = corners
    x0, x1, y0, y1 = min(x0, x1) - 1, max(x0, x1) + 2, min(y0, y1) - 1, max(y0, y1) + 2
    if x1 <= 0 or y1 <= 0 or x0 >= width or y0 >= height:
        return None
    return slice(max(0, y0), min(height, y1)), slice(max(0, x0), min(width, x1))


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
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return np.frombuffer(pixels, np.uint8).reshape(height, stride)[:, :width]


def _notes(page: Any) -> Iterator[tuple[str, str]]:
    """Yield author and text of what people put onto the page."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind not in _QUIET:
                yield _value(annotation, b"T"), _value(annotation, b"Contents")
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _value(annotation: Any, key: bytes) -> str:
    return _text(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _meta(document: Any, name: str) -> str:
    tag = name.encode("ascii")
    return _text(
        lambda buffer, size: pdfium.FPDF_GetMetaText(
            document, tag, None if buffer is None else ctypes.cast(buffer, ctypes.c_void_p), size
        )
    )


def _text(get: Callable[[Any, int], int]) -> str:
    """Return a text that PDFium writes into a buffer as UTF-16."""
    size = get(None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    get(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
