"""Shares with intervals, agreement, and what a headline allows for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.audit.checked import CHOICES, NOT_SHOWN, SHOWN, Errors, Share, errors_of


@pytest.mark.parametrize(
    ("number", "of", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (8, 10, 0.4902, 0.9433),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilsons_interval(number: int, of: int, low: float, high: float) -> None:
    """The last is the example of Newcombe (1998), method 3."""
    assert Share(number, of).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 50), st.integers(0, 50))
def test_a_headline_lies_within_all_reports(shown: int, rest: int, upheld: int, missed: int) -> None:
    errors = Errors(upheld={"": Share(upheld, 50)}, missed={"": Share(missed, 50)})
    between = errors.between("B1", shown, shown + rest)
    assert between is not None
    low, high = between
    assert 0 <= low <= high <= shown + rest
    assert low <= shown * upheld / 50 + rest * missed / 50 <= high


def finding(code: str, *, shown: bool) -> dict[str, Any]:
    return {"code": code, "year": "2024", "criterion": "B1", "shown": shown}


def test_answers_are_held_against_findings() -> None:
    findings = [
        finding("A", shown=True),
        finding("B", shown=True),
        finding("C", shown=False),
        finding("D", shown=False),
    ]
    one = {"A/2024/B1": SHOWN, "B/2024/B1": SHOWN, "C/2024/B1": NOT_SHOWN, "D/2024/B1": SHOWN}
    other = {"A/2024/B1": SHOWN, "B/2024/B1": NOT_SHOWN, "C/2024/B1": NOT_SHOWN, "D/2024/B1": SHOWN}
    errors = errors_of({"one": one, "other": other}, findings)
    assert errors.unsettled == ("B/2024/B1",)
    assert errors.upheld == {"": Share(1, 1), "B1": Share(1, 1)}
    assert errors.missed == {"": Share(1, 2), "B1": Share(1, 2)}
    assert errors.agreed == Share(3, 4)
    assert errors.kappa == pytest.approx(0.5)  # 3 of 4 alike, half by chance


def test_without_answers_nothing_is_claimed() -> None:
    assert errors_of({}, ()).between("B1", 3, 9) is None
    assert errors_of({}, ()).kappa is None


@given(st.lists(st.sampled_from(CHOICES), min_size=1))
def test_readers_who_agree_have_kappa_one_or_none(said: list[str]) -> None:
    own = {f"A/2024/{number}": answer for number, answer in enumerate(said)}
    assert errors_of({"a": own, "b": own}, ()).kappa in (None, pytest.approx(1.0))
