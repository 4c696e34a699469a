"""Weight and size of a character, as PDFium tells them."""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any

import pypdfium2.raw as pdfium

BOLD_WEIGHT = 600
BOLD_NAME = re.compile(rb"bold|black|heavy|demi(?!light)", re.IGNORECASE)
"""Many files state no weight that means anything, so the name of the font comes first."""

_NAME = ctypes.create_string_buffer(128)
_FLAGS = ctypes.c_int()
_bold_names: dict[bytes, bool] = {}


def is_bold(text_page: Any, char: int) -> bool:
    """Whether a character is bold by its font's name or weight."""
    if pdfium.FPDFText_GetFontInfo(text_page, char, _NAME, 128, _FLAGS):
        name = _NAME.value
        known = _bold_names.get(name)
        if known is None:
            known = _bold_names[name] = BOLD_NAME.search(name) is not None
        if known:
            return True
    return bool(pdfium.FPDFText_GetFontWeight(text_page, char) >= BOLD_WEIGHT)


def font_size(text_page: Any, char: int) -> float:
    """Return a character's font size in points as shown, rounded to tenths.

    PDFium's own font size leaves the text matrix out, and many files write size 1 and scale by the matrix.
    """
    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(text_page, char)
    if pdfium.FPDFText_GetMatrix(text_page, char, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return float(round(size, 1))
