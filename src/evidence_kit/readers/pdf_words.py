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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from evidence_kit.readers.pdf_fonts import is_bold

GAP = 1.6
"""A gap of so many line heights between two words parts columns and cells. At 1.6 justified lines stay whole: 223
two-column pages kept all their lines."""
NUMBER_GAP = 0.5
"""Between two numbers a smaller gap parts cells: tables of figures are set close, and prose seldom has two numbers
side by side."""
SHIFT = 0.7
"""Words that stand so many line heights higher or lower are on another line; superscripts stand closer."""
MARKER_GAP = 6.0
"""A bullet or number still belongs to a text that begins so many line heights to its right."""
BULLETS = "§•▪◦‣●○■□▫▸►➢➤✓✔❖–—*·∙⁃\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06e\uf0b0\uf02d"
MARKER = re.compile(
    rf"[{re.escape(BULLETS)}]|o|-|\(?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,5}})[.)]|\d{{1,3}}(?:\.\d{{1,3}})+\.?"
)
"""A word that may open a list item or a numbered paragraph."""

_GLUED = re.compile(r"(\(?\d{1,3}[.)])([A-Z][a-z]+[\w’'-]*,?)")
"""A number and the first word of its item, set so close that PDFium sees no space between them."""
_FIGURE = re.compile(r"[\d(),.%£$€+–—-]+$")
"""Two words that are figures, one behind the other."""
_TOKEN = re.compile(r"[^\s\x00-\x1f\x7f\ufffe\x02]+|[\n\ufffe\x02]")
_ODD = re.compile("[\ud800-\udfff\ufffe\uffff\xad\u200b-\u200d\u2060\ufeffﬀ-ﬆ\x80-\x9f\uf000-\uf0ff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_MENDED: dict[int, str | None] = {
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF)),
    **dict.fromkeys(range(0x80, 0xA0)),
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
and ticks in the private range; the rest is unseen."""


@dataclass(slots=True)
class Segment:
    """Words of one line without a gap between them, with its box in the direction of reading.

    Attributes:
        words: Their texts.
        first: Index of the first word in the page's boxes.
        left, top, right, bottom: In points, turned so that the text runs from left to right.
        height: Of the line: the median of its words' loose boxes, which all have the height of their font.
        bold: Whether its first and its last word are bold.
        hyphen: A hyphen at the line's end was swallowed by PDFium; ``words[-1]`` lacks it.
        char: Index of its first character in the text page; of the whole segment's first for a piece of one.
        angle: Quarter turns clockwise by which the text is turned on the page.
        line: Number of the PDFium line that it was cut from.
    """

    words: list[str]
    first: int
    left: float
    top: float
    right: float
    bottom: float
    height: float
    bold: bool
    hyphen: bool
    char: int
    angle: int
    line: int

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.right - self.left

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of its box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def extend(self, piece: Segment) -> None:
        """Add the piece that follows in the same line."""
        self.words.extend(piece.words)
        self.right = piece.right
        self.hyphen = piece.hyphen

    def cut(self, borders: Sequence[float], boxes: array[float]) -> list[Segment]:
        """Return its pieces between upright borders (sorted); a word belongs where its middle is.

        Args:
            boxes: Of all words of the page. The segment must not be turned.
        """
        if not any(self.left < border < self.right for border in borders):
            return [self]
        pieces: list[Segment] = []
        place = -1
        for index, word in enumerate(self.words):
            left, _, right, _ = boxes[4 * (self.first + index) : 4 * (self.first + index) + 4]
            now = bisect_right(borders, (left + right) / 2)
            if not pieces or now != place:
                piece = replace(self, words=[], first=self.first + index, left=left, hyphen=False)
                pieces.append(piece)
                place = now
            pieces[-1].words.append(word)
            pieces[-1].right = right
        pieces[-1].hyphen = self.hyphen
        return pieces


@dataclass(slots=True)
class PageWords:
    """All words of a page.

    Attributes:
        boxes: Four numbers a word, as in :class:`evidence_kit.records.document.WordBoxes`, in PDFium's order.
    """

    segments: list[Segment]
    boxes: array[float]


@dataclass(frozen=True, slots=True)
class Geometry:
    """The visible part of a page in PDF coordinates, and the quarter turns by which it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Return a point as shown: from the top left corner, in points."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def _by_address(function: Any) -> Any:
    """Return the PDFium function taking plain addresses, so that it writes into an array without an object a call."""
    plain = type(function)(ctypes.cast(function, ctypes.c_void_p).value)
    plain.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    plain.restype = ctypes.c_int
    return plain


_loose_box = _by_address(pdfium.FPDFText_GetLooseCharBox)


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
    words, starts, ends, breaks = _tokens(text)
    if not words:
        return PageWords([], array("f"))
    chars, lasts = _char_indexes(text_page, text, starts, ends)
    boxes = _boxes(text_page, chars, lasts, geometry)
    breaks = _true_breaks(words, chars, boxes, breaks)
    if _ODD.search(text):
        words = [word.translate(_MENDED) or "\ufffd" if _ODD.search(word) else word for word in words]
    segments: list[Segment] = []
    begin = 0
    for number, (end, hyphen) in enumerate(breaks):
        if end > begin:
            cutter = _Cutter(text_page, words, chars, boxes, geometry)
            segments.extend(cutter.cut(begin, end, hyphen=hyphen, line=number))
        begin = end
    return PageWords(segments, boxes)


