"""What every reader of sheets gives: a sheet with its rows, and the limits that keep a sheet from being a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence_kit.readers.workbook.grid_headers import Cell, Row

SHEET_CELLS = 100_000
"""Filled cells read of one sheet: about 400 printed pages. Larger ones are extracts of a database, not papers."""
WORKBOOK_CELLS = 400_000
"""Filled cells read of one workbook."""
WORKBOOK_CHARS = 20_000_000
"""Characters read of one workbook: a shared string is stored once and may be shown ten thousand times."""
MAX_COLUMNS = 16_384
MAX_ROWS = 1_048_576
"""Columns and rows that a sheet can have (Excel's own limits)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as it was read.

    Attributes:
        rows: Rows with something in them, in order; hidden ones and hidden columns are left out.
        headers: Numbers of the rows that the file marks as header rows.
        hidden: The sheet is hidden; its rows are not read.
        cut: Number of the first row that was not read because of a limit; 0 if all were.
        hidden_rows, hidden_columns: How many filled ones were left out.
        boxes: Texts of text boxes.
        pictures: Pictures and charts on it.
        whole: False where the part is damaged and only its beginning was had.
    """

    name: str
    rows: tuple[Row, ...] = ()
    headers: frozenset[int] = frozenset()
    hidden: bool = False
    cut: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    boxes: tuple[str, ...] = ()
    pictures: int = 0
    whole: bool = True


class Budget:
    """Counts the cells read of a workbook."""

    def __init__(self) -> None:
        self._left = WORKBOOK_CELLS
        self._of_sheet = 0
        self._characters = WORKBOOK_CHARS

    def next_sheet(self) -> None:
        """Begin with a sheet."""
        self._of_sheet = min(SHEET_CELLS, self._left)

    def take(self, cells: Iterable[Cell]) -> bool:
        """Count cells, and say whether they are within the limits."""
        lengths = [len(cell.text) for cell in cells]
        if len(lengths) > self._of_sheet or sum(lengths) > self._characters:
            self._of_sheet = 0
            return False
        self._of_sheet -= len(lengths)
        self._left -= len(lengths)
        self._characters -= sum(lengths)
        return True


class RowMaker:
    """Gathers the rows of a sheet, within the limits; what is hidden is left out and counted."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        budget.next_sheet()
        self.rows: list[Row] = []
        self.cut = 0
        self.hidden_rows = 0
        self.hidden_columns: set[int] = set()

    def add(
        self, number: int, cells: dict[int, Cell], *, hidden: bool = False, line: int | None = None
    ) -> bool:
        """Add a row; returns false when the limit is reached and nothing more is wanted."""
        if hidden:
            self.hidden_rows += bool(cells)
            return True
        if not cells:
            return True
        if not self._budget.take(cells.values()):
            self.cut = number
            return False
        self.rows.append(Row(number, cells, line))
        return True
