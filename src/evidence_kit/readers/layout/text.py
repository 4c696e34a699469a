"""From blocks of lines to a page's text, with the span and box of every word."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat

from evidence_kit.readers.base import BLOCK_BREAK, CELL_BREAK
from evidence_kit.readers.layout.blocks import Lines
from evidence_kit.readers.layout.segments import BULLETS, Segment
from evidence_kit.records.document import Block, BlockKind, Span, WordBoxes

PENDING_HYPHEN = "\xad"
"""Stands where a line ends in a hyphen; :mod:`evidence_kit.readers.layout.structure` decides by the document's own
words whether a hyphen or nothing takes its place."""

_HYPHENS = "-‐"
_ONES = repeat(1)
_SHOWN_BULLET = "•"


@dataclass(slots=True)
class Cells:
    """A row of a table: the segments of each cell, in column order."""

    cells: list[list[Segment]]
    row: int
    header: bool = False


class PageText:
    """Writes blocks one after the other into a page's text and notes where each word stands.

    Args:
        boxes: Of all words, as in :class:`evidence_kit.readers.layout.segments.PageWords`.
        size_of: Font size of a segment in points.
        sure: Of all words, the confidence of text recognition in percent; empty for text of the file itself.
    """

    def __init__(self, boxes: array[float], size_of: Callable[[Segment], float], sure: bytes = b"") -> None:
        self._boxes = boxes
        self._size_of = size_of
        self._parts: list[str] = []
        self._position = 0
        self._spans = array("I")
        self._laid = array("f")
        self._sure = sure
        self._laid_sure = bytearray()
        self._blocks: list[Block] = []

    def add(self, block: Lines) -> None:
        """Write a block of lines."""
        self._break()
        start = self._position
        self._write(block.segments, bullet=block.kind is BlockKind.LIST_ITEM)
        self._blocks.append(
            Block(
                kind=block.kind,
                start=start,
                end=self._position,
                level=block.level,
                size=self._size_of(block.segments[0]),
                bold=all(segment.bold for segment in block.segments),
            )
        )

    def add_row(self, row: Cells, table: int) -> None:
        """Write a row of the table with this number on the page, unless all its cells are empty."""
        full = [segment for cell in row.cells for segment in cell]
        if not full:
            return
        self._break()
        start = self._position
        cells: list[Span] = []
        for number, cell in enumerate(row.cells):
            if number:
                self._put(CELL_BREAK)
            begin = self._position
            self._write(cell)
            cells.append((begin, self._position))
        self._blocks.append(
            Block(
                kind=BlockKind.TABLE_ROW,
                start=start,
                end=self._position,
                size=self._size_of(full[0]),
                bold=all(segment.bold for segment in full),
                table=table,
                row=row.row,
                header=row.header,
                cells=tuple(cells),
            )
        )

    def finish(self) -> tuple[str, tuple[Block, ...], WordBoxes]:
        """Return the text, its blocks and its words."""
        words = WordBoxes(self._spans.tobytes(), self._laid.tobytes(), bytes(self._laid_sure))
        return "".join(self._parts), tuple(self._blocks), words

    def _break(self) -> None:
        if self._parts:
            self._put(BLOCK_BREAK)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._position += len(text)

    def _write(self, segments: Sequence[Segment], *, bullet: bool = False) -> None:
        """Write lines, a blank between words; a line-end hyphen joins without one and waits for its decision."""
        spans, laid, boxes, position = self._spans, self._laid, self._boxes, self._position
        texts: list[str] = []
        glue = ""
        last = len(segments) - 1
        for number, segment in enumerate(segments):
            words = segment.words
            if bullet and number == 0 and (words[0] in BULLETS or words[0] == "o"):
                words = [_SHOWN_BULLET, *words[1:]]
            joins = False
            if segment.hyphen or words[-1][-1] in _HYPHENS:  # few lines
                joins = number < last and _joins(segment, segments[number + 1])
                words = [*words[:-1], _broken(words[-1], segment, joins=joins)]
            position += len(glue)
            steps = chain.from_iterable(zip(map(len, words), _ONES))  # noqa: B905 - one of the two has no end
            spans.extend(accumulate(steps, initial=position))
            position = spans.pop() - 1
            texts.append(glue + " ".join(words))
            glue = "" if joins else " "
            first, end = segment.first, segment.first + len(words)
            laid.extend(boxes[4 * first : 4 * end])
            if self._sure:
                self._laid_sure.extend(self._sure[first:end])
        self._parts.append("".join(texts))
        self._position = position


def _broken(word: str, line: Segment, *, joins: bool) -> str:
    """Return the last word of a line with its hyphen, decided or not."""
    whole = word + "-" if line.hyphen else word
    return whole.rstrip(_HYPHENS) + PENDING_HYPHEN if joins else whole


_SUSPENDED = frozenset({"and", "or", "to", "nor", "bis", "und"})
"""A hyphen before these hangs: "short- and long-term"."""


def _joins(line: Segment, below: Segment) -> bool:
    """Whether the last word of ``line`` goes on in the first of the line below."""
    if below.words[0].lower() in _SUSPENDED:
        return False
    if line.hyphen:
        return True
    word = line.words[-1]
    return len(word) > 1 and word[-1] in _HYPHENS and word[-2].isalnum() and below.words[0][0].isalnum()
