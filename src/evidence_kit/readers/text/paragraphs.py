"""Joins classified lines of a text file into blocks; shared by Markdown and plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from evidence_kit.readers.base import Draft
from evidence_kit.readers.text.lines import MAX_BLOCK_CHARS, Line, goes_on, make_draft
from evidence_kit.records.document import BlockKind

_DRAWN_BOLD_LEVEL = 3
"""Level of a bold line in text drawn from a PDF, where ``#`` marks tell size, not rank."""


class Form(StrEnum):
    """What a line is."""

    HEADING = "heading"
    BOLD = "bold"
    """A bold line that may be a heading."""
    ITEM = "item"
    ROW = "row"
    RUNNING = "running"
    """Page number, running head, line of a table of contents."""
    CODE = "code"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A line of the source with text, and what it is.

    Attributes:
        line: Its text is empty for a list mark that stands alone: the item's text is the next line.
        level: Of a heading, or nesting of an item, from 1.
        gap: Something parts it from the line before: a blank line, or the writer's line end.
        bold: All of it is bold.
        cells, header, table: Of a table row.
    """

    form: Form
    line: Line
    level: int = 0
    gap: bool = False
    bold: bool = False
    cells: tuple[str, ...] = ()
    header: bool = False
    table: int | None = None


class Joiner:
    """Makes blocks of lines.

    Args:
        spaced: A blank line follows every line: gaps tell nothing, and what a sentence needs decides.
    """

    def __init__(self, *, spaced: bool) -> None:
        self._spaced = spaced
        self._lines: list[Line] = []
        self._first: Read | None = None
        self._bold = True
        self._size = 0
        self._held: list[Draft] = []
        self._heading_level = 0
        self._rows: dict[int, int] = {}

    def joined(self, reads: Iterable[Read]) -> Iterator[Draft]:
        """Yield the blocks in order."""
        for read in reads:
            if read.form is Form.RUNNING:
                if not self._spaced:
                    yield from self._flush()
                # A sentence may go on behind the foot of a page.
                self._held.append(make_draft([read.line], BlockKind.FURNITURE))
            elif read.form is Form.ROW:
                yield from self._flush()
                yield self._row(read)
            elif self._continues(read):
                if self._held:
                    yield from self._flush(joins_next=True)
                    self._open(Read(form=Form.TEXT, line=read.line, bold=read.bold))
                self._add(read)
            else:
                yield from self._flush()
                self._open(read)
                if read.line.text:
                    self._add(read)
        yield from self._flush()

    def _open(self, read: Read) -> None:
        self._first = read
        self._bold = True
        self._size = 0

    def _add(self, read: Read) -> None:
        self._lines.append(read.line)
        self._bold = self._bold and read.bold
        self._size += len(read.line.text) + 1

    def _continues(self, read: Read) -> bool:
        first = self._first
        if first is None or self._size + len(read.line.text) > MAX_BLOCK_CHARS:
            return False
        if not self._lines:
            return read.form in (Form.TEXT, Form.BOLD)
        if read.form is Form.ITEM:
            return False
        if first.form is Form.CODE or read.form is Form.CODE:
            return first.form is read.form and not read.gap
        sentence = goes_on(self._lines[-1].text, read.line.text)
        if first.form in (Form.HEADING, Form.BOLD):
            titled = read.bold or read.form in (Form.HEADING, Form.BOLD)
            return self._spaced and titled and sentence
        if read.form is not Form.TEXT:
            return False
        return not read.gap or (self._spaced and sentence)

    def _flush(self, *, joins_next: bool = False) -> Iterator[Draft]:
        first, lines, held = self._first, self._lines, self._held
        self._first, self._lines, self._held = None, [], []
        if first is not None and lines:
            kind, level = self._kind(first)
            yield make_draft(lines, kind, level=level, bold=self._bold, joins_next=joins_next)
        yield from held

    def _kind(self, first: Read) -> tuple[BlockKind, int]:
        if first.form is Form.HEADING:
            self._heading_level = first.level
            return BlockKind.HEADING, first.level
        if first.form is Form.BOLD:
            return BlockKind.HEADING, _DRAWN_BOLD_LEVEL if self._spaced else min(self._heading_level + 1, 6)
        if first.form is Form.ITEM:
            return BlockKind.LIST_ITEM, first.level
        return BlockKind.PARAGRAPH, 0

    def _row(self, read: Read) -> Draft:
        table = read.table or 0
        row = self._rows.get(table, 0)
        self._rows[table] = row + 1
        return Draft(
            kind=BlockKind.TABLE_ROW,
            cells=read.cells,
            table=table,
            row=row,
            header=read.header,
            line=read.line.number,
            lines=(read.line.number,),
        )
