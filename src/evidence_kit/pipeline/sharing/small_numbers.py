"""Small numbers in tables by ethnicity: which cells to hide, and which others with them.

A hidden cell is given away where it is the only unknown in a row or column whose total is shown. Seen as a graph, rows
and columns are points and every hidden cell is a line between its row and its column; a cell can be worked out from the
totals exactly where its line is on no ring of such lines (Gusfield, "A graph theoretic approach to statistical data
security", SIAM Journal on Computing 17, 1988). So each small cell is put on the ring that costs least.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from evidence_kit.language.count_labels import names_ethnicity
from evidence_kit.records.document import Block, BlockKind, Page

Cell = tuple[int, int]
"""Row and column, from 0."""
HIDDEN = -1
"""Stands in the place of a count that the table hides itself ("<10", "*")."""
Grid = Sequence[Sequence[int | None]]
"""Counts, or :data:`HIDDEN`; ``None`` for a cell that holds neither."""
Point = tuple[str, int]
"""A row or column of the graph."""

MOST_CELLS = 2_000
"""Of a table whose totals are looked at; larger ones are extracts, and their small cells are told alone."""
TOTAL_PRICE = 10**9
NOUGHT_PRICE = 10**6
"""Nought protects badly: who knows that nobody is in a group takes it for shown."""

_ETHNICITY = re.compile(r"\bethnic|\brace\b", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\b(?:(?:first|last|full|employee|staff)? ?name|surname|forename|employee|assignment|payroll|esr|staff (?:id|no)"
    r"|date of birth|dob|age|gender|sex|post ?code|job title|start date|nationality|religion|disability)\b",
    re.IGNORECASE,
)
LEAST_RECORDS = 6
_COUNT = re.compile(r"(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6})(?:\s*\(\s*\d+(?:\.\d+)?\s*%?\s*\))?\*?")
_HIDING = re.compile(
    r"\*+|†|\[?[xc]\]?|<\s?\d+|(?:fewer|less) than \w+|suppressed|redacted|withheld", re.IGNORECASE
)
_TOTAL = re.compile(r"\b(?:total|all(?: staff)?|overall|sum|headcount)\b", re.IGNORECASE)
_NO_COUNTS = re.compile(
    r"%|\bper ?cent|\bratio|\blikelihood|\bscore|\baverage|\bmean\b|\bmedian\b|\bindicator\b|\bdate\b|\byear\b"
    r"|\bno\.?$|\bref|\bitem\b|\bband$|\btarget\b|\bpage\b|\btimes\b|\bgap\b|\bdays\b|\bpoints?\b|\brank|£|\bmetric\b",
    re.IGNORECASE,
)
"""A column or row of this name holds no people counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to hide in a table.

    Attributes:
        row, column: Names of the small cell's row and column.
        value: What stands in it; :data:`HIDDEN` for a cell that the table hides and its totals give away.
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
    """Return the cells to hide beside the hidden ones, so that none of these can be worked out from totals."""
    first = frozenset(hidden)
    every = set(first)
    for cell in sorted(first):
        every |= _ring(table, every, cell)
    return frozenset(every - first)


def advise(table: CountTable, limit: int) -> Iterator[Advice]:
    """Yield a table's small cells, and those that it hides in vain, with what to hide beside each."""
    small = small_cells(table, limit)
    marked = frozenset(cell for cell, value in _cells(table) if value == HIDDEN)
    every = set(small | marked)
    is_large = sum(1 for _ in _cells(table)) > MOST_CELLS
    for cell in sorted(small | marked):
        more = frozenset() if is_large else _ring(table, every, cell)
        every |= more
        if more or cell in small:
            yield Advice(
                row=table.rows[cell[0]],
                column=table.columns[cell[1]],
                value=table.counts[cell[0]][cell[1]] or 0,
                also=tuple(f"{table.rows[row]}, {table.columns[column]}" for row, column in sorted(more)),
            )


def _cells(table: CountTable) -> Iterator[tuple[Cell, int]]:
    for row, values in enumerate(table.counts):
        for column, value in enumerate(values):
            if value is not None:
                yield (row, column), value


