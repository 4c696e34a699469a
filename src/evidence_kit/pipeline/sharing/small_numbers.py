"""Small numbers in tables by ethnicity: which cells to hide, and which others with them.

A hidden cell is given away where it is the only unknown in a row or column whose total is shown. Seen as a graph, rows
and columns are points and every hidden cell is a line between its row and its column; a cell can be worked out from the
totals exactly where its line is a bridge: the only way between two parts of the graph (Gusfield, "A graph theoretic
approach to statistical data security", SIAM Journal on Computing 17, 1988).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence_kit.records.document import Block, BlockKind, Page

Cell = tuple[int, int]
"""Row and column, from 0."""
Grid = Sequence[Sequence[int | None]]
"""Counts; ``None`` for a cell that holds none."""

_ETHNIC = re.compile(
    r"\b(?:ethnic\w*|bme|bame|white|black|asian|mixed|african|caribbean|indian|pakistani|bangladeshi|chinese|arab"
    r"|gypsy|roma|global majority|race|racialised|not stated|irish)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6})(?:\s*\(\s*\d+(?:\.\d+)?\s*%?\s*\))?\*?")
_TOTAL = re.compile(r"\b(?:total|all(?: staff)?|overall|sum|headcount)\b", re.IGNORECASE)
_NO_COUNTS = re.compile(
    r"%|\bper ?cent|\bratio|\blikelihood|\bscore|\baverage|\bmean\b|\bmedian\b|\bindicator\b|\bdate\b|\byear\b"
    r"|\bno\.?$|\bref|\bitem\b|\bband\b|\btarget\b|\bpage\b|\btimes\b|\bgap\b|\bdays\b|\bpoints?\b|\brank|£|\bmetric\b",
    re.IGNORECASE,
)
"""A column or row of this name holds no people counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to hide in a table.

    Attributes:
        row, column: Names of the small cell's row and column.
        value: What stands in it.
        also: Other cells to hide with it, as "row, column"; empty where nothing gives it away.
    """

    row: str
    column: str
    value: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """A table of people by ethnicity.

    Attributes:
        counts: Rows of counts, a total row and total column included.
        rows, columns: Their names.
        total_row, total_column: Where the totals stand; ``None`` for no totals.
    """

    counts: Grid
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    total_row: int | None = None
    total_column: int | None = None


def small_cells(table: CountTable, limit: int) -> frozenset[Cell]:
    """Return the cells from 1 to below the limit. Nought is not small: nobody is told apart by it."""
    return frozenset(
        (row, column)
        for row, values in enumerate(table.counts)
        for column, value in enumerate(values)
        if value is not None and 0 < value < limit
    )


def secondary(table: CountTable, hidden: Iterable[Cell]) -> frozenset[Cell]:
    """Return the cells to hide beside the hidden ones, so that none of these can be worked out from totals.

    Each step hides the smallest other cell of a row or column that gives a hidden cell away; a total is taken last.
    """
    first = frozenset(hidden)
    every = set(first)
    while given := sorted(cell for cell in first if cell in _given_away(table, every)):
        row, column = given[0]
        choices = [
            other
            for other in _others(table, row, column)
            if other not in every and table.counts[other[0]][other[1]] is not None
        ]
        if not choices:
            break
        every.add(min(choices, key=lambda other: _price(table, other)))
    return frozenset(every - first)


def advise(table: CountTable, limit: int) -> Iterator[Advice]:
    """Yield a table's small cells with what to hide beside each."""
    small = small_cells(table, limit)
    more = sorted(secondary(table, small))
    for row, column in sorted(small):
        also = tuple(
            f"{table.rows[r]}, {table.columns[c]}" for r, c in more if r == row or c == column
        ) or tuple(f"{table.rows[r]}, {table.columns[c]}" for r, c in more)
        value = table.counts[row][column]
        if value is not None:
            yield Advice(row=table.rows[row], column=table.columns[column], value=value, also=also)


def _others(table: CountTable, row: int, column: int) -> Iterator[Cell]:
    """Yield the other cells of the sums that a cell is part of."""
    if table.total_column is not None:
        yield from ((row, other) for other in range(len(table.counts[row])) if other != column)
    if table.total_row is not None:
        yield from ((other, column) for other in range(len(table.counts)) if other != row)


