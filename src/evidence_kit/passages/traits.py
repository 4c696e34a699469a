"""What of a paper's structure tells its kind: tables of actions or claims, captions, slides."""

from __future__ import annotations

import re
from itertools import chain
from statistics import median

from evidence_kit.passages.flow import Piece, cells_of
from evidence_kit.passages.kinds import Traits
from evidence_kit.passages.paper_dates import Sources
from evidence_kit.passages.part import OPENING_PIECES, Pages, Part
from evidence_kit.records.document import BlockKind, Document, Media

_ACTION_COLUMNS = (
    re.compile(r"\b(?:actions?|objective|milestones?|task|what)\b", re.IGNORECASE),
    re.compile(r"\b(?:lead|owners?|responsib\w+|who|accountable|sponsor)\b", re.IGNORECASE),
    re.compile(r"\b(?:due|deadline|by when|when|time ?scales?|target|date|completion)\b", re.IGNORECASE),
    re.compile(r"\b(?:status|progress|rag|update|rating|complete)\b", re.IGNORECASE),
)
_REQUIREMENT = re.compile(
    r"\b(?:deliverables?|criteri\w+|requirements?|standards?|supporting actions?|framework|driver)\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(?:evidence|narrative|our response|how we (?:meet|have met)|self[- ]assessment|claim|achieved|met)\b",
    re.IGNORECASE,
)
_ENOUGH_COLUMNS = 3
_SLIDE_PAGES = 3
_SLIDE_RATIO = 1.25
_SLIDE_WORDS = 120


def traits_of(
    document: Document, pages: Pages, part: Part, sources: Sources, *, body: str, own: int, national: int
) -> Traits:
    """Collect what the kind of a paper is told from."""
    actions, claims, words = _table_shares(document, pages, part)
    return Traits(
        title=sources.title,
        stem=sources.stem,
        fields=sources.fields,
        opening=sources.opening,
        headings=sources.headings,
        body=body,
        in_pack=part.pack is not None,
        web=document.media is Media.HTML,
        mail=document.media is Media.MAIL,
        captions=_are_captions(document, pages, part),
        action_share=actions / words if words else 0.0,
        claim_share=claims / words if words else 0.0,
        national=national,
        own=own,
        slides=_are_slides(document, part),
    )


def _table_shares(document: Document, pages: Pages, part: Part) -> tuple[int, int, int]:
    """Count the characters in tables of actions, in tables of claims, and in all."""
    actions = claims = total = 0
    table: int | None = -1
    is_action = is_claim = False
    for piece in chain.from_iterable(pages[part.first : part.last + 1]):
        if piece.kind is BlockKind.FURNITURE:
            continue
        total += len(piece.text)
        if piece.kind is not BlockKind.TABLE_ROW:
            continue
        if piece.block.table != table:
            table = piece.block.table
            is_action, is_claim = _table_kind(document, piece, is_action, is_claim)
        actions += len(piece.text) * is_action
        claims += len(piece.text) * is_claim
    return actions, claims, total


def _table_kind(document: Document, row: Piece, was_action: bool, was_claim: bool) -> tuple[bool, bool]:
    """Tell from a table's first row whether it lists actions or claims; without a header it goes on as the last."""
    raw = document.pages[row.page].text[row.start : row.end]
    cells = [raw[start:end] for start, end in cells_of(row)]
    columns = sum(1 for pattern in _ACTION_COLUMNS if any(pattern.search(cell[:40]) for cell in cells))
    if columns >= _ENOUGH_COLUMNS:
        return True, False
    required = any(_REQUIREMENT.search(cell[:40]) for cell in cells[:-1])
    if required and any(_CLAIM.search(cell[:40]) for cell in cells[1:]):
        return False, True
    headed = row.block.header
    return was_action and not headed, was_claim and not headed


def _are_captions(document: Document, pages: Pages, part: Part) -> bool:
    """Captions of a meeting, as the text reader leaves them: prose without a heading, under a comment that says so."""
    if document.media is not Media.TEXT or not pages[part.first]:
        return False
    first = pages[part.first]
    headed = any(piece.kind is BlockKind.HEADING for piece in first[:OPENING_PIECES])
    said = any(
        piece.kind is BlockKind.FURNITURE
        and re.search(r"transcript|captions|webvtt", piece.text, re.IGNORECASE)
        for piece in first[:5]
    )
    spoken = re.search(
        r"\b(?:um|uh|okay|good (?:morning|afternoon|evening))\b",
        " ".join(piece.text for piece in first[:8]),
        re.IGNORECASE,
    )
    return not headed and (said or spoken is not None)


def _are_slides(document: Document, part: Part) -> bool:
    shown = [document.pages[index] for index in range(part.first, part.last + 1)]
    if len(shown) < _SLIDE_PAGES or any(
        page.width < _SLIDE_RATIO * page.height or not page.height for page in shown
    ):
        return False
    return median(len(page.text.split()) for page in shown) <= _SLIDE_WORDS
