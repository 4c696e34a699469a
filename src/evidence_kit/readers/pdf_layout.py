"""From segments to blocks in reading order.

Pure functions over :class:`evidence_kit.readers.pdf_words.Segment`; PDFium is not needed to test them. The order of
the file is trusted, since it follows columns almost always; where lines of two columns alternate, the columns are
taken apart (:func:`in_reading_order`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from evidence_kit.readers.pdf_words import BULLETS, Segment
from evidence_kit.records.document import BlockKind

SAME_HEIGHT = 0.12
"""Lines whose heights differ by less are of one size."""
SAME_STEP = 0.18
"""Lines of a paragraph keep their distance this well."""
LARGEST_STEP = 2.2
"""Lines further apart than so many heights are never one paragraph, even with wide line spacing."""
INDENT = 0.7
"""A first line is indented by at least so many heights…"""
LARGEST_INDENT = 4.0
"""… and by no more than so many."""
ALIGNED = 2.0
"""Left edges within so many points are the same."""
PROSE_WORDS = 4
"""Alternating segments with so many words in the middle one are lines of columns; with fewer, cells of a table."""
LEAST_RUN = 3
"""So many rows must alternate before columns are taken apart."""

_BULLET = re.compile(rf"[{re.escape(BULLETS)}]|o|-")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})[.)]")
_DEEP_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")
_SENTENCE_END = re.compile(r"[.!?:;][)\]’”\"']*$")
_CAPTION = re.compile(
    r"(?:Figure|Fig\.|Table|Chart|Graph|Diagram|Exhibit)\s+[A-Z]?\d+(?:\.\d+)*\s*(?:[:.–—-]|\s[A-Z])"
)


@dataclass(slots=True)
class Lines:
    """A block in the making: its lines, and its extent in the direction of reading."""

    segments: list[Segment]
    left: float
    right: float
    step: float = 0.0
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: bool = field(default=False)

    @property
    def last(self) -> Segment:
        """Its last line."""
        return self.segments[-1]


def blocks_of(segments: Sequence[Segment]) -> list[Lines]:
    """Join segments, in reading order, to paragraphs, list items and single lines."""
    steps = _usual_steps(segments)
    blocks: list[Lines] = []
    for index, segment in enumerate(segments):
        following = segments[index + 1] if index + 1 < len(segments) else None
        if blocks and _goes_on(blocks[-1], segment, following, steps):
            block = blocks[-1]
            block.step = block.step or segment.bottom - block.last.bottom
            block.segments.append(segment)
            block.left = min(block.left, segment.left)
            block.right = max(block.right, segment.right)
        else:
            blocks.append(Lines([segment], segment.left, segment.right, marker=_is_item(segment)))
    for block in blocks:
        _set_kind(block)
    _set_nesting(blocks)
    return blocks


def _usual_steps(segments: Sequence[Segment]) -> dict[int, float]:
    """Return the commonest distance between lines for each height of line, in points."""
    found: dict[int, Counter[float]] = {}
    for above, below in pairwise(segments):
        step = below.bottom - above.bottom
        if 0 < step < LARGEST_STEP * below.height and _same_height(above, below):
            found.setdefault(round(below.height), Counter())[round(step * 2) / 2] += 1
    return {height: counts.most_common(1)[0][0] for height, counts in found.items()}


def _same_height(one: Segment, other: Segment) -> bool:
    return abs(one.height - other.height) <= SAME_HEIGHT * max(one.height, other.height)


def _goes_on(block: Lines, line: Segment, following: Segment | None, steps: dict[int, float]) -> bool:
    """Whether ``line`` is the next line of the block."""
    last = block.last
    height = last.height
    step = line.bottom - last.bottom
    if last.angle != line.angle or not _same_height(last, line):
        return False
    if not 0.3 * height < step < LARGEST_STEP * height:
        return False
    if min(block.right, line.right) - max(block.left, line.left) < 0.4 * min(last.width, line.width):
        return False
    if last.hyphen:
        return True
    usual = block.step or steps.get(round(height), 1.3 * height)
    if abs(step - usual) > SAME_STEP * usual and step > usual:
        return False
    return not (
        _new_weight(block, line) or _opens_item(block, line) or _opens_paragraph(block, line, following)
    )


def _new_weight(block: Lines, line: Segment) -> bool:
    """Whether bold type begins or ends between two lines, as between a heading and its text."""
    if block.last.bold == line.bold:
        return False
    if line.bold:
        return _SENTENCE_END.search(block.last.words[-1]) is not None or _would_have_fitted(block, line)
    return all(segment.bold for segment in block.segments)


def _is_item(line: Segment) -> bool:
    """Whether a line opens with a bullet or a number, and has a text after it."""
    if len(line.words) < 2:
        return line.words[0] in BULLETS
    first = line.words[0]
    return bool(_BULLET.fullmatch(first) or _NUMBER.fullmatch(first) or _DEEP_NUMBER.fullmatch(first))


def _opens_item(block: Lines, line: Segment) -> bool:
    """Whether ``line`` opens a list item below the block; a number at a line's start may just be wrapped."""
    if not _is_item(line):
        return False
    first = line.words[0]
    if _BULLET.fullmatch(first) and first not in "-–—":
        return True
    if block.marker and abs(line.left - block.segments[0].left) <= ALIGNED:
        return True
    return _ends(block.last) or _would_have_fitted(block, line)


