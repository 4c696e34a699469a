"""What changed from one version of an audit to the next: findings with another status, as a table of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence_kit.audit.dataset import read_table
from evidence_kit.audit.forms import name_of
from evidence_kit.audit.tables import TABLES, Row
from evidence_kit.reports.words import cell
from evidence_kit.reports.writing import write_file

CHANGES = "changes.csv"
"""In the audit's folder. Runs add to it until somebody moves it away: then a version is out, and a new list begins."""
HEADINGS = ("finding", "before", "now")
_COLUMNS = [column.name for column in TABLES["findings"]]


def write_changes(root: Path, data: Path, rows: Iterable[Row]) -> int:
    """Hold the findings that are about to be written against those that stand there, and list what is different.

    A finding that changed in an earlier run too is listed once, with what it was at first; one that is again what it
    was at first is listed no more.

    Returns:
        How many findings changed in this run; nothing is listed where none stood there before.
    """
    if not (data / "findings.parquet").is_file():
        return 0
    before = {name_of(row): row["status"] for row in read_table(data, "findings")}
    changed = list(_changed(before, rows))
    if changed:
        every = {name: (then, now) for name, then, now in read_changes(root)}
        for name, then, now in changed:
            every[name] = (every.get(name, (then,))[0], now)
        kept = [(name, then, now) for name, (then, now) in sorted(every.items()) if then != now]
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\r\n").writerows([HEADINGS, *map(_cells, kept)])
        write_file(root / CHANGES, buffer.getvalue().encode("utf-8-sig"))
    return len(changed)


def read_changes(root: Path) -> list[tuple[str, str, str]]:
    """Return what changed since the version before; empty if nothing did."""
    try:
        text = (root / CHANGES).read_text(encoding="utf-8-sig")
    except OSError:
        return []
    rows = csv.reader(io.StringIO(text, newline=""))
    next(rows, None)  # the headings
    return [(row[0], row[1], row[2]) for row in rows if len(row) == len(HEADINGS)]


def _changed(before: dict[str, str], rows: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        finding = dict(zip(_COLUMNS, row, strict=True))
        name = name_of(finding)
        now, then = str(finding["status"]), before.pop(name, "")
        if now != then:
            yield (name, then, now)
    for name, then in before.items():
        yield (name, then, "")


def _cells(row: tuple[str, str, str]) -> list[str]:
    return [cell(value) for value in row]
