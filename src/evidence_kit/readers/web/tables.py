"""Lays HTML tables into rows of one text a column; tables that only arrange a page are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import html

_MAX_SPAN = 100
_FRAME_CHARS = 400
"""A cell with a heading and more text than this holds a piece of the page, not a value."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOLD = ("b", "strong")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the texts of its columns, and whether it is a header row."""

    cells: tuple[str, ...]
    header: bool


def is_layout(table: html.HtmlElement) -> bool:
    """Say whether a table only arranges the page: told so, one column, tables or whole sections in its cells."""
    if (table.get("role") or "").lower() in ("presentation", "none") or table.find(".//table") is not None:
        return True
    rows = list(_rows(table))
    if all(len(list(_cells(row))) <= 1 for row in rows):
        return True
    return any(
        len(cell.text_content()) > _FRAME_CHARS
        for row in rows
        for cell in _cells(row)
        if any(cell.find(f".//{heading}") is not None for heading in _HEADINGS)
    )


def read_rows(table: html.HtmlElement, text_of: Callable[[html.HtmlElement], str]) -> list[Row]:
    """Return the rows with text. A cell over several columns or rows stands in its first and nowhere else."""
    laid: list[Row] = []
    hanging: dict[int, int] = {}  # column: rows that a cell above still covers
    elements = list(_rows(table))
    headers = _header_rows(elements)
    for position, row in enumerate(elements):
        texts: list[str] = []
        for cell in _cells(row):
            _skip_covered(texts, hanging)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(texts), len(texts) + wide):
                hanging[column] = high
            texts += [text_of(cell), *[""] * (wide - 1)]
        _skip_covered(texts, hanging)
        hanging = {column: rows - 1 for column, rows in hanging.items() if rows > 1}
        if any(texts):
            laid.append(Row(tuple(texts), header=position < headers))
    return laid


def _skip_covered(texts: list[str], hanging: dict[int, int]) -> None:
    while hanging.get(len(texts), 0) > 0:
        texts.append("")


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _span(cell: html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _header_rows(rows: Sequence[html.HtmlElement]) -> int:
    """Return how many rows at the top are header rows."""
    found = 0
    for position, row in enumerate(rows):
        cells = list(_cells(row))
        parent = row.getparent()
        told = (parent is not None and parent.tag == "thead") or (
            len(cells) > 1 and all(cell.tag == "th" or not cell.text_content().strip() for cell in cells)
        )
        below = rows[position + 1] if position + 1 < len(rows) else None
        bold = position == 0 and below is not None and _is_bold(row) and not _is_bold(below)
        if not told and not bold:
            break
        found += 1
    return found if found < len(rows) else 0


def _is_bold(row: html.HtmlElement) -> bool:
    """Say whether all text of a row's cells stands in bold."""
    filled = [cell for cell in _cells(row) if cell.text_content().strip()]
    return bool(filled) and all(
        cell.tag == "th"
        or cell.text_content().strip() == "".join(one.text_content() for one in cell.iter(*_BOLD)).strip()
        for cell in filled
    )
