"""Weighs sentences for and against one assertion of a claim: what is likest to the claim speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence_kit.language.amounts_alike import Says
from evidence_kit.language.assertion_words import looks_ahead
from evidence_kit.language.content_words import content_words
from evidence_kit.records.days import MONTHS
from evidence_kit.reports.words import one_line
from evidence_kit.screening.grounds import BESIDE, ON_PAGE, QUOTED, Told

Test = Callable[[Told], tuple[Says, str]]
"""What a sentence says to an assertion, and in which words where it says something else."""
Least = Mapping[int, int]
"""Content words that a sentence shares with the claim before it counts, by how near it stands."""

NEARER = {QUOTED: 3, BESIDE: 1, ON_PAGE: 0}
"""What standing near the evidence is worth, in shared words."""
NEVER = 1000
ANYWHERE: Least = {QUOTED: 0, BESIDE: 0, ON_PAGE: 2}
"""For what a page says once: figures, dates, names."""
OFTEN: Least = {QUOTED: 0, BESIDE: 2, ON_PAGE: 3}
"""For how often, which much on a page is done."""
NEAR: Least = {QUOTED: 0, BESIDE: 2, ON_PAGE: NEVER}
"""For how wide, which only what is told of the thing itself shows."""
OF_PEOPLE: Least = {QUOTED: 0, BESIDE: 1, ON_PAGE: 4}
"""For who did it: people are named all over a page."""
_MONTHS = content_words(" ".join(MONTHS))


@dataclass(frozen=True, slots=True)
class Unshown:
    """Words of a claim that the pages do not carry.

    Attributes:
        words: As the claim says it.
        instead: What the pages say of the same thing, where they say something else.
        where: On which page they do.
    """

    words: str
    instead: str = ""
    where: str = ""

    @property
    def told(self) -> str:
        """In words for people."""
        said = f"‘{self.words}’"
        return f"{said} (the pages say ‘{self.instead}’)" if self.instead else said


class Weighing:
    """One claim and the sentences that may carry it.

    Args:
        claim: The applicant's words.
        told: Sentences of the pages cited and of those that show the criterion.
        levels: Names of the framework's levels: what is said of another than the claim's is no word to it.
    """

    def __init__(self, claim: str, told: Sequence[Told], levels: frozenset[str]) -> None:
        self.claim = claim
        self.words = content_words(claim) - _MONTHS
        self._ahead = looks_ahead(claim)
        mine = levels & content_words(claim)
        self.told = tuple(
            one for one in told if not mine or not (other := levels & one.sentence.words) or other & mine
        )

    def unshown(
        self,
        words: str,
        test: Test,
        *,
        own: str = "",
        least: Least = ANYWHERE,
        slack: int = 0,
        silent: bool = False,
    ) -> Iterator[Unshown]:
        """Yield an assertion that no sentence carries, or that a likelier one contradicts.

        Args:
            words: The assertion.
            test: What a sentence says to it.
            own: More words of the assertion: sharing them is no sign of the same matter.
            least: Which sentences count.
            slack: So many shared words fewer than another sentence will do, near the evidence.
            silent: It stands where nothing says otherwise.
        """
        same, other, instead, where = -1, -1, "", ""
        aside = content_words(words) | content_words(own)
        for one in self.told:
            shared = len((one.sentence.words & self.words) - aside)
            if shared < least[one.near] or (
                one.near is ON_PAGE and looks_ahead(one.text) and not self._ahead
            ):
                continue
            says, said = test(one)
            score = shared + NEARER[one.near]
            if says is Says.SAME:
                same = max(same, score + (slack if one.near is not ON_PAGE and shared else 0))
            elif says is Says.OTHER and score > other:
                other, instead, where = score, said, one.sentence.where
        if other > same or (same < 0 and not silent):
            yield Unshown(one_line(words), one_line(instead), where)
