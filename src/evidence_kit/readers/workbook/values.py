"""Reads tables of values (.csv, .tsv): what parts them is told from the text, a cell is text and nothing else."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from evidence_kit.readers.base import TOO_LARGE, Inspection, Whole
from evidence_kit.readers.office.xml import tidy
from evidence_kit.readers.sections import make_sections
from evidence_kit.readers.text.lines import read_text
from evidence_kit.readers.workbook.grid import lay_rows
from evidence_kit.readers.workbook.grid_headers import Cell, Kind, Row, kind_of_text
from evidence_kit.readers.workbook.sheets import MAX_COLUMNS, SHEET_CELLS, Budget, RowMaker
from evidence_kit.records.document import Page, Problem
from evidence_kit.workers import Limits

_DELIMITERS = ",;\t|"
_SAMPLE_CHARS = 32_768
_SAMPLE_ROWS = 100
_CELL_LINES = 200
"""More lines than this in a cell, and nobody closed its quotation mark."""
_NAME_CHARS = 80
_TOLD = "sep="
"""With this Excel marks, in a line of its own at the top, what parts the values."""


def read_whole(path: Path, limits: Limits) -> Whole:
    """Read the values as a sheet; ``Page.number`` is ``None``.

    Raises:
        ReadError: The file is empty, larger than the limit, or no text.
    """
    rows, cut = _rows(path, limits)
    problems: tuple[Problem, ...] = ()
    if cut:
        told = f"The rows from line {cut:,} on were not read: more than {SHEET_CELLS:,} values are not read of a file."
        step = "Save the rows or totals that matter as a file of their own and map it again."
        problems = (Problem(code=TOO_LARGE, file="", message=told, next_step=step),)
    pages = _pages(rows)
    return Inspection(page_count=len(pages), problems=problems), pages


def _pages(rows: Sequence[Row]) -> tuple[Page, ...]:
    return make_sections(lay_rows(rows, _named(rows)))


def _rows(path: Path, limits: Limits) -> tuple[list[Row], int]:
    """Return the rows, and the line of the first that was not read because of the limit, or 0."""
    text = read_text(path, limits)
    skipped = 0
    delimiter = ""
    if text[: len(_TOLD)].lower() == _TOLD and text[len(_TOLD) + 1 : len(_TOLD) + 2] == "\n":
        delimiter, skipped = text[len(_TOLD)], 1
        text = text[len(_TOLD) + 2 :]
    delimiter = delimiter or delimiter_of(text)
    try:
        return _made(text, delimiter, skipped)
    except csv.Error:  # a quotation mark that nobody closed
        return _made(text, delimiter, skipped, quoted=False)


def delimiter_of(text: str) -> str:
    """Return the character that parts the most lines of a text into equally many values."""
    sample = text[:_SAMPLE_CHARS]
    if len(text) > _SAMPLE_CHARS:
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, choice = (0.0, 0), ","
    for delimiter in _DELIMITERS:
        widths = Counter(_widths(sample, delimiter))
        several = [(count, width) for width, count in widths.items() if width > 1]
        if not several:
            continue
        count, width = max(several)
        score = (count / sum(widths.values()), width)
        if score > best:
            best, choice = score, delimiter
    return choice


def _widths(sample: str, delimiter: str) -> Iterator[int]:
    reader = csv.reader(StringIO(sample, newline=""), delimiter=delimiter)
    try:
        for number, values in enumerate(reader):
            if number >= _SAMPLE_ROWS:
                return
            if values:
                yield len(values)
    except csv.Error:
        return


def _made(text: str, delimiter: str, skipped: int, *, quoted: bool = True) -> tuple[list[Row], int]:
    """Read the values into rows.

    Raises:
        csv.Error: The quotation marks do not come in pairs; only where ``quoted``.
    """
    maker = RowMaker(Budget())
    records = _quoted(text, delimiter) if quoted else _plain(text, delimiter)
    for number, (line, values) in enumerate(records, 1):
        cells = {}
        for column, value in enumerate(values[:MAX_COLUMNS], 1):
            if shown := tidy(value):
                cells[column] = Cell(shown, kind_of_text(shown))
        if not maker.add(number, cells, line=line + skipped):
            return maker.rows, line + skipped
    return maker.rows, 0


def _quoted(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the values of every record, and the line on which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for values in reader:
        if any(value.count("\n") > _CELL_LINES for value in values):
            raise csv.Error
        yield line, values
        line = reader.line_num + 1


def _plain(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the values of every line; quotation marks are characters like others."""
    for line, record in enumerate(text.split("\n"), 1):
        yield line, record.split(delimiter)


def _named(rows: Sequence[Row]) -> frozenset[int]:
    """Return the number of the first row if it names the columns: as many names as there are columns, no figure."""
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return frozenset()
    top = rows[0].cells
    texts = {cell.text for cell in top.values()}
    if len(texts) < len(top) or any(
        cell.kind is not Kind.TEXT or len(cell.text) > _NAME_CHARS or "\n" in cell.text
        for cell in top.values()
    ):
        return frozenset()
    width = Counter(max(row.cells) for row in rows[1:]).most_common(1)[0][0]
    return frozenset({rows[0].number}) if max(top) >= width else frozenset()
