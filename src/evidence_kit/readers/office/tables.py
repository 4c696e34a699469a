"""Lays tables of texts and slides into rows; one that only sets text apart (one column, a frame) becomes blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evidence_kit.readers.base import Draft
from evidence_kit.records.document import BlockKind

_MAX_SPAN = 63  # Word allows no more columns.
_FRAME_CHARS = 400
"""A cell with a heading and more text than this holds a piece of the document, not a value."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before numbers and headings are settled.

    Attributes:
        label: The number that Word computes for it, empty for a bullet or none.
    """

    draft: Draft
    label: str = ""


def as_note(piece: Piece) -> Piece:
    """Return a paragraph of a note as one; its lists and tables stay what they are."""
    if piece.draft.kind is not BlockKind.PARAGRAPH:
        return piece
    return replace(piece, draft=replace(piece.draft, kind=BlockKind.FOOTNOTE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its blocks, the columns it spans, whether it goes on from the row above, whether it has a fill."""

    pieces: tuple[Piece, ...]
    span: int = 1
    merged: bool = False
    shaded: bool = False

    def text(self) -> str:
        """Return the cell's own text, one line a paragraph; nested tables stand apart."""
        lines = "\n".join(piece.draft.text for piece in self.pieces if piece.draft.table is None)
        return lines.replace("\t", " ")  # a tab stands between cells

    def bold(self) -> bool:
        """Say whether all its text is bold or a heading."""
        return all(
            piece.draft.bold or piece.draft.kind is BlockKind.HEADING
            for piece in self.pieces
            if piece.draft.table is None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its cells, the columns left out before and after them, whether it repeats on every page as header."""

    cells: tuple[Cell, ...]
    before: int = 0
    after: int = 0
    repeats: bool = False

    def filled(self) -> tuple[Cell, ...]:
        """Return the cells with text."""
        return tuple(cell for cell in self.cells if cell.text().strip())


def lay_table(rows: Sequence[Row], table: int, *, first_row_apart: bool) -> list[Piece]:
    """Return the table's rows as pieces, each followed by the rows of tables nested in it.

    Args:
        rows: In order.
        table: Number of the table.
        first_row_apart: The table's style sets its first row apart, and the table asks for it.
    """
    if all(len(row.cells) <= 1 for row in rows):
        return [piece for row in rows for cell in row.cells for piece in cell.pieces]
    headers = _header_rows(rows, first_row_apart=first_row_apart)
    laid: list[Piece] = []
    index = 0
    for position, row in enumerate(rows):
        if _is_frame(row):
            laid += [piece for cell in row.cells for piece in cell.pieces]
            continue
        texts = _columns(row)
        if any(texts):
            header = position < headers
            bold = all(cell.bold() for cell in row.filled())
            draft = Draft(
                kind=BlockKind.TABLE_ROW, cells=texts, table=table, row=index, header=header, bold=bold
            )
            laid.append(Piece(draft))
            index += 1
        laid += [piece for cell in row.cells for piece in cell.pieces if piece.draft.table is not None]
    return laid


def renumbered(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with tables numbered from 0 in the order in which they first appear."""
    numbers: dict[int, int] = {}
    renamed = []
    for piece in pieces:
        table = piece.draft.table
        if table is not None:
            number = numbers.setdefault(table, len(numbers))
            piece = replace(piece, draft=replace(piece.draft, table=number))
        renamed.append(piece)
    return renamed


def _columns(row: Row) -> tuple[str, ...]:
    """Return one text a column: a merged cell's text stands in its first column and nowhere else."""
    texts = [""] * min(row.before, _MAX_SPAN)
    for cell in row.cells:
        texts.append("" if cell.merged else cell.text())
        texts += [""] * (min(max(cell.span, 1), _MAX_SPAN) - 1)
    return (*texts, *[""] * min(row.after, _MAX_SPAN))


def _is_frame(row: Row) -> bool:
    """Say whether the row holds pieces of the document: a heading and the text below it in one cell."""
    for cell in row.cells:
        kinds = [piece.draft.kind for piece in cell.pieces]
        if BlockKind.HEADING in kinds[:-1] and len(cell.text()) > _FRAME_CHARS:
            return True
    return False


def _header_rows(rows: Sequence[Row], *, first_row_apart: bool) -> int:
    """Return how many rows at the top are header rows: told so, else set apart by style, bold or fill."""
    told = 0
    while told < len(rows) and rows[told].repeats:
        told += 1
    if told or len(rows) < 2:
        return told if told < len(rows) else 0
    found = 0
    for row, below in pairwise(rows):
        if not _looks_like_header(row, below, first=found == 0 and first_row_apart):
            break
        found += 1
        if len(row.filled()) > 1:
            break
    return found


def _looks_like_header(row: Row, below: Row, *, first: bool) -> bool:
    filled = row.filled()
    if not filled:
        return False
    if first or (all(cell.bold() for cell in filled) and not all(cell.bold() for cell in below.filled())):
        return True
    return all(cell.shaded for cell in row.cells) and not all(cell.shaded for cell in below.cells)
