"""Forecasts: until when papers show what they show today.

Nothing is estimated: the same papers are judged again at later dates, with nothing added to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from evidence_kit.checks.base import Witness
from evidence_kit.checks.dates import (
    ANNUAL_MONTHS,
    ANNUAL_TOLERANCE_MONTHS,
    HOUSE_RULE_MONTHS,
    has_lapsed,
    inside_window,
)
from evidence_kit.checks.elements import Matrix
from evidence_kit.checks.verdict import matrix_of, status_of
from evidence_kit.records.criterion import Criterion
from evidence_kit.records.days import day_words, months_before
from evidence_kit.records.finding import Status

_ONE_DAY = timedelta(days=1)


def expiry(criterion: Criterion, witnesses: Sequence[Witness], as_of: date) -> date | None:
    """Return the first day on which a criterion that is evidenced today no longer is, by these papers alone.

    Args:
        criterion: Its first wording is judged.
        witnesses: All that may speak for it, as gathered today.
        as_of: Today; it is evidenced on this day.
    """
    days = sorted({day for each in witnesses for day in _turns(criterion, each, as_of) if day > as_of})
    today = matrix_of(criterion, criterion.variants[0], tuple(witnesses), as_of)
    low, high = 0, len(days)
    while low < high:
        middle = (low + high) // 2
        if _still(today, days[middle]):
            low = middle + 1
        else:
            high = middle
    return days[low] if low < len(days) else None


def _still(today: Matrix, day: date) -> bool:
    """Tell whether it is still evidenced on a later day; what is planned today stays planned: nobody saw it done."""
    criterion = today.criterion
    then = tuple(_aged(each, day, criterion.window_months) for each in today.witnesses)
    matrix = matrix_of(criterion, criterion.variants[0], then, day, like=today)
    return status_of(matrix) is Status.EVIDENCED


def _aged(witness: Witness, day: date, window_months: int | None) -> Witness:
    """Return a witness as it is on a later day."""
    timely, tolerance_used = inside_window(witness.when, day, window_months)
    lapsed = has_lapsed(witness.paper, day)
    if (timely, lapsed) == (witness.timely, witness.lapsed):
        return witness
    return replace(witness, timely=timely, tolerance_used=tolerance_used, lapsed=lapsed)


def _turns(criterion: Criterion, witness: Witness, as_of: date) -> Iterable[date]:
    """Yield the days on which an act falls out of the window, and on which its paper lapses."""
    window = criterion.window_months or HOUSE_RULE_MONTHS
    months = window + (ANNUAL_TOLERANCE_MONTHS if criterion.window_months == ANNUAL_MONTHS else 0)
    told = {mention.first for mention in witness.act.dates} | {mention.last for mention in witness.act.dates}
    for when in {witness.when, witness.paper.profile.meeting_date, *told}:
        if when is None or when > as_of:
            continue
        day = months_before(when, -months)
        while inside_window(when, day, criterion.window_months)[0]:
            day += _ONE_DAY
        yield day
    if witness.paper.profile.review_date is not None:
        yield witness.paper.profile.review_date + _ONE_DAY


def expiry_note(criterion: Criterion, day: date) -> str:
    """Word an expiry for the reader."""
    told = day_words(day)
    if criterion.window_months is None:
        return (
            f"Out of date from {told} if nothing newer is added (our own rule of {HOUSE_RULE_MONTHS} months, or a "
            "paper's review date)."
        )
    tolerance = ", two months of tolerance included" if criterion.window_months == ANNUAL_MONTHS else ""
    return f"Falls out of the window on {told} if nothing newer is added{tolerance}."
