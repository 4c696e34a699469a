"""Measures: rates, averages over criteria, intervals over organisations, the error of probabilities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score

from evidence_kit.training.examples import Flags
from evidence_kit.training.train import Floats

DRAWS = 400
"""Resamples of organisations for an interval."""
CALIBRATED_FROM = 0.1
BINS = 10

Rows = npt.NDArray[np.int64]
Confusion = dict[str, dict[str, int]]
"""For each label, how many were read as what."""


class Rates(msgspec.Struct, frozen=True, kw_only=True):
    """Precision, recall and F1 of what was taken.

    Attributes:
        passages: How many are true.
        average_precision: Of the order by probability, where there is one.
        interval: Of F1: 95 in 100 resamples of organisations.
    """

    passages: int
    precision: float
    recall: float
    f1: float
    average_precision: float | None = None
    interval: tuple[float, float] | None = None


def rates(given: Flags, truth: Flags) -> Rates:
    """Count what was taken against what is true, over all cells."""
    return _of_counts(*(int(each.sum()) for each in (given & truth, given, truth)))


def _of_counts(right: int, all_given: int, all_true: int) -> Rates:
    return Rates(
        passages=all_true,
        precision=round(right / max(1, all_given), 3),
        recall=round(right / max(1, all_true), 3),
        f1=round(2 * right / max(1, all_given + all_true), 3),
    )


def macro(given: Flags, truth: Flags) -> Rates:
    """Average the rates of the columns."""
    columns = [rates(given[:, column], truth[:, column]) for column in range(truth.shape[1])]
    return Rates(
        passages=int(truth.sum()),
        precision=round(float(np.mean([each.precision for each in columns])), 3),
        recall=round(float(np.mean([each.recall for each in columns])), 3),
        f1=round(float(np.mean([each.f1 for each in columns])), 3),
    )


def by_label(confusion: Confusion) -> dict[str, Rates]:
    """Return the rates of every label of a confusion matrix."""
    given = Counter[str]()
    for row in confusion.values():
        given.update(row)
    return {
        label: _of_counts(row.get(label, 0), given[label], sum(row.values()))
        for label, row in confusion.items()
    }


def macro_f1(confusion: Confusion) -> float:
    """Return the mean F1 of the labels."""
    return round(float(np.mean([each.f1 for each in by_label(confusion).values()])), 3) if confusion else 0.0


def with_interval(
    measure: Callable[[Flags, Flags], Rates], given: Flags, truth: Flags, groups: Sequence[str], seed: int
) -> Rates:
    """Measure, and resample organisations with all their passages for the interval of F1."""
    chance = np.random.default_rng(seed)
    names = np.array(groups)
    rows: list[Rows] = [np.flatnonzero(names == name) for name in sorted(set(groups))]
    drawn = []
    for _ in range(DRAWS):
        some = np.concatenate([rows[pick] for pick in chance.integers(len(rows), size=len(rows))])
        drawn.append(measure(given[some], truth[some]).f1)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return msgspec.structs.replace(
        measure(given, truth), interval=(round(float(low), 3), round(float(high), 3))
    )


def average_precision(truth: Flags, likely: Floats) -> float | None:
    """Return the average precision of an order, if anything is true."""
    return round(float(average_precision_score(truth, likely)), 3) if truth.any() else None


def calibration_error(likely: Floats, truth: Flags, counts: Floats) -> float:
    """Return how far probabilities above one in ten are from what came true, on average over ten bins.

    Args:
        likely, truth: Of each case.
        counts: What each case counts for, so that true ones have their stated share.
    """
    kept = likely >= CALIBRATED_FROM
    likely, truth, counts = likely[kept], truth[kept], counts[kept]
    if not counts.sum():
        return 0.0
    place = np.minimum((likely * BINS).astype(int), BINS - 1)
    error = 0.0
    for each in range(BINS):
        here = (place == each) & (counts > 0)
        if here.any():
            weights = counts[here]
            gap = np.average(likely[here], weights=weights) - np.average(truth[here], weights=weights)
            error += abs(float(gap)) * float(weights.sum())
    return round(error / float(counts.sum()), 3)
