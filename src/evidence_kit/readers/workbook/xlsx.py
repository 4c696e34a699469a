"""Reads Excel workbooks (.xlsx, .xlsm) by a walk over their XML, row by row, so that a large sheet costs no more.

Values are the stored ones, formulas included, shown as their number formats say. Comments are no content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from lxml import etree

from evidence_kit.readers.base import DAMAGED, ReadError
from evidence_kit.readers.office.package import Package, Target
from evidence_kit.readers.office.xml import local, relation_id, tidy
from evidence_kit.readers.workbook.formats import BUILT_IN, GENERAL, show_moment, show_number
from evidence_kit.readers.workbook.grid_headers import Cell, Kind, Row, kind_of_text
from evidence_kit.readers.workbook.sheets import MAX_COLUMNS, MAX_ROWS, Budget, RowMaker, Sheet

_MAIN = "xl/workbook.xml"
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ON = frozenset({"1", "true", "on"})
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_sheets(package: Package) -> Iterator[Sheet]:
    """Yield the sheets in their order.

    Raises:
        ReadError: The file is no workbook, damaged, or unpacks beyond the limit.
    """
    part, targets = package.document(_MAIN, "workbook", "The file holds no Excel workbook.")
    book = _Book.open(package, part.root, targets)
    for element in part.root.iter("{*}sheet"):
        name = tidy(element.get("name") or "")
        if (element.get("state") or "visible") != "visible":
            yield Sheet(name=name, hidden=True)
            continue
        target = targets.get(relation_id(element))
        if target is None or target.external:
            yield Sheet(name=name, whole=False)
        else:
            yield book.sheet(name, target.name)


@dataclass(frozen=True, slots=True)
class _Style:
    """How cells of a style look."""

    code: str = GENERAL
    bold: bool = False


@dataclass(slots=True)
class _Book:
    """A workbook: what its sheets share."""

    package: Package
    strings: Sequence[tuple[str, Kind]]
    styles: Sequence[_Style]
    from_1904: bool
    budget: Budget

    @classmethod
    def open(cls, package: Package, root: etree._Element, targets: dict[str, Target]) -> _Book:
        """Read the shared strings and styles."""
        names = {one.kind: one.name for one in targets.values() if not one.external}
        properties = next(root.iter("{*}workbookPr"), None)
        from_1904 = properties is not None and properties.get("date1904", "").lower() in _ON
        strings = list(_strings(package.bytes_of(names.get("sharedStrings", "xl/sharedStrings.xml"))))
        styles = package.xml(names.get("styles", "xl/styles.xml"))
        return cls(package, strings, _styles(styles.root if styles else None), from_1904, Budget())

    def sheet(self, name: str, part: str) -> Sheet:
        """Read one sheet; one that is damaged says so and costs no other."""
        try:
            data = self.package.bytes_of(part)
        except ReadError as error:
            if error.code != DAMAGED:
                raise
            data = None
        if data is None:
            return Sheet(name=name, whole=False)
        reading = _SheetReading(self, RowMaker(self.budget))
        whole = reading.walk(data)
        sheet = reading.sheet(name, whole=whole)
        for target in self.package.targets(part).values():
            beside = target.kind in ("table", "drawing") and not target.external
            found = self.package.sound(target.name) if beside else None
            root = found.root if found else None
            if root is not None and target.kind == "table" and root.get("headerRowCount", "1") != "0":
                sheet = replace(sheet, headers=sheet.headers | _first_row(root.get("ref")))
            elif root is not None and target.kind == "drawing":
                boxes, pictures = _drawing(root)
                sheet = replace(sheet, boxes=(*sheet.boxes, *boxes), pictures=sheet.pictures + pictures)
        return sheet


class _SheetReading:
    """Walks one sheet's part."""

    def __init__(self, book: _Book, rows: RowMaker) -> None:
        self._book = book
        self._rows = rows
        self._hidden: list[tuple[int, int]] = []
        self._across: dict[tuple[int, int], int] = {}
        self._headers: frozenset[int] = frozenset()
        self._number = 0
        self._lost = False

    def walk(self, data: bytes) -> bool:
        """Read all rows; returns whether the XML is whole and every text was there."""
        events = _elements(data, ("{*}row", "{*}col", "{*}mergeCell", "{*}autoFilter"))
        try:
            for element in events:
                name = local(element)
                if name == "row":
                    if not self._row(element):
                        break
                    _forget(element)
                elif name == "col" and element.get("hidden", "").lower() in _ON:
                    self._hidden.append((_whole(element.get("min"), 1), _whole(element.get("max"), 0)))
                elif name == "mergeCell":
                    self._merge(element.get("ref") or "")
                elif name == "autoFilter":
                    self._headers |= _first_row(element.get("ref"))
        except etree.XMLSyntaxError:
            return False
        return not self._lost

    def sheet(self, name: str, *, whole: bool) -> Sheet:
        """Return what was read."""
        return Sheet(
            name=name,
            rows=tuple(map(self._merged, self._rows.rows)),
            headers=self._headers,
            cut=self._rows.cut,
            hidden_rows=self._rows.hidden_rows,
            hidden_columns=len(self._rows.hidden_columns),
            whole=whole,
        )

    def _row(self, element: etree._Element) -> bool:
        self._number = min(_whole(element.get("r"), self._number + 1), MAX_ROWS)
        cells: dict[int, Cell] = {}
        column = 0
        for one in element:
            if local(one) != "c":
                continue
            column = _column(one.get("r"), column + 1)
            if column > MAX_COLUMNS:
                break
            cell = self._cell(one)
            if cell is None:
                continue
            if any(first <= column <= last for first, last in self._hidden):
                self._rows.hidden_columns.add(column)
            else:
                cells[column] = cell
        return self._rows.add(self._number, cells, hidden=element.get("hidden", "").lower() in _ON)

    def _cell(self, element: etree._Element) -> Cell | None:
        value = inline = None
        for one in element:
            name = local(one)
            if name == "v":
                value = one.text
            elif name == "is":
                inline = _rich_text(one)
        styles = self._book.styles
        index = _whole(element.get("s"), 0)
        style = styles[index] if index < len(styles) else _Style()
        text, kind = self._value(element.get("t", "n"), value, inline, style.code)
        return Cell(text, kind, style.bold) if text else None

    def _value(self, told: str, value: str | None, inline: str | None, code: str) -> tuple[str, Kind]:
        if inline is not None and not value:
            return _text(inline)
        value = value or ""
        if told == "s":
            index = _whole(value, -1)
            if 0 <= index < len(self._book.strings):
                return self._book.strings[index]
            self._lost = True  # the shared strings are cut short
            return "", Kind.TEXT
        if told == "b":
            return ("TRUE" if value.strip().lower() in _ON else "FALSE"), Kind.TEXT
        if told == "d":
            return _iso(value)
        if told in ("str", "e", "inlineStr"):
            return _text(_unescaped(value))
        try:
            figure = float(value)
        except ValueError:
            return _text(value)
        return show_number(figure, code, from_1904=self._book.from_1904)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _place(first), _place(last)
        if start and end and end[1] > start[1]:
            self._across[start] = end[1] - start[1] + 1

    def _merged(self, row: Row) -> Row:
        wide = {
            column: replace(cell, across=across)
            for column, cell in row.cells.items()
            if (across := self._across.get((row.number, column)))
        }
        return replace(row, cells={**row.cells, **wide}) if wide else row


