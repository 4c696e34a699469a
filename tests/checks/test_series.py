"""Measures that became better twice, recomputed: a paper's own word is not enough."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidence_kit.checks.base import PoolResult, Setting, Witness
from evidence_kit.checks.series import better_twice
from evidence_kit.records.finding import Outcome, Step

PARAMETERS = {
    "at_least": 2,
    "of": 3,
    "closer_to_one": ("likelihood",),
    "closer_to_zero": ("gap",),
    "lower": ("abuse",),
    "higher": ("fairness",),
}
HEADER = ("Measure", "2024", "2025", "2026")


@pytest.fixture
def recompute(read_witness: Callable[..., Witness], as_of: Setting) -> Callable[..., PoolResult]:
    """Recompute rows, each as its measure and its cells, beside a claim."""

    def run(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, timely: bool = True) -> PoolResult:
        claim = read_witness("Two measures improved two years running.", {}, timely=timely)
        lines = [
            read_witness("\t".join(row), {row[0].split()[0]: row[0].split()[0]}, header=header, cells=row)
            for row in rows
        ]
        setting = Setting(as_of=as_of.as_of, window_months=None, beside=(claim, *lines))
        return better_twice((claim,), PARAMETERS, setting)

    return run


@pytest.mark.parametrize(
    ("row", "better"),
    [
        (("likelihood", "1.62", "1.55", "1.48"), True),
        (("likelihood", "0.60", "0.72", "0.95"), True),
        # Past equal and out on the other side is no improvement.
        (("likelihood", "1.05", "0.80", "0.60"), False),
        (("gap", "-14.2", "−11.0", "-6.0"), True),
        (("gap", "-14.2", "-15.7", "-16.9"), False),
        (("abuse", "31.0%", "29.2%", "27.4%"), True),
        # A dip in the middle: better over both years together, not in each.
        (("abuse", "31.0%", "32.2%", "27.4%"), False),
        (("abuse", "31.0%", "29.2%", "29.2%"), False),
        (("fairness", "41%", "44%", "47%"), True),
        (("fairness", "47%", "44%", "41%"), False),
    ],
)
def test_what_is_better(recompute: Callable[..., PoolResult], row: tuple[str, ...], better: bool) -> None:
    found = recompute(row)
    assert f"1 of 3 measures, {int(better)} of them better twice" in found.reason


def test_enough_too_few_and_not_enough_to_tell(recompute: Callable[..., PoolResult]) -> None:
    good, bad = ("abuse", "31%", "29%", "27%"), ("fairness", "47%", "44%", "41%")
    assert recompute(good, ("likelihood", "1.6", "1.5", "1.4")).outcome is Outcome.SHOWN
    assert recompute(bad, ("likelihood", "1.4", "1.5", "1.6")).outcome is Outcome.SHORT
    assert recompute(good).outcome is Outcome.OPEN
    assert recompute().outcome is Outcome.OPEN


def test_enough_in_the_latest_year_and_all_but_one_in_the_year_before_is_missing_not_short(
    recompute: Callable[..., PoolResult],
) -> None:
    once, late = ("abuse", "31%", "29%", "27%"), ("fairness", "44%", "41%", "47%")
    found = recompute(once, late, ("likelihood", "1.4", "1.5", "1.6"))
    assert found.outcome is Outcome.NOT_SHOWN
    assert "1 in the first year, 2 in the second" in found.reason


def test_years_are_read_from_the_header_whatever_their_order(recompute: Callable[..., PoolResult]) -> None:
    backward = ("Measure", "2025/26", "2024/25", "2023/24")
    rows = (("abuse", "27%", "29%", "31%"), ("fairness", "47%", "44%", "41%"))
    assert recompute(*rows, header=backward).outcome is Outcome.SHOWN
    assert recompute(*rows).outcome is Outcome.SHORT
    assert recompute(*rows, header=("Measure", "2020", "2023", "2026")).outcome is Outcome.OPEN
    assert (
        recompute(*rows, header=("Measure", "2025/2026", "2024/2025", "2023/2024")).outcome is Outcome.SHOWN
    )


def test_a_column_over_two_years_is_a_year_of_neither(recompute: Callable[..., PoolResult]) -> None:
    header = ("Measure", "31 March 2024", "31 March 2025", "31 March 2026", "2024 to 2026")
    rows = (("abuse", "31%", "29%", "27%", "better"), ("fairness", "41%", "44%", "47%", "better"))
    assert recompute(*rows, header=header).outcome is Outcome.SHOWN


def test_lines_of_white_staff_and_cells_without_a_figure_are_left_out(
    recompute: Callable[..., PoolResult],
) -> None:
    white = ("abuse White staff", "31%", "29%", "27%")
    hidden = ("fairness", "41%", "*", "47%")
    assert "no figures" in recompute(white, hidden).reason
    # a ratio's line names both, and is of neither
    both = ("likelihood of ethnic minority staff, compared with white staff", "1.31", "1.22", "1.18")
    assert "1 of 3 measures, 1 of them" in recompute(both).reason


def test_a_measure_with_several_lines_needs_all_of_them(recompute: Callable[..., PoolResult]) -> None:
    found = recompute(("abuse clinical", "31%", "29%", "27%"), ("abuse other", "20%", "22%", "24%"))
    assert "1 of 3 measures, 0 of them" in found.reason


def test_an_old_claim_without_figures_is_old(recompute: Callable[..., PoolResult]) -> None:
    assert recompute(timely=False).outcome is Outcome.SHOWN_OLD


def test_runs_of_three_figures_in_a_sentence(read_witness: Callable[..., Witness], as_of: Setting) -> None:
    text = "Over 2024, 2025 and 2026: abuse 33%, 30%, 29%; fairness 42%, 45% and 49%."
    told = read_witness(text, {"abuse": "abuse", "fairness": "fairness"})
    undated = read_witness(text.removeprefix("Over 2024, 2025 and 2026: "), {"abuse": "abuse"})
    for witness, outcome in ((told, Outcome.SHOWN), (undated, Outcome.OPEN)):
        setting = Setting(as_of=as_of.as_of, window_months=None, beside=(witness,))
        assert better_twice((witness,), PARAMETERS, setting).outcome is outcome


@pytest.mark.parametrize(
    ("rows", "remarks"),
    [
        ([("likelihood", "1.62", "1.55", "1.48")], []),
        (
            [("likelihood", "162%", "155%", "148%")],
            ["Check the units of likelihood: “162%, 155%, 148%” was read as"],
        ),
        ([("likelihood", "1.40", "1.30", "12.2")], ["was read as 1.40, 1.30, 1.22."]),
        ([("likelihood", "1.05", "0.80", "0.60")], ["crossed 1"]),
        ([("abuse", "31.0%", "30.9%", "27.4%")], ["Hardly a change in abuse"]),
        (
            [("abuse", "31%", "29%", "27%"), ("abuse of white staff", "25%", "21%", "17%")],
            ["“31%, 29%, 27%” is better, the gap with White staff (“25%, 21%, 17%”) is wider."],
        ),
        ([("abuse", "31%", "29%", "27%"), ("abuse of white staff", "25%", "24%", "23%")], []),
    ],
)
def test_what_a_reader_should_mind(
    recompute: Callable[..., PoolResult], rows: list[tuple[str, ...]], remarks: list[str]
) -> None:
    found = recompute(*rows).remarks
    assert len(found) == len(remarks)
    assert all(part in remark for part, remark in zip(remarks, found, strict=True))


def test_a_ratio_in_another_unit_is_recomputed_all_the_same(recompute: Callable[..., PoolResult]) -> None:
    assert "1 of 3 measures, 1 of them" in recompute(("likelihood", "162%", "155%", "148%")).reason
    assert "1 of 3 measures, 0 of them" in recompute(("likelihood", "148%", "155%", "162%")).reason


def test_what_can_be_no_ratio_is_not_recomputed(recompute: Callable[..., PoolResult]) -> None:
    assert "no figures" in recompute(("likelihood", "1.2", "1.3", "0.01")).reason


def test_trends_keep_the_papers_words_and_each_years_step(recompute: Callable[..., PoolResult]) -> None:
    header = ("No", "Measure", "2024", "2025", "2026")
    found = recompute(("likelihood", "of appointment", "162%", "1.55", "1.55"), header=header)
    (trend,) = found.trends
    assert (trend.measure, trend.label) == ("likelihood", "likelihood of appointment")
    assert trend.years == (2024, 2025, 2026)
    assert trend.written == ("162%", "1.55", "1.55")
    assert trend.values == (1.62, 1.55, 1.55)
    assert trend.steps == (Step.BETTER, Step.SAME)
    assert trend.quote
