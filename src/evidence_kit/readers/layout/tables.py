"""Ruled tables: from rules to a grid, and from words to its cells.

A table is a group of rules that touch one another, with at least two columns and two rows. Its cells are the fields
between neighbouring rules; fields with no rule between them are one cell. Pure functions; borderless tables are
:mod:`evidence_kit.readers.layout.rows`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence_kit.readers.layout.rules import Rule, Rules
from evidence_kit.readers.layout.segments import Segment
from evidence_kit.readers.layout.text import Cells

SNAP = 3.0
"""Rules within so many points are one; cells of shaded tables leave such gaps."""
MOST_CROSSINGS = 5_000
"""Graph paper is no table: one sheet of 31,000 crossings costs seconds and holds nothing."""
COVERED = 0.6
"""A rule parts two fields if it covers this share of the border between them."""
CLOSE = 0.2
"""Words of two cells stand further apart than so many line heights…"""
MOST_CLOSE = 0.2
"""… in all but this share of the places where a border parts a line; else the borders cut through running text."""
LONGEST_CELL = 200
"""Words of a cell; frames that lay out a page hold more."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's column and row borders, and for each field the field (row, column) whose cell it belongs to."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    owner: dict[tuple[int, int], tuple[int, int]]

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return row and column of the cell around a point, or ``None`` outside."""
        column = bisect_right(self.columns, x) - 1
        row = bisect_right(self.rows, y) - 1
        return self.owner.get((row, column))


def has_rows(segments: Sequence[Segment]) -> bool:
    """Whether two lines at least hold words side by side: without that no table is worth looking for."""
    seen: dict[int, int] = {}
    for segment in segments:
        if not segment.angle:
            line = round(segment.bottom / 2)
            seen[line] = seen.get(line, 0) + 1
    return sum(count > 1 for count in seen.values()) > 1


def find_grids(rules: Rules) -> list[Grid]:
    """Return the grids that the rules draw, from top to bottom."""
    horizontal, vertical = _merged(rules.horizontal), _merged(rules.vertical)
    if len(horizontal) < 2 or len(vertical) < 2 or len(horizontal) * len(vertical) > MOST_CROSSINGS * 4:
        return []
    grids = []
    for across, down in _groups(horizontal, vertical):
        grid = _grid(across, down)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.rows[0], grid.columns[0]))


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Snap rules that lie side by side to one place, and join those that touch end to end."""
    merged: list[Rule] = []
    group: list[Rule] = []
    for rule in [*sorted(rules, key=lambda rule: (rule.at, rule.begin)), None]:
        if rule is not None and (not group or rule.at - group[0].at <= SNAP):
            group.append(rule)
            continue
        at = sum(one.at for one in group) / len(group) if group else 0.0
        for one in sorted(group, key=lambda one: one.begin):
            if merged and merged[-1].at == at and one.begin <= merged[-1].end + SNAP:
                merged[-1] = replace(merged[-1], end=max(merged[-1].end, one.end))
            else:
                merged.append(Rule(at, one.begin, one.end))
        group = [rule] if rule is not None else []
    return merged


def _groups(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the rules in groups that are joined by crossings; none if there are too many crossings."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    crossings = 0
    for number, across in enumerate(horizontal):
        for other, down in enumerate(vertical, len(horizontal)):
            if (
                across.begin - SNAP <= down.at <= across.end + SNAP
                and down.begin - SNAP <= across.at <= down.end + SNAP
            ):
                crossings += 1
                parent[root(other)] = root(number)
    if crossings > MOST_CROSSINGS:
        return []
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, across in enumerate(horizontal):
        groups.setdefault(root(number), ([], []))[0].append(across)
    for other, down in enumerate(vertical, len(horizontal)):
        groups.setdefault(root(other), ([], []))[1].append(down)
    return list(groups.values())


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    """Return the grid of a group of rules, or ``None`` for fewer than two rows or columns."""
    rows = sorted({rule.at for rule in across})
    columns = sorted({rule.at for rule in down})
    if len(rows) < 3 or len(columns) < 3:
        return None
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(rows) - 1):
        top, bottom = rows[row], rows[row + 1]
        for column in range(len(columns) - 1):
            left, right = columns[column], columns[column + 1]
            if column and not _parted(down, left, top, bottom):
                owner[row, column] = owner[row, column - 1]
            elif row and not _parted(across, top, left, right) and owner[row - 1, column][1] == column:
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = (row, column)
    return Grid(tuple(columns), tuple(rows), owner)


