"""Numbers for tables over a document, and for their rows over the pages that a table covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidence_kit.records.document import Block, BlockKind, Page


def number_tables(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Number tables over the document.

    A table that begins a page goes on from the one that ended the page before, if it has as many columns and brings
    no header of other words.
    """
    numbers = _Numbers()
    return tuple(numbers.page(page) for page in pages)


class _Numbers:
    """Counts tables and rows from page to page."""

    def __init__(self) -> None:
        self._table = -1
        self._row = 0
        self._header = ""
        self._columns = 0
        """Of the table that is open at the end of a page; 0 for none."""

    def page(self, page: Page) -> Page:
        """Return the page with its table rows numbered."""
        blocks = list(page.blocks)
        before: Block | None = None
        first = True
        for index, block in enumerate(blocks):
            if block.kind is BlockKind.FURNITURE:
                continue
            if block.kind is not BlockKind.TABLE_ROW:
                before, first, self._columns = None, False, 0
                continue
            if before is None or before.table != block.table:
                self._begin(page, block, may_go_on=first)
            before, first, self._columns = block, False, len(block.cells)
            blocks[index] = replace(block, table=self._table, row=self._row)
            self._row += 1
        if first:
            self._columns = 0  # nothing but furniture: a table does not jump over a page
        return replace(page, blocks=tuple(blocks)) if blocks else page

    def _begin(self, page: Page, row: Block, *, may_go_on: bool) -> None:
        header = page.text[row.start : row.end] if row.header else ""
        if may_go_on and self._columns == len(row.cells) and header in ("", self._header):
            return
        self._table += 1
        self._row = 0
        self._header = header
