"""Tables among the lines of a page; those without rules are lines that hold short texts in the same columns.

Only lines that the file writes row by row are seen. Where it writes cell by cell, the cells stay paragraphs, each in
its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from evidence_kit.readers.layout.blocks import ALIGNED, LARGEST_STEP, is_item
from evidence_kit.readers.layout.order import rows_of, run_of_prose
from evidence_kit.readers.layout.rules import Rules
from evidence_kit.readers.layout.segments import PageWords, Segment
from evidence_kit.readers.layout.tables import Table, fill, find_grids, has_rows, is_header
from evidence_kit.readers.layout.text import Cells

LONGEST_STEP = 2.0 * LARGEST_STEP
"""Rows further apart than so many line heights are not of one table."""
SHORT_WORDS = 4
"""Cells right of the first column hold no more words than this in the middle; lines of prose columns do."""
WRAPPED_STEP = 1.6
"""A line no further below a row than so many line heights may be the rest of one of its cells."""
MOST_SINGLES = 2
"""So many lines with one text may stand between two rows: a wrapped cell, a title over a group of rows."""

Row = list[Segment]


def part_tables(found: PageWords, rules_of: Callable[[], Rules]) -> Iterator[Table | list[Segment]]:
    """Yield tables, and the runs of other segments between them, in the order of the segments.

    Args:
        rules_of: Gives the page's rules; asked only if any words stand side by side.
    """
    if not has_rows(found.segments):
        yield found.segments
        return
    tables, rest = fill(find_grids(rules_of()), found.segments, found.boxes)
    begin = 0
    for table in sorted(tables, key=lambda table: table.first):
        yield from part_rows([segment for segment in rest[begin : table.first] if segment is not None])
        yield table
        begin = table.first
    yield from part_rows([segment for segment in rest[begin:] if segment is not None])


@dataclass(slots=True)
class _Column:
    """The strip that a column's texts take up."""

    left: float
    right: float


def part_rows(segments: Sequence[Segment]) -> Iterator[Table | list[Segment]]:
    """Yield tables without rules, and the runs of other segments between them, in order."""
    rows = rows_of(segments)
    plain: list[Segment] = []
    edges: list[float] = []
    index = 0
    while index < len(rows):
        prose = run_of_prose(rows, index)
        if prose > index:
            edges = [segment.left for segment in rows[index]]
            plain.extend(segment for row in rows[index:prose] for segment in row)
            index = prose
            continue
        end, columns = _run(rows, index)
        if end > index and _goes_on(rows[index], edges):
            columns, end = [], index
        if end == index:
            plain.extend(rows[index])
            index += 1
            continue
        if plain:
            yield plain
            plain = []
        yield Table(_cells(rows[index:end], columns), 0)
        index = end
    if plain:
        yield plain


def _goes_on(row: Row, edges: Sequence[float]) -> bool:
    """Whether a row stands in columns of text that were found above it."""
    return len(row) == len(edges) and all(
        abs(segment.left - edge) <= ALIGNED for segment, edge in zip(row, edges, strict=True)
    )


def _run(rows: Sequence[Row], start: int) -> tuple[int, list[_Column]]:
    """Return the end of the table that begins at ``start`` and its columns; ``start`` if none does."""
    if len(rows[start]) < 2 or rows[start][0].angle:
        return start, []
    full: list[Row] = []
    columns: list[_Column] = []
    end = start
    for index in range(start, len(rows)):
        row = rows[index]
        if index > start and not _is_below(rows[index - 1], row):
            break
        if len(row) == 1:
            if index - end >= MOST_SINGLES:
                break
            continue
        widened = _widened(columns, row)
        if widened is None:
            break
        columns = widened
        full.append(row)
        end = index + 1
    if not _is_table(full, columns):
        return start, []
    while end < len(rows) and len(rows[end]) == 1 and _wrapped_column(rows[end - 1], rows[end][0], columns):
        end += 1
    return end, columns


def _is_below(above: Row, row: Row) -> bool:
    step = row[0].bottom - above[0].bottom
    return not row[0].angle and 0 < step < LONGEST_STEP * max(row[0].height, above[0].height)


def _widened(columns: list[_Column], row: Row) -> list[_Column] | None:
    """Return the columns with a row's texts in them, or ``None`` if two of its texts would share a column."""
    widened = [_Column(column.left, column.right) for column in columns]
    for segment in row:
        over = [column for column in widened if segment.left < column.right and segment.right > column.left]
        if len(over) > 1:
            return None
        if over:
            over[0].left = min(over[0].left, segment.left)
            over[0].right = max(over[0].right, segment.right)
        else:
            widened.append(_Column(segment.left, segment.right))
    widened.sort(key=lambda column: column.left)
    if any(one.right > other.left for one, other in pairwise(widened)):
        return None
    places = [_column(segment, widened) for segment in row]
    return widened if len(set(places)) == len(row) else None


def _column(segment: Segment, columns: Sequence[_Column]) -> int | None:
    """Return the column whose strip the segment stands in, or ``None`` for none or several."""
    over = [
        number
        for number, column in enumerate(columns)
        if segment.left < column.right and segment.right > column.left
    ]
    return over[0] if len(over) == 1 else None


def _is_table(full: Sequence[Row], columns: Sequence[_Column]) -> bool:
    """Whether rows are enough and short enough: two of three columns, or three of two."""
    if len(full) < 2 or (len(full) < 3 and len(columns) < 3) or len(columns) < 2:
        return False
    if all(is_item(row[0]) and len(row) == 2 for row in full):
        return False  # a list whose texts stand far from their numbers
    return median(len(segment.words) for row in full for segment in row[1:]) <= SHORT_WORDS


def _wrapped_column(above: Row, segment: Segment, columns: Sequence[_Column]) -> int | None:
    """Return the column whose cell the line goes on in: close below, in its strip, not a new beginning."""
    column = _column(segment, columns)
    step = segment.bottom - above[0].bottom
    if column is None or not 0 < step <= WRAPPED_STEP * segment.height or segment.bold != above[0].bold:
        return None
    return column if column or segment.words[0][0].islower() else None


def _cells(rows: Sequence[Row], columns: Sequence[_Column]) -> list[Cells]:
    """Return the table's rows; lines with one text join the row above or are a row of their own."""
    table: list[Cells] = []
    for row in rows:
        if len(row) == 1 and table:
            last = [cell[-1] for cell in table[-1].cells if cell]
            column = _wrapped_column(last, row[0], columns)
            if column is not None:
                table[-1].cells[column].append(row[0])
                continue
        cells: list[list[Segment]] = [[] for _ in columns]
        for segment in row:
            cells[_column(segment, columns) or 0].append(segment)
        table.append(Cells(cells, len(table)))
    table[0].header = is_header(table)
    return table
