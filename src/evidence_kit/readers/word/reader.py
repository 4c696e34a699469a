"""Reads Word documents (.docx, .docm) by walking their XML; places are sections, since a Word file has no pages.

The text is read as accepted: tracked insertions stay, deletions go, comments are no content. Numbers that Word
computes for list items stand before the item as furniture, so that a quote holds only what somebody wrote; before a
heading they belong to it. A table row is one block, its cells separated by a tab; a cell that goes on from the row
above is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from evidence_kit.readers.base import DAMAGED, NOT_READ_YET, Draft, Whole
from evidence_kit.readers.office.package import Package, Target, first_target
from evidence_kit.readers.office.properties import core_properties
from evidence_kit.readers.office.tables import Cell, Piece, Row, as_note, lay_table
from evidence_kit.readers.office.texts import read_text
from evidence_kit.readers.office.xml import alternative, child, local, tidy
from evidence_kit.readers.word.runs import Runs, read_runs
from evidence_kit.readers.word.styles import Look, Numbering, Styles, attribute, number, switch
from evidence_kit.records.document import BlockKind, Problem
from evidence_kit.workers import Limits

_MAIN = "word/document.xml"
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_TYPED_BULLET = re.compile(r"(?:[•●▪◦‣·➢\uf0b7\uf0a7]\s*|[-–o*]\s*\t\s*|[-–*] )(?=\S)")
_FURNITURE_STYLE = re.compile(r"toc \d|table of figures")
_NOTE_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_whole(path: Path, limits: Limits) -> Whole:
    """Read the file into sections; ``Page.number`` is ``None``.

    Raises:
        ReadError: The file is no Word document, encrypted, damaged, or unpacks beyond the limit.
    """
    return read_text(path, limits, _Source.open, core_properties)


@dataclass(slots=True)
class _Source:
    """A document being walked: its parts, and what the walk has come across."""

    package: Package
    root: etree._Element
    styles: Styles
    numbering: Numbering
    targets: dict[str, Target]
    whole: bool
    runs: Runs = field(default_factory=Runs)
    tables: int = 0
    imports: int = 0
    carried: Runs | None = None

    @classmethod
    def open(cls, package: Package) -> _Source:
        """Find the main part and what belongs to it."""
        part, targets = package.document(_MAIN, "document", "The file holds no Word document.")
        styles, numbering = (_first(package, targets, kind) for kind in ("styles", "numbering"))
        return cls(package, part.root, Styles(styles), Numbering(numbering), targets, part.whole)

    @property
    def images(self) -> int:
        """How many pictures stand in the text."""
        return self.runs.images

    def pieces(self) -> list[Piece]:
        """Return all blocks: headers, body, notes, footers."""
        body = child(self.root, "body")
        pieces = self._furniture("header")
        if body is not None:
            pieces += self.blocks(body)
        pieces += self._flush()
        for kind in ("footnotes", "endnotes"):
            for root in self._roots(kind):
                for note in root:
                    if attribute(note, "type") not in _NOTE_SEPARATORS:
                        pieces += [as_note(piece) for piece in self.blocks(note)]
        return pieces + self._furniture("footer")

    def blocks(self, container: etree._Element) -> list[Piece]:
        """Return the blocks in a body, cell, text box or note."""
        pieces: list[Piece] = []
        for element in _unwrapped(container):
            name = local(element)
            if name == "p":
                pieces += self._paragraph(element)
            elif name == "tbl":
                pieces += self._table(element)
            elif name == "altChunk":
                self.imports += 1
        return pieces

    def _paragraph(self, paragraph: etree._Element) -> list[Piece]:
        properties = child(paragraph, "pPr")
        style_id = attribute(child(properties, "pStyle"))
        look = self.styles.look(style_id)
        runs, self.carried = self.carried or Runs(), None
        read_runs(paragraph, look, self.styles, runs)
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            # Accepting the deletion of a paragraph's mark joins it to the next one.
            runs.text.append(" ")
            self.carried = runs
            return []
        pieces = []
        draft, label = self._described(runs, properties, look, style_id)
        if draft.text:
            pieces.append(Piece(draft, label))
        return pieces + self._beside(runs)

    def _described(
        self, runs: Runs, properties: etree._Element | None, look: Look, style_id: str | None
    ) -> tuple[Draft, str]:
        text = runs.visible()
        outline = number(child(properties, "outlineLvl"))
        heading = look.heading or (outline + 1 if outline is not None and 0 <= outline <= 8 else 0)
        label, level = self._listed(properties, look, style_id)
        bold = bool(text) and not runs.plain and any(map(str.isalnum, text))
        kind = BlockKind.PARAGRAPH
        if _FURNITURE_STYLE.fullmatch(look.name):
            kind = BlockKind.FURNITURE
        elif heading:
            kind, level = BlockKind.HEADING, heading
        elif look.name == "caption":
            kind = BlockKind.CAPTION
        elif label is not None or look.name.startswith(("list bullet", "list number")):
            kind, level = BlockKind.LIST_ITEM, level + 1
        elif match := _TYPED_BULLET.match(text):
            kind, level, text = BlockKind.LIST_ITEM, 1, text[match.end() :]
        in_list = kind in (BlockKind.HEADING, BlockKind.LIST_ITEM)
        draft = Draft(
            kind=kind, text=text, level=level if in_list else 0, size=runs.size or look.size, bold=bold
        )
        return draft, label or ""

    def _listed(
        self, properties: etree._Element | None, look: Look, style_id: str | None
    ) -> tuple[str | None, int]:
        """Count the paragraph in its list; return its number (``None`` outside lists) and level from 0."""
        own = child(properties, "numPr")
        list_id = number(child(own, "numId"))
        level = number(child(own, "ilvl"))
        if list_id is None:
            list_id = look.list_id
            told = look.list_level
            level = level if level is not None else told or self.numbering.style_level(list_id, style_id)
        level = min(max(level or 0, 0), 8)
        return self.numbering.label(list_id, level), level

    def _beside(self, runs: Runs) -> list[Piece]:
        """Return what hangs on a paragraph: hidden text (never quoted), word art, text boxes, diagrams."""
        self.runs.images += runs.images
        self.runs.embedded += runs.embedded
        self.imports += runs.seams
        hidden = tidy("".join(runs.hidden))
        pieces = [Piece(Draft(kind=BlockKind.FURNITURE, text=hidden))] if hidden else []
        pieces += [Piece(Draft(text=text)) for text in map(tidy, runs.words) if text]
        for box in runs.boxes:
            pieces += self.blocks(box)
        for key in runs.diagrams:
            pieces += self._diagram(key)
        return pieces

    def _diagram(self, key: str) -> list[Piece]:
        target = self.targets.get(key)
        part = self.package.xml(target.name) if target and not target.external else None
        if part is None:
            return []
        texts = [
            tidy("".join(one.text or "" for one in paragraph.iter("{*}t") if len(one) == 0))
            for paragraph in part.root.iter("{*}p")
        ]
        return [Piece(Draft(text=text)) for text in texts if text]

    def _table(self, table: etree._Element) -> list[Piece]:
        current, self.tables = self.tables, self.tables + 1
        properties = child(table, "tblPr")
        style_id = attribute(child(properties, "tblStyle"))
        apart = (
            _asks_for_first_row(child(properties, "tblLook"))
            and self.styles.look(style_id, "table").header_row
        )
        rows = [
            self._row(row)
            for row in _unwrapped(table)
            if local(row) == "tr" and child(row, "trPr", "del") is None
        ]
        return lay_table(rows, current, first_row_apart=apart)

    def _row(self, row: etree._Element) -> Row:
        properties = child(row, "trPr")
        cells = []
        for cell in _unwrapped(row):
            told = child(cell, "tcPr")
            if local(cell) != "tc" or child(told, "cellDel") is not None:
                continue
            merge = child(told, "vMerge")
            fill = (attribute(child(told, "shd"), "fill") or "auto").lower()
            cells.append(
                Cell(
                    pieces=(*self.blocks(cell), *self._flush()),
                    span=number(child(told, "gridSpan")) or 1,
                    merged=merge is not None and attribute(merge) != "restart",
                    shaded=fill not in ("auto", "ffffff"),
                )
            )
        return Row(
            cells=tuple(cells),
            before=max(number(child(properties, "gridBefore")) or 0, 0),
            after=max(number(child(properties, "gridAfter")) or 0, 0),
            repeats=bool(switch(properties, "tblHeader")),
        )

    def _flush(self) -> list[Piece]:
        """Return the paragraph whose end was deleted and that nothing follows."""
        runs, self.carried = self.carried, None
        if runs is None:
            return []
        text = runs.visible()
        return ([Piece(Draft(text=text))] if text else []) + self._beside(runs)

    def _furniture(self, kind: str) -> list[Piece]:
        """Return the running headers or footers, each text once."""
        images = self.runs.images
        texts: dict[str, None] = {}
        for root in self._roots(kind):
            found = [*self.blocks(root), *self._flush()]
            lines = [piece.draft.text or "\t".join(piece.draft.cells) for piece in found]
            if lines:
                texts.setdefault("\n".join(lines))
        # A logo in a header does not make a page that looks scanned.
        self.runs.images = images
        return [Piece(Draft(kind=BlockKind.FURNITURE, text=text)) for text in texts]

    def _roots(self, kind: str) -> Iterator[etree._Element]:
        names = {one.name for one in self.targets.values() if one.kind == kind and not one.external}
        for name in sorted(names, key=lambda name: (len(name), name)):
            part = self.package.xml(name)
            if part is not None:
                self.whole = self.whole and part.whole
                yield part.root

    def problems(self) -> Iterator[Problem]:
        """Say what of the file is not in the text; call it after the walk."""
        if not self.whole:
            yield Problem(
                code=DAMAGED,
                file="",
                message="The file's XML is damaged; text after the damage may be missing.",
                next_step="Open the file in Word, save it again and map it once more.",
            )
        if self.imports or self.runs.embedded:
            count = self.imports + self.runs.embedded
            what = "an embedded or linked document" if count == 1 else f"{count} embedded or linked documents"
            yield Problem(
                code=NOT_READ_YET,
                file="",
                message=f"The file holds {what}, not read.",
                next_step="Save what is embedded as files of their own in the pack.",
            )


def _unwrapped(container: etree._Element) -> Iterator[etree._Element]:
    """Yield a container's blocks, rows or cells, looking through content controls and tracked insertions."""
    for element in container:
        name = local(element)
        if name in _WRAPPERS:
            yield from _unwrapped(element)
        elif name == "AlternateContent":
            for one in alternative(element):
                yield from _unwrapped(one) if local(one) in _WRAPPERS else (one,)
        elif name:
            yield element


def _asks_for_first_row(look: etree._Element | None) -> bool:
    told = attribute(look, "firstRow")
    if told is not None:
        return told.lower() not in ("0", "false", "off")
    mask = attribute(look) or ""
    return bool(re.fullmatch(r"[0-9A-Fa-f]{1,8}", mask)) and bool(int(mask, 16) & 0x20)


def _first(package: Package, targets: dict[str, Target], kind: str) -> etree._Element | None:
    part = package.xml(first_target(targets, kind) or f"word/{kind}.xml")
    return part.root if part else None
