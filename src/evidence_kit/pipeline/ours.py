"""What is known of the organisation whose papers are read, beside the papers: one record for all stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.words import count

Names = tuple[tuple[str, str], ...]
"""Names of bodies and networks, each with the id of its concept."""
Cited = Mapping[str, frozenset[str]]
"""Criteria for which people cite a passage, by its words (:func:`evidence_kit.records.decision.comparable`)."""

_STATED, _LEARNT = "name: ", "name explained in the papers: "
_OTHERS = "short names of other organisations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Whose papers they are, and what its user, its papers and its readers say of it.

    Attributes:
        organisation: Its name; empty if unknown.
        stated: Its own names of bodies and networks, as its user told them.
        learnt: Those that its papers explain.
        others: Short names of other organisations, which its papers name in full.
        cited: Passages that people cite for criteria, whatever the classifier says.
    """

    organisation: str = ""
    stated: Names = ()
    learnt: Names = ()
    others: tuple[str, ...] = ()
    cited: Cited = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """All names of its own."""
        return (*self.stated, *self.learnt)

    def settings(self) -> dict[str, str]:
        """Return it as a map tells it among its run's settings; :func:`ours_of` reads that back."""
        return {
            **{f"{_STATED}{name}": concept for name, concept in self.stated},
            **{f"{_LEARNT}{name}": concept for name, concept in self.learnt},
            **({_OTHERS: ", ".join(self.others)} if self.others else {}),
            **(
                {"cited by people": count(sum(map(len, self.cited.values())), "passage")}
                if self.cited
                else {}
            ),
        }


def ours_of(evidence_map: EvidenceMap) -> Ours:
    """Return what a map's readings knew of its organisation, but for the passages that people cited."""

    def named(start: str) -> Names:
        return tuple(
            (name.removeprefix(start), concept)
            for name, concept in evidence_map.run.settings
            if name.startswith(start)
        )

    others = dict(evidence_map.run.settings).get(_OTHERS, "")
    return Ours(
        organisation=evidence_map.organisation,
        stated=named(_STATED),
        learnt=named(_LEARNT),
        others=tuple(others.split(", ")) if others else (),
    )
