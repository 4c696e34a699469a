"""Cells and rows of a sheet, and which rows at the top of a table name its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

MAX_HEADERS = 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"[-+(]?\s*£?\s*\d[\d,]*(?:\.\d+)?\s*%?\)?")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d(?:[T ][\d:]{4,8})?")
_MOST = 0.5


class Kind(Enum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: its text as shown, what it is, whether it is bold, how many columns it is merged over."""

    text: str
    kind: Kind = Kind.TEXT
    bold: bool = False
    across: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it: its number from 1, its filled cells by column, its source line in text files."""

    number: int
    cells: Mapping[int, Cell]
    line: int | None = None


def kind_of_text(text: str) -> Kind:
    """Return whether a text reads as a figure ("1,234", "12.5%", "£30") or a date in figures ("04/02/2026")."""
    if _FIGURE.fullmatch(text):
        return Kind.NUMBER
    return Kind.DATE if _DATE.fullmatch(text) else Kind.TEXT


def figure_columns(rows: Sequence[Row]) -> frozenset[int]:
    """Return the columns in which more than half of the filled cells are numbers."""
    filled: dict[int, int] = {}
    figures: dict[int, int] = {}
    for row in rows:
        for column, cell in row.cells.items():
            filled[column] = filled.get(column, 0) + 1
            figures[column] = figures.get(column, 0) + (cell.kind is Kind.NUMBER)
    return frozenset(column for column, count in filled.items() if 2 * figures[column] > count)


def count_headers(rows: Sequence[Row], told: frozenset[int]) -> int:
    """Return how many rows at the top of a table are header rows.

    The file says so, or they are set in bold above others that are not, or they name columns of figures. A row that
    fills what the row above leaves empty, or parts what is merged there, is a header row with it.

    Args:
        rows: All rows of the table.
        told: Numbers of rows that the file marks as header rows.
    """
    marked = [index for index, row in enumerate(rows[:MAX_HEADERS]) if row.number in told]
    if marked and marked[-1] + 1 < len(rows):
        return marked[-1] + 1
    if len(rows) < 2 or not _names(rows[0]):
        return 0
    body = rows[_names_at_top(rows) :]
    figures = figure_columns(body)
    if not (_is_bold(rows[0]) and not all(map(_is_bold, rows[1:]))) and not _stands_over_figures(
        rows[0], body
    ):
        return 0
    count = 1
    while (
        count < min(MAX_HEADERS, len(rows) - 1)
        and _names(rows[count])
        and _completes(rows[count - 1], rows[count], figures)
    ):
        count += 1
    return count


def _names(row: Row) -> bool:
    """Say whether a row may name columns: words, years and dates, no other figures; more than one cell."""
    return len(row.cells) > 1 and all(
        cell.kind is not Kind.NUMBER or _YEAR.fullmatch(cell.text) for cell in row.cells.values()
    )


def _is_bold(row: Row) -> bool:
    return all(cell.bold for cell in row.cells.values())


def _names_at_top(rows: Sequence[Row]) -> int:
    """Return how many rows at the top may be names; one, where that would leave no others, or of pairs of values."""
    count = 0
    while count < len(rows) and _names(rows[count]):
        count += 1
    columns = {column for row in rows for column in row.cells}
    return count if count < min(MAX_HEADERS, len(rows)) and len(columns) > 2 else 1


def _stands_over_figures(top: Row, rest: Sequence[Row]) -> bool:
    """Say whether a row of names stands over a column of figures or dates."""
    columns = {column for row in (top, *rest) for column in row.cells}
    first, several = min(columns), len(columns) > 2  # in pairs, a year is a value like others
    for column, cell in top.cells.items():
        below = [row.cells[column] for row in rest if column in row.cells]
        figures = sum(1 for one in below if one.kind is Kind.NUMBER and not _YEAR.fullmatch(one.text))
        if cell.kind is Kind.TEXT and column != first:
            figures += sum(
                1 for one in below if one.kind is Kind.DATE or (several and _YEAR.fullmatch(one.text))
            )
        elif cell.kind is Kind.TEXT:  # "Date", "Year" over a first column of them
            figures += sum(1 for one in below if one.kind is Kind.DATE)
        if below and figures > _MOST * len(below):
            return True
    return False


def _completes(above: Row, row: Row, figures: frozenset[int]) -> bool:
    """Say whether a second row of names goes with the one above."""
    parts = {
        column
        for start, cell in above.cells.items()
        if cell.across > 1
        for column in range(start, start + cell.across)
    }
    fills = [column for column in row.cells if column not in above.cells or column in parts]
    return bool(fills) and (_is_bold(row) or any(column in figures for column in fills))