def _tokens(text: str) -> tuple[list[str], list[int], list[int], list[tuple[int, bool]]]:
    """Return words, their first and last characters, and the line ends: (number of words before it, hyphen)."""
    words: list[str] = []
    starts: list[int] = []
    lasts: list[int] = []
    breaks: list[tuple[int, bool]] = []
    for match in _TOKEN.finditer(text):
        piece = match.group()
        if piece == "\n":
            breaks.append((len(words), False))
        elif piece in "\ufffe\x02":
            if words and lasts[-1] + 1 == match.start():
                lasts[-1] += 1  # the box takes the hyphen in
                breaks.append((len(words), True))
            else:
                breaks.append((len(words), False))
        else:
            words.append(piece)
            starts.append(match.start())
            lasts.append(match.end() - 1)
    breaks.append((len(words), False))
    return words, starts, lasts, breaks


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
        if 0 < index < len(words) and not hyphen and (not kept or kept[-1][0] < index):
            top, right, bottom = boxes[4 * index - 3 : 4 * index]
            left, top2, _, bottom2 = boxes[4 * index : 4 * index + 4]
            height = max(bottom - top, bottom2 - top2)
            overlap = min(bottom, bottom2) - max(top, top2)
            if (
                overlap > NEAR * min(bottom - top, bottom2 - top2)
                and -TIGHT * height < left - right < NEAR * height
            ):
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


def _boxes(text_page: Any, firsts: list[int], lasts: list[int], geometry: Geometry) -> array[float]:
    """Return four numbers a word, as shown on the page."""
    count = len(firsts)
    raw = array("f", bytes(32 * count))
    address = raw.buffer_info()[0]
    page = ctypes.addressof(text_page.contents)
    for first, last in zip(firsts, lasts, strict=True):
        _loose_box(page, first, address)
        _loose_box(page, last, address + 16)
        address += 32
    boxes = array("f", bytes(16 * count))
    if geometry.turns == 0:
        x, y = geometry.left, geometry.top
        boxes[0::4] = array("f", [min(a, b) - x for a, b in zip(raw[0::8], raw[4::8], strict=True)])
        boxes[1::4] = array("f", [y - max(a, b) for a, b in zip(raw[1::8], raw[5::8], strict=True)])
        boxes[2::4] = array("f", [max(a, b) - x for a, b in zip(raw[2::8], raw[6::8], strict=True)])
        boxes[3::4] = array("f", [y - min(a, b) for a, b in zip(raw[3::8], raw[7::8], strict=True)])
        return boxes
    for index in range(count):
        left, top, right, bottom, left2, top2, right2, bottom2 = raw[8 * index : 8 * index + 8]
        x1, y1 = geometry.shown(min(left, left2), max(top, top2))
        x2, y2 = geometry.shown(max(right, right2), min(bottom, bottom2))
        boxes[4 * index : 4 * index + 4] = array("f", (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    return boxes


class _Cutter:
    """Cuts one PDFium line into segments."""

    def __init__(
        self, text_page: Any, words: list[str], chars: list[int], boxes: array[float], geometry: Geometry
    ) -> None:
        self._page = text_page
        self._words = words
        self._chars = chars
        self._boxes = boxes
        self._geometry = geometry

    def cut(self, begin: int, end: int, *, hyphen: bool, line: int) -> Iterator[Segment]:
        """Yield the segments of words ``[begin, end)``."""
        angle = self._angle(self._chars[begin])
        values = self._boxes[4 * begin : 4 * end]
        if angle:
            values = _turned(values, angle, self._geometry.size)
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
                or (gap > NUMBER_GAP * height and _FIGURE.match(self._words[index - 1] + self._words[index]))
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
        bold = is_bold(self._page, self._chars[start])
        if bold and end - start > 1:
            bold = is_bold(self._page, self._chars[end - 1])
        words = self._words[start:end]
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
            char=self._chars[start],
            angle=angle,
            line=line,
        )

    def _angle(self, char: int) -> int:
        """Return the quarter turns of a character as shown."""
        radians = pdfium.FPDFText_GetCharAngle(self._page, char)
        if radians < 0:
            return 0
        return (round(float(radians) / (math.pi / 2)) + self._geometry.turns) % 4


def _turned(values: array[float], turns: int, size: tuple[float, float]) -> array[float]:
    """Turn boxes back, so that text which is turned clockwise by ``turns`` quarters runs from left to right."""
    width, height = size
    turned = array("f")
    for index in range(0, len(values), 4):
        left, top, right, bottom = values[index : index + 4]
        if turns == 1:
            turned.extend((top, width - right, bottom, width - left))
        elif turns == 2:
            turned.extend((width - right, height - bottom, width - left, height - top))
        else:
            turned.extend((height - bottom, left, height - top, right))
    return turned
