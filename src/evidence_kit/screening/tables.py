"""Opens what people fill in: a workbook, a table of values, or the tables of a text, each as rows of cells."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from evidence_kit.errors import UsageError
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.pack import read_file
from evidence_kit.readers.sniff import sniff
from evidence_kit.readers.workbook.forms import Form, Value, read_forms
from evidence_kit.records.document import Document, Media
from evidence_kit.workers import Limits

_NEXT = "Give a workbook (.xlsx, .xls, .ods), a CSV file, or a Word file with a table."


def read_tables(path: Path, *, limits: Limits, workers: int = 0) -> tuple[Form, ...]:
    """Return the tables of a file that somebody filled in, read under guard.

    Raises:
        UsageError: There is no such file, it cannot be read, or there is no table in it.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", next_step="Check the path.")
    try:
        if sniff(path) is Media.WORKBOOK:
            return read_forms(path, workers=workers, limits=limits)
    except ReadError as error:
        raise UsageError(f"{path}: {error.message}", next_step=error.next_step) from error
    document = read_file(path, limits=limits, workers=workers)
    found = _tables(document)
    if not found:
        told = document.problems[0].message if document.problems else "There is no table in it."
        raise UsageError(f"{path}: {told}", next_step=_NEXT)
    return found


def _tables(document: Document) -> tuple[Form, ...]:
    """Return the tables of a document in order; a table that runs over pages is one."""
    rows: defaultdict[int, list[tuple[Value, ...]]] = defaultdict(list)
    for page in document.pages:
        for block in page.blocks:
            if block.table is not None:
                rows[block.table].append(
                    tuple(" ".join(page.text[start:end].split()) for start, end in block.cells)
                )
    return tuple(
        Form(f"table {number}", tuple(those))
        for number, (_, those) in enumerate(sorted(rows.items()), start=1)
    )
