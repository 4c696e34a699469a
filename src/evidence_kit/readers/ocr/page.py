"""From recognised lines to a page: the same blocks, tables and word boxes as of a page that has its own text.

What a PDF says of its letters must be told from the picture here: the baseline and its slant, the size of type, its
weight, and the rules of tables.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence_kit.readers.layout.blocks import blocks_of
from evidence_kit.readers.layout.order import in_reading_order, row_by_row
from evidence_kit.readers.layout.rows import part_tables
from evidence_kit.readers.layout.rules import Rule, Rules
from evidence_kit.readers.layout.segments import (
    FIGURE,
    GAP,
    MARKER,
    MARKER_GAP,
    NUMBER_GAP,
    PageWords,
    Segment,
)
from evidence_kit.readers.layout.tables import Grid, Table, find_grids
from evidence_kit.readers.layout.text import PageText
from evidence_kit.readers.ocr.bullets import with_bullet
from evidence_kit.readers.ocr.engines import Engine, Picture, PixelBox, SeenLine
from evidence_kit.readers.ocr.ink import Ink, Run
from evidence_kit.readers.ocr.pose import kept, look, sureness
from evidence_kit.readers.ocr.type import Type, bases_of, slant_of, tightened, type_of
from evidence_kit.records.document import Page

POINTS = 72.0
ABOVE, BELOW = 0.92, 0.22
"""A line reaches so many times its size above and below its baseline, as the boxes of a PDF's letters do."""
PROSE_WORDS = 3
COLUMN_ROWS = 4
"""So many lines of prose with other prose beside them: the page is set in columns."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Turns pixels into points, and takes the slant of a page out of its lines."""

    scale: float
    slant: float

    def level(self, x: float, y: float) -> float:
        """Return the height of a point in points, as if the page lay straight."""
        return (y - self.slant * x) * self.scale

    def pixels(self, grid: Grid) -> PixelBox:
        """Return the part of the picture in which a grid stands."""
        left, right = grid.columns[0] / self.scale, grid.columns[-1] / self.scale
        top, bottom = grid.rows[0] / self.scale, grid.rows[-1] / self.scale
        lower, higher = sorted((self.slant * left, self.slant * right))
        return int(left), max(0, int(top + lower)), int(right) + 1, int(bottom + higher) + 1


def read_picture(engine: Engine, picture: Picture, page: Page) -> Page | None:
    """Return ``page`` with the recognised text as its own, or ``None`` if no words were recognised.

    Args:
        picture: Of the page.
        page: The page as it was read before; number, label and size are kept.
    """
    seen = look(engine, picture)
    picture, lines = seen.picture, seen.lines
    if not lines:
        return None
    ink = Ink(picture)
    lines = tightened(lines, ink)
    shape = _Shape(POINTS / picture.dpi, slant_of(lines))
    across, down = ink.rules()
    rules = _rules(across, down, shape)
    tables = [shape.pixels(grid) for grid in find_grids(rules)]
    if tables:
        lines = _with_tables(engine, ink.without(across, down), ink, lines, tables)
    types = type_of(lines, ink)
    lines = [with_bullet(line, kind.size, ink) for line, kind in zip(lines, types, strict=True)]
    found = _words(lines, bases_of(lines, shape.slant), types, shape)
    found.segments = _ordered(found.segments, rules)
    sizes = [round(2 * one.size * shape.scale) / 2 for one in types]
    sure = bytes(round(100 * word.confidence) for line in lines for word in line)
    writer = PageText(found.boxes, lambda segment: sizes[segment.line], sure)
    number = 0
    for piece in part_tables(found, lambda: rules):
        if isinstance(piece, Table):
            for row in piece.rows:
                writer.add_row(row, number)
            number += 1
        else:
            for block in blocks_of(in_reading_order(piece)):
                writer.add(block)
    text, blocks, words = writer.finish()
    size = (picture.width * shape.scale, picture.height * shape.scale)
    words = replace(words, boxes=seen.pose.shown(words.boxes, size))
    width, height = reversed(size) if seen.pose.quarters % 2 else size
    return Page(
        number=page.number,
        label=page.label,
        text=text,
        blocks=blocks,
        words=words,
        width=page.width or round(width, 2),
        height=page.height or round(height, 2),
        ocr=True,
        confidence=_confidence(lines),
    )


def _confidence(lines: Sequence[SeenLine]) -> float:
    """Return the mean confidence of words; dots that lead to a page number are none, unless there is nothing else."""
    words = [word for line in lines for word in line]
    told = [word.confidence for word in words if any(map(str.isalnum, word.text))]
    told = told or [word.confidence for word in words]
    return round(sum(told) / len(told), 3)


