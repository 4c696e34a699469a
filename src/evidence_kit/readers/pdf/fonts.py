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


def quick(function: Any, returns: Any = ctypes.c_int) -> Any:
    """Return a PDFium function for many short calls: it keeps the interpreter's lock and converts no arguments.

    Pointers must come as ``ctypes.c_void_p``, made once and used again; plain integers are C integers. Nothing checks
    that. A call takes half the time.
    """
    return ctypes.PYFUNCTYPE(returns)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def pointer(thing: Any) -> ctypes.c_void_p:
    """Return the address of a ctypes object as a function made by :func:`quick` takes it."""
    return ctypes.c_void_p(ctypes.addressof(thing))


_NAME = ctypes.create_string_buffer(128)
_NAME_AT, _NAME_SIZE, _FLAGS_AT = pointer(_NAME), ctypes.c_ulong(128), pointer(_FLAGS := ctypes.c_int())
_MATRIX = pdfium.FS_MATRIX()
_MATRIX_AT = pointer(_MATRIX)
_font_info = quick(pdfium.FPDFText_GetFontInfo)
_matrix_of = quick(pdfium.FPDFText_GetMatrix)
_size_of = quick(pdfium.FPDFText_GetFontSize, ctypes.c_double)


class Weights:
    """Which characters of a text page are bold; asks for the weight of each font once."""

    def __init__(self, text_page: Any) -> None:
        self._page = text_page
        self._address = pointer(text_page.contents)
        self._known: dict[bytes, bool] = {}

    def is_bold(self, char: int) -> bool:
        """Whether a character is bold by its font's name or weight."""
        _NAME[0] = b"\0"
        _font_info(self._address, char, _NAME_AT, _NAME_SIZE, _FLAGS_AT)
        name = _NAME.value
        known = self._known.get(name)
        if known is None:
            weight = pdfium.FPDFText_GetFontWeight(self._page, char)
            known = self._known[name] = weight >= BOLD_WEIGHT or BOLD_NAME.search(name) is not None
        return known


class Sizes:
    """Font sizes of the characters of a text page, as shown.

    PDFium's own font size leaves the text matrix out, and many files write size 1 and scale by the matrix.
    """

    def __init__(self, text_page: Any) -> None:
        self._address = pointer(text_page.contents)

    def of(self, char: int) -> float:
        """Return a character's font size in points, rounded to tenths."""
        size: float = _size_of(self._address, char)
        if _matrix_of(self._address, char, _MATRIX_AT):
            size *= math.hypot(_MATRIX.c, _MATRIX.d)
        return round(size, 1)
