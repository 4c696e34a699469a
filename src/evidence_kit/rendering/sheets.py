"""Lays out a book: each sheet a list of what is drawn on it and where, so that page numbers are known beforehand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evidence_kit.records.document import Box
from evidence_kit.rendering.book import Book, Group, Leaf, Mark, Row
from evidence_kit.rendering.copying import CopiedPage
from evidence_kit.rendering.typesetting import ASCENT, BOLD, DESCENT, LEADING, REGULAR, Line, lines, width

A4 = (595.0, 842.0)
MARGIN = 48.0
EDGE = 10.0
"""Between the edge of a page and the band above it."""
SMALL, BODY, HEADING, TITLE = 7.5, 9.0, 11.0, 16.0
NARROWEST = 300.0
"""A copied page that is narrower gets white beside it, so that the band above it has room for its words."""
ORDINARY = 700.0
"""On a copied page that is wider the band is set larger."""
AROUND = 250
"""Characters before and after marked words that are set with them."""
MOST_LINES = 12
"""Lines of a cell of the index; what is longer is cut."""
GAP = 6.0
ELLIPSIS = "[…]"


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text with its baseline at ``y``, from the sheet's top; ``link`` if it is to look like one."""

    x: float
    y: float
    shown: str
    font: str = REGULAR
    size: float = BODY
    link: bool = False


@dataclass(slots=True)
class Sheet:
    """What stands on one page of the book; places in points from its top left corner.

    Attributes:
        page: The copied page and how far down it begins.
        rules: Heights of horizontal lines.
        anchors: Names of places, and their heights.
        links: Places that lead to an anchor.
        marks: Marked words, each with one of its boxes.
    """

    size: tuple[float, float] = A4
    page: tuple[CopiedPage, float] | None = None
    texts: list[Text] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    anchors: list[tuple[str, float]] = field(default_factory=list)
    links: list[tuple[Box, Row]] = field(default_factory=list)
    marks: list[tuple[Mark, Box]] = field(default_factory=list)


class _Flow:
    """Fills sheets from top to bottom with lines."""

    def __init__(self, head: Sequence[str], repeated: Sequence[tuple[float, str]] = ()) -> None:
        self.sheets: list[Sheet] = []
        self._head = head
        self._repeated = repeated
        self._turn()

    @property
    def sheet(self) -> Sheet:
        """The sheet that is being filled."""
        return self.sheets[-1]

    def _turn(self) -> None:
        sheet = Sheet()
        self.sheets.append(sheet)
        self.y = _band(sheet, self._head, MARGIN, 1.0) + 2 * EDGE
        if self._repeated and len(self.sheets) > 1:
            self.repeat()

    def repeat(self) -> None:
        """Set what stands at the head of each further sheet."""
        self.y += BODY * LEADING
        for x, words in self._repeated:
            self.sheet.texts.append(Text(x, self.y, words, BOLD))
        self.y += GAP / 2
        self.sheet.rules.append(self.y)

    def need(self, room: float) -> None:
        """Begin another sheet if there is no room for so many points."""
        if self.y + room > A4[1] - MARGIN:
            self._turn()

    def line(self, shown: str, *, font: str = REGULAR, size: float = BODY) -> float:
        """Set a line and return its baseline."""
        self.need(size * LEADING)
        self.y += size * LEADING
        self.sheet.texts.append(Text(MARGIN, self.y, shown, font, size))
        return self.y

    def paragraph(self, text: str, *, font: str = REGULAR, size: float = BODY) -> None:
        """Set a paragraph and the gap below it."""
        for line in lines(text, A4[0] - 2 * MARGIN, font=font, size=size):
            self.line(line.shown, font=font, size=size)
        self.y += GAP


def index_sheets(book: Book, numbers: Mapping[str, int]) -> list[Sheet]:
    """Lay out the index.

    Args:
        book: Whose index.
        numbers: Page of the book for each mark's key; how much room the index takes does not depend on it.
    """
    edges = _edges(book)
    names = (*(name for name, _ in book.columns), book.page_column)
    flow = _Flow((book.banner,), tuple(zip(edges, names, strict=False)))
    flow.paragraph(book.title, font=BOLD, size=TITLE)
    for text in book.intro:
        flow.paragraph(text)
    flow.repeat()
    for number, section in enumerate(book.sections):
        flow.y += GAP
        flow.need(6 * HEADING)
        flow.sheet.anchors.append((section_key(number), flow.y))
        flow.paragraph(section.title, font=BOLD, size=HEADING)
        for place, group in enumerate(section.groups):
            _group(flow, group, group_key(number, place), edges, numbers)
    return flow.sheets


def section_key(number: int) -> str:
    """Return the anchor of a section of the index."""
    return f"s{number}"


def group_key(section: int, number: int) -> str:
    """Return the anchor of a group of the index."""
    return f"s{section}g{number}"


def _edges(book: Book) -> list[float]:
    """Return where the columns begin, and where the last one ends."""
    shares = [share for _, share in book.columns]
    shares.append(1 - sum(shares))
    edges = [MARGIN]
    for share in shares:
        edges.append(edges[-1] + share * (A4[0] - 2 * MARGIN))
    return edges


