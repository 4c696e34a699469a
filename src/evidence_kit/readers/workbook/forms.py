"""Reads a workbook as a form that people filled in: every cell at its place, filtered and hidden rows too.

Papers are read otherwise (:mod:`evidence_kit.readers.workbook.reader`): what is hidden in a paper is no evidence, but a
row that a filter hides in a form was filled in all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from evidence_kit.readers.base import NOT_READ_YET, ReadError
from evidence_kit.readers.sniff import sniff
from evidence_kit.readers.workbook.xls import opened, rust_guarded
from evidence_kit.records.document import Media
from evidence_kit.workers import Limits, run_guarded

MOST_CELLS = 2_000_000
"""Of a form, empty ones inside its area counted."""

Value = str | float | bool | date


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet: rows from its first, cells from its first; an empty cell is an empty text."""

    name: str
    rows: tuple[tuple[Value, ...], ...]


def read_forms(path: Path, *, workers: int = 1, limits: Limits | None = None) -> tuple[Form, ...]:
    """Return the sheets of a workbook (.xlsx, .xls, .ods), read under guard.

    Raises:
        ReadError: The file is no workbook, is damaged or protected, or reading it took too much time or memory.
    """
    (outcome,) = run_guarded(_forms, [path], workers=workers, limits=limits or Limits())
    if isinstance(outcome.result, tuple):
        return outcome.result
    raise outcome.result or ReadError(
        outcome.failure,
        "The workbook took too much time or memory to read.",
        "Open it, save it again under another name, and run this once more.",
    )


def cell_name(row: int, column: int) -> str:
    """Return a cell's name ("B12"); rows and columns are counted from 0."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _forms(path: Path) -> tuple[Form, ...] | ReadError:
    """Return what :func:`read_forms` does; an error travels as a value out of a worker."""
    try:
        if sniff(path) is not Media.WORKBOOK:
            return ReadError(
                NOT_READ_YET,
                "This is not a workbook.",
                "Give the workbook that evidence-kit wrote, saved as .xlsx.",
            )
        book = rust_guarded(opened, path.read_bytes())
        return tuple(
            Form(sheet.name, rust_guarded(_rows, book, index))
            for index, sheet in enumerate(book.sheets_metadata)
            if str(sheet.typ).endswith(".WorkSheet")
        )
    except ReadError as error:
        return error


def _rows(book: Any, index: int) -> tuple[tuple[Value, ...], ...]:
    sheet = book.get_sheet_by_index(index)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise ReadError(
            "too_large",
            f"The sheet ‘{sheet.name}’ has more than {MOST_CELLS:,} cells.",
            "Delete what stands far below or beside the form, and save it again.",
        )
    return tuple(tuple(map(_value, row)) for row in sheet.to_python(skip_empty_area=False))


def _value(value: object) -> Value:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | float | bool | date) else str(value)
