"""Cuts documents without pages into sections, so that a place in a long file is a short text, not the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evidence_kit.readers.base import Draft, make_page
from evidence_kit.records.document import BlockKind, Page

SECTION_CHARS = 6_000
"""From here on the next heading opens a new section: about two to three printed pages."""
LONG_CHARS = 24_000
"""From here on any block does: text without headings must end somewhere."""
TABLE_CHARS = 96_000
"""Up to here a table stays in one section, so that its rows keep their header."""


def make_sections(drafts: Iterable[Draft]) -> tuple[Page, ...]:
    """Lay drafts into pages with ``number=None``; at least one page, blank where there is no text.

    A short document is one section. The cuts depend on the drafts alone.
    """
    sections: list[list[Draft]] = [[]]
    size = 0
    for draft in drafts:
        if sections[-1] and _opens_section(draft, sections[-1], size):
            sections.append([])
            size = 0
        sections[-1].append(draft)
        size += len(draft.text) + sum(len(cell) for cell in draft.cells)
    return tuple(make_page(section) for section in sections)


def _opens_section(draft: Draft, section: Sequence[Draft], size: int) -> bool:
    if size < SECTION_CHARS:
        return False
    if draft.table is not None and section[-1].table == draft.table:
        return size >= TABLE_CHARS
    if draft.kind is BlockKind.HEADING:
        # A run of headings (title, part, chapter) stays together.
        return section[-1].kind is not BlockKind.HEADING
    return size >= LONG_CHARS and draft.kind is not BlockKind.FURNITURE
