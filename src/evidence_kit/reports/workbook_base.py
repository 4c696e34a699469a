"""Sheets of a workbook that people fill in: one way to lay out a table, yellow where people write.

Every cell is written as text, a number or a date: nothing that a document contains becomes a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evidence_kit.reports import workbook_layout as layout
from evidence_kit.reports.words import one_line
from evidence_kit.reports.workbook_layout import Column

MOST_CHARACTERS = 32_000
"""Of a cell; spreadsheet programs hold 32,767."""
_LABEL, _WORDS = 32, 92
"""Widths of the two columns of sheets that are no tables, in characters."""
_LINE, _MOST_HEIGHT = 13.5, 400.0
"""Points of a line and of the highest row (programs allow 409)."""
_A3, _A4 = 8, 9
"""Sizes of paper by their numbers in spreadsheets (ECMA-376 part 1, 18.3.1.63)."""
_MOST_ON_A4 = 200
"""Characters beside each other that can still be read on A4."""
_HEAD = "#2f3e46"
_FILLED = "#fff8e1"

Cell = str | int | date | tuple[str, str]
"""Text, a number, a date, or a link and its words."""


class Sheets:
    """A workbook while it is written; the same calls give the same bytes.

    Args:
        title: For its properties.
        made: Stands as the day on which it was made, since no clock may be read.
    """

    def __init__(self, *, title: str, made: date) -> None:
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        at = datetime.combine(made, datetime.min.time())
        self._book.set_properties({"title": title, "author": "evidence-kit", "created": at})
        self._head = self._format(bold=True, font_color="white", bg_color=_HEAD)
        rule = {"bottom": 1, "bottom_color": "#dcd8d0", "align": "left"}
        self._text = self._format(**rule)
        self._cut = self._format(text_wrap=False, **rule)
        self._filled = self._format(bg_color=_FILLED, border=1, border_color="#c9b458")
        self._day = self._format(bg_color=_FILLED, border=1, border_color="#c9b458", num_format="d mmmm yyyy")
        self._link = self._format(font_color="#0b5394", underline=1, **rule)
        self._title = self._book.add_format({"bold": True, "font_size": 16})
        self._strong = self._format(bold=True)

    def _format(self, **more: object) -> Format:
        return self._book.add_format({"text_wrap": True, "valign": "top", "font_size": 10, **more})

    def finished(self) -> bytes:
        """Return the workbook."""
        self._book.close()
        return self._buffer.getvalue()

    def lines(
        self,
        name: str,
        pairs: Iterable[tuple[str, str]],
        *,
        title: str = "",
        filled_in: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Write a sheet of labels and texts.

        Args:
            name: Of the sheet.
            pairs: Labels and texts.
            title: Above them.
            filled_in: Labels beside which a person writes, each with what stands there already.
        """
        sheet = self._book.add_worksheet(name)
        self._page(sheet, landscape=False)
        sheet.set_column(0, 0, _LABEL)
        sheet.set_column(1, 1, _WORDS)
        top = 0
        if title:
            sheet.write_string(0, 0, title, self._title)
            top = 2
        for row, (label, text) in enumerate(filled_in, start=top):
            sheet.write_string(row, 0, label, self._strong)
            if text:
                sheet.write_string(row, 1, _clean(text), self._filled)
            else:
                sheet.write_blank(row, 1, None, self._filled)
        for row, (label, text) in enumerate(pairs, start=top + len(filled_in)):
            sheet.set_row(row, _height(((label, _LABEL), (text, _WORDS))))
            sheet.write_string(row, 0, _clean(label), self._strong)
            sheet.write_string(row, 1, _clean(text), self._text)

    def choices(self, name: str, columns: Mapping[str, tuple[int, Sequence[str]]]) -> None:
        """Write what drop-downs offer that is too long for a cell: headings with their widths and words."""
        sheet = self._book.add_worksheet(name)
        for index, (heading, (width, words)) in enumerate(columns.items()):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, heading, self._head)
            for row, word in enumerate(words, start=1):
                sheet.write_string(row, index, _clean(word))

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        *,
        spare: int = 0,
        frozen: str = layout.CRITERION,
        sources: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Write a sheet that is one table: frozen headings, filters, drop-downs, yellow where people write.

        Args:
            name: Of the sheet.
            columns: Its columns.
            rows: A cell for every column.
            spare: Empty rows that a person may fill.
            frozen: Heading of the last column that stays in sight, if there is such a column.
            sources: Cells in which the words of a column's drop-down stand, by heading.
        """
        sheet = self._book.add_worksheet(name)
        printed = [column for column in columns if column.folded]
        self._page(sheet, paper=_A3 if sum(column.width for column in printed) > _MOST_ON_A4 else _A4)
        sheet.set_row(0, 2 * _LINE + 2)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.heading, self._head)
        last = 0
        for last, row in enumerate(rows, start=1):
            sheet.set_row(
                last,
                _height((_words(cell), c.width) for c, cell in zip(columns, row, strict=True) if c.folded),
            )
            for index, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._cell(sheet, last, index, value, column)
        for row_number in range(last + 1, last + 1 + spare):
            for index, column in enumerate(columns):
                self._cell(sheet, row_number, index, "", column)
        end = max(last + spare, 1)
        sheet.freeze_panes(1, next((i + 1 for i, c in enumerate(columns) if c.heading == frozen), 0))
        sheet.autofilter(0, 0, end, len(columns) - 1)
        sheet.print_area(0, 0, end, len(printed) - 1)
        for index, column in enumerate(columns):
            source: Sequence[str] | str = sources.get(column.heading, "") or list(column.choices)
            if source:
                sheet.data_validation(
                    1, index, end, index, {"validate": "list", "source": source, "error_type": "warning"}
                )

    def _page(self, sheet: Worksheet, *, landscape: bool = True, paper: int = _A4) -> None:
        if landscape:
            sheet.set_landscape()
            sheet.repeat_rows(0)
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)

    def _cell(self, sheet: Worksheet, row: int, index: int, value: Cell, column: Column) -> None:
        form = self._filled if column.filled_in else self._text if column.folded else self._cut
        if isinstance(value, tuple):
            link, words = value
            sheet.write_url(row, index, f"external:{link}", self._link, _clean(words))
        elif isinstance(value, date):
            sheet.write_datetime(row, index, datetime.combine(value, datetime.min.time()), self._day)
        elif isinstance(value, int):
            sheet.write_number(row, index, value, form)
        elif value:
            sheet.write_string(row, index, _clean(value), form)
        else:
            sheet.write_blank(row, index, None, self._day if column.heading == layout.TARGET_DATE else form)


def _words(cell: Cell) -> str:
    return cell[1] if isinstance(cell, tuple) else str(cell)


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row whose text is folded at these widths: programs do not work it out on opening."""
    lines = max(-(-len(text) * 11 // (width * 10)) for text, width in cells)
    return min(max(lines, 1) * _LINE + 2, _MOST_HEIGHT)


def _clean(text: str) -> str:
    """Return text that a cell can hold: hidden characters spelt out, and no longer than a cell is."""
    words = one_line(text)
    return (
        words if len(words) <= MOST_CHARACTERS else f"{words[:MOST_CHARACTERS]} … [cut: too long for a cell]"
    )
