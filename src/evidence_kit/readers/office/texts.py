"""Reads texts of office files, Word's or OpenDocument's, once a walk has taken them apart into pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from lxml import etree

from evidence_kit.readers.base import PICTURES, Draft, Inspection, Whole, unread_page
from evidence_kit.readers.headings import looks_like_heading
from evidence_kit.readers.office.package import Package
from evidence_kit.readers.office.tables import Piece, renumbered
from evidence_kit.readers.office.xml import tracked_changes
from evidence_kit.readers.sections import make_sections
from evidence_kit.records.document import BlockKind, Metadata, Page, Problem
from evidence_kit.workers import Limits


class Walk(Protocol):
    """A walk over a text; what it has come across is asked for after its pieces."""

    @property
    def root(self) -> etree._Element:
        """The element that holds the text and its tracked changes."""

    @property
    def images(self) -> int:
        """How many pictures stand in the text."""

    def pieces(self) -> list[Piece]:
        """Return all blocks."""

    def problems(self) -> Iterator[Problem]:
        """Say what of the file is not in the text."""


def read_text(
    path: Path, limits: Limits, walk: Callable[[Package], Walk], properties: Callable[[Package], Metadata]
) -> Whole:
    """Read a file into sections; ``Page.number`` is ``None``.

    Args:
        walk: Opens the walk over a package.
        properties: Reads what the package says of itself.

    Raises:
        ReadError: As the package, the walk and the properties.
    """
    with Package(path, limits) as package:
        source = walk(package)
        pages = _pages(source)
        metadata = replace(properties(package), tracked_changes=tracked_changes(source.root))
    return Inspection(page_count=len(pages), metadata=metadata, problems=tuple(source.problems())), pages


def _pages(source: Walk) -> tuple[Page, ...]:
    drafts = list(_settled(renumbered(source.pieces())))
    if source.images and not any(draft.kind is not BlockKind.FURNITURE for draft in drafts):
        return (unread_page(None, PICTURES),)
    return make_sections(drafts)


def _settled(pieces: Sequence[Piece]) -> Iterator[Draft]:
    """Yield the final blocks: short bold lines above text become headings, list numbers become furniture."""
    styled = 0
    solid = [piece for piece in pieces if piece.draft.kind is not BlockKind.FURNITURE]
    below = {id(piece): following.draft for piece, following in pairwise(solid)}
    for piece in pieces:
        draft = piece.draft
        if draft.kind is BlockKind.HEADING:
            styled = draft.level
        elif looks_like_heading(draft, below.get(id(piece)), numbered=bool(piece.label)):
            draft = replace(draft, kind=BlockKind.HEADING, level=min(styled + 1, 9))
        if piece.label and draft.kind is BlockKind.HEADING:
            draft = replace(draft, text=f"{piece.label} {draft.text}")
        elif piece.label:
            yield Draft(kind=BlockKind.FURNITURE, text=piece.label)
        yield draft