def _ends(line: Segment) -> bool:
    return not line.hyphen and _SENTENCE_END.search(line.words[-1]) is not None


def _would_have_fitted(block: Lines, line: Segment) -> bool:
    """Whether the first word of ``line`` had room on the line above: then the line was ended on purpose."""
    share = (len(line.words[0]) + 1) / max(1, sum(len(word) + 1 for word in line.words))
    return block.last.right + share * line.width < max(block.right, line.right) - 1.0


def _opens_paragraph(block: Lines, line: Segment, following: Segment | None) -> bool:
    """Whether ``line`` begins a paragraph although no gap says so: by indent, or by an early end of the line above."""
    height = line.height
    first = block.segments[0]
    indent = line.left - block.last.left
    capital = not line.words[0][:1].islower()
    if block.marker:
        if line.left < first.left - ALIGNED:
            return True
        hanging = len(block.segments) > 1 and block.last.left > first.left + ALIGNED
        if hanging and abs(line.left - first.left) <= ALIGNED:
            return True
    elif INDENT * height <= indent <= LARGEST_INDENT * height and capital:
        back = following is not None and abs(following.left - block.last.left) <= ALIGNED
        if _ends(block.last) or back:
            return True
    if (
        abs((line.left + line.right) - (block.last.left + block.last.right)) <= 2 * ALIGNED
        and abs(indent) > ALIGNED
    ):
        return False  # centred lines
    return capital and _would_have_fitted(block, line)


def _set_kind(block: Lines) -> None:
    """Tell list items and captions; headings are told over the whole document."""
    words = block.segments[0].words
    if block.marker and not _DEEP_NUMBER.fullmatch(words[0]):
        block.kind = BlockKind.LIST_ITEM
    elif _CAPTION.match(" ".join(words[:4]) + " "):
        block.kind = BlockKind.CAPTION


def _set_nesting(blocks: Iterable[Lines]) -> None:
    """Give list items that follow one another their depth, by their left edges."""
    edges: list[float] = []
    for block in blocks:
        if block.kind is not BlockKind.LIST_ITEM:
            edges = []
            continue
        left = block.segments[0].left
        while edges and left < edges[-1] - 2 * ALIGNED:
            edges.pop()
        if not edges or left > edges[-1] + 2 * ALIGNED:
            edges.append(left)
        block.level = len(edges)


def in_reading_order(segments: Sequence[Segment]) -> list[Segment]:
    """Take columns apart whose lines alternate in the file.

    Rows of two or more segments that begin at the same places, and are long enough to be lines of prose, are read
    column by column; all else stays as it is.
    """
    rows = _rows(segments)
    ordered: list[Segment] = []
    index = 0
    while index < len(rows):
        end = _run_of_columns(rows, index)
        if end - index >= LEAST_RUN:
            ordered.extend(_by_column(rows[index:end]))
            index = end
        else:
            ordered.extend(rows[index])
            index += 1
    return ordered


def _rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Group segments that follow one another on one baseline from left to right."""
    rows: list[list[Segment]] = []
    for segment in segments:
        last = rows[-1][-1] if rows else None
        if (
            last is not None
            and last.angle == segment.angle
            and segment.left > last.right
            and abs(segment.bottom - last.bottom) < 0.35 * last.height
        ):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return rows


def _run_of_columns(rows: Sequence[list[Segment]], start: int) -> int:
    """Return the end of the run of rows from ``start`` that are lines of the same columns, or ``start``."""
    first = rows[start]
    if len(first) < 2:
        return start
    edges = [segment.left for segment in first]
    gutters = [segment.left for segment in first[1:]]
    end = start
    full: list[int] = []
    for row in rows[start:]:
        if (
            end > start
            and not 0 < row[0].bottom - rows[end - 1][0].bottom < LARGEST_STEP * 1.5 * row[0].height
        ):
            break
        if any(_column(segment, edges) is None or _crosses(segment, gutters) for segment in row):
            break
        if len(row) == len(first):
            full.extend(len(segment.words) for segment in row)
        end += 1
    if len(full) < 2 * LEAST_RUN or median(full) < PROSE_WORDS:
        return start
    return end


def _column(segment: Segment, edges: Sequence[float]) -> int | None:
    """Return the column whose left edge the segment has, a paragraph's or list's indent allowed."""
    for number in range(len(edges) - 1, -1, -1):
        if -ALIGNED <= segment.left - edges[number] <= LARGEST_INDENT * segment.height:
            return number
    return None


def _crosses(segment: Segment, gutters: Sequence[float]) -> bool:
    return any(segment.left < gutter - ALIGNED and segment.right > gutter for gutter in gutters)


def _by_column(rows: Sequence[list[Segment]]) -> list[Segment]:
    edges = [segment.left for segment in rows[0]]
    columns: list[list[Segment]] = [[] for _ in edges]
    for row in rows:
        for segment in row:
            columns[_column(segment, edges) or 0].append(segment)
    return [segment for column in columns for segment in column]
