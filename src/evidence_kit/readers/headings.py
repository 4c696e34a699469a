"""Tells headings by their looks in formats where writers make them by hand: a short bold line above other text."""

from __future__ import annotations

from evidence_kit.readers.base import Draft
from evidence_kit.records.document import BlockKind

LONGEST = 120
"""Characters; a longer bold paragraph is emphasis, not a heading."""
_ENDS = (".", ";", ",", "?", "!")


def looks_like_heading(draft: Draft, below: Draft | None, *, numbered: bool = False) -> bool:
    """Say whether a paragraph, or a numbered list item, is a heading made by hand.

    Args:
        draft: The block.
        below: The next block that is not furniture.
        numbered: The list item has a number, not a bullet.
    """
    if not draft.bold or below is None or below.bold or below.kind is BlockKind.HEADING:
        return False
    if draft.kind is not BlockKind.PARAGRAPH and not (draft.kind is BlockKind.LIST_ITEM and numbered):
        return False
    if len(draft.text) > LONGEST or "\n" in draft.text or draft.text.endswith(_ENDS):
        return False
    # "We have:" above a list is the list's stem.
    return not (draft.text.endswith(":") and below.kind is BlockKind.LIST_ITEM)
