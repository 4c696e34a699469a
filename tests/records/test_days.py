"""Days in words, and months back."""

from __future__ import annotations

import locale
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.records.days import MONTHS, day_words, months_before

SENSIBLE = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 10, 1), 12, date(2025, 10, 1)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2025, 10, 31), -1, date(2025, 11, 30)),
        (date(2025, 12, 15), -1, date(2026, 1, 15)),
        (date(1, 1, 5), 12, date(1, 1, 5)),
        (date(9999, 12, 31), -12, date(9999, 12, 31)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@given(SENSIBLE, st.integers(-60, 60))
def test_months_before_moves_the_month_and_never_the_day_forward(day: date, months: int) -> None:
    moved = months_before(day, months)
    assert (day.year - moved.year) * 12 + day.month - moved.month == months
    assert moved.day <= day.day
    assert moved.day == day.day or months_before(moved, 0).day >= 28


@given(SENSIBLE)
def test_a_day_is_worded_in_english(day: date) -> None:
    said = day_words(day)
    number, month, year = said.split()
    assert (int(number), MONTHS.index(month) + 1, int(year)) == (day.day, day.month, day.year)


def test_the_machines_language_makes_no_difference() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "C"):
            try:
                locale.setlocale(locale.LC_TIME, name)
            except locale.Error:
                continue
            assert day_words(date(2026, 3, 12)) == "12 March 2026"
    finally:
        locale.setlocale(locale.LC_TIME, before)