def _price(table: CountTable, cell: Cell) -> tuple[bool, bool, int, Cell]:
    value = table.counts[cell[0]][cell[1]] or 0
    return cell[0] == table.total_row or cell[1] == table.total_column, value == 0, value, cell


def _given_away(table: CountTable, hidden: set[Cell]) -> set[Cell]:
    """Return the hidden cells that the totals give away: the bridges of the graph.

    A row without a total is no sum, so it binds nothing: such rows and columns are one point.
    """
    lines = sorted(hidden)
    ends = [
        (
            ("row", row) if table.total_column is not None else ("free", 0),
            ("column", column) if table.total_row is not None else ("free", 0),
        )
        for row, column in lines
    ]
    return {
        cell
        for number, cell in enumerate(lines)
        if ends[number][0] != ends[number][1] and not _joined(ends, number)
    }


def _joined(ends: Sequence[tuple[tuple[str, int], tuple[str, int]]], without: int) -> bool:
    """Tell whether the two ends of a line are joined by the other lines."""
    start, goal = ends[without]
    reached = {start}
    grew = True
    while grew and goal not in reached:
        grew = False
        for number, (one, two) in enumerate(ends):
            if number != without and (one in reached) != (two in reached):
                reached |= {one, two}
                grew = True
    return goal in reached


def tables_of(page: Page) -> Iterator[CountTable]:
    """Yield the tables of a page that count people by ethnicity."""
    for name, blocks in _by_table(page).items():
        rows = [[page.text[start:end].strip() for start, end in block.cells] for block in blocks]
        heading = _heading(page, blocks[0])
        table = _count_table(rows, heading) if name is not None else None
        if table is not None:
            yield table


def _by_table(page: Page) -> dict[int | None, list[Block]]:
    found: dict[int | None, list[Block]] = {}
    for block in page.blocks:
        if block.kind is BlockKind.TABLE_ROW and block.table is not None and len(block.cells) > 1:
            found.setdefault(block.table, []).append(block)
    return found


def _heading(page: Page, first: Block) -> str:
    """Return the heading or caption right above a table."""
    above = [
        block for block in page.blocks if block.end <= first.start and block.kind is not BlockKind.FURNITURE
    ]
    return " ".join(
        page.text[block.start : block.end] for block in above[-2:] if block.end - block.start < 200
    )


def _count_table(rows: list[list[str]], heading: str) -> CountTable | None:
    if len(rows) < 2:
        return None
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    names, body = rows[0], rows[1:]
    in_rows = any(_ETHNIC.search(row[0]) for row in body)
    in_columns = any(_ETHNIC.search(name) for name in names[1:])
    if not (in_rows or in_columns):
        return None
    if _NO_COUNTS.search(heading) and not any(map(_TOTAL.search, (*names, *(row[0] for row in body)))):
        return None
    counts = [
        [_count(text, names[column], row[0]) for column, text in enumerate(row[1:], start=1)] for row in body
    ]
    if in_columns and not in_rows:  # only the columns of groups, and their total, count people by ethnicity
        kept = [bool(_ETHNIC.search(name) or _TOTAL.search(name)) for name in names[1:]]
        counts = [
            [value if keep else None for value, keep in zip(line, kept, strict=True)] for line in counts
        ]
    labels = tuple(row[0] or f"row {number}" for number, row in enumerate(body, start=1))
    titles = tuple(name or f"column {number}" for number, name in enumerate(names[1:], start=2))
    return CountTable(
        counts=counts,
        rows=labels,
        columns=titles,
        total_row=_total(labels),
        total_column=_total(titles),
    )


def _total(names: Sequence[str]) -> int | None:
    """Return which of the names is that of the total: the last that says so."""
    return next((number for number in reversed(range(len(names))) if _TOTAL.search(names[number])), None)


def _count(text: str, column: str, row: str) -> int | None:
    match = _COUNT.fullmatch(text.strip())
    if match is None or _NO_COUNTS.search(column) or _NO_COUNTS.search(row):
        return None
    return int(match["count"].replace(",", ""))
