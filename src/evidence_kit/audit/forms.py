"""Workbooks that people filled in, read back by the names of sheets and headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from evidence_kit.errors import UsageError
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.workbook.forms import Form, read_forms

MADE = date(2000, 1, 1)
"""Stands as the day on which a workbook was made: the same audit gives the same bytes."""
HOW_TO = "How to use it"


def read_sheet(path: Path, name: str, needed: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of a sheet that was filled in, by heading.

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


def _by_heading(path: Path, form: Form, needed: Sequence[str]) -> Iterator[dict[str, str]]:
    rows = iter(form.rows)
    for row in rows:
        headings = [str(cell).strip() for cell in row]
        if set(needed) <= set(headings):
            break
    else:
        raise UsageError(f"{path}: the sheet {form.name!r} lacks a heading of {', '.join(needed)}.")
    for row in rows:
        yield {heading: str(cell).strip() for heading, cell in zip(headings, row, strict=False)}
