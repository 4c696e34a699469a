"""What people said decides where a quote stands in the pack, and what nobody said of it is never taken for a yes."""

from __future__ import annotations

import pytest

from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Role
from evidence_kit.reports.chosen import Say, choose, said_of
from evidence_kit.reports.decided import quote_key
from evidence_kit.reports.findings import FindingView
from evidence_kit.reports.view import build


def finding(evidence_map: EvidenceMap, *said: tuple[str, Verdict]) -> FindingView:
    """Return S1 with these words of people about its first quote."""
    (quotes,) = (one.quotes for one in evidence_map.findings if one.criterion == "S1")
    decisions = [
        Decision(
            criterion="S1",
            verdict=verdict,
            person=person,
            at=f"2026-11-24T09:30:{second:02}Z",
            quote=quote_key(quotes[0], evidence_map),
            belongs_to="B1" if verdict is Verdict.WRONG_CRITERION else "",
        )
        for second, (person, verdict) in enumerate(said)
    ]
    (view,) = (one for one in build(evidence_map, decisions).findings if one.criterion.id == "S1")
    return view


@pytest.mark.parametrize(
    ("said", "together"),
    [
        ((), Say.UNCHECKED),
        ((("A", Verdict.ACCEPT),), Say.ACCEPTED),
        ((("A", Verdict.ACCEPT), ("B", Verdict.ACCEPT)), Say.ACCEPTED),
        ((("A", Verdict.ACCEPT), ("B", Verdict.REJECT)), Say.DIFFERENT),
        ((("A", Verdict.ACCEPT), ("A", Verdict.REJECT)), Say.REJECTED),
        ((("A", Verdict.CITED),), Say.ACCEPTED),
        ((("A", Verdict.CITED), ("A", Verdict.REJECT)), Say.REJECTED),
        ((("A", Verdict.CITED), ("B", Verdict.NEEDS_MORE)), Say.NEEDS_MORE),
        ((("A", Verdict.WRONG_CRITERION),), Say.ELSEWHERE),
        ((("A", Verdict.ACCEPT), ("A", Verdict.WITHDRAWN)), Say.UNCHECKED),
    ],
)
def test_all_words_are_taken_together(
    sample_map: EvidenceMap, said: tuple[tuple[str, Verdict], ...], together: Say
) -> None:
    assert said_of(finding(sample_map, *said).quotes[0]) is together


@pytest.mark.parametrize(
    "verdict", [Verdict.ACCEPT, Verdict.REJECT, Verdict.NEEDS_MORE, Verdict.WRONG_CRITERION]
)
def test_every_quote_is_printed_once_or_counted_as_left_out(
    sample_map: EvidenceMap, verdict: Verdict
) -> None:
    quotes = finding(sample_map, ("A", verdict)).quotes
    chosen = choose(quotes)
    out = chosen.rejected + chosen.elsewhere + chosen.near_misses + chosen.lost
    assert len(chosen.printed) + out == len(quotes)
    assert [quote.number for quote in chosen.printed] == sorted({quote.number for quote in chosen.printed})
    assert (quotes[0] in chosen.printed) is (verdict in (Verdict.ACCEPT, Verdict.NEEDS_MORE))
    assert all(quote.quote.role is not Role.NEAR_MISS for quote in chosen.unchecked)


def test_a_quote_that_is_not_on_its_page_is_never_printed(torn_map: EvidenceMap) -> None:
    (view,) = (one for one in build(torn_map).findings if one.criterion.id == "B1")
    chosen = choose(view.quotes)
    assert not chosen.printed and chosen.lost == 1
    assert chosen.left_out == "1 quote that could not be found again at its place"
