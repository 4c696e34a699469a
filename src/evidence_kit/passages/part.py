"""A part of a document that is a paper, before it has a profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_kit.passages.flow import Piece
from evidence_kit.records.passage import PaperKind, Profile

OPENING_PIECES = 70
"""Pieces at the top of a paper in which it speaks of itself."""
Pages = Sequence[tuple[Piece, ...]]
"""The pieces of every page of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a document that is a paper.

    Attributes:
        first, last: Page indexes, both included.
        title: By bookmark or agenda, else empty.
        kind: Where it is known beforehand.
        pack: Profile of the pack's front matter, for an item of a pack.
    """

    first: int
    last: int
    title: str = ""
    kind: PaperKind | None = None
    pack: Profile | None = None
