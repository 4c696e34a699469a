"""From a PDFium text page to words with boxes, cut into segments: runs of words without a gap between them.

Two calls a word, none a character: the loose boxes of its first and last character. PDFium's own lines are kept as
they come; a segment never crosses one.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from operator import sub
from typing import Any

import pypdfium2.raw as pdfium

from evidence_kit.characters import SILENT, without_silent
from evidence_kit.readers.layout.segments import (
    FIGURE,
    GAP,
    MARKER,
    MARKER_GAP,
    NUMBER_GAP,
    Geometry,
    PageWords,
    Segment,
    turned,
)
from evidence_kit.readers.pdf.boxes import word_boxes
from evidence_kit.readers.pdf.fonts import Weights

EDGE = 2.0
"""Words may reach so many points over the edge of the page."""
UPRIGHT = 0.3
"""Text is upright up to so many radians; italics and slight slants are."""
SHIFT = 0.7
"""Words that stand so many line heights higher or lower are on another line; superscripts stand closer."""
_GLUED = re.compile(r"(\(?\d{1,3}[.)])([A-Z][a-z]+[\w’'-]*,?)")
"""A number and the first word of its item, set so close that PDFium sees no space between them."""
_BETWEEN = re.compile("([\x00- \x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufffe]+)")
"""What stands between words: white space of any kind and control characters, written out since a class is slow."""
_LINE_END = re.compile("[\n\ufffe\x02]")
_ODD = re.compile(f"[{SILENT}\ufffe\uffffﬀ-ﬆ\uf000-\uf0ff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_MENDED: dict[int, str | None] = {
    **dict.fromkeys((0xFFFE, 0xFFFF)),
    **{
        0xF0B7: "•",
        0xF0A7: "▪",
        0xF0D8: "➢",
        0xF0FC: "✓",
        0xF0FE: "✓",
        0xF0FB: "✗",
        0xF06F: "□",
        0xF0A8: "□",
    },
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
}
"""Lone surrogates come from broken fonts and no encoder takes them; ligatures are letters; symbol fonts have bullets
and ticks in the private range."""


def text_of(text_page: Any) -> str:
    """Return the text page's text as PDFium gives it, one character for each of its own where it can be."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count * 2 + 1))()
    units = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    return bytes(buffer)[: 2 * max(0, units - 1)].decode("utf-16-le", "surrogatepass")


def read_words(text_page: Any, geometry: Geometry) -> PageWords:
    """Read the words of a text page and cut its lines into segments."""
    text = text_of(text_page)
    words, starts, lasts, breaks = _tokens(text)
    if not words:
        return PageWords([], array("f"))
    chars, lasts = _char_indexes(text_page, text, starts, lasts)
    turned = _turned_words(text_page, chars, breaks, geometry)
    boxes = word_boxes(text_page, chars, lasts, geometry, turned)
    breaks = _true_breaks(words, chars, boxes, breaks)
    if _ODD.search(text):
        words = [
            without_silent(word.translate(_MENDED)) or "\ufffd" if _ODD.search(word) else word
            for word in words
        ]
    cutter = _Cutter(text_page, words, chars, boxes, geometry, upright=not turned)
    segments: list[Segment] = []
    begin = 0
    for number, (end, hyphen) in enumerate(breaks):
        if end > begin:
            whole = cutter.whole(begin, end, hyphen=hyphen, line=number)
            if whole is not None:
                segments.append(whole)
            else:
                segments.extend(cutter.cut(begin, end, hyphen=hyphen, line=number))
        begin = end
    return PageWords(_on_the_page(segments, boxes, geometry), boxes)


def _on_the_page(segments: list[Segment], boxes: array[float], geometry: Geometry) -> list[Segment]:
    """Leave out what stands beyond the edges of the page: printers' marks, and what was moved out of sight."""
    width, height = geometry.size
    if not width or not height:  # the file gives its pages no size
        return segments
    if min(boxes) >= -EDGE and max(boxes[2::4]) <= width + EDGE and max(boxes[3::4]) <= height + EDGE:
        return segments
    return [
        segment
        for segment in segments
        for left, top, right, bottom in (boxes[4 * segment.first : 4 * segment.first + 4],)
        if -EDGE <= (left + right) / 2 <= width + EDGE and -EDGE <= (top + bottom) / 2 <= height + EDGE
    ]


