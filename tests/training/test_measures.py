"""Measures, against numbers that were worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evidence_kit.training.evaluate import taken
from evidence_kit.training.measures import calibration_error, macro, rates, with_interval

GIVEN = np.array([[True, False], [True, True], [False, False], [False, True]])
TRUTH = np.array([[True, False], [False, True], [True, False], [False, True]])


def test_rates_count_cells() -> None:
    found = rates(GIVEN, TRUTH)
    assert (found.precision, found.recall, found.f1) == (0.75, 0.75, 0.75)


def test_macro_averages_columns() -> None:
    found = macro(GIVEN, TRUTH)
    assert (found.precision, found.recall, found.f1) == (0.75, 0.75, 0.75)
    assert rates(GIVEN[:, 0], TRUTH[:, 0]).f1 == 0.5


def test_an_interval_holds_the_figure_and_is_the_same_twice() -> None:
    groups = ["a", "a", "b", "b"]
    one, other = (with_interval(rates, GIVEN, TRUTH, groups, seed=3) for _ in range(2))
    assert one == other
    assert one.interval and one.interval[0] <= one.f1 <= one.interval[1]


def test_one_group_alone_has_no_width() -> None:
    found = with_interval(rates, GIVEN, TRUTH, ["a"] * 4, seed=3)
    assert found.interval == (found.f1, found.f1)


def test_probabilities_that_come_true_have_no_error() -> None:
    likely = np.full(10, 0.5)
    truth = np.arange(10) < 5
    assert calibration_error(likely, truth, np.ones(10)) == 0.0
    assert calibration_error(likely, ~np.zeros(10, dtype=bool), np.ones(10)) == pytest.approx(0.5)


def test_small_probabilities_are_left_out_of_the_error() -> None:
    assert calibration_error(np.full(4, 0.05), np.ones(4, dtype=bool), np.ones(4)) == 0.0


def test_a_bearing_passage_is_taken_for_the_likely_and_at_least_for_the_likeliest() -> None:
    chosen = np.array([[0.6, 0.5], [0.2, 0.1], [0.9, 0.9]])
    found = taken(np.array([0.9, 0.9, 0.1]), chosen, take=0.5, choose=0.4)
    assert found.tolist() == [[True, True], [True, False], [False, False]]
