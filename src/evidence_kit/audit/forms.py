"""Workbooks that people filled in, read back by the names of sheets and headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from evidence_kit.audit.dataset import read_table
from evidence_kit.audit.folder import DATA
from evidence_kit.errors import UsageError
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.workbook.forms import Form, read_forms

MADE = date(2000, 1, 1)
"""Stands as the day on which a workbook was made: the same audit gives the same bytes."""
HOW_TO = "How to use it"
FAULTS_SHOWN = 20


def name_of(row: Mapping[str, Any]) -> str:
    """Return what a finding is called: ``CODE/YEAR/CRITERION``."""
    return f"{row['code']}/{row['year']}/{row['criterion']}"


def place_of(row: Mapping[str, Any]) -> str:
    """Word where a row of the table ``quotes`` stands: ``report.pdf, page 12``."""
    return f"{row['path']}, page {row['page']}" if row["page"] else str(row["path"])


def chosen(text: str) -> str:
    """Return what a person chose, however it was typed."""
    return " ".join(text.split()).casefold()


def unknown_findings(root: Path, places: Mapping[str, str]) -> list[str]:
    """Say of findings by name, with the place where each was told, which of them an audit does not hold.

    Raises:
        UsageError: This is no folder of an audit.
    """
    if not places:
        return []
    known = places.keys() & map(name_of, read_table(root / DATA, "findings"))
    return [
        f"{place}: {name!r} is no finding of this audit"
        for name, place in places.items()
        if name not in known
    ]


def refuse(what: str, faults: Sequence[str]) -> None:
    """Refuse forms that hold faults, and list these; nothing is done if there are none.

    Raises:
        UsageError: There are faults.
    """
    if faults:
        more = [f"and {len(faults) - FAULTS_SHOWN} more"] if len(faults) > FAULTS_SHOWN else []
        raise UsageError(
            "\n  ".join([f"{what}:", *faults[:FAULTS_SHOWN], *more]),
            next_step="Nothing was kept. Correct these cells, save the workbook, and read it once more.",
        )


def read_sheet(path: Path, name: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a sheet that was filled in: number, as spreadsheet programs count, and cells by heading.

    Raises:
        UsageError: The file is no workbook, or lacks the sheet or a heading.
    """
    try:
        forms = read_forms(path)
    except ReadError as error:
        raise UsageError(f"{path}: {error.message}", next_step=error.next_step) from error
    form = next((one for one in forms if one.name == name), None)
    if form is None:
        raise UsageError(
            f"{path} has no sheet {name!r}.", next_step="Give the workbook that the audit wrote."
        )
    yield from _by_heading(path, form, needed)


def _by_heading(path: Path, form: Form, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    rows = iter(enumerate(form.rows, start=1))
    for _, row in rows:
        headings = [str(cell).strip() for cell in row]
        if set(needed) <= set(headings):
            break
    else:
        raise UsageError(f"{path}: the sheet {form.name!r} lacks a heading of {', '.join(needed)}.")
    for number, row in rows:
        yield number, {heading: str(cell).strip() for heading, cell in zip(headings, row, strict=False)}