def _tokens(text: str) -> tuple[list[str], list[int], list[int], list[tuple[int, bool]]]:
    """Return words, their first and last characters, and the line ends: (number of words before it, hyphen)."""
    parts = _BETWEEN.split(text)  # words at even places
    first = 0 if parts[0] else 2
    stop = len(parts) if parts[-1] else len(parts) - 1
    borders = list(accumulate(map(len, parts), initial=0))
    words = parts[first:stop:2]
    starts = borders[first:stop:2]
    lasts = [border - 1 for border in borders[first + 1 : stop + 1 : 2]]
    breaks: list[tuple[int, bool]] = []
    for match in _LINE_END.finditer(text):
        at = match.start()
        before = bisect_right(starts, at)
        hyphen = text[at] != "\n" and before > 0 and lasts[before - 1] + 1 == at
        if hyphen:
            lasts[before - 1] = at  # the box takes the hyphen in
        breaks.append((before, hyphen))
    breaks.append((len(words), False))
    return words, starts, lasts, breaks


def _turned_words(
    text_page: Any, chars: list[int], breaks: list[tuple[int, bool]], geometry: Geometry
) -> list[int]:
    """Return the words of the lines that do not run from left to right in PDF coordinates; all of a turned page."""
    if geometry.turns:
        return list(range(len(chars)))
    angle_of = pdfium.FPDFText_GetCharAngle
    turned: list[int] = []
    begin = 0
    for end, _ in breaks:
        if end > begin and not -2.0 < angle_of(text_page, chars[begin]) < UPRIGHT:
            turned.extend(range(begin, end))
        begin = end
    return turned


NEAR = 0.5
"""A word that begins so few line heights after another, on its baseline, goes on in its line."""
TIGHT = 0.1
"""… and in the same word, if it begins so few after it."""


def _true_breaks(
    words: list[str], chars: list[int], boxes: array[float], breaks: list[tuple[int, bool]]
) -> list[tuple[int, bool]]:
    """Drop the line ends that PDFium puts behind superscripts; join words that such an end cut in two."""
    kept: list[tuple[int, bool]] = []
    dropped = 0
    for position, hyphen in breaks:
        index = position - dropped
        if (
            0 < index < len(words) and not hyphen and boxes[4 * index] > boxes[4 * index - 4]
        ):  # not back to the left
            top, right, bottom = boxes[4 * index - 3 : 4 * index]
            left, top2, _, bottom2 = boxes[4 * index : 4 * index + 4]
            height = max(bottom - top, bottom2 - top2)
            overlap = min(bottom, bottom2) - max(top, top2)
            goes_on = -TIGHT * height < left - right < NEAR * height and (not kept or kept[-1][0] < index)
            if goes_on and overlap > NEAR * min(bottom - top, bottom2 - top2):
                if left - right < TIGHT * height:
                    _merge(words, chars, boxes, index)
                    dropped += 1
                continue
        kept.append((index, hyphen))
    return kept


def _merge(words: list[str], chars: list[int], boxes: array[float], index: int) -> None:
    """Make one word of the word at ``index`` and the one before it."""
    words[index - 1 : index + 1] = [words[index - 1] + words[index]]
    del chars[index]
    before, after = boxes[4 * index - 4 : 4 * index], boxes[4 * index : 4 * index + 4]
    joined = (before[0], min(before[1], after[1]), max(before[2], after[2]), max(before[3], after[3]))
    boxes[4 * index - 4 : 4 * index + 4] = array("f", joined)


def _char_indexes(
    text_page: Any, text: str, starts: list[int], lasts: list[int]
) -> tuple[list[int], list[int]]:
    """Translate offsets in ``text`` into PDFium's character indexes; mostly they are the same."""
    if _ASTRAL.search(text):
        units = []
        position = 0
        for character in text:
            units.append(position)
            position += 2 if character > "\uffff" else 1
        starts = [units[index] for index in starts]
        lasts = [units[index] for index in lasts]
    else:
        position = len(text)
    if position == pdfium.FPDFText_CountChars(text_page):
        return starts, lasts
    index_of = pdfium.FPDFText_GetCharIndexFromTextIndex
    return (
        [max(0, index_of(text_page, index)) for index in starts],
        [max(0, index_of(text_page, index)) for index in lasts],
    )


