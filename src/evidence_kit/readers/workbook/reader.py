"""Reads workbooks: Excel (.xlsx, .xlsm, .xls) and OpenDocument spreadsheets (.ods). A sheet is a page.

The sheet's name stands above its tables as a heading. What is hidden in the file is not read, and said to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from evidence_kit.readers.base import (
    DAMAGED,
    HIDDEN,
    PICTURES,
    TOO_LARGE,
    Draft,
    Inspection,
    Whole,
    make_page,
    unread_page,
)
from evidence_kit.readers.office.package import OLE_MAGIC, Package
from evidence_kit.readers.office.properties import core_properties, open_properties
from evidence_kit.readers.sections import TABLE_CHARS, make_sections
from evidence_kit.readers.text.lines import read_bytes
from evidence_kit.readers.workbook import ods, xls, xlsx
from evidence_kit.readers.workbook.grid import lay_rows
from evidence_kit.readers.workbook.sheets import SHEET_CELLS, WORKBOOK_CELLS, Sheet
from evidence_kit.records.document import BlockKind, Metadata, Page, Problem
from evidence_kit.workers import Limits

_NO_NAME = re.compile(r"(?:sheet|table|tabelle|feuil)\s?\d+|", re.IGNORECASE)
"""A name that the program gave."""


def read_whole(path: Path, limits: Limits) -> Whole:
    """Read the workbook, a sheet a page.

    Raises:
        ReadError: The file is no workbook, encrypted, damaged, or unpacks beyond the limit.
    """
    metadata, sheets = _read(path, limits)
    pages = _pages(sheets, limits)
    return Inspection(page_count=len(pages), metadata=metadata, problems=tuple(_problems(sheets))), pages


def _read(path: Path, limits: Limits) -> tuple[Metadata, list[Sheet]]:
    with path.open("rb") as file:
        old = file.read(len(OLE_MAGIC)) == OLE_MAGIC
    if old:
        return Metadata(), list(xls.read_sheets(read_bytes(path, limits)))
    with Package(path, limits) as package:
        if ods.is_spreadsheet(package):
            sheets = list(ods.read_sheets(package))
            return open_properties(package), sheets
        return core_properties(package), list(xlsx.read_sheets(package))


def _pages(sheets: Sequence[Sheet], limits: Limits) -> tuple[Page, ...]:
    pages: list[Page] = []
    tables = 0
    for number, sheet in enumerate(sheets, 1):
        if number > limits.pages:
            pages.append(unread_page(number, TOO_LARGE))
        elif not sheet.whole and not sheet.rows:
            pages.append(unread_page(number, DAMAGED))
        elif sheet.hidden:
            pages.append(unread_page(number, HIDDEN))
        else:
            drafts = _drafts(sheet, tables)
            tables = max([tables, *(draft.table + 1 for draft in drafts if draft.table is not None)])
            pages += _laid(drafts, number)
    return tuple(pages) or (make_page(()),)


def _laid(drafts: Sequence[Draft], number: int) -> Iterator[Page]:
    """Lay a sheet into one page, a long one into several with the sheet's number."""
    if sum(len(draft.text) + sum(map(len, draft.cells)) for draft in drafts) < TABLE_CHARS:
        yield make_page(drafts, number=number)
        return
    for page in make_sections(drafts):
        yield replace(page, number=number)


def _drafts(sheet: Sheet, tables: int) -> list[Draft]:
    drafts = lay_rows(sheet.rows, sheet.headers, first_table=tables)
    drafts += [Draft(text=text) for text in sheet.boxes]
    if not drafts:
        return []
    kind = BlockKind.FURNITURE if _NO_NAME.fullmatch(sheet.name) else BlockKind.HEADING
    return [Draft(kind=kind, text=sheet.name, level=int(kind is BlockKind.HEADING)), *drafts]


def _problems(sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """Say what of the sheets was not read; hidden sheets are unread pages, and told as those."""
    for number, sheet in enumerate(sheets, 1):
        where = f"Sheet {number}" + (f" (“{sheet.name}”)" if sheet.name else "")
        if not sheet.whole and sheet.rows:
            yield Problem(
                code=DAMAGED,
                file="",
                message=f"{where} is damaged; rows after the damage may be missing.",
                next_step="Open the file in its program, save it again and map it once more.",
                pages=(number,),
            )
        if sheet.cut:
            yield Problem(
                code=TOO_LARGE,
                file="",
                message=(
                    f"{where} was not read from row {sheet.cut:,} on: it holds more than the {SHEET_CELLS:,} cells of "
                    f"a sheet, or the {WORKBOOK_CELLS:,} of a workbook, that are read."
                ),
                next_step="Save the rows or totals that matter as a workbook of their own and map it again.",
                pages=(number,),
            )
        left_out = _hidden_words(sheet)
        if left_out:
            yield Problem(
                code=HIDDEN,
                file="",
                message=f"{where} has hidden {left_out} that were not read.",
                next_step="If they belong to the evidence, show them, save the file and map it again.",
                pages=(number,),
            )
    shown = tuple(number for number, sheet in enumerate(sheets, 1) if sheet.pictures)
    if shown:
        yield Problem(
            code=PICTURES,
            file="",
            message="There are pictures or charts on these sheets; what they alone show was not read.",
            next_step="Look at them yourself; figures that stand in cells were read.",
            pages=shown,
        )


def _hidden_words(sheet: Sheet) -> str:
    parts = [f"rows ({sheet.hidden_rows:,})"] if sheet.hidden_rows else []
    parts += [f"columns ({sheet.hidden_columns:,})"] if sheet.hidden_columns else []
    return " and ".join(parts)