def _drawing(root: etree._Element) -> tuple[list[str], int]:
    """Return the texts of a drawing's text boxes, and how many pictures and charts it has."""
    texts = [
        tidy("".join(one.text or "" for one in paragraph.iter("{*}t") if len(one) == 0))
        for paragraph in root.iter("{*}p")
    ]
    return [text for text in texts if text], sum(1 for _ in root.iter("{*}pic", "{*}graphicFrame"))


def _elements(data: bytes, tags: Sequence[str]) -> Iterator[etree._Element]:
    """Yield elements as they end; no entity is followed, nothing is fetched."""
    walk = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=tuple(tags),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return (element for _, element in walk)


def _forget(element: etree._Element) -> None:
    """Free an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _strings(data: bytes | None) -> Iterator[tuple[str, Kind]]:
    if data is None:
        return
    try:
        for element in _elements(data, ("{*}si",)):
            yield _text(_rich_text(element))
            _forget(element)
    except etree.XMLSyntaxError:
        return  # sheets show what they had of it


def _rich_text(element: etree._Element) -> str:
    """Return the text of a string, its runs joined, without the readings of East Asian names."""
    parts = []
    for one in element:
        name = local(one)
        if name == "t":
            parts.append(one.text or "")
        elif name == "r":
            parts += [piece.text or "" for piece in one if local(piece) == "t"]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    """Return text in which characters that XML cannot hold were written as ``_x000D_``."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _text(text: str) -> tuple[str, Kind]:
    text = tidy(text)
    return text, kind_of_text(text)


def _iso(value: str) -> tuple[str, Kind]:
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return _text(value)
    return show_moment(moment), Kind.DATE


def _styles(root: etree._Element | None) -> list[_Style]:
    if root is None:
        return []
    codes = dict(BUILT_IN)
    bold: list[bool] = []
    found: list[_Style] = []
    for group in root:
        name = local(group)
        if name == "numFmts":
            codes |= {
                _whole(one.get("numFmtId"), -1): one.get("formatCode") or GENERAL
                for one in group
                if local(one) == "numFmt"
            }
        elif name == "fonts":
            bold = [_is_bold(font) for font in group]
        elif name == "cellXfs":
            for one in group:
                font = _whole(one.get("fontId"), 0)
                code = codes.get(_whole(one.get("numFmtId"), 0), GENERAL)
                found.append(_Style(code, font < len(bold) and bold[font]))
    return found


def _is_bold(font: etree._Element) -> bool:
    element = next((one for one in font if local(one) == "b"), None)
    return element is not None and element.get("val", "1").lower() in _ON


def _whole(value: str | None, default: int) -> int:
    """Return a number of at most seven digits, or the default."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 8 else default


def _place(reference: str) -> tuple[int, int] | None:
    """Return row and column of "B5", from 1."""
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]), column_number(match[1])) if match else None


def column_number(letters: str) -> int:
    """Return a column's number, from 1: 28 for "AB"."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _column(reference: str | None, default: int) -> int:
    place = _place(reference or "")
    return place[1] if place else default


def _first_row(reference: str | None) -> frozenset[int]:
    place = _place((reference or "").partition(":")[0])
    return frozenset({place[0]}) if place else frozenset()
