"""First and last day of what is told with its year."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from evidence_kit.language.date_forms import Form
from evidence_kit.records.reading import DatePrecision


def bounds_of(form: Form) -> tuple[date, date]:
    """Return first and last day of a form with a year, its range included."""
    first, last = _own_bounds(form)
    return (first, _own_bounds(form.until)[1]) if form.until else (first, last)


def _own_bounds(form: Form) -> tuple[date, date]:
    assert form.year is not None
    year = form.year
    match form.precision:
        case DatePrecision.DAY:
            day = date(year, form.month or 1, form.day or 1)
            return day, day
        case DatePrecision.MONTH:
            return months_from(year, form.month or 1, 1)
        case DatePrecision.QUARTER:
            return months_from(year, 4 + 3 * ((form.part or 1) - 1), 3)
        case DatePrecision.SEASON:
            return months_from(year, form.part or 1, 3)
        case DatePrecision.FINANCIAL_YEAR:
            return months_from(year, 4, 12)
        case _:
            return months_from(year, 1, 12)


def months_from(year: int, month: int, count: int) -> tuple[date, date]:
    """Return first and last day of a stretch of months; months beyond December belong to the next year."""
    return month_start(year, month), month_start(year, month + count) - timedelta(days=1)


def month_start(year: int, month: int) -> date:
    """Return the first day of a month; month 13 is January of the next year, month 0 December before."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def shifted(day: date, months: int) -> date:
    """Return the same day some months away, or the last day of that month where it is shorter."""
    start = month_start(day.year, day.month + months)
    return start.replace(day=min(day.day, calendar.monthrange(start.year, start.month)[1]))
