"""From a stretch of a passage to the places where a reader finds it: page, printed label, boxes, source line."""

from __future__ import annotations

from collections.abc import Iterable

from evidence_kit.records.document import Block, Box, Document, Page
from evidence_kit.records.finding import Place
from evidence_kit.records.passage import Passage, Segment

_SAME_LINE = 0.5
"""Boxes that share this much of the lower one's height stand on one line."""


def places_of(document: Document, passage: Passage, start: int, end: int) -> tuple[Place, ...]:
    """Return the places of ``passage.text[start:end]``, one a page or column that it runs over.

    White space at the ends of a place is left out.

    Args:
        document: The document that the passage was cut from.
        passage: The passage.
        start: First character in the passage's text.
        end: Character after the last.
    """
    places = []
    for segment in passage.spans_of(start, end):
        page = document.pages[segment.page]
        raw = page.text[segment.start : segment.end]
        if not raw.strip():
            continue
        low = segment.start + len(raw) - len(raw.lstrip())
        trimmed = Segment(segment.page, low, low + len(raw.strip()))
        places.append(_place(document, page, trimmed))
    return tuple(places)


def _place(document: Document, page: Page, segment: Segment) -> Place:
    boxes = page.words.within(segment.start, segment.end) if page.words else ()
    return Place(
        document=document.id,
        page_index=segment.page,
        page=page.number,
        start=segment.start,
        end=segment.end,
        label=page.label,
        boxes=line_boxes(boxes),
        line=source_line(page, segment.start),
    )


def line_boxes(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """Merge the boxes of words, in reading order, to one box a line."""
    lines: list[Box] = []
    for box in boxes:
        if lines and _on_same_line(lines[-1], box):
            left, top, right, bottom = lines[-1]
            lines[-1] = (min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3]))
        else:
            lines.append(box)
    return tuple(lines)


def _on_same_line(line: Box, box: Box) -> bool:
    """A word goes on to the right of the line before it; one that starts left of it is on another line or column."""
    shared = min(line[3], box[3]) - max(line[1], box[1])
    height = min(line[3] - line[1], box[3] - box[1])
    return shared >= _SAME_LINE * height and box[2] > line[0] and box[0] >= line[0]


def source_line(page: Page, position: int) -> int | None:
    """Return the source line, from 1, of a character of a page; ``None`` for formats without lines."""
    block = _block_at(page, position)
    if block is None or block.line is None:
        return None
    before = page.text.count("\n", block.start, position)
    if block.lines:
        return block.lines[min(before, len(block.lines) - 1)]
    return block.line + before


def _block_at(page: Page, position: int) -> Block | None:
    return next((block for block in page.blocks if block.start <= position < block.end), None)
