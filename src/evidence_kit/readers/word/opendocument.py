"""Reads OpenDocument texts (.odt) by a walk over their XML; places are sections, since there are no pages in it.

The text is read as accepted: what was deleted under tracked changes stands apart in the file and is left out, comments
are no content. Numbers that the program computes for list items are not in the file, and so not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from evidence_kit.readers.base import DAMAGED, NOT_READ_YET, Draft, Whole
from evidence_kit.readers.office.opendocument import (
    FO,
    STYLE,
    TABLE,
    TEXT,
    is_bold,
    paragraph_text,
    refuse_encrypted,
)
from evidence_kit.readers.office.package import Package, damaged
from evidence_kit.readers.office.properties import open_properties
from evidence_kit.readers.office.tables import Cell, Piece, Row, as_note, lay_table
from evidence_kit.readers.office.texts import read_text
from evidence_kit.readers.office.xml import child, local
from evidence_kit.records.document import BlockKind, Problem
from evidence_kit.workers import Limits

_PARTS = frozenset({"section", "index-body", "index-title", "list-header", "numbered-paragraph"})
_INDEXES = frozenset(
    {"table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index"}
)
_CAPTIONS = frozenset({"caption", "illustration", "table", "figure", "drawing"})
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_SHAPES = ("frame", "custom-shape", "rect")
_DEEPEST = 60
_MAX_REPEATED = 64


def read_whole(path: Path, limits: Limits) -> Whole:
    """Read the file into sections; ``Page.number`` is ``None``.

    Raises:
        ReadError: The file is no OpenDocument text, encrypted, damaged, or unpacks beyond the limit.
    """
    return read_text(path, limits, _Source.open, open_properties)


@dataclass(frozen=True, slots=True)
class _Style:
    """A style: the one that it is based on, and what it says itself."""

    parent: str = ""
    name: str = ""
    bold: bool | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class _Source:
    """A text being walked, and what the walk has come across."""

    root: etree._Element
    furniture: Sequence[etree._Element]
    styles: Mapping[str, _Style]
    whole: bool
    images: int = 0
    embedded: int = 0
    tables: int = 0
    notes: list[etree._Element] = field(default_factory=list)

    @classmethod
    def open(cls, package: Package) -> _Source:
        """Find the text, its styles, and what runs above and below its pages."""
        refuse_encrypted(package)
        content = package.xml("content.xml")
        body = None if content is None else child(content.root, "body", "text")
        if content is None or body is None:
            raise damaged("The file holds no text document.")
        shared = package.xml("styles.xml")
        styles: dict[str, _Style] = {}
        for part in (shared, content):
            for element in part.root.iter(f"{{{STYLE}}}style") if part else ():
                styles[element.get(f"{{{STYLE}}}name", "")] = _style(element)
        names = (f"{{{STYLE}}}header", f"{{{STYLE}}}footer")
        furniture = list(shared.root.iter(*names)) if shared else []
        return cls(body, furniture, styles, content.whole)

    def pieces(self) -> list[Piece]:
        """Return all blocks: headers and footers, body, notes."""
        texts = [
            "\n".join(text for one in part.iter("{*}p") if (text := paragraph_text(one)))
            for part in self.furniture
        ]
        pieces = [Piece(Draft(kind=BlockKind.FURNITURE, text=text)) for text in dict.fromkeys(texts) if text]
        pieces += self.blocks(self.root)
        for note in self.notes:  # it grows by the notes in them
            body = child(note, "note-body")
            pieces += [as_note(piece) for piece in self.blocks(body)] if body is not None else []
        return pieces

    def blocks(self, container: etree._Element, level: int = 0, depth: int = 0) -> list[Piece]:
        """Return the blocks in a body, list, cell, text box or note; ``level`` is the list's, 0 outside of lists."""
        pieces: list[Piece] = []
        if depth > _DEEPEST:
            return pieces
        for element in container:
            name = local(element)
            if name in ("p", "h"):
                pieces += self._paragraph(element, level if not pieces or name == "h" else 0, depth)
            elif name == "list":
                for item in element:
                    if local(item) in ("list-item", "list-header"):
                        pieces += self.blocks(item, level + 1, depth + 1)
            elif name == "table":
                pieces += self._table(element, depth)
            elif name in _INDEXES:
                pieces += [_furniture(piece) for piece in self.blocks(element, 0, depth + 1)]
            elif name in _PARTS:
                found = self.blocks(element, level, depth + 1)
                hidden = element.get(f"{{{TEXT}}}display") == "none"
                pieces += [_furniture(piece) for piece in found] if hidden else found
            elif name in _SHAPES:
                pieces += self._frame(element, depth)
        return pieces

    def _paragraph(self, element: etree._Element, level: int, depth: int) -> list[Piece]:
        text = paragraph_text(element)
        style = element.get(f"{{{TEXT}}}style-name", "")
        told = element.get(f"{{{TEXT}}}outline-level", "1")
        kind, deep = BlockKind.PARAGRAPH, 0
        if self._says(style, "hidden"):
            kind = BlockKind.FURNITURE
        elif local(element) == "h":
            kind, deep = BlockKind.HEADING, int(told) if told.isdecimal() and len(told) < 3 else 1
        elif level:
            kind, deep = BlockKind.LIST_ITEM, level
        elif self._names(style) & _CAPTIONS:
            kind = BlockKind.CAPTION
        bold = is_bold(element, self._says(style, "bold"), lambda name: self._says(name, "bold"))
        pieces = [Piece(Draft(kind=kind, text=text, level=deep, bold=bold))] if text else []
        for one in element.iter("{*}note", *(f"{{*}}{name}" for name in _SHAPES)):
            if any(local(parent) in (*_SHAPES, "note") for parent in _between(one, element)):
                continue  # what is in it is read with it
            if local(one) == "note":
                self.notes.append(one)
            else:
                pieces += self._frame(one, depth)
        return pieces

    def _frame(self, frame: etree._Element, depth: int) -> list[Piece]:
        """Return what a frame holds; the first of its forms that can be read."""
        pieces: list[Piece] = []
        if local(frame) != "frame":
            return self.blocks(frame, 0, depth + 1)
        for one in frame:
            name = local(one)
            if name == "text-box":
                pieces += self.blocks(one, 0, depth + 1)
            elif name == "image":
                self.images += 1
            elif name in ("object", "object-ole"):
                self.embedded += 1
                break
        return pieces

    def _table(self, table: etree._Element, depth: int) -> list[Piece]:
        current, self.tables = self.tables, self.tables + 1
        rows = [self._row(row, header, depth) for row, header in _rows(table)]
        return lay_table(rows, current, first_row_apart=False)

    def _row(self, row: etree._Element, header: bool, depth: int) -> Row:
        cells: list[Cell] = []
        for cell in row:
            name = local(cell)
            if name not in ("table-cell", "covered-table-cell"):
                continue
            repeated = cell.get(f"{{{TABLE}}}number-columns-repeated", "1")
            count = min(int(repeated), _MAX_REPEATED) if repeated.isdecimal() and len(repeated) < 8 else 1
            pieces = tuple(self.blocks(cell, 0, depth + 1)) if name == "table-cell" else ()
            cells += [Cell(pieces=pieces)] * max(count, 1)
        return Row(cells=tuple(cells), repeats=header)

    def _says(self, style: str, what: str) -> bool:
        """Say what a style says of boldness or hiding, by itself or by those that it is based on."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            told: bool | None = getattr(self.styles[style], what)
            if told is not None:
                return told
            style = self.styles[style].parent
        return False

    def _names(self, style: str) -> set[str]:
        seen: set[str] = set()
        while style and style.lower() not in seen:
            seen.add(style.lower())
            style = self.styles[style].parent if style in self.styles else ""
        return seen

    def problems(self) -> Iterator[Problem]:
        """Say what of the file is not in the text; call it after the walk."""
        if not self.whole:
            yield Problem(
                code=DAMAGED,
                file="",
                message="The file's XML is damaged; text after the damage may be missing.",
                next_step="Open the file in its program, save it again and map it once more.",
            )
        if self.embedded:
            what = "an embedded object" if self.embedded == 1 else f"{self.embedded} embedded objects"
            yield Problem(
                code=NOT_READ_YET,
                file="",
                message=f"The file holds {what} (a chart, a table or a document), not read.",
                next_step="Look at it yourself, or save what is embedded as files of their own in the pack.",
            )


def _style(element: etree._Element) -> _Style:
    text = child(element, "text-properties")
    weight = None if text is None else text.get(f"{{{FO}}}font-weight")
    shown = None if text is None else text.get(f"{{{TEXT}}}display")
    return _Style(
        parent=element.get(f"{{{STYLE}}}parent-style-name", ""),
        name=element.get(f"{{{STYLE}}}name", ""),
        bold=None if weight is None else weight in _BOLD,
        hidden=None if shown is None else shown == "none",
    )


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the rows, and whether each is a header row."""
    for one in table:
        name = local(one)
        if name == "table-row":
            yield one, False
        elif name == "table-header-rows":
            yield from ((row, True) for row in one if local(row) == "table-row")
        elif name in ("table-rows", "table-row-group"):
            yield from _rows(one)


def _between(element: etree._Element, outer: etree._Element) -> Iterator[etree._Element]:
    """Yield what stands around an element within another."""
    for parent in element.iterancestors():
        if parent is outer:
            return
        yield parent


def _furniture(piece: Piece) -> Piece:
    draft = piece.draft
    text = draft.text or "\t".join(draft.cells)
    return Piece(Draft(kind=BlockKind.FURNITURE, text=text))
