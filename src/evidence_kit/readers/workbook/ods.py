"""Reads OpenDocument spreadsheets (.ods) by a walk over their XML; cells hold their text as shown, so it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from lxml import etree

from evidence_kit.readers.office.opendocument import (
    FO,
    OFFICE,
    STYLE,
    TABLE,
    paragraph_text,
    refuse_encrypted,
)
from evidence_kit.readers.office.package import Package, damaged
from evidence_kit.readers.office.xml import local, tidy
from evidence_kit.readers.workbook.formats import show_moment
from evidence_kit.readers.workbook.grid_headers import Cell, Kind, kind_of_text
from evidence_kit.readers.workbook.sheets import MAX_COLUMNS, Budget, RowMaker, Sheet

_FIGURES = frozenset({"float", "percentage", "currency"})
_HIDDEN = frozenset({"collapse", "filter"})
"""What a hidden row or column says of its visibility."""


def is_spreadsheet(package: Package) -> bool:
    """Say whether the package is an OpenDocument spreadsheet, not a workbook of Excel."""
    return b"opendocument.spreadsheet" in (package.bytes_of("mimetype") or b"")[:200]


def read_sheets(package: Package) -> Iterator[Sheet]:
    """Yield the sheets in their order.

    Raises:
        ReadError: The file is protected by a password, damaged, or unpacks beyond the limit.
    """
    refuse_encrypted(package)
    data = package.bytes_of("content.xml")
    if data is None:
        raise damaged("The file holds no spreadsheet.")
    walk = _Walk()
    try:
        for event, element in _events(data):
            sheet = walk.started(element) if event == "start" else walk.ended(element)
            if sheet is not None:
                yield sheet
    except etree.XMLSyntaxError as error:
        if not walk.seen:
            raise damaged("The file holds no spreadsheet.") from error
        yield walk.broken()


def _events(data: bytes) -> Iterator[tuple[str, etree._Element]]:
    names = ("table", "table-row", "table-column", "table-header-rows", "shapes")
    walk: Iterator[tuple[str, etree._Element]] = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        tag=(*(f"{{{TABLE}}}{name}" for name in names), f"{{{STYLE}}}style"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return walk


@dataclass(slots=True)
class _Open:
    """The sheet that the walk is in."""

    name: str
    hidden: bool
    rows: RowMaker
    number: int = 0
    column: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    headers: set[int] = field(default_factory=set)
    boxes: tuple[str, ...] = ()
    pictures: int = 0
    full: bool = False

    def sheet(self, *, whole: bool = True) -> Sheet:
        """Return what was read."""
        if self.hidden:
            return Sheet(name=self.name, hidden=True)
        return Sheet(
            name=self.name,
            rows=tuple(self.rows.rows),
            headers=frozenset(self.headers),
            cut=self.rows.cut,
            hidden_rows=self.rows.hidden_rows,
            hidden_columns=len(self.rows.hidden_columns),
            boxes=self.boxes,
            pictures=self.pictures,
            whole=whole,
        )


class _Walk:
    """Goes through the content in its order."""

    def __init__(self) -> None:
        self.seen = False
        self._budget = Budget()
        self._unseen_styles: set[str] = set()
        self._bold_styles: set[str] = set()
        self._open: _Open | None = None
        self._depth = 0
        self._in_header = False

    def started(self, element: etree._Element) -> Sheet | None:
        """Take note of what begins."""
        name = local(element)
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                self.seen = True
                hidden = element.get(f"{{{TABLE}}}style-name", "") in self._unseen_styles
                self._open = _Open(tidy(element.get(f"{{{TABLE}}}name", "")), hidden, RowMaker(self._budget))
        elif name == "table-header-rows":
            self._in_header = True
        return None

    def ended(self, element: etree._Element) -> Sheet | None:
        """Read what has ended; returns a sheet at its end."""
        name = local(element)
        if name == "style":
            self._style(element)
        elif name == "table-header-rows":
            self._in_header = False
        elif name == "table":
            self._depth -= 1
            if self._depth == 0 and self._open is not None:
                sheet, self._open = self._open.sheet(), None
                element.clear()
                return sheet
        elif self._open is not None and self._depth == 1:
            if name == "table-column":
                self._column(self._open, element)
            elif name == "shapes":
                self._shapes(self._open, element)
            elif name == "table-row":
                self._row(self._open, element)
                element.clear()
        return None

    def broken(self) -> Sheet:
        """Return what was had of the sheet in which the XML broke."""
        return self._open.sheet(whole=False) if self._open else Sheet(name="", whole=False)

    def _style(self, element: etree._Element) -> None:
        name = element.get(f"{{{STYLE}}}name", "")
        for one in element:
            if one.get(f"{{{TABLE}}}display") == "false":
                self._unseen_styles.add(name)
            if one.get(f"{{{FO}}}font-weight") == "bold":
                self._bold_styles.add(name)

    def _column(self, sheet: _Open, element: etree._Element) -> None:
        repeated = _repeated(element, "columns")
        if element.get(f"{{{TABLE}}}visibility") in _HIDDEN:
            sheet.hidden_columns.append((sheet.column + 1, sheet.column + repeated))
        sheet.column += repeated

    def _shapes(self, sheet: _Open, element: etree._Element) -> None:
        texts = (paragraph_text(one) for one in element.iter("{*}p"))
        sheet.boxes += tuple(text for text in texts if text)
        sheet.pictures += sum(1 for _ in element.iter("{*}image", "{*}object"))

    def _row(self, sheet: _Open, element: etree._Element) -> None:
        first, repeated = sheet.number + 1, _repeated(element, "rows")
        sheet.number += repeated
        if sheet.hidden or sheet.full:
            return
        hidden = element.get(f"{{{TABLE}}}visibility") in _HIDDEN
        cells = self._cells(sheet, element)
        for number in range(first, first + repeated) if cells else ():
            if not sheet.rows.add(number, cells, hidden=hidden):
                sheet.full = True
                return
            if self._in_header:
                sheet.headers.add(number)

    def _cells(self, sheet: _Open, element: etree._Element) -> dict[int, Cell]:
        cells: dict[int, Cell] = {}
        column = 0
        for one in element:
            if local(one) not in ("table-cell", "covered-table-cell"):
                continue
            repeated = _repeated(one, "columns")
            cell = self._cell(one) if len(one) else None
            if cell is not None:
                for place in range(column + 1, min(column + repeated, MAX_COLUMNS) + 1):
                    if any(first <= place <= last for first, last in sheet.hidden_columns):
                        sheet.rows.hidden_columns.add(place)
                    else:
                        cells[place] = cell
            sheet.pictures += sum(1 for _ in one.iter("{*}image", "{*}object"))
            column += repeated
            if column > MAX_COLUMNS:
                break
        return cells

    def _cell(self, element: etree._Element) -> Cell | None:
        text = tidy("\n".join(paragraph_text(one) for one in element if local(one) == "p"))
        if not text:
            return None
        told = element.get(f"{{{OFFICE}}}value-type", "string")
        kind = Kind.NUMBER if told in _FIGURES else kind_of_text(text)
        if told == "date":
            text, kind = _day(element.get(f"{{{OFFICE}}}date-value", ""), text), Kind.DATE
        bold = element.get(f"{{{TABLE}}}style-name", "") in self._bold_styles
        across = element.get(f"{{{TABLE}}}number-columns-spanned", "1")
        return Cell(text, kind, bold, int(across) if across.isdecimal() and len(across) < 6 else 1)


def _repeated(element: etree._Element, what: str) -> int:
    """Return how often a row, column or cell stands there."""
    value = element.get(f"{{{TABLE}}}number-{what}-repeated", "1")
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 8 else 1


def _day(value: str, shown: str) -> str:
    """Return a date written out; one that cannot be told, as shown."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return shown
    return show_moment(moment)
