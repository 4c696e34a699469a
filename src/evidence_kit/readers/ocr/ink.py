"""What the ink of a page's picture tells beside its letters: the weight of its strokes, and straight rules.

Only ``bytes`` methods go over pixels: they run in C, and no library for numbers is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from evidence_kit.readers.ocr.engines import Picture, PixelBox

DARK_SHARE = 0.55
"""Darker than this share of the paper's brightness is ink."""
FAINT = 24
"""Rules may be drawn in pale grey: so many steps darker than the paper is enough for them."""
LONGEST_DASH = 0.25
"""Shorter runs of ink are letters, dashes and underlines of a word, in inches."""
THICKEST = 0.05
"""A thicker bar is a background, not a rule, in inches."""
ALONE = 0.35
"""On both sides of a rule, no more than this share of its length is as dark; a pale background may be there."""
SAMPLE = 31
PAPER_FROM = 128
"""The paper is brighter than this grey, whatever most of the page is."""
PALEST = 80
GRAIN, GRAINY_SHARE = 8, 0.3
"""Paper is grainy if more of it than this share is so many steps of grey away from its commonest grey."""
MOST_RUNS = 10_000
"""A picture with more straight runs is a drawing or a photograph, and no table is looked for in it."""

Run = tuple[int, int, int]
"""A straight run of ink in pixels: its place across, and where it begins and ends along (end not included)."""


class Ink:
    """A page's picture as ink and paper."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._width = picture.width
        sample = picture.pixels[::SAMPLE]
        self.paper = max(range(PAPER_FROM, 256), key=sample.count)
        """The commonest bright grey."""
        bright = [grey for grey in sample if grey >= self.paper * DARK_SHARE]
        off = sum(abs(grey - self.paper) > GRAIN for grey in bright)
        self.grainy = off > GRAINY_SHARE * len(bright)
        """Whether the paper is full of specks, or most of the page is a photograph."""
        self._dark = picture.pixels.translate(_steps(int(self.paper * DARK_SHARE)))

    def stroke(self, box: PixelBox) -> tuple[int, int]:
        """Return how many pixels of ink a box has, and in how many runs: ink by runs is the width of strokes."""
        left, top, right, bottom = box
        ink = runs = 0
        for start in range(
            max(0, top) * self._width, min(bottom, self._picture.height) * self._width, self._width
        ):
            row = self._dark[start + left : start + right]
            ink += row.count(1)
            runs += row.count(b"\0\1") + (row[:1] == b"\1")
        return ink, runs

    def tight(self, box: PixelBox) -> PixelBox:
        """Return the box without the rows at its top and bottom that belong to the lines above and below.

        Of the runs of rows that hold ink, the one with most ink is the word; a box without ink stays as it is.
        """
        left, top, right, bottom = box
        best, begin, ink = (0, top, bottom), top, 0
        for row in range(top, bottom + 1):
            start = row * self._width
            count = self._dark[start + left : start + right].count(1) if row < bottom else 0
            if count:
                begin = begin if ink else row
                ink += count
            else:
                best = max(best, (ink, begin, row))
                ink = 0
        return left, best[1], right, best[2]

    def blob(self, box: PixelBox) -> PixelBox | None:
        """Return the box around all ink in a box; ``None`` if there is none, or if it goes on beyond the box."""
        left, top, right, bottom = box
        if left < 0 or top < 0 or right <= left:
            return None
        found: list[tuple[int, int, int]] = []
        for row in range(top, min(bottom, self._picture.height)):
            ink = self._dark[row * self._width + left : row * self._width + right]
            first = ink.find(1)
            if first >= 0:
                found.append((row, first, ink.rfind(1) + 1))
        if not found:
            return None
        begin, end = min(first for _, first, _ in found), max(last for _, _, last in found)
        if begin == 0 or end == right - left or found[0][0] == top or found[-1][0] == bottom - 1:
            return None
        return left + begin, found[0][0], left + end, found[-1][0] + 1

    def rules(self) -> tuple[list[Run], list[Run]]:
        """Return straight runs of ink that stand alone, across and down; none for a picture that is full of them."""
        pixels, width, height = self._picture.pixels, self._width, self._picture.height
        turned = b"".join(pixels[column::width] for column in range(width))
        across, down = (
            list(islice(self._alone(grey, *size), MOST_RUNS))
            for grey, size in ((pixels, (width, height)), (turned, (height, width)))
        )
        return ([], []) if MOST_RUNS in (len(across), len(down)) else (across, down)

    def plain(self) -> Picture:
        """Return the picture in black and white: engines take grain for pictures, and drop the text that is in it."""
        return replace(self._picture, pixels=self._dark.translate(bytes([255, 0]) + bytes(254)))

    def without(self, across: Sequence[Run], down: Sequence[Run]) -> Picture:
        """Return the picture with these runs, and what is next to them, made paper."""
        pixels = bytearray(self._picture.pixels)
        width, height = self._width, self._picture.height
        for at, begin, end in across:
            for row in range(max(0, at - 1), min(height, at + 2)):
                pixels[row * width + begin : row * width + end] = bytes([self.paper]) * (end - begin)
        for at, begin, end in down:
            for column in range(max(0, at - 1), min(width, at + 2)):
                place = slice(begin * width + column, end * width, width)
                pixels[place] = bytes([self.paper]) * len(range(*place.indices(len(pixels))))
        return replace(self._picture, pixels=bytes(pixels))

    def _alone(self, pixels: bytes, width: int, height: int) -> Iterator[Run]:
        """Yield the runs along rows that are darker than what lies some way above and below them."""
        marks = _stepped(pixels.translate(_steps(self.paper - FAINT)), width)
        least = max(8, round(LONGEST_DASH * self._picture.dpi))
        aside = width * max(2, round(THICKEST * self._picture.dpi))
        needle = b"\1" * least
        for row in range(height):
            start = row * width
            end = start + width
            at = marks.find(needle, start, end)
            while at >= 0:
                stop = marks.find(0, at + least, end)
                stop = end if stop < 0 else stop
                as_dark = _steps(
                    min(255, _palest(pixels[at:stop], pixels[at + width : stop + width]) + FAINT)
                )
                sides = (
                    pixels[at + by : stop + by].translate(as_dark)
                    for by in (-aside, aside)
                    if at + by >= 0 and stop + by <= len(pixels)
                )
                if all(side.count(1) <= ALONE * (stop - at) for side in sides):
                    yield row, at - start, stop - start
                at = marks.find(needle, stop, end)


def _stepped(marks: bytes, width: int) -> bytes:
    """Mark every pixel that is marked itself or in the row below: rules that slant a little go down in steps."""
    rows = int.from_bytes(marks, "little")
    return (rows | rows >> (8 * width)).to_bytes(len(marks), "little")


def _palest(run: bytes, below: bytes) -> int:
    """Return a grey that few of a run's pixels are paler than: a stem of a letter on a background makes no rule."""
    darker = bytes(map(min, run, below)) if len(below) == len(run) else run
    return sorted(darker)[PALEST * len(run) // 100]


@cache
def _steps(limit: int) -> bytes:
    """Return the table that makes 1 of what is darker than ``limit``, and 0 of the rest."""
    return bytes(grey < limit for grey in range(256))
