"""Two figures of a gap count, whatever the words beside them say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from evidence_kit.checks import gaps
from evidence_kit.checks.base import Witness
from evidence_kit.language.dates import find_dates
from evidence_kit.records.finding import Outcome

PARAMETERS = {"any_of": ("better",), "gap": ("gap",), "harm": ("harm",), "benefit": ("benefit",)}


@pytest.fixture
def read(read_witness: Callable[..., Witness]) -> Callable[..., Witness]:
    """Build a witness whose dates are read too."""

    def build(text: str, concepts: dict[str, str], **more: tuple[str, ...]) -> Witness:
        witness = read_witness(text, concepts, **more)
        return replace(witness, act=replace(witness.act, dates=find_dates(text)))

    return build


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The gap went from 6.4 to 4.9 points.", Outcome.SHOWN),
        ("The gap went from 6.4 to 6.9 points.", Outcome.SHORT),
        ("The gap went from 6.4 to 6.4 points.", Outcome.NOT_SHOWN),
        ("The gap narrowed from 8 points (2024/25) to 10 points (2025/26).", Outcome.SHORT),
        ("The gap is now 9.4 points, down from 11.1.", Outcome.SHOWN),
        ("The gap is now 11.4 points, compared with 9.1 before.", Outcome.SHORT),
        ("The gap stood at 11.1 points in March 2025 and 9.4 points in March 2026.", Outcome.SHOWN),
        ("The gap in March 2026 was 11.4 points; in March 2025 it was 9.1.", Outcome.SHORT),
        ("The gap is 9.4 points.", Outcome.NOT_SHOWN),
        ("The gap narrowed between 2024 to 2026.", Outcome.NOT_SHOWN),
        ("The gap from -14.2 to −11.0 points.", Outcome.SHOWN),
    ],
)
def test_a_gaps_two_figures(read: Callable[..., Witness], text: str, outcome: Outcome) -> None:
    assert gaps.smaller(read(text, {"gap": "gap"}), PARAMETERS).outcome is outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The ratio moved from 1.62 to 1.48.", Outcome.SHOWN),
        ("The ratio moved from 1.05 to 0.60.", Outcome.SHORT),
        ("The ratio moved from 0.60 to 0.95.", Outcome.SHOWN),
    ],
)
def test_a_ratio_goes_towards_equal(read: Callable[..., Witness], text: str, outcome: Outcome) -> None:
    assert gaps.smaller(read(text, {"gap": "ratio"}), PARAMETERS).outcome is outcome


@pytest.mark.parametrize(
    ("concept", "text", "outcome"),
    [
        ("harm", "The rate rose from 11% to 14%.", Outcome.SHORT),
        ("harm", "The rate fell from 14% to 11%.", Outcome.NOT_SHOWN),
        ("benefit", "The rate fell from 14% to 11%.", Outcome.SHORT),
        ("benefit", "The rate rose from 11% to 14%.", Outcome.NOT_SHOWN),
    ],
)
def test_a_groups_own_rate(read: Callable[..., Witness], concept: str, text: str, outcome: Outcome) -> None:
    assert gaps.smaller(read(text, {concept: "rate"}), PARAMETERS).outcome is outcome


def test_without_figures_the_words_count(read: Callable[..., Witness]) -> None:
    assert gaps.smaller(read("It narrowed.", {"better": "narrowed"}), PARAMETERS).outcome is Outcome.SHOWN
    assert gaps.smaller(read("It did.", {}), PARAMETERS).outcome is Outcome.NOT_SHOWN


def test_a_gap_told_at_two_times_is_a_change(read: Callable[..., Witness]) -> None:
    assert gaps.told(read("The gap: from 6 to 5.", {"gap": "gap"}), PARAMETERS).outcome is Outcome.SHOWN
    assert gaps.told(read("The gap is 5.", {"gap": "gap"}), PARAMETERS).outcome is Outcome.NOT_SHOWN


def test_which_figure_goes_with_which_of_two_groups_is_not_guessed(read: Callable[..., Witness]) -> None:
    text = "The gap: 40% and 52% in March 2025, 41% and 50% in March 2026."
    assert gaps.smaller(read(text, {"gap": "gap"}), PARAMETERS).outcome is Outcome.NOT_SHOWN
