"""What a careful reader would raise beside the support is told, with the words that it rests on, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from evidence_kit.checks.conclude import Concluded, conclude
from evidence_kit.language.nlp import Tagger
from evidence_kit.passages.split import split_passages
from evidence_kit.pipeline.cases import CASE_ORGANISATION, document_of
from evidence_kit.pipeline.conclude import Cut, bearings_of
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.pipeline.ours import Ours
from evidence_kit.records.finding import Status
from evidence_kit.records.passage import Paper, PaperKind, Passage, Profile

MAY, MARCH = date(2026, 5, 14), date(2026, 3, 5)
Told = tuple[str, PaperKind, date, str]
"""Title, kind and date of a paper, and its text."""


@pytest.fixture(scope="module")
def judge() -> Callable[..., Concluded]:
    """Conclude one criterion from several papers."""
    knowledge = load_knowledge()
    tagger = Tagger(knowledge.lexicon)

    def run(name: str, *told: Told) -> Concluded:
        papers: list[Paper] = []
        passages: list[Passage] = []
        for number, (title, kind, day, text) in enumerate(told):
            document = replace(document_of(text), id=f"d{number:012d}")
            profile = Profile(title=title, organisation=CASE_ORGANISATION, kind=kind, document_date=day)
            paper = Paper(
                id=f"{document.id}:p1",
                document=document.id,
                first_page=0,
                last_page=len(document.pages) - 1,
                profile=profile,
            )
            papers.append(paper)
            passages.extend(split_passages(document, (paper,)))
        pack = Cut(tuple(papers), tuple(passages))
        bearings = bearings_of(pack, knowledge, tagger, Ours(organisation=CASE_ORGANISATION))
        return conclude(knowledge.framework.criterion(name), bearings.get(name, ()), date(2026, 10, 1))

    return run


def doubts(concluded: Concluded, opening: str) -> list[str]:
    return [note for note in concluded.notes if note.startswith(opening)]


SPONSOR = "The Chief People Officer has been appointed executive sponsor for anti-racism."


def test_a_vacancy_beside_the_support(judge: Callable[..., Concluded]) -> None:
    found = judge(
        "B1",
        ("Board paper", PaperKind.REPORT, MAY, SPONSOR),
        ("EDI report", PaperKind.REPORT, MARCH, "The post of executive sponsor for anti-racism is vacant."),
    )
    assert found.status is Status.EVIDENCED
    (note,) = doubts(found, "Said otherwise")
    assert "is vacant.” (EDI report, 5 March 2026), beside “The Chief People Officer" in note


def test_attendance_below_the_threshold_beside_enough(judge: Callable[..., Concluded]) -> None:
    days = "3 Dec 2025, 4 Feb 2026, 5 March 2026 and 8 April 2026"
    found = judge(
        "S4",
        ("Log", PaperKind.REPORT, MAY, f"The Medical Director attended the BAME staff network on {days}."),
        (
            "Annual report",
            PaperKind.ANNUAL_REPORT,
            MARCH,
            "The Medical Director attended two of the six meetings of the BAME staff network in 2025/26.",
        ),
    )
    assert found.status is Status.EVIDENCED
    (note,) = doubts(found, "A figure falls short")
    assert "two of the six meetings" in note and "3 Dec 2025" in note


PAY_GAP = "The mean ethnicity pay gap at 31 March 2026 was {}%, and we publish it on our website each year."


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (PAY_GAP.format("4.1"), PAY_GAP.format("5.2"), True),
        (PAY_GAP.format("4.1"), PAY_GAP.format("4.1"), False),
        # Another year, another measure, another group: no disagreement.
        (PAY_GAP.format("4.1"), PAY_GAP.format("5.2").replace("2026", "2025"), False),
        (PAY_GAP.format("4.1"), PAY_GAP.format("5.2").replace("at 31", "of Black staff at 31"), False),
        (PAY_GAP.format("4.1"), "The median was 2% on 31 March 2026 for the ethnicity pay gap.", False),
    ],
)
def test_two_values_for_one_measure(
    judge: Callable[..., Concluded], one: str, other: str, told: bool
) -> None:
    found = judge("G2.s1", ("Pay", PaperKind.REPORT, MAY, one), ("Year", PaperKind.REPORT, MAY, other))
    assert bool(doubts(found, "Two values")) is told


def test_one_paper_may_tell_two_values(judge: Callable[..., Concluded]) -> None:
    text = f"{PAY_GAP.format('4.1')}\n\n{PAY_GAP.format('5.2')}"
    assert not doubts(judge("G2.s1", ("Pay", PaperKind.REPORT, MAY, text)), "Two values")


def test_a_claim_that_no_other_paper_shows(judge: Callable[..., Concluded]) -> None:
    claim = ("Our application", PaperKind.APPLICATION, MAY, SPONSOR)
    (note,) = doubts(judge("B1", claim), "Claimed")
    assert "(Our application, 14 May 2026)" in note
    assert not doubts(judge("B1", claim, ("Board paper", PaperKind.REPORT, MAY, SPONSOR)), "Claimed")


def test_complete_without_a_date(judge: Callable[..., Concluded]) -> None:
    row = "| Action | Lead | Status |\n|---|---|---|\n| Appoint an executive sponsor for anti-racism | CEO | {} |"
    plan = ("Plan", PaperKind.ACTION_PLAN, MAY, row.format("Complete"))
    assert len(doubts(judge("B1", plan), "Said to be complete, without a date")) == 1
    dated = ("Plan", PaperKind.ACTION_PLAN, MAY, row.format("Complete (March 2026)"))
    assert not doubts(judge("B1", dated), "Said to be complete")


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (SPONSOR, True),
        (SPONSOR.replace("has been appointed", "was in 2024 appointed as an"), False),
        (SPONSOR.replace("People", "Nursing"), False),
    ],
)
def test_words_that_stood_there_years_ago(judge: Callable[..., Concluded], before: str, told: bool) -> None:
    found = judge(
        "B1",
        ("Annual report 2024", PaperKind.ANNUAL_REPORT, date(2024, 7, 1), before),
        ("Annual report 2026", PaperKind.ANNUAL_REPORT, date(2026, 7, 1), SPONSOR),
    )
    notes = doubts(found, "Unchanged since 2024")
    assert bool(notes) is told
    assert all("in Annual report 2024, 2024" in note for note in notes)


def test_a_slip_of_the_support_is_told(judge: Callable[..., Concluded]) -> None:
    days = "3 Dec 2025, 4 Feb 2026, 5 March 2026 and 8 April 2206"
    text = f"The Medical Director attended the BAME staff network on {days}."
    assert doubts(judge("S4", ("Log", PaperKind.REPORT, MAY, text)), "Check the date")


def test_nothing_is_raised_where_nothing_is_wrong(judge: Callable[..., Concluded]) -> None:
    (note,) = judge("B1", ("Board paper", PaperKind.REPORT, MAY, SPONSOR)).notes
    assert note.startswith("Out of date from")
