"""What gives a table row its meaning: the header above it, the caption, the label that spans rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidence_kit.passages.fields import field_name
from evidence_kit.passages.flow import Run, cells_of
from evidence_kit.records.document import BlockKind

_NUMBERED_CAPTION = re.compile(r"(?:table|figure|fig\.?|chart|appendix table)\s*\d", re.IGNORECASE)
_CAPTION_WORDS = 40
_LABEL_WORDS = 14


@dataclass(frozen=True, slots=True)
class TableContext:
    """Header cells in column order, the indexes of the runs that are header rows, and the caption."""

    header: tuple[str, ...] = ()
    header_runs: frozenset[int] = frozenset()
    caption: str = ""


def cell_texts(run: Run) -> tuple[str, ...]:
    """Return the texts of a row's cells, white space made one blank; the whole row where no cells are known."""
    cells = cells_of(run.pieces[0])
    if not cells:
        return (run.plain,)
    return tuple(" ".join(run.text[start:end].split()) for start, end in cells)


def table_contexts(runs: Sequence[Run]) -> dict[int, TableContext]:
    """Return the table context of every run that is a row, by the index of the run.

    A table that goes on from the page before without a header of its own takes that table's.
    """
    found: dict[int, TableContext] = {}
    numbered: dict[int, TableContext] = {}
    before: tuple[int, int, TableContext] | None = None  # columns, index of the run after it, its context
    for table, first, last in _tables(runs):
        rows = [cell_texts(run) for run in runs[first:last]]
        context = _own_context(runs, first, last, rows)
        columns = max(len(row) for row in rows)
        if not context.header:
            if table in numbered:
                context = _inherited(context, numbered[table])
            elif before and before[:2] == (columns, first) and not context.caption:
                context = _inherited(context, before[2])
        found.update(dict.fromkeys(range(first, last), context))
        before = (columns, last, context)
        if table is not None:
            numbered[table] = context
    return found


def _inherited(own: TableContext, other: TableContext) -> TableContext:
    return TableContext(other.header, frozenset(), own.caption or other.caption)


def _tables(runs: Sequence[Run]) -> Iterator[tuple[int | None, int, int]]:
    """Yield number, index of the first run and index after the last run of every stretch of rows of one table."""
    for (is_row, table), group in groupby(range(len(runs)), key=lambda index: _table(runs[index])):
        if is_row:
            members = list(group)
            yield table, members[0], members[-1] + 1


def _table(run: Run) -> tuple[bool, int | None]:
    return run.kind is BlockKind.TABLE_ROW, run.pieces[0].block.table


def _own_context(runs: Sequence[Run], first: int, last: int, rows: Sequence[tuple[str, ...]]) -> TableContext:
    marked = [index for index in range(first, last) if runs[index].pieces[0].block.header]
    header = _join_rows([rows[index - first] for index in marked])
    caption = _caption(runs, first, last)
    filled = [cell for cell in header if cell]
    if len(filled) == 1 and max(len(row) for row in rows) > 1:
        # A first row of one cell over several columns is the table's title.
        return TableContext((), frozenset(marked), caption or filled[0])
    if len(header) == 2 and field_name(header[0]) and not field_name(header[1]):
        return TableContext((), frozenset(), caption)  # "Version | 3": a field like those below it
    return TableContext(header, frozenset(marked), caption)


def _join_rows(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Join header rows column by column; a cell that spans columns is carried to the right in all but the last row."""
    if not rows:
        return ()
    width = max(len(row) for row in rows)
    columns: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(rows):
        carried = ""
        for column in range(width):
            text = row[column] if column < len(row) else ""
            carried = text or (carried if number < len(rows) - 1 else "")
            if carried and carried not in columns[column]:
                columns[column].append(carried)
    return tuple(" ".join(parts) for parts in columns)


def _caption(runs: Sequence[Run], first: int, last: int) -> str:
    before = runs[first - 1] if first else None
    if before and (before.kind is BlockKind.CAPTION or _is_numbered_caption(before) or _introduces(before)):
        return before.plain
    after = runs[last] if last < len(runs) else None
    if after and after.kind is BlockKind.CAPTION:
        return after.plain
    return ""


def _introduces(run: Run) -> bool:
    """Tell whether a paragraph does nothing but lead into the table: "Attendance at the network in 2025/26:"."""
    words = run.plain.strip()
    return run.kind is BlockKind.PARAGRAPH and words.endswith(":") and words.count(" ") < _CAPTION_WORDS


def _is_numbered_caption(run: Run) -> bool:
    return (
        run.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        and _NUMBERED_CAPTION.match(run.plain) is not None
        and run.plain.count(" ") < _CAPTION_WORDS
    )


class RowLabels:
    """Follows a table down and remembers the label that later rows belong to.

    A row with a single filled cell, its first ("Silver"), labels the rows below; so does a first cell above rows
    whose first cell is empty (merged cells).
    """

    def __init__(self) -> None:
        self._table: int | None = None
        self._section = ""
        self._first_cell = ""

    def stem(self, table: int | None, cells: tuple[str, ...]) -> str:
        """Return the label for this row, and take note of the row."""
        if table != self._table:
            self._table, self._section, self._first_cell = table, "", ""
        filled = [cell for cell in cells if cell]
        if len(cells) < 2:
            return ""
        if len(filled) == 1 and cells[0] and cells[0].count(" ") < _LABEL_WORDS:
            self._section, self._first_cell = cells[0], ""
            return ""
        parts = [self._section]
        if cells[0]:
            self._first_cell = cells[0] if cells[0].count(" ") < _LABEL_WORDS else ""
        else:
            parts.append(self._first_cell)
        return " ".join(part for part in parts if part)
