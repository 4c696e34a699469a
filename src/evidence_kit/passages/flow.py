"""The blocks of a document in reading order, and the runs that they make where one goes on in the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from evidence_kit.records.document import Block, BlockKind, Document, Page, Span
from evidence_kit.records.passage import Segment

_GOES_ON_BEFORE = re.compile(r"(?:[a-z0-9,\u2013\u2014&)]|[a-z]-)$")
_GOES_ON_AFTER = re.compile(r"[a-z]{2,}[ ,]|a ")
_JOINABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.HEADING})
_APART = frozenset({BlockKind.CAPTION, BlockKind.FOOTNOTE})
_SHORT_LINE_WORDS = 3
"""A line of fewer words is a label or a cell that lost its table, not the first half of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block at its place, or text of a page that no block claims (then a paragraph).

    Attributes:
        page: Index of the page in the document.
        start, end: Span in the page's text, without outer white space; never empty.
        text: The same text with every run of white space made one blank.
    """

    page: int
    kind: BlockKind
    start: int
    end: int
    text: str
    block: Block


def pieces_of(document: Document, first: int = 0, last: int | None = None) -> Iterator[Piece]:
    """Yield the pieces of pages ``first`` to ``last`` (both included), furniture too, in reading order.

    Blocks that overlap are cut at the overlap, so that no character comes twice.
    """
    end = len(document.pages) if last is None else min(last + 1, len(document.pages))
    for index in range(first, end):
        yield from _pieces_of_page(document.pages[index], index)


def _pieces_of_page(page: Page, index: int) -> Iterator[Piece]:
    position = 0
    for block in sorted(page.blocks, key=_place):
        if block.end <= position:
            continue
        start = max(block.start, position)
        if start > position and not page.text[position:start].isspace():
            yield from _piece(page, index, Block(kind=BlockKind.PARAGRAPH, start=position, end=start))
        yield from _piece(page, index, block, start)
        position = block.end
    if position < len(page.text):
        yield from _piece(page, index, Block(kind=BlockKind.PARAGRAPH, start=position, end=len(page.text)))


def _place(block: Block) -> Span:
    return (block.start, block.end)


def _piece(page: Page, index: int, block: Block, start: int | None = None) -> Iterator[Piece]:
    """Yield the block as a piece unless it is blank."""
    low = block.start if start is None else start
    raw = page.text[low : block.end]
    words = raw.split()
    if words:
        low += len(raw) - len(raw.lstrip())
        high = low + len(raw.strip())
        yield Piece(page=index, kind=block.kind, start=low, end=high, text=" ".join(words), block=block)


class Run:
    """Text that is read in one go: a block, or several where a paragraph crosses lines, columns or pages.

    Args:
        document: Where the pieces stand.
        pieces: In reading order; at least one.
    """

    __slots__ = ("_ends", "_starts", "pieces", "text")

    def __init__(self, document: Document, pieces: tuple[Piece, ...]) -> None:
        self.pieces = pieces
        self._starts: list[int] = []
        self._ends: list[int] = []
        texts = []
        position = 0
        for piece in pieces:
            texts.append(document.pages[piece.page].text[piece.start : piece.end])
            self._starts.append(position)
            position += piece.end - piece.start
            self._ends.append(position)
            position += 1
        self.text = " ".join(texts)

    @property
    def kind(self) -> BlockKind:
        """The kind of the first block: what goes on is of its kind."""
        return self.pieces[0].kind

    @property
    def plain(self) -> str:
        """The text with every run of white space made one blank."""
        return self.pieces[0].text if len(self.pieces) == 1 else " ".join(piece.text for piece in self.pieces)

    def segments(self, start: int, end: int) -> tuple[Segment, ...]:
        """Return the places of ``text[start:end]``; their texts joined by one blank are that text."""
        found = []
        index = bisect_right(self._starts, start) - 1
        while index < len(self.pieces) and self._starts[index] < end:
            low, high = max(start, self._starts[index]), min(end, self._ends[index])
            if low < high:
                piece = self.pieces[index]
                offset = piece.start - self._starts[index]
                found.append(Segment(piece.page, low + offset, high + offset))
            index += 1
        return tuple(found)


def runs_of(document: Document, first: int, last: int, *, broken_lines: bool = False) -> Iterator[Run]:
    """Yield the runs of pages ``first`` to ``last`` (both included), furniture left out.

    A caption or note in the middle of a paragraph follows it.

    Args:
        document: What was read.
        first: Index of the first page.
        last: Index of the last page.
        broken_lines: Also join blocks where a sentence plainly goes on in the next (text saved from a PDF, where
            every printed line became a paragraph of its own).
    """
    pending: list[Piece] = []
    apart: list[Piece] = []
    for piece in pieces_of(document, first, last):
        if piece.kind is BlockKind.FURNITURE:
            continue
        if piece.kind in _APART and pending and pending[-1].block.joins_next:
            apart.append(piece)
            continue
        if pending and not _joins(pending[-1], pending[0], piece, broken_lines):
            yield Run(document, tuple(pending))
            yield from (Run(document, (each,)) for each in apart)
            pending, apart = [], []
        pending.append(piece)
    if pending:
        yield Run(document, tuple(pending))
        yield from (Run(document, (each,)) for each in apart)


def _joins(last: Piece, first: Piece, piece: Piece, broken_lines: bool) -> bool:
    """Say whether ``piece`` goes on where ``last`` ends; ``first`` opened the run."""
    if last.kind not in _JOINABLE or piece.kind not in _JOINABLE:
        return False
    same = piece.kind is first.kind or (
        piece.kind is BlockKind.PARAGRAPH and first.kind is BlockKind.LIST_ITEM
    )
    if not same:
        return False
    if last.block.joins_next:
        return True
    return broken_lines and piece.kind is BlockKind.PARAGRAPH and _sentence_goes_on(last.text, piece.text)


def _sentence_goes_on(before: str, after: str) -> bool:
    return (
        _GOES_ON_BEFORE.search(before) is not None
        and _GOES_ON_AFTER.match(after) is not None
        and before.count(" ") >= _SHORT_LINE_WORDS
    )


def cells_of(piece: Piece) -> tuple[Span, ...]:
    """Return the spans of a row's cells in the piece's own text."""
    length = piece.end - piece.start
    return tuple(
        (min(max(start - piece.start, 0), length), min(max(end - piece.start, 0), length))
        for start, end in piece.block.cells
    )
