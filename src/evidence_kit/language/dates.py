"""Dates and periods in a text, resolved to first and last day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from evidence_kit.language.date_bounds import bounds_of, months_from, shifted
from evidence_kit.language.date_context import is_deadline, is_future
from evidence_kit.language.date_forms import Form, find_forms
from evidence_kit.language.date_lists import dated_by_paper, inherited, joined
from evidence_kit.language.date_patterns import SEASONS
from evidence_kit.language.scan import without_long_gaps
from evidence_kit.records.document import Span
from evidence_kit.records.reading import DateMention, DatePrecision

_PERIOD_BEFORE = re.compile(
    r"\b(?:(?P<unit>year|quarter|half[\s-]year)|(?P<number>\d{1,2}|three|six|nine|twelve|eighteen)\s+months?)\s+"
    r"(?:ended|ending|to|up\s+to)\s+(?:on\s+)?(?:the\s+)?(?:end\s+of\s+)?$",
    re.IGNORECASE,
)


_MONTHS_IN = {"year": 12, "quarter": 3, "three": 3, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18}


def find_dates(text: str, *, paper_date: date | None = None, ahead: bool = False) -> tuple[DateMention, ...]:
    """Return the dates and periods told in a text, ordered and disjoint.

    A range ("June 2025 to June 2026", "2023-26") is one mention from the first day of its beginning to the last day
    of its end; a list ("4 Feb, 6 May and 4 Nov 2025") is one mention a date. A date without a year takes it from its
    list or its sentence, else it is the last such date on or before ``paper_date``, or the next one where future words
    stand before it, or where the text stands among what is to come (``ahead``) and tells nothing of the past; without
    a ``paper_date`` it is left out, and so is what is told relative to today. Years in the names of Acts and
    regulations are no dates.
    """
    text = without_long_gaps(text)
    forms = find_forms(text)
    if not forms:
        return ()
    forms = joined(text, dated_by_paper(text, inherited(text, forms), paper_date, ahead=ahead))
    mentions = []
    for form in forms:
        mention = _resolve(text, form, paper_date)
        if mention is not None:
            mentions.append(mention)
    return tuple(mentions)


def date_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of everything that tells a date, resolvable or not: no number in them counts anything."""
    return tuple((form.start, form.end) for form in find_forms(without_long_gaps(text)))


def _resolve(text: str, form: Form, paper_date: date | None) -> DateMention | None:
    """Return the mention of a form, or none where its date cannot be told."""
    try:
        if form.relative[0]:
            bounds = None if paper_date is None else _relative(text, form, paper_date)
        else:
            bounds = None if form.year is None else bounds_of(form)
    except (ValueError, OverflowError):  # 29 February, or beyond the calendar
        return None
    if bounds is None or bounds[0] > bounds[1]:
        return None
    start, first, precision = _period(text, form, bounds)
    return DateMention(start, form.end, first, bounds[1], precision, is_deadline(text, form))


def _period(text: str, form: Form, bounds: tuple[date, date]) -> tuple[int, date, DatePrecision]:
    """Stretch "the year ended 31 March 2026" back over its whole period."""
    if form.until or form.precision not in (DatePrecision.DAY, DatePrecision.MONTH):
        return form.start, bounds[0], form.precision
    match = _PERIOD_BEFORE.search(text, max(0, form.start - 50), form.start)
    if match is None:
        return form.start, bounds[0], form.precision
    told = (match["number"] or match["unit"]).lower()
    months = int(told) if told.isdigit() else _MONTHS_IN.get(told, 6)
    last = bounds[1]
    following = last + timedelta(days=1)
    first = shifted(following, -months)
    if months == 12:
        whole = (last.month, last.day) == (3, 31)
        return match.start(), first, DatePrecision.FINANCIAL_YEAR if whole else DatePrecision.YEAR
    return match.start(), first, DatePrecision.QUARTER if months == 3 else DatePrecision.MONTH


def _relative(text: str, form: Form, paper_date: date) -> tuple[date, date]:
    """Return first and last day of a period that is told from the paper's date.

    A running period ("this year") ends on the paper's date, unless future words stand before it: what is reported
    lies behind the report.
    """
    mode, number, unit = form.relative
    if mode == "rolling":
        other = _stepped(paper_date, number, unit)
        one = timedelta(days=1)
        return (other + one, paper_date) if number < 0 else (paper_date, other)
    if mode == "step":
        if unit in ("day", "week"):
            day = _stepped(paper_date, number, unit)
            return day, day
        return _whole(_stepped(paper_date, number, unit), unit)
    if unit in SEASONS:
        first, last = _season_bounds(paper_date, number, unit)
    else:
        first, last = _whole(_stepped(paper_date, number, unit), unit)
    if number == 0 and first <= paper_date and not is_future(text, form):
        last = min(last, paper_date)
    return first, last


def _stepped(day: date, number: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    months = {"month": 1, "quarter": 3}.get(unit, 12)
    return shifted(day, number * months)


def _whole(day: date, unit: str) -> tuple[date, date]:
    """Return first and last day of the day's own week, month, quarter, calendar or financial year."""
    if unit == "day":
        return day, day
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return months_from(day.year, day.month, 1)
    if unit == "quarter":
        return months_from(day.year, day.month - (day.month - 1) % 3, 3)
    if unit == "financial year":
        return months_from(day.year - (day.month < 4), 4, 12)
    return months_from(day.year, 1, 12)


def _season_bounds(paper_date: date, number: int, unit: str) -> tuple[date, date]:
    """Return the season meant by last, this or next: the last one over, the one of this year, the next to begin."""
    options = [
        months_from(year, SEASONS[unit], 3) for year in range(paper_date.year - 2, paper_date.year + 3)
    ]
    if number < 0:
        return [bounds for bounds in options if bounds[1] < paper_date][-1]
    if number > 0:
        return next(bounds for bounds in options if bounds[0] > paper_date)
    return months_from(paper_date.year, SEASONS[unit], 3)