def _ring(table: CountTable, hidden: set[Cell], cell: Cell) -> frozenset[Cell]:
    """Return the cells to hide so that a cell lies on a ring of hidden ones: the way round that costs least.

    A row whose total is not shown is no sum, so it binds nothing: such rows and columns are one point.
    """
    lines: dict[Point, list[tuple[Point, Cell, int]]] = {}
    for other, value in _cells(table):
        if other != cell:
            one, two = _ends(table, other)
            price = 0 if other in hidden or value == HIDDEN else _price(table, other, value)
            lines.setdefault(one, []).append((two, other, price))
            lines.setdefault(two, []).append((one, other, price))
    start, goal = _ends(table, cell)
    waiting: list[tuple[int, Point, tuple[Cell, ...]]] = [(0, start, ())]
    done: set[Point] = set()
    while waiting:
        cost, point, way = heappop(waiting)
        if point == goal:
            return frozenset(way) - hidden
        if point in done:
            continue
        done.add(point)
        for end, other, price in lines.get(point, ()):
            if end not in done:
                heappush(waiting, (cost + price, end, (*way, other)))
    return frozenset()


def _ends(table: CountTable, cell: Cell) -> tuple[Point, Point]:
    return (
        ("row", cell[0]) if table.total_column is not None else ("free", 0),
        ("column", cell[1]) if table.total_row is not None else ("free", 0),
    )


def _price(table: CountTable, cell: Cell, value: int) -> int:
    """Return what is lost with a cell: the people that it counts; a total costs most, nought nearly as much."""
    is_total = cell[0] == table.total_row or cell[1] == table.total_column
    return value + 1 + (TOTAL_PRICE if is_total else 0) + (NOUGHT_PRICE if value == 0 else 0)


def tables_of(page: Page) -> Iterator[CountTable]:
    """Yield the tables of a page that count people by ethnicity."""
    for blocks in _by_table(page).values():
        rows = _rows(page, blocks)
        table = None if _is_records(rows) else _count_table(rows, _heading(page, blocks[0]))
        if table is not None:
            yield table


def records_of(page: Page) -> Iterator[str]:
    """Yield what tables seem to hold a row a person with the person's ethnicity: how many rows, and their columns."""
    for blocks in _by_table(page).values():
        rows = _rows(page, blocks)
        if _is_records(rows):
            yield f"{len(rows) - 1} rows with {', '.join(name for name in rows[0] if name)}"


def _is_records(rows: Sequence[Sequence[str]]) -> bool:
    """Guess whether a table holds a row a person: ethnicities that repeat, and what is a person's own."""
    if len(rows) <= LEAST_RECORDS:
        return False
    names = rows[0]
    column = next((number for number, name in enumerate(names) if _ETHNICITY.search(name)), None)
    if column is None or not any(_PERSONAL.search(name) for name in names):
        return False
    values = [row[column] for row in rows[1:] if len(row) > column and row[column]]
    return len(values) > LEAST_RECORDS / 2 and 2 * len(set(values)) <= len(values)


def _rows(page: Page, blocks: Sequence[Block]) -> list[list[str]]:
    return [[page.text[start:end].strip() for start, end in block.cells] for block in blocks]


def _by_table(page: Page) -> dict[int, list[Block]]:
    found: dict[int, list[Block]] = {}
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
    in_rows = any(names_ethnicity(row[0]) for row in body)
    in_columns = any(names_ethnicity(name) for name in names[1:])
    if not (in_rows or in_columns):
        return None
    if _NO_COUNTS.search(heading) and not any(map(_TOTAL.search, (*names, *(row[0] for row in body)))):
        return None
    counts = [
        [_count(text, names[column], row[0]) for column, text in enumerate(row[1:], start=1)] for row in body
    ]
    if in_columns and not in_rows:  # only the columns of groups, and their total, count people by ethnicity
        kept = [bool(names_ethnicity(name) or _TOTAL.search(name)) for name in names[1:]]
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
    if _NO_COUNTS.search(column) or _NO_COUNTS.search(row):
        return None
    if _HIDING.fullmatch(text.strip()):
        return HIDDEN
    match = _COUNT.fullmatch(text.strip())
    if match is None:
        return None
    return int(match["count"].replace(",", ""))