class _Cutter:
    """Cuts one PDFium line into segments."""

    def __init__(
        self,
        text_page: Any,
        words: list[str],
        chars: list[int],
        boxes: array[float],
        geometry: Geometry,
        *,
        upright: bool,
    ) -> None:
        self._page = text_page
        self._words = words
        self._chars = chars
        self._boxes = boxes
        lefts, tops, rights, bottoms = (boxes[side::4].tolist() for side in range(4))
        self._lefts, self._tops, self._rights, self._bottoms = lefts, tops, rights, bottoms
        self._gaps = list(map(sub, lefts[1:], rights))
        self._steps = list(map(sub, lefts[1:], lefts))
        self._weights = Weights(text_page)
        self._geometry = geometry
        self._upright = upright

    def cut(self, begin: int, end: int, *, hyphen: bool, line: int) -> Iterator[Segment]:
        """Yield the segments of words ``[begin, end)``."""
        angle = 0 if self._upright else self._angle(self._chars[begin])
        values = self._boxes[4 * begin : 4 * end]
        if angle:
            values = turned(values, angle, self._geometry.size)
        start = begin
        left, top, right, bottom = values[:4]
        heights = [bottom - top]
        last_left, last_bottom = left, bottom
        for index in range(begin + 1, end):
            offset = 4 * (index - begin)
            l, t, r, b = values[offset], values[offset + 1], values[offset + 2], values[offset + 3]  # noqa: E741
            height = heights[-1]
            gap = l - right
            if (
                gap > GAP * height
                or (gap > NUMBER_GAP * height and FIGURE.match(self._words[index - 1] + self._words[index]))
                or l < last_left
                or not -SHIFT * height < b - last_bottom < SHIFT * height
            ):
                alone = index == start + 1 and self._is_marker(start)
                if not (alone and 0 < gap < MARKER_GAP * height and abs(b - last_bottom) < SHIFT * height):
                    box = (left, top, right, bottom)
                    yield self._segment(start, index, box, heights, angle, line, hyphen=False)
                    start, left, top, right, bottom = index, l, t, r, b
                    heights = [b - t]
                    last_left, last_bottom = l, b
                    continue
            heights.append(b - t)
            right = max(right, r)
            top = min(top, t)
            bottom = max(bottom, b)
            last_left, last_bottom = l, b
        yield self._segment(start, end, (left, top, right, bottom), heights, angle, line, hyphen=hyphen)

    def whole(self, begin: int, end: int, *, hyphen: bool, line: int) -> Segment | None:
        """Return the line as one segment if no gap in it could part anything: most lines, and quickly."""
        if not self._upright and self._angle(self._chars[begin]):
            return None
        tops, bottoms = self._tops[begin:end], self._bottoms[begin:end]
        top, bottom = tops[0], bottoms[0]
        heights = [bottom - top]
        count = end - begin
        if tops.count(top) != count or bottoms.count(bottom) != count:  # several fonts, or superscripts
            top, bottom = min(tops), max(bottoms)
            heights = list(map(sub, bottoms, tops))
            if bottom - min(bottoms) >= SHIFT * min(heights):
                return None
        if count == 1:
            box = (self._lefts[begin], top, self._rights[begin], bottom)
            return self._segment(begin, end, box, heights, 0, line, hyphen=hyphen)
        if min(self._steps[begin : end - 1]) < 0:
            return None
        widest, height = max(self._gaps[begin : end - 1]), min(heights)
        if widest > NUMBER_GAP * height and (
            widest > GAP * height or self._parts_figures(begin, end, height)
        ):
            return None
        box = (self._lefts[begin], top, max(self._rights[begin:end]), bottom)
        return self._segment(begin, end, box, heights, 0, line, hyphen=hyphen)

    def _parts_figures(self, begin: int, end: int, height: float) -> bool:
        """Whether two figures stand so far apart that they may be cells."""
        words, least = self._words, NUMBER_GAP * height
        return any(
            gap > least and FIGURE.match(words[index] + words[index + 1])
            for index, gap in enumerate(self._gaps[begin : end - 1], begin)
        )

    def _is_marker(self, index: int) -> bool:
        """Whether a word opens an item: it may look so, and words follow, not figures."""
        following = "".join(self._words[index + 1 : index + 3])
        return any(map(str.isalpha, following)) and MARKER.fullmatch(self._words[index]) is not None

    def _segment(
        self,
        start: int,
        end: int,
        box: tuple[float, float, float, float],
        heights: list[float],
        angle: int,
        line: int,
        *,
        hyphen: bool,
    ) -> Segment:
        left, top, right, bottom = box
        bold = self._weights.is_bold(self._chars[start])
        if bold and end - start > 1:
            bold = self._weights.is_bold(self._chars[end - 1])
        words = self._words[start:end]
        if words[0][0] in "(0123456789":
            glued = _GLUED.fullmatch(words[0])
            if glued:
                words[0] = " ".join(glued.groups())
        return Segment(
            words=words,
            first=start,
            left=left,
            top=top,
            right=right,
            bottom=bottom,
            height=sorted(heights)[len(heights) // 2],
            bold=bold,
            hyphen=hyphen,
            char=self._chars[end - 1],
            angle=angle,
            line=line,
        )

    def _angle(self, char: int) -> int:
        """Return the quarter turns of a character as shown."""
        radians = pdfium.FPDFText_GetCharAngle(self._page, char)
        if radians < 0:
            return 0
        return (round(float(radians) / (math.pi / 2)) + self._geometry.turns) % 4
