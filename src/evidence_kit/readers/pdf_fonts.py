"""Weight and size of a character, as PDFium tells them."""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any

import pypdfium2.raw as pdfium

BOLD_WEIGHT = 600
BOLD_NAME = re.compile(rb"bold|black|heavy|demi(?!light)|[.,-]bi?$", re.IGNORECASE)
"""Many files state no weight that means anything, so the name of the font comes first."""


def by_address(function: Any, *arguments: Any) -> Any:
    """Return a PDFium function that takes plain addresses: no object is made a call, and arrays are written into."""
    plain = type(function)(ctypes.cast(function, ctypes.c_void_p).value)
    plain.argtypes = arguments
    plain.restype = ctypes.c_int
    return plain


_NAME = ctypes.create_string_buffer(128)
_FLAGS = ctypes.c_int()
_NAME_AT, _FLAGS_AT = ctypes.addressof(_NAME), ctypes.addressof(_FLAGS)
_font_info = by_address(
    pdfium.FPDFText_GetFontInfo,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_ulong,
    ctypes.c_void_p,
)


class Weights:
    """Which characters of a text page are bold; asks for the weight of each font once."""

    def __init__(self, text_page: Any) -> None:
        self._page = text_page
        self._address = ctypes.addressof(text_page.contents)
        self._known: dict[bytes, bool] = {}

    def is_bold(self, char: int) -> bool:
        """Whether a character is bold by its font's name or weight."""
        _NAME[0] = b"\0"
        _font_info(self._address, char, _NAME_AT, 128, _FLAGS_AT)
        name = _NAME.value
        known = self._known.get(name)
        if known is None:
            weight = pdfium.FPDFText_GetFontWeight(self._page, char)
            known = self._known[name] = weight >= BOLD_WEIGHT or BOLD_NAME.search(name) is not None
        return known


def font_size(text_page: Any, char: int) -> float:
    """Return a character's font size in points as shown, rounded to tenths.

    PDFium's own font size leaves the text matrix out, and many files write size 1 and scale by the matrix.
    """
    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(text_page, char)
    if pdfium.FPDFText_GetMatrix(text_page, char, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return float(round(size, 1))
