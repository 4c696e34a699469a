"""A PDF page as a grey picture, for text recognition."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2.raw as pdfium

from evidence_kit.readers import base
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.ocr.engines import Picture
from evidence_kit.readers.pdf.notes import load_page
from evidence_kit.readers.pdf.reader import opened
from evidence_kit.workers import Limits

DPI = 200.0
"""Pixels an inch. Recognition makes more errors at 150, and takes longer for nothing at 300."""
POINTS = 72.0


def picture(path: Path, index: int, limits: Limits) -> Picture:
    """Render a page (index from 0); a page with more pixels than the limit is rendered smaller.

    Raises:
        ReadError: The file or the page cannot be opened.
    """
    with opened(path) as document:
        page, _ = load_page(document, index)
        if page is None:
            raise ReadError(base.PAGE_DAMAGED, *base.UNREAD_REASONS[base.PAGE_DAMAGED])
        try:
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            dpi = min(DPI, POINTS * (limits.pixels / max(1.0, width * height)) ** 0.5)
            size = (max(1, int(width * dpi / POINTS)), max(1, int(height * dpi / POINTS)))
            return Picture(pixels=rendered(page, *size), width=size[0], height=size[1], dpi=dpi)
        finally:
            pdfium.FPDF_ClosePage(page)


def rendered(page: object, width: int, height: int) -> bytes:
    """Return the grey picture of a loaded page, row by row, a byte a pixel."""
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
    if stride == width:
        return pixels
    return b"".join(pixels[row : row + width] for row in range(0, stride * height, stride))
