"""Which quotes go into a pack that a trust submits, by what people said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence_kit.records.decision import Question, Verdict
from evidence_kit.records.finding import Role
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.words import count, listed


class Say(StrEnum):
    """What people said of a quote, all words taken together."""

    ACCEPTED = "accepted"
    NEEDS_MORE = "needs more"
    DIFFERENT = "people differ"
    UNCHECKED = "not yet checked"
    REJECTED = "rejected"
    ELSEWHERE = "belongs to another criterion"


_ALIKE = {
    Verdict.ACCEPT: Say.ACCEPTED,
    Verdict.CITED: Say.ACCEPTED,
    Verdict.NEEDS_MORE: Say.NEEDS_MORE,
    Verdict.REJECT: Say.REJECTED,
    Verdict.WRONG_CRITERION: Say.ELSEWHERE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The quotes of a criterion for a pack, and how many stay out of it.

    Attributes:
        rejected, elsewhere: That people rejected, or said to belong to another criterion.
        near_misses: That only look like evidence, and that nobody accepted.
        lost: That do not stand at their place any more.
    """

    accepted: tuple[QuoteView, ...]
    needs_more: tuple[QuoteView, ...]
    different: tuple[QuoteView, ...]
    unchecked: tuple[QuoteView, ...]
    rejected: int
    elsewhere: int
    near_misses: int
    lost: int

    @property
    def printed(self) -> tuple[QuoteView, ...]:
        """All quotes that stand in the pack, in the order of their numbers."""
        every = (*self.accepted, *self.needs_more, *self.different, *self.unchecked)
        return tuple(sorted(every, key=lambda quote: quote.number))

    @property
    def left_out(self) -> str:
        """What stays out, in words; empty for nothing."""
        return listed(list(self._left_out()))

    def _left_out(self) -> Iterator[str]:
        if self.rejected:
            yield f"{count(self.rejected, 'quote')} that people rejected"
        if self.elsewhere:
            yield f"{count(self.elsewhere, 'quote')} said to belong to another criterion"
        if self.near_misses:
            yield f"{count(self.near_misses, 'near-miss', 'near-misses')} that nobody accepted"
        if self.lost:
            yield f"{count(self.lost, 'quote')} that could not be found again at its place"


def said_of(quote: QuoteView) -> Say:
    """Return what people said of a quote. Whoever cites words and later decides about them is taken at the decision."""
    decided = {one.verdict for one in quote.decisions if one.verdict.question is Question.DECISION}
    said = {_ALIKE[verdict] for verdict in decided or {one.verdict for one in quote.decisions}}
    if not said:
        return Say.UNCHECKED
    return said.pop() if len(said) == 1 else Say.DIFFERENT


def choose(quotes: Sequence[QuoteView]) -> Chosen:
    """Sort a criterion's quotes by what people said of them."""
    there = [quote for quote in quotes if quote.refound]
    by_say = {say: tuple(quote for quote in there if said_of(quote) is say) for say in Say}
    unchecked = by_say[Say.UNCHECKED]
    speaking = tuple(quote for quote in unchecked if quote.quote.role is not Role.NEAR_MISS)
    return Chosen(
        accepted=by_say[Say.ACCEPTED],
        needs_more=by_say[Say.NEEDS_MORE],
        different=by_say[Say.DIFFERENT],
        unchecked=speaking,
        rejected=len(by_say[Say.REJECTED]),
        elsewhere=len(by_say[Say.ELSEWHERE]),
        near_misses=len(unchecked) - len(speaking),
        lost=len(quotes) - len(there),
    )
