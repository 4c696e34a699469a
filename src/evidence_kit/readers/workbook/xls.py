"""Reads Excel workbooks of the format before 2007 (.xls) by calamine, which gives values without their formats.

So a share that the sheet shows as 12.5% comes as 0.125, and hidden rows and columns are not known.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from evidence_kit.readers.base import ENCRYPTED, ReadError
from evidence_kit.readers.office.package import damaged
from evidence_kit.readers.office.xml import tidy
from evidence_kit.readers.workbook.formats import plain_number, show_moment
from evidence_kit.readers.workbook.grid_headers import Cell, Kind, kind_of_text
from evidence_kit.readers.workbook.sheets import Budget, RowMaker, Sheet

_PASSWORD = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""The record that begins a workbook, followed by the one that says how it is encrypted ([MS-XLS] 2.4.21, 2.4.117)."""


def read_sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets in their order.

    Raises:
        ReadError: The file is protected by a password, or damaged.
    """
    if "EncryptedPackage".encode("utf-16-le") in data or _PASSWORD.search(data):
        raise ReadError(
            ENCRYPTED,
            "The file is protected by a password.",
            "Open it with its password, save it without one, and map it again.",
        )
    book = rust_guarded(opened, data)
    budget = Budget()
    for index, facts in enumerate(book.sheets_metadata):
        name = tidy(facts.name)
        if not str(facts.visible).endswith(".Visible"):
            yield Sheet(name=name, hidden=True)
        elif not str(facts.typ).endswith(".WorkSheet"):
            yield Sheet(name=name, pictures=int(str(facts.typ).endswith(".ChartSheet")))
        else:
            yield rust_guarded(_sheet, book, index, name, budget)


def rust_guarded(function: Any, *arguments: Any) -> Any:
    """Call what calls calamine; its errors and panics tell of the file, not of us."""
    from python_calamine import CalamineError

    try:
        with _quiet():
            return function(*arguments)
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged("The file is damaged: it cannot be read as an Excel workbook.") from error
    except BaseException as error:
        # A panic of the Rust library derives from BaseException; its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged("The file is damaged: it cannot be read as an Excel workbook.") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Send standard error nowhere: the Rust library prints its panics before they become exceptions."""
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a path
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def opened(data: bytes) -> Any:
    """Return calamine's workbook of a file's bytes, of whatever format; call it by :func:`rust_guarded`."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(BytesIO(data))


def _sheet(book: Any, index: int, name: str, budget: Budget) -> Sheet:
    sheet = book.get_sheet_by_index(index)
    maker = RowMaker(budget)
    first_row, first_column = sheet.start or (0, 0)
    across = {
        (start[0] + 1, start[1] + 1): end[1] - start[1] + 1
        for start, end in sheet.merged_cell_ranges or ()
        if end[1] > start[1]
    }
    for number, values in enumerate(sheet.to_python(skip_empty_area=True), first_row + 1):
        cells = {}
        for column, value in enumerate(values, first_column + 1):
            text, kind = _shown(value)
            if text:
                cells[column] = Cell(text, kind, across=across.get((number, column), 1))
        if not maker.add(number, cells):
            break
    return Sheet(name=name, rows=tuple(maker.rows), cut=maker.cut)


def _shown(value: object) -> tuple[str, Kind]:
    if isinstance(value, bool):
        return str(value).upper(), Kind.TEXT
    if isinstance(value, int | float):
        return plain_number(float(value)), Kind.NUMBER
    if isinstance(value, date | datetime):
        return show_moment(value), Kind.DATE
    if isinstance(value, time):
        return f"{value:%H:%M}", Kind.TEXT
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}", Kind.NUMBER
    text = tidy(str(value))
    return text, kind_of_text(text)
