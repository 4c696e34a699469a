"""Texts that PDFium writes into a buffer as UTF-16."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any


def string_of(write: Callable[[Any, int], int], most: int | None = None) -> str:
    """Return the text that a function of PDFium gives.

    Args:
        write: Takes a buffer (``None`` to ask for the size) and its size in bytes, and returns the bytes needed.
        most: Characters; a longer text is left out.
    """
    size = write(None, 0)
    if size <= 2 or (most is not None and size > 2 * most):
        return ""
    buffer = (ctypes.c_ushort * -(-size // 2))()
    write(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
