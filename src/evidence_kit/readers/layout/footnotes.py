"""Notes at the foot of a page, told from the text above them: set smaller, behind a mark, and last on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence_kit.readers.layout.furniture import body_size
from evidence_kit.records.document import Block, BlockKind, Page

SMALL = 0.92
"""Notes are set no larger than this share of the body."""
_MARK = re.compile(
    r"(?:\(?\d{1,3}[.)]?|[*†‡§]{1,3}|\(?[a-z][.)])\s*(?=[A-Za-z“‘\"(])|(?:sources?|notes?)\s*:", re.IGNORECASE
)
"""What a note begins with; words follow, so that the figures of a chart at the foot of a page are none."""


def mark_footnotes(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Mark the notes at the foot of every page; a note that is only marked further up stays text."""
    body, _ = body_size(pages)
    return tuple(_marked(page, SMALL * body) for page in pages)


def _marked(page: Page, largest: float) -> Page:
    first = _first_note(page, largest)
    if first is None:
        return page
    blocks = (
        replace(block, kind=BlockKind.FOOTNOTE, level=0)
        if index >= first and block.kind is not BlockKind.FURNITURE
        else block
        for index, block in enumerate(page.blocks)
    )
    return replace(page, blocks=tuple(blocks))


def _first_note(page: Page, largest: float) -> int | None:
    """Return the index of the first note, ``None`` where there is none or nothing larger above it."""
    first = None
    for index in range(len(page.blocks) - 1, -1, -1):
        block = page.blocks[index]
        if block.kind is BlockKind.FURNITURE:
            continue
        if not _is_small(block, largest):
            return first
        starred = first is not None and block.kind is BlockKind.LIST_ITEM  # an asterisk is read as a bullet
        if starred or _MARK.match(page.text, block.start, block.end):
            first = index
    return None


def _is_small(block: Block, largest: float) -> bool:
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and 0 < block.size <= largest
