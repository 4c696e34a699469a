"""Lays the cells of a sheet into tables, captions and lines of text.

A stretch of rows without a blank row between them is a table, unless each of its rows holds one cell. Lines of one
cell above a table are its title and caption, below it they are its notes. A table that goes on after a blank row,
without a header of its own, keeps its number, so that its rows keep their header.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from evidence_kit.readers.base import Draft
from evidence_kit.readers.headings import looks_like_heading
from evidence_kit.readers.workbook.grid_headers import Cell, Kind, Row, count_headers, figure_columns
from evidence_kit.records.document import BlockKind

_CAPTION_WORDS = 40
_TITLE_WORDS = 20
_NEAR_ROWS = 2
"""A line at most so many rows above a table is its caption."""
_SIDE_ROWS = 3
_LABEL_SHARE = 0.8
_BULLETS = ("• ", "● ", "▪ ", "- ", "– ")


def lay_rows(rows: Sequence[Row], told: frozenset[int] = frozenset(), *, first_table: int = 0) -> list[Draft]:
    """Return the blocks of a sheet, or of any grid of cells, in reading order.

    Args:
        rows: The rows with something in them, in order.
        told: Numbers of rows that the file itself marks as header rows.
        first_table: Number of the grid's first table in the document.
    """
    layer = _Layer(told, first_table)
    for stretch in _stretches(rows):
        layer.add(stretch)
    return _with_headings(layer.drafts)


def _stretches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows in runs without a blank row between them."""
    run: list[Row] = []
    for row in rows:
        if run and row.number > run[-1].number + 1:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


@dataclass(slots=True)
class _Table:
    """The table laid last: its number, columns, those that hold figures, its next row, and where it ended."""

    number: int
    columns: tuple[int, ...]
    figures: frozenset[int]
    rows: int
    ended: int


@dataclass(slots=True)
class _Layer:
    """Walks down the stretches of a sheet."""

    told: frozenset[int]
    tables: int
    drafts: list[Draft] = field(default_factory=list)
    last: _Table | None = None
    line_row: int = 0
    """Row of the last draft where that is a line which may be a caption; else 0."""

    def add(self, stretch: Sequence[Row]) -> None:
        """Lay one stretch."""
        wide = [index for index, row in enumerate(stretch) if len(row.cells) > 1]
        if not wide:
            for row in stretch:
                self._line(row)
            return
        above, body, below = stretch[: wide[0]], stretch[wide[0] : wide[-1] + 1], stretch[wide[-1] + 1 :]
        if self.last is not None and self._goes_on(self.last, above, body):
            self._rows((*above, *body), self.last, 0)
        else:
            for row in above:
                self._line(row)
            self._caption(body[0].number)
            for side in _sides(body):
                self._table(side)
        for row in below:
            self._line(row)

    def _table(self, body: Sequence[Row]) -> None:
        headers = count_headers(body, self.told)
        columns = tuple(sorted({column for row in body for column in row.cells}))
        figures = figure_columns(body[headers:])
        self.last = _Table(self.tables, columns, figures, 0, 0)
        self.tables += 1
        self._rows(body, self.last, headers)

    def _rows(self, rows: Sequence[Row], table: _Table, headers: int) -> None:
        for index, row in enumerate(rows):
            cells = tuple(row.cells[column].text if column in row.cells else "" for column in table.columns)
            self.drafts.append(
                Draft(
                    kind=BlockKind.TABLE_ROW,
                    cells=tuple(cell.replace("\t", " ") for cell in cells),
                    table=table.number,
                    row=table.rows,
                    header=index < headers,
                    bold=all(cell.bold for cell in row.cells.values()),
                    line=row.line,
                )
            )
            table.rows += 1
        table.ended = rows[-1].number
        self.line_row = 0

    def _goes_on(self, table: _Table, above: Sequence[Row], body: Sequence[Row]) -> bool:
        """Say whether rows below a blank one belong to the table above it: no header, figures in the same columns."""
        first = (*above, *body)[0]
        if first.number != table.ended + 2 or len(above) > 1 or self.told & {row.number for row in body}:
            return False
        if above and min(above[0].cells) != table.columns[0]:
            return False
        columns = {column for row in body for column in row.cells}
        shared = figure_columns(body) & table.figures
        return columns <= set(table.columns) and bool(shared) and not count_headers(body, self.told)

    def _line(self, row: Row) -> None:
        cell = next(iter(row.cells.values()))
        parts = [part for part in cell.text.split("\n") if part.strip()]
        for part in parts:
            draft = Draft(text=part, bold=cell.bold, line=row.line)
            bullet = next((mark for mark in _BULLETS if part.startswith(mark)), None)
            if bullet:
                draft = replace(draft, kind=BlockKind.LIST_ITEM, text=part.removeprefix(bullet), level=1)
            elif not self.drafts and _is_title(part):
                draft = replace(draft, kind=BlockKind.HEADING, level=2)
            self.drafts.append(draft)
        self.line_row = row.number if len(parts) == 1 else 0

    def _caption(self, row: int) -> None:
        """Make the line just above a table its caption."""
        if not self.line_row or row - self.line_row > _NEAR_ROWS or not self.drafts:
            return
        last = self.drafts[-1]
        if last.kind is not BlockKind.LIST_ITEM and len(last.text.split()) <= _CAPTION_WORDS:
            self.drafts[-1] = replace(last, kind=BlockKind.CAPTION, level=0)


def _is_title(text: str) -> bool:
    return len(text.split()) <= _TITLE_WORDS and not text.endswith((".", ":", ";", ","))


def _with_headings(drafts: Sequence[Draft]) -> list[Draft]:
    """Make headings of short bold lines above other text."""
    below = [*drafts[1:], None] if drafts else []
    return [
        replace(draft, kind=BlockKind.HEADING, level=3) if looks_like_heading(draft, after) else draft
        for draft, after in zip(drafts, below, strict=True)
    ]


def _sides(body: Sequence[Row]) -> list[Sequence[Row]]:
    """Part tables that stand side by side: an empty column between, labels and figures on either side of it."""
    columns = sorted({column for row in body for column in row.cells})
    for left, right in pairwise(columns):
        if right == left + 1:
            continue
        parts = [_within(body, columns[0], left), _within(body, right, columns[-1])]
        if all(map(_stands_alone, parts)):
            return [parts[0], *_sides(parts[1])]
    return [body]


def _within(rows: Sequence[Row], first: int, last: int) -> list[Row]:
    found = []
    for row in rows:
        cells: Mapping[int, Cell] = {
            column: cell for column, cell in row.cells.items() if first <= column <= last
        }
        if cells:
            found.append(replace(row, cells=cells))
    return found


def _stands_alone(rows: Sequence[Row]) -> bool:
    """Say whether rows are a table of their own: a header, a first column of labels, a column of figures."""
    if len(rows) < _SIDE_ROWS or not count_headers(rows, frozenset()):
        return False
    first = min(column for row in rows for column in row.cells)
    labels = [cell for row in rows[1:] if (cell := row.cells.get(first))]
    named = sum(1 for cell in labels if cell.kind is Kind.TEXT)
    return len(labels) >= _LABEL_SHARE * (len(rows) - 1) and named >= _LABEL_SHARE * len(labels)
