"""The letters of a PDF page with their boxes, and what lies over them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, as the PDF counts them."""

_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
"""How the text layer of a scan is set: there to be searched, never drawn."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or digit of a page.

    Attributes:
        gap: A blank if something that is no letter stands before it.
        invisible: Set so that it is never drawn.
        under: Whether a picture is drawn over it afterwards.
        address: Of its text object; 0 for one that does not stand on the page itself.
        handle: Its text object.
    """

    text: str
    box: Box
    gap: str
    invisible: bool
    under: bool
    address: int
    handle: Any


def letters_of(page: Any) -> tuple[Letter, ...]:
    """Return the letters and digits of a page in the order of its text."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return ()
    try:
        return tuple(_letters(page, text_page))
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _letters(page: Any, text_page: Any) -> Iterator[Letter]:
    order, pictures = _objects(page)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    gap = ""
    modes: dict[int, bool] = {}
    for number in range(pdfium.FPDFText_CountChars(text_page)):
        character = chr(pdfium.FPDFText_GetUnicode(text_page, number))
        if not character.isalnum():
            gap = " "
            continue
        if pdfium.FPDFText_IsGenerated(text_page, number) == 1:
            continue
        if not pdfium.FPDFText_GetCharBox(text_page, number, left, right, bottom, top):
            continue
        box = (left.value, bottom.value, right.value, top.value)
        handle = pdfium.FPDFText_GetTextObject(text_page, number)
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if address and address not in modes:
            modes[address] = pdfium.FPDFTextObj_GetTextRenderMode(handle) == _INVISIBLE
        at = order.get(address, -1)
        yield Letter(
            character,
            box,
            gap,
            modes.get(address, False),
            at >= 0 and any(place > at and _within(box, over) for place, over in pictures),
            address if at >= 0 else 0,
            handle if at >= 0 else None,
        )
        gap = ""


def _objects(page: Any) -> tuple[dict[int, int], list[tuple[int, Box]]]:
    """Return the place in the order of drawing of each text object, and the pictures with theirs."""
    order: dict[int, int] = {}
    pictures: list[tuple[int, Box]] = []
    for place in range(pdfium.FPDFPage_CountObjects(page)):
        one = pdfium.FPDFPage_GetObject(page, place)
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            order[ctypes.cast(one, ctypes.c_void_p).value or 0] = place
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            edges = [ctypes.c_float() for _ in range(4)]
            if pdfium.FPDFPageObj_GetBounds(one, *edges):
                left, bottom, right, top = (edge.value for edge in edges)
                pictures.append((place, (left, bottom, right, top)))
    return order, pictures


def _within(box: Box, other: Box) -> bool:
    """Tell whether the middle of a box lies in another."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= across <= other[2] and other[1] <= up <= other[3]
