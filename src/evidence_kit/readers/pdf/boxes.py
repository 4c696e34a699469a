"""Where the words of a PDFium text page stand: two calls a word, none a character between its ends."""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from itertools import compress, repeat
from operator import ge, lt, ne
from typing import Any

import pypdfium2.raw as pdfium

from evidence_kit.readers.layout.segments import Geometry
from evidence_kit.readers.pdf.fonts import pointer, quick

_loose_box = quick(pdfium.FPDFText_GetLooseCharBox)
_AT_ONCE = 2048
_BOX_BYTES = 16
_ROOM = array("f", bytes(_BOX_BYTES * _AT_ONCE))
_ROOM_AT = _ROOM.buffer_info()[0]
_PLACES = [ctypes.c_void_p(_ROOM_AT + _BOX_BYTES * number) for number in range(_AT_ONCE)]


def word_boxes(
    text_page: Any, firsts: list[int], lasts: list[int], geometry: Geometry, turned: list[int]
) -> array[float]:
    """Return four numbers a word, as shown on the page; of upright words the first character tells the height."""
    count = len(firsts)
    page = pointer(text_page.contents)
    first, last = _loose_boxes(page, firsts), _loose_boxes(page, lasts)
    lefts, tops, bottoms = first[0::4], first[1::4], first[3::4]
    rights, tops2, bottoms2 = last[2::4], last[1::4], last[3::4]
    x, y = geometry.left, geometry.top
    boxes = array("f", bytes(_BOX_BYTES * count))
    boxes[0::4] = array("f", [left - x for left in lefts]) if x else lefts
    boxes[1::4] = array("f", [y - top for top in tops])
    boxes[2::4] = array("f", [right - x for right in rights]) if x else rights
    boxes[3::4] = array("f", [y - bottom for bottom in bottoms])
    if bottoms != bottoms2:
        for index in compress(
            range(count), map(ne, zip(tops, bottoms, strict=True), zip(tops2, bottoms2, strict=True))
        ):
            # behind a superscript, the last character tells the height of the line
            if tops2[index] - bottoms2[index] > tops[index] - bottoms[index]:
                boxes[4 * index + 1], boxes[4 * index + 3] = y - tops2[index], y - bottoms2[index]
    odd = turned
    if not all(map(lt, lefts, rights)):  # from right to left, or without width
        odd = [*turned, *compress(range(count), map(ge, lefts, rights))]
    for index in odd:
        left, top, right, bottom = first[4 * index : 4 * index + 4]
        left2, top2, right2, bottom2 = last[4 * index : 4 * index + 4]
        x1, y1 = geometry.shown(min(left, left2), max(top, top2))
        x2, y2 = geometry.shown(max(right, right2), min(bottom, bottom2))
        boxes[4 * index : 4 * index + 4] = array("f", (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    return boxes


def _loose_boxes(page: ctypes.c_void_p, chars: list[int]) -> array[float]:
    """Return four numbers a character, in PDF coordinates; zeros for one that PDFium does not know."""
    found = array("f")
    for begin in range(0, len(chars), _AT_ONCE):
        part = chars[begin : begin + _AT_ONCE]
        ctypes.memset(_ROOM_AT, 0, _BOX_BYTES * len(part))
        deque(map(_loose_box, repeat(page), part, _PLACES), maxlen=0)  # the loop runs in C
        found.extend(_ROOM[: 4 * len(part)])
    return found
