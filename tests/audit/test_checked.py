"""Shares with intervals, agreement, and what a headline allows for."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest
from sklearn.metrics import cohen_kappa_score

from evidence_kit.audit.checked import CHOICES, NOT_SHOWN, SHOWN, Errors, Share, errors_of, quantile


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


@given(st.integers(1, 400), st.floats(0, 1))
def test_wilsons_interval_is_that_of_scipy(of: int, share: float) -> None:
    number = round(of * share)
    other = binomtest(number, of).proportion_ci(method="wilson")
    assert Share(number, of).interval == pytest.approx((other.low, other.high), abs=1e-6)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 50), st.integers(0, 50))
def test_a_headline_lies_within_all_reports(shown: int, rest: int, upheld: int, missed: int) -> None:
    errors = Errors(upheld={"": Share(upheld, 50)}, missed={"": Share(missed, 50)})
    between = errors.between("B1", shown, shown + rest)
    assert between is not None
    low, high = between
    assert 0 <= low <= high <= shown + rest
    assert low - 1 < shown * upheld / 50 + rest * missed / 50 < high + 1


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
    assert errors.upheld == {"": Share(1, 1, 1), "B1": Share(1, 1, 1)}
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


@given(st.lists(st.tuples(st.sampled_from(CHOICES), st.sampled_from(CHOICES)), min_size=1))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    one, other = ({f"A/2024/{number}": pair[at] for number, pair in enumerate(pairs)} for at in (0, 1))
    errors = errors_of({"one": one, "other": other}, ())
    kappa = errors.kappa
    if len({answer for pair in pairs for answer in pair}) == 1:
        assert kappa is None, "by chance too they would always agree"
        assert "kappa cannot be told" in errors.agreement
    else:
        assert kappa == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))


def test_a_reader_without_answers_is_none() -> None:
    errors = errors_of({"gone": {}, "one": {"A/2024/B1": SHOWN}}, [finding("A", shown=True)])
    assert (errors.readers, errors.agreed.of, errors.kappa) == (1, 0, None)


def test_a_criterion_checked_seldom_takes_the_shares_of_all() -> None:
    own = {"": Share(90, 100), "B1": Share(10, 10), "B2": Share(1, 9)}
    errors = Errors(upheld=own, missed={"": Share(10, 100), "B1": Share(0, 10), "B2": Share(9, 9)})
    # By hand: at .7225 (Wilson, 10 of 10) of ten shown 3 or fewer are upheld in .7 % of cases, 4 or fewer in 3.3 %;
    # at .2775 (0 of 10) of ten others 5 or fewer are missed in 96.7 %, 6 or fewer in 99.3 %.
    assert errors.between("B1", 10, 20) == (4 + 0, 10 + 6)
    assert errors.between("B2", 10, 20) == errors.between("B3", 10, 20) == (6, 14)


def test_findings_on_which_readers_differ_widen_the_interval() -> None:
    assert Share(10, 10, 2).interval == (Share(10, 12).interval[0], Share(12, 12).interval[1])
    assert Share(10, 10, 2).words == "10 of 10, 2 more not settled (55% to 100%)"


@given(st.integers(0, 300), st.floats(0, 1), st.sampled_from((0.025, 0.5, 0.975)))
def test_a_quantile_is_that_of_scipy(number: int, share: float, level: float) -> None:
    found = quantile(number, share, level)
    assert binom.cdf(found, number, share) >= level - 1e-9
    assert found == 0 or binom.cdf(found - 1, number, share) < level + 1e-9


@given(st.integers(5, 95), st.integers(5, 95), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_the_truth_lies_within_a_headline_mostly(upheld: int, missed: int, seed: int) -> None:
    """Draw samples and audits at known shares: the range holds the true count in nearly all of them, as it says."""
    chance = random.Random(seed)

    def times(number: int, share: int) -> int:
        return sum(chance.random() < share / 100 for _ in range(number))

    held = 0
    for _ in range(60):
        errors = Errors(upheld={"": Share(times(50, upheld), 50)}, missed={"": Share(times(50, missed), 50)})
        low, high = errors.between("B1", 20, 50) or (0, 0)
        held += low <= times(20, upheld) + times(30, missed) <= high
    assert held >= 55
