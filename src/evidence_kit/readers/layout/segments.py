"""What the parts of the PDF reader hand to one another: segments of lines, a page's words, its geometry."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

BULLETS = "§•▪◦‣●○■□▫▸►➢➤✓✔❖–—*·∙⁃\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06e\uf0b0\uf02d"
MARKER = re.compile(
    rf"[{re.escape(BULLETS)}]|o|-|\(?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,5}})[.)]|\d{{1,3}}(?:\.\d{{1,3}})+\.?"
)
"""A word that may open a list item or a numbered paragraph."""
GAP = 1.6
"""A gap of so many line heights between two words parts columns and cells. At 1.6 justified lines stay whole: 223
two-column pages kept all their lines."""
NUMBER_GAP = 0.5
"""Between two numbers a smaller gap parts cells: tables of figures are set close, and prose seldom has two numbers
side by side."""
MARKER_GAP = 6.0
"""A bullet or number still belongs to a text that begins so many line heights to its right."""
FIGURE = re.compile(r"[\d(),.%£$€+–—-]+$")
"""Two words that are figures, one behind the other."""


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
        char: Index in the text page of a character that is set as the line is: not of a bullet or a superscript before
            it, so of its last word. A piece of a segment keeps that of the whole.
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


def angle_of_most(found: PageWords) -> int:
    """Return the quarter turns clockwise of most words of a page."""
    words = [0, 0, 0, 0]
    for segment in found.segments:
        words[segment.angle] += len(segment.words)
    return words.index(max(words))


def turned(values: array[float], turns: int, size: tuple[float, float]) -> array[float]:
    """Turn boxes back, so that text which is turned clockwise by ``turns`` quarters runs from left to right."""
    width, height = size
    found = array("f")
    for index in range(0, len(values), 4):
        left, top, right, bottom = values[index : index + 4]
        if turns == 1:
            found.extend((top, width - right, bottom, width - left))
        elif turns == 2:
            found.extend((width - right, height - bottom, width - left, height - top))
        else:
            found.extend((height - bottom, left, height - top, right))
    return found