def _parted(rules: Sequence[Rule], at: float, begin: float, end: float) -> bool:
    """Whether rules at a place cover the border between ``begin`` and ``end``."""
    covered = sum(max(0.0, min(rule.end, end) - max(rule.begin, begin)) for rule in rules if rule.at == at)
    return covered >= COVERED * (end - begin)


@dataclass(slots=True)
class Table:
    """A table with its words: rows of cells of segments.

    Attributes:
        first: Index of the first segment of the page that gave words to it.
    """

    rows: list[Cells]
    first: int


def fill(
    grids: Sequence[Grid], segments: Sequence[Segment], boxes: array[float]
) -> tuple[list[Table], list[Segment | None]]:
    """Put the words that stand in a grid into its cells.

    Args:
        boxes: Of all words of the page.

    Returns:
        The tables, and for every segment what is left of it outside tables: itself, or ``None``.
    """
    left: list[Segment | None] = list(segments)
    tables: list[Table] = []
    for grid in grids:
        cells, taken, first = _cells(grid, left, boxes)
        words = [sum(len(segment.words) for segment in cell) for cell in cells.values()]
        if len(words) < 3 or max(words) > LONGEST_CELL or not cells:
            continue
        for index in taken:
            left[index] = None
        tables.append(Table(_rows(grid, cells), first))
    return tables, left


def _cells(
    grid: Grid, segments: Sequence[Segment | None], boxes: array[float]
) -> tuple[dict[tuple[int, int], list[Segment]], list[int], int]:
    """Return the segments of each cell, which segments of the page they came from, and the first of those.

    Nothing is returned for a grid whose borders run through words that belong together.
    """
    cells: dict[tuple[int, int], list[Segment]] = {}
    taken: list[int] = []
    cuts = close = 0
    left, right, top, bottom = grid.columns[0], grid.columns[-1], grid.rows[0], grid.rows[-1]
    for index, segment in enumerate(segments):
        if segment is None or segment.angle or segment.left > right or segment.right < left:
            continue
        if not top <= segment.centre[1] <= bottom:
            continue
        pieces: list[tuple[tuple[int, int], Segment]] = []
        for piece in segment.cut(grid.columns, boxes):
            place = grid.cell_at(*piece.centre)
            if place is None:
                break
            if pieces and place == pieces[-1][0]:
                pieces[-1][1].extend(piece)
                continue
            if pieces:
                cuts += 1
                close += piece.left - pieces[-1][1].right < CLOSE * segment.height
            pieces.append((place, piece))
        else:
            taken.append(index)
            for place, piece in pieces:
                cells.setdefault(place, []).append(piece)
    if not taken or close > MOST_CLOSE * max(cuts, 4):
        return {}, [], 0
    return cells, taken, taken[0]


def _rows(grid: Grid, cells: dict[tuple[int, int], list[Segment]]) -> list[Cells]:
    """Return the rows that hold words, every row with a cell for each column that any row has."""
    used = sorted({place[1] for place in cells})
    rows: list[Cells] = []
    for row in range(len(grid.rows) - 1):
        content = [cells.get((row, column), []) for column in used]
        if any(content):
            rows.append(Cells(content, len(rows)))
    if rows:
        rows[0].header = is_header(rows)
    return rows


def is_header(rows: Sequence[Cells]) -> bool:
    """Whether the first row is set in bold above rows that are not; plain ones wait for the whole table."""
    first = [cell for cell in rows[0].cells if cell]
    if len(rows) < 2 or len(first) < 2 or not _is_bold(first):
        return False
    return not all(_is_bold([cell for cell in row.cells if cell]) for row in rows[1:])


def _is_bold(cells: Sequence[Sequence[Segment]]) -> bool:
    return all(segment.bold for cell in cells for segment in cell)