def _with_tables(
    engine: Engine, picture: Picture, ink: Ink, lines: list[SeenLine], tables: Sequence[PixelBox]
) -> list[SeenLine]:
    """Read ruled tables once more by themselves, and take what was read with more confidence.

    On a whole page engines lose columns of single figures, or take them for text that runs upwards, and take rules for
    letters.

    Args:
        picture: Without its rules.
    """
    for left, top, right, bottom in tables:
        inside = [
            tuple(word for word in line if left < word.middle[0] < right and top < word.middle[1] < bottom)
            for line in lines
        ]
        again = tightened(kept(engine.lines(picture, (left, top, right, bottom))), ink)
        if sureness(again) <= sureness(inside):
            continue
        taken = {id(word) for line in inside for word in line}
        rest = [tuple(word for word in line if id(word) not in taken) for line in lines]
        lines = [*(line for line in rest if line), *again]
    return lines


def _words(
    lines: Sequence[SeenLine], bases: Sequence[float], types: Sequence[Type], shape: _Shape
) -> PageWords:
    """Return the page's words in points, its lines cut where a gap parts columns or cells."""
    boxes = array("f")
    segments: list[Segment] = []
    first = 0
    for number, (line, at, kind) in enumerate(zip(lines, bases, types, strict=True)):
        for word in line:
            left, _, right, _ = word.box
            base = at + shape.slant * (left + right) / 2
            edges = (left, base - ABOVE * kind.size, right, base + BELOW * kind.size)
            boxes.extend(edge * shape.scale for edge in edges)
        whole = _segment(line, first, number, at * shape.scale, kind, shape)
        segments.extend(_cut(whole, line, shape))
        first += len(line)
    return PageWords(segments, boxes)


def _segment(line: SeenLine, first: int, number: int, base: float, kind: Type, shape: _Shape) -> Segment:
    size = kind.size * shape.scale
    return Segment(
        words=[word.text for word in line],
        first=first,
        left=line[0].box[0] * shape.scale,
        top=base - ABOVE * size,
        right=line[-1].box[2] * shape.scale,
        bottom=base + BELOW * size,
        height=(ABOVE + BELOW) * size,
        bold=kind.bold,
        hyphen=False,
        char=0,
        angle=0,
        line=number,
    )


def _cut(whole: Segment, line: SeenLine, shape: _Shape) -> list[Segment]:
    """Cut a line where a gap is too wide for one between words; a bullet or number stays with its text."""
    pieces: list[Segment] = []
    start = 0
    for index in range(1, len(line) + 1):
        if index < len(line):
            gap = (line[index].box[0] - line[index - 1].box[2]) * shape.scale
            figures = FIGURE.match(line[index - 1].text + line[index].text)
            if gap <= GAP * whole.height and not (figures and gap > NUMBER_GAP * whole.height):
                continue
            alone = index == start + 1 and MARKER.fullmatch(whole.words[start]) is not None
            if alone and not figures and gap < MARKER_GAP * whole.height:
                continue
        pieces.append(
            replace(
                whole,
                words=whole.words[start:index],
                first=whole.first + start,
                left=line[start].box[0] * shape.scale,
                right=line[index - 1].box[2] * shape.scale,
            )
        )
        start = index
    return pieces


def _rules(across: Sequence[Run], down: Sequence[Run], shape: _Shape) -> Rules:
    """Return the straight rules of a page, in points, as if it lay straight."""
    scale, slant = shape.scale, shape.slant
    return Rules(
        [Rule(shape.level((begin + end) / 2, at), begin * scale, end * scale) for at, begin, end in across],
        [
            Rule((at + slant * (begin + end) / 2) * scale, shape.level(at, begin), shape.level(at, end))
            for at, begin, end in down
        ],
    )


def _ordered(segments: list[Segment], rules: Rules) -> list[Segment]:
    """Return the segments row by row, unless the page is set in columns: those the engine has told apart.

    Engines read the columns of a table one after the other, too, and that would take its rows apart.
    """
    if _in_columns(segments, rules):
        return segments
    return row_by_row(segments)


def _in_columns(segments: Sequence[Segment], rules: Rules) -> bool:
    """Whether prose stands beside prose, no upright rule between."""
    prose = [segment for segment in segments if len(segment.words) >= PROSE_WORDS]
    beside = 0
    for segment in prose:
        middle = segment.centre[1]
        for other in prose:
            if other.left > segment.right and other.top < middle < other.bottom:
                ruled = any(
                    segment.right <= rule.at <= other.left and rule.begin <= middle <= rule.end
                    for rule in rules.vertical
                )
                beside += not ruled
                break
    return beside >= COLUMN_ROWS
