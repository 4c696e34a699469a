"""Figures and claims of a whole pack: what is worked out, what is doubted, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.checks.across import Across
from evidence_kit.checks.conclude import Concluded
from evidence_kit.checks.disparity import band_group
from evidence_kit.checks.headcounts import Cell, CountRow, CountTable
from evidence_kit.checks.totals import mismatches
from evidence_kit.language.nlp import Tagger
from evidence_kit.passages.split import split_passages
from evidence_kit.pipeline.cases import CASE_ORGANISATION, document_of
from evidence_kit.pipeline.conclude import Cut, across_of, bearings_of, conclude_all
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.pipeline.ours import Ours
from evidence_kit.records.passage import Paper, PaperKind, Passage, Profile

AS_OF, MAY = date(2026, 10, 1), date(2026, 5, 14)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def tagger(knowledge: Knowledge) -> Tagger:
    return Tagger(knowledge.lexicon)


def pack_of(*texts: str, kind: PaperKind = PaperKind.REPORT, organisation: str = CASE_ORGANISATION) -> Cut:
    papers: list[Paper] = []
    passages: list[Passage] = []
    for number, text in enumerate(texts):
        document = replace(document_of(text), id=f"d{number:012d}")
        profile = Profile(title="Workforce", organisation=organisation, kind=kind, document_date=MAY)
        last = len(document.pages) - 1
        name = f"{document.id}:p1"
        papers.append(Paper(id=name, document=document.id, first_page=0, last_page=last, profile=profile))
        passages.extend(split_passages(document, tuple(papers[-1:])))
    return Cut(tuple(papers), tuple(passages))


@pytest.fixture
def look(knowledge: Knowledge, tagger: Tagger) -> Callable[..., Across]:
    def run(*texts: str, kind: PaperKind = PaperKind.REPORT) -> Across:
        return across_of(pack_of(*texts, kind=kind), knowledge, tagger, Ours(organisation=CASE_ORGANISATION))

    return run


@pytest.fixture
def conclude_pack(knowledge: Knowledge, tagger: Tagger) -> Callable[..., dict[str, Concluded]]:
    def run(*texts: str, kind: PaperKind = PaperKind.REPORT) -> dict[str, Concluded]:
        pack = pack_of(*texts, kind=kind)
        across = across_of(pack, knowledge, tagger, Ours(organisation=CASE_ORGANISATION))
        bearings = bearings_of(pack, knowledge, tagger, Ours(organisation=CASE_ORGANISATION))
        return {each.criterion.id: each for each in conclude_all(bearings, knowledge, AS_OF, across)}

    return run


def test_figures_of_another_organisation_are_passed_over(knowledge: Knowledge, tagger: Tagger) -> None:
    pack = pack_of(BY_BAND, organisation="Kelderwick NHS Foundation Trust")
    across = across_of(pack, knowledge, tagger, Ours(organisation=CASE_ORGANISATION))
    assert not across.ratios
    assert not across.mismatches


# The race disparity ratio -------------------------------------------------------------------------------------------

BY_BAND = """
| Band | BME | White | Not known | BME share |
|---|---|---|---|---|
| 2 to 4 | 300 | 1,300 | 45 | 18.8% |
| 5 | 200 | 700 | 29 | 22.2% |
| 6 and 7 | 150 | 1,000 | 45 | 13.0% |
| 8a and above | 20 | 200 | 7 | 9.1% |
| Medical and dental | 50 | 170 | 10 | 22.7% |
"""
BY_GROUP = """
| Ethnic group | Bands 1 to 5 | Bands 6 and 7 | Band 8A and above |
|---|---|---|---|
| White | 2,000 | 1,000 | 200 |
| Ethnic minority | 500 | 150 | 20 |
"""
IN_WORDS = (
    "At Band 8A and above there are 200 White and 20 ethnic minority staff; in Bands 6 and 7 there are 1,000 White "
    "and 150 ethnic minority staff; in Bands 1 to 5 there are 2,000 White and 500 ethnic minority staff."
)
NUMBER_FIRST = (
    "We have 200 White and 20 BME colleagues at Band 8a and above, 1,000 White and 150 BME colleagues in Bands 6 to 7, "
    "and 2,000 White and 500 BME colleagues in Bands 1 to 5."
)

IN_BRACKETS = (
    "Lower bands (1 to 5): 2,000 White and 500 ethnic minority staff; middle bands (6 and 7): 1,000 White and 150 "
    "ethnic minority staff; upper bands (8A and above): 200 White and 20 ethnic minority staff."
)


@pytest.mark.parametrize("text", [BY_BAND, BY_GROUP, IN_WORDS, NUMBER_FIRST, IN_BRACKETS])
def test_the_ratio_is_worked_out_with_its_working(look: Callable[..., Across], text: str) -> None:
    (note,) = look(text).ratios
    # By hand: (200/2000) / (20/500) = 0.1 / 0.04.
    assert "lower to upper 2.50 = (200 ÷ 2,000) ÷ (20 ÷ 500)" in note
    assert "lower to middle 1.67" in note and "middle to upper 1.50" in note
    assert "“" in note and "(Workforce, 14 May 2026)" in note


@pytest.mark.parametrize(
    "text",
    [
        BY_BAND.replace("| 20 |", "| <10 |"),  # too few to print
        BY_BAND.replace("6 and 7", "5 to 7"),  # lies in two groups of bands
        BY_BAND.replace("300", "18.8%").replace("1,300", "79%"),  # shares
        BY_BAND.replace("BME", "Women").replace("White", "Men"),
        "Of our staff at Band 8A and above, 200 are White; in Bands 1 to 5, 2,000 are.",
    ],
)
def test_no_ratio_where_headcounts_are_not_all_told(look: Callable[..., Across], text: str) -> None:
    assert look(text).ratios == ()


def test_clinical_and_other_staff_stand_apart(look: Callable[..., Across]) -> None:
    rows = "| {0} | | |\n| Band 5 | 400 | 100 |\n| Band 8a and over | 40 | 5 |\n"
    table = "| Staff | White | BME |\n|---|---|---|\n" + rows.format("Clinical") + rows.format("Non-clinical")
    notes = look(table).ratios
    assert [note.split(",")[0] for note in notes] == [
        "Race disparity ratio (clinical staff)",
        "Race disparity ratio (non-clinical staff)",
    ]


STATED = "\n\nThe race disparity ratio, lower to upper bands, stood at {}.\n"


@pytest.mark.parametrize(
    ("stated", "doubted"),
    [("2.50", False), ("2.5", False), ("1.67", True), ("1.85", True)],
)
def test_a_ratio_that_the_paper_states_itself(
    look: Callable[..., Across], stated: str, doubted: bool
) -> None:
    notes = look(BY_BAND + STATED.format(stated)).ratios
    assert any(note.startswith("The paper states another ratio") for note in notes) is doubted
    assert not doubted or f"stood at {stated}" in notes[-1]


def test_another_papers_ratio_is_of_another_day(look: Callable[..., Across]) -> None:
    assert len(look(BY_BAND, STATED.format("1.85")).ratios) == 1


def test_the_same_headcounts_in_two_papers_are_told_once(look: Callable[..., Across]) -> None:
    (note,) = look(BY_BAND, f"# Annual report\n{BY_BAND}").ratios
    assert note.count("“8a and above") == 2


def test_the_ratio_is_told_of_the_dashboard_and_shows_nothing(
    conclude_pack: Callable[..., dict[str, Concluded]],
) -> None:
    with_it, without = conclude_pack(BY_BAND), conclude_pack("The Board met.")
    assert any("2.50" in note for note in with_it["G2"].notes)
    assert with_it["G2"].status is without["G2"].status
    assert not any("2.50" in note for note in with_it["S4"].notes)


@given(st.integers(1, 9), st.integers(1, 9))
def test_bands_lie_in_one_group_or_none(one: int, other: int) -> None:
    low, high = sorted((one, other))
    told = {band_group(f"Band {each}") for each in range(low, high + 1)}
    assert band_group(f"Bands {low} to {high}") == (told.pop() if len(told) == 1 else "")


# Totals -------------------------------------------------------------------------------------------------------------

ACROSS = """
| Band | White | BME | Not stated | Total |
|---|---|---|---|---|
| Band 5 | 700 | 200 | 29 | {} |
| Band 6 | 500 | 90 | 10 | 600 |
"""
DOWN = """
| Ethnic group | Headcount | Share |
|---|---|---|
| White | 3,979 | 81.7% |
| Asian | 500 | 10.3% |
| Black | 274 | 5.6% |
| Not stated | 117 | 2.4% |
| Total | {} | 100% |
"""
SPLIT = (
    "Of 60 places on the programme, 23 went to ethnic minority staff, 30 to White staff and {} not stated."
)


@pytest.mark.parametrize(
    ("text", "right", "wrong", "working"),
    [
        (ACROSS, "929", "949", "700 + 200 + 29 come to 929, not 949"),
        (DOWN, "4,870", "4,780", "3,979 + 500 + 274 + 117 come to 4,870, not 4,780"),
        (
            "| Band | White | BME | All |\n|---|---|---|---|\n| Band 5 | 100 | 50 | {} |",
            "150",
            "160",
            "100 + 50",
        ),
        (
            "| By group | Panels |\n|---|---|\n| White | 12 of 40 |\n| BME | 3 of 20 |\n| All | {} |",
            "15 of 60",
            "16 of 60",
            "12 + 3 come to 15, not 16",
        ),
        (SPLIT, "7 were", "17 were", "23 + 30 + 17 come to 70, not 60"),
    ],
)
def test_parts_and_total(
    look: Callable[..., Across], text: str, right: str, wrong: str, working: str
) -> None:
    assert look(text.format(right)).mismatches == ()
    (found,) = look(text.format(wrong)).mismatches
    assert working in found.note and "(Workforce, 14 May 2026)" in found.note


@pytest.mark.parametrize(
    "text",
    [
        DOWN.format("4,753"),  # without those not stated
        DOWN.format("4,870").replace(
            "| Asian", "| BME | 774 | 15.9% |\n| Asian"
        ),  # a sub-total among its parts
        DOWN.format("4,870").replace(
            "| White |", "| White British | 3,000 | 60% |\n| White other | 979 | 21% |\n| White |"
        ),
        DOWN.format("4,999").replace("117", "<10").replace("4,999", "4,758"),
        DOWN.format("4,875").replace("3,979", "3,980").replace("274", "275").replace("117", "115"),  # rounded
        "| Group | 2025 | 2026 |\n|---|---|---|\n| White | 101 | 110 |\n| BME | 52 | 60 |\n| Total | 153 | 170 |",
        "| Group | Share |\n|---|---|\n| White | 81.7% |\n| BME | 15.8% |\n| Not stated | 2.4% |\n| Total | 100% |",
        "| Band | White (%) | BME (%) | Total (%) |\n|---|---|---|---|\n| Band 5 | 70 | 29 | 100 |",
        "| Year | White | BME | Leavers | Total |\n|---|---|---|---|---|\n| 2025 | 10 | 5 | 3 | 99 |",
        "| Site | Beds | Chairs | Total |\n|---|---|---|---|\n| North | 10 | 5 | 99 |",
        "Of 60 places, 23 went to ethnic minority staff and 30 to White staff.",  # nobody says who had the rest
        "Of 60 applicants, 12 of 40 White and 8 of 20 ethnic minority applicants were appointed.",
    ],
)
def test_no_false_alarm(look: Callable[..., Across], text: str) -> None:
    assert look(text).mismatches == ()


def test_parts_larger_than_the_whole_are_told_though_one_is_not_printed(look: Callable[..., Across]) -> None:
    (found,) = look(DOWN.format("4,700").replace("117", "<10")).mismatches
    assert "come to 4,753, not 4,700" in found.note


@given(st.lists(st.integers(1, 900), min_size=2, max_size=6), st.integers(-30, 30))
def test_only_what_is_wrong_is_told(figures: list[int], off: int) -> None:
    """Whatever the figures: the true sum raises nothing; a sum that is off by more than rounding does."""
    pack = pack_of("A line.")
    names = ["White", "Asian", "Black", "Mixed", "Chinese", "Arab"][: len(figures)]
    total = sum(figures) + off
    cells = tuple(Cell((each,)) for each in (0, *figures, max(total, 0)))
    table = CountTable(
        pack.papers[0], ("Band", *names, "Total"), (CountRow(pack.passages[0], "Band 5", cells),)
    )
    told = list(mismatches((table,), ()))
    rounded = all(each % 5 == 0 for each in (*figures, max(total, 0)))
    assert bool(told) is (off != 0) or (rounded and not told)


def test_a_total_is_doubted_where_its_table_is_shown(
    conclude_pack: Callable[..., dict[str, Concluded]],
) -> None:
    table = "# Workforce by ethnicity, presented to the Board on 14 May 2026\n" + DOWN.format("4,780")
    found = conclude_pack(table, kind=PaperKind.BOARD_PAPER)
    told = {name for name, each in found.items() if any("Parts and total" in note for note in each.notes)}
    shown = {name for name, each in found.items() if any(one.witness.passage.cells for one in each.exhibits)}
    assert told == shown and told


# Claims of attainment -----------------------------------------------------------------------------------------------

SPONSOR = "The Chief People Officer has been appointed executive sponsor for anti-racism."


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("We meet all bronze deliverables.", {"bronze"}),
        ("The Trust has achieved every deliverable at Silver level.", {"silver"}),
        ("All five bronze deliverables are in place.", {"bronze"}),
        (
            "We are now fully compliant with the anti-racist framework.",
            {"bronze", "silver", "gold", "review"},
        ),
        ("We are fully compliant\nwith the anti-racist\nframework.", {"bronze", "silver", "gold", "review"}),
        ("100% of the Bronze deliverables are complete.", {"bronze"}),
        ("We comply in full with the anti-racism framework.", {"bronze", "silver", "gold", "review"}),
        ("All staff have completed training on the anti-racist framework.", set()),
        ("Every division has delivered a session on the bronze deliverables.", set()),
        ("We will meet all bronze deliverables by 2027.", set()),
        ("We do not yet meet all bronze deliverables.", set()),
        ("Trusts must meet all bronze deliverables.", set()),
        ("Have all Bronze deliverables been met?", set()),
        ("Port Ellery University Hospitals meets all bronze deliverables.", set()),
        ("We have met every member of the Race Equity Assembly.", set()),
        ("The Board received all the papers on the anti-racist framework.", set()),
    ],
)
def test_what_claims_attainment(look: Callable[..., Across], text: str, levels: set[str]) -> None:
    assert {level for claim in look(text).claims for level in claim.levels} == levels


def test_a_claim_supports_nothing_and_is_told_where_support_lacks(
    conclude_pack: Callable[..., dict[str, Concluded]],
) -> None:
    claim = "We meet all bronze deliverables."
    claimed, without = conclude_pack(SPONSOR, claim), conclude_pack(SPONSOR)
    assert {name: each.status for name, each in claimed.items()} == {
        name: each.status for name, each in without.items()
    }
    told = {
        name for name, each in claimed.items() if any("Claimed as a whole" in note for note in each.notes)
    }
    assert told == {"B2", "B3", "B4", "B5"}  # B1 has its sponsor; supporting actions are not deliverables


def test_claims_of_applications_and_guidance_are_told_elsewhere(look: Callable[..., Across]) -> None:
    for kind in (PaperKind.APPLICATION, PaperKind.GUIDANCE):
        assert look("We meet all bronze deliverables.", kind=kind) == Across()