def _group(flow: _Flow, group: Group, key: str, edges: Sequence[float], numbers: Mapping[str, int]) -> None:
    flow.need(4 * BODY * LEADING)
    flow.sheet.anchors.append((key, flow.y))
    flow.paragraph(group.title, font=BOLD)
    flow.y -= GAP / 2
    for row in group.rows:
        number = numbers.get(row.goes_to)
        cells = (*row.cells, "" if number is None else str(number))
        columns = [
            _cut(lines(cell, right - left - GAP, size=BODY))
            for cell, left, right in zip(cells, edges, edges[1:], strict=False)
        ]
        tall = max(len(column) for column in columns) * BODY * LEADING
        flow.need(tall)
        top = flow.y
        for column, left in zip(columns, edges, strict=False):
            for place, shown in enumerate(column, start=1):
                y = top + place * BODY * LEADING
                flow.sheet.texts.append(Text(left, y, shown, link=column is columns[-1]))
        flow.y = top + tall
        if row.goes_to:
            flow.sheet.links.append(((edges[0], top, edges[-1], flow.y + DESCENT * BODY), row))
    flow.y += GAP


def _cut(cell: Sequence[Line]) -> list[str]:
    shown = [line.shown for line in cell]
    return shown if len(shown) <= MOST_LINES else [*shown[: MOST_LINES - 1], ELLIPSIS]


def leaf_sheets(leaf: Leaf, banner: str, size: tuple[float, float]) -> list[Sheet]:
    """Lay out a leaf.

    Args:
        leaf: What.
        banner: Stands above.
        size: Of the copied page, if there is one.
    """
    if leaf.page is None:
        return _text_sheets(leaf, banner)
    scale = max(1.0, size[0] / ORDINARY)
    sheet = Sheet(size=(max(size[0], NARROWEST), 0.0))
    down = _band(sheet, (banner, *leaf.head), EDGE * scale, scale)
    sheet.size = (sheet.size[0], size[1] + down)
    sheet.page = (leaf.page, down)
    for mark in leaf.marks:
        boxes = [(left, top + down, right, bottom + down) for left, top, right, bottom in mark.boxes]
        sheet.anchors.append((mark.key, max(0.0, min((top for _, top, _, _ in boxes), default=0.0) - MARGIN)))
        sheet.marks.extend((mark, box) for box in boxes)
    return [sheet]


def _band(sheet: Sheet, head: Sequence[str], margin: float, scale: float) -> float:
    """Set the lines above a page and a rule below them; return where it stands."""
    size = SMALL * scale
    room = sheet.size[0] - 2 * margin - 3 * size  # the number of the page stands at the right
    y = EDGE * scale / 2
    for number, text in enumerate(head):
        font = REGULAR if number else BOLD
        for shown in _cut(lines(text, room, font=font, size=size)):
            y += size * LEADING
            sheet.texts.append(Text(margin, y, shown, font, size))
    y += EDGE * scale / 2
    sheet.rules.append(y)
    return y


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of a page's text, with the marks in it."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def _text_sheets(leaf: Leaf, banner: str) -> list[Sheet]:
    flow = _Flow((banner, *leaf.head))
    if leaf.note:
        flow.paragraph(leaf.note, size=SMALL)
    for window in _windows(leaf):
        for note in dict.fromkeys(note for mark in window.marks for note in mark.notes):
            flow.paragraph(note, font=BOLD, size=SMALL)
        if leaf.text[: window.start].strip():
            flow.line(ELLIPSIS)
        _set(flow, leaf.text, window)
        if leaf.text[window.end :].strip():
            flow.line(ELLIPSIS)
        flow.y += 2 * GAP
    return flow.sheets


def _windows(leaf: Leaf) -> list[_Window]:
    """Return the stretches of text that are set: marked words with those around them, no word twice."""
    found: list[_Window] = []
    for mark in sorted(leaf.marks, key=lambda mark: (mark.start, mark.end)):
        start, end = _widened(leaf.text, mark.start, mark.end)
        if found and start <= found[-1].end:
            last = found.pop()
            found.append(_Window(last.start, max(last.end, end), (*last.marks, mark)))
        else:
            found.append(_Window(start, end, (mark,)))
    return found


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the words around it, none of them cut where a blank is near."""
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    if low and (blank := re.search(r"\s", text[low:start])):
        low += blank.end()
    if high < len(text) and (blank := re.search(r"\s\S*$", text[end:high])):
        high = end + blank.start()
    return low, high


def _set(flow: _Flow, text: str, window: _Window) -> None:
    """Set a window's lines and note where its marks came to stand."""
    started: set[str] = set()
    stretch = text[window.start : window.end].strip("\r\n")
    shift = window.start + text[window.start : window.end].find(stretch)
    for line in lines(stretch, A4[0] - 2 * MARGIN, size=BODY):
        if not line.shown:
            flow.y += GAP / 2  # between paragraphs
            continue
        y = flow.line(line.shown)
        for mark in window.marks:
            part = line.part(mark.start - shift, mark.end - shift)
            if part is None:
                continue
            left, right = (MARGIN + width(line.shown[:at], REGULAR, BODY) for at in part)
            box = (left, y - ASCENT * BODY, right, y + DESCENT * BODY)
            if mark.key not in started:
                started.add(mark.key)
                flow.sheet.anchors.append((mark.key, max(0.0, box[1] - MARGIN)))
            flow.sheet.marks.append((mark, box))
    # Nothing of a mark on white space alone is set; the index leads to its paragraph all the same.
    flow.sheet.anchors += [
        (key, flow.y) for key in dict.fromkeys(one.key for one in window.marks) if key not in started
    ]


def numbers_of(sheets: Sequence[Sheet], first: int) -> dict[str, int]:
    """Return the page of the book, from 1, on which each anchor stands."""
    return {key: number for number, sheet in enumerate(sheets, start=first) for key, _ in sheet.anchors}
