"""What the papers tell beside single acts, added to findings as notes: figures and claims. It changes no status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence_kit.checks.attainment import Claim
from evidence_kit.checks.base import quoted
from evidence_kit.checks.conclude import Concluded
from evidence_kit.checks.disparity import disparity_notes
from evidence_kit.checks.doubts import MOST_OF_A_KIND
from evidence_kit.checks.gather import NEVER_EVIDENCE
from evidence_kit.checks.headcounts import count_tables
from evidence_kit.checks.totals import Mismatch, mismatches
from evidence_kit.records.finding import Role
from evidence_kit.records.passage import Paper, Passage

_RATIO = "race_disparity_ratio"
"""Criteria that name this concept are told of the ratio."""


@dataclass(frozen=True, slots=True)
class Across:
    """Doubts and figures of a whole pack.

    Attributes:
        ratios: Race disparity ratios worked out from headcounts, and those that a paper states otherwise.
        mismatches: Totals that their parts do not come to.
        claims: Of attainment.
    """

    ratios: tuple[str, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    claims: tuple[Claim, ...] = ()

    def told(self, concluded: Concluded) -> Concluded:
        """Return a conclusion with the notes that concern it."""
        kinds = (self._ratios(concluded), self._mismatches(concluded), self._claims(concluded))
        notes = tuple(note for kind in kinds for note in list(kind)[:MOST_OF_A_KIND])
        return replace(concluded, notes=(*concluded.notes, *notes)) if notes else concluded

    def unsupported(self, concluded: Iterable[Concluded]) -> Iterator[tuple[Claim, int]]:
        """Yield the claims that lack support, each with the number of criteria without any."""
        bare = [each.criterion for each in concluded if not _has_support(each)]
        for claim in self.claims:
            missing = sum(map(claim.is_about, bare))
            if missing:
                yield claim, missing

    def _ratios(self, concluded: Concluded) -> Iterator[str]:
        if _RATIO in concluded.criterion.concepts:
            yield from self.ratios

    def _mismatches(self, concluded: Concluded) -> Iterator[str]:
        shown = {exhibit.witness.passage.id for exhibit in concluded.exhibits}
        for each in self.mismatches:
            if shown & each.beside:
                yield each.note

    def _claims(self, concluded: Concluded) -> Iterator[str]:
        if not _has_support(concluded):
            for claim in self.claims:
                if claim.is_about(concluded.criterion):
                    words = quoted(claim.words, claim.paper, claim.paper.profile.date)
                    yield f"Claimed as a whole, and nothing here supports it for this one: {words}."


def look_across(own: Mapping[str, Paper], passages: Sequence[Passage], claims: Iterable[Claim]) -> Across:
    """Look through a pack for figures that a careful reader would work out or doubt.

    Args:
        own: The papers that count, by id.
        passages: Of all papers, in order of document and place.
        claims: Those that were read in them.
    """
    tables = tuple(count_tables(passages, own))
    prose = [(each, own[each.paper]) for each in passages if each.paper in own and not each.cells]
    return Across(
        ratios=tuple(disparity_notes(tables, passages, own)),
        mismatches=tuple(mismatches(tables, prose)),
        claims=tuple(claims),
    )


def counts(paper: Paper) -> bool:
    """Tell whether a paper's words count: applications and guidance never do, nor the second copy of a paper."""
    return paper.profile.kind not in NEVER_EVIDENCE and not paper.duplicate_of


def _has_support(concluded: Concluded) -> bool:
    return any(exhibit.role is Role.SUPPORT for exhibit in concluded.exhibits)
