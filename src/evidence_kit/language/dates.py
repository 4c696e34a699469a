"""Dates and periods in a text, resolved to first and last day."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta

from evidence_kit.language.date_forms import Form, find_forms
from evidence_kit.language.date_patterns import SEASONS
from evidence_kit.records.document import Span
from evidence_kit.records.reading import DateMention, DatePrecision

_LIST_GAP = re.compile(
    r"\s*(?:[,;/&|]|,?\s*\b(?:and|or)\b)?\s*(?:(?:again|then|also)\s+)?(?:(?:in|on|for)\s+)?(?:the\s+)?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+)?",
    re.IGNORECASE,
)
_RANGE_GAP = re.compile(
    r"\s*(?:to|until|till|through|up\s+to|[–—-])\s*(?:the\s+)?(?:end\s+of\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+)?",
    re.IGNORECASE,
)
_AND_GAP = re.compile(r"\s*and\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_PERIOD_BEFORE = re.compile(
    r"\b(?:(?P<unit>year|quarter|half[\s-]year)|(?P<number>\d{1,2}|three|six|nine|twelve|eighteen)\s+months?)\s+"
    r"(?:ended|ending|to|up\s+to)\s+(?:on\s+)?(?:the\s+)?(?:end\s+of\s+)?$",
    re.IGNORECASE,
)
_MONTHS_IN = {"year": 12, "quarter": 3, "three": 3, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18}
_DEADLINE = re.compile(
    r"(?:\b(?:by|no\s+later\s+than|not\s+later\s+than|until|till|"
    r"(?:is|are|be|was|next|falls?|report)?\s*due(?:\s+(?:back|date|for\s+\w+|to\s+\w+))?|"
    r"(?:review|expiry|target|completion|renewal|due|end)\s+dates?|next\s+(?:review|meeting|report)(?:\s+date)?|"
    r"(?:to\s+be|be|for)\s+(?:fully\s+)?(?:review(?:ed)?|completed?|renewed|delivered|finished)|deadlines?|time-?scales?|"
    r"expires?|valid\s+(?:until|to)|target|ready\s+for|complete\s+by|review\s+by)"
    r"(?:\s+(?:is|of|in|on|by|before|at|set\s+for|end))*\s*[:–-]?\s*"
    r"(?:around\s+|approximately\s+)?(?:the\s+)?(?:(?:end|start|beginning|middle|close)\s+of\s+)?(?:the\s+)?"
    r"(?:early\s+|mid[\s-]?|late\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+)?)$",
    re.IGNORECASE,
)
_NOT_DUE = re.compile(r"\b(?:last|previous|latest)\s+(?:review|meeting)", re.IGNORECASE)
_BY_THEN = re.compile(r"[^.;!?\n]{0,80}?\b(?:had|has\s+been|have\s+been|were|was)\b", re.IGNORECASE)
_DONE_BY = re.compile(
    r"(?<!\bbe )(?<!\bget )(?<!\bfor )\b(?:\w+[^\We]ed|begun|done|met|agreed|held|written|in\s+place)\s+$",
    re.IGNORECASE,
)
"""What was completed by a date has no deadline."""
_TENSE = re.compile(
    r"(?P<future>\b(?:will|shall|due|next|planned|scheduled|expected|expects?|hopes?|plans?|intends?|aims?|to\s+be|proposed|"
    r"would|starts?|begins?|commences?|opens|closes|ends|finishes|launches|"
    r"(?:is|are)\s+to|going\s+to|target|deadline|from\s+now)\b"
    # The participle belongs to its auxiliary: "will be launched" is no past.
    r"(?:\s+(?:not|also|then|be|\w+ly))*(?:\s+(?:\w+ed|held|made|set|taken|given|run|begun|led|sent))?\b)"
    r"|(?P<past>\b(?:was|were|has|have|had|did|met|held|took|gave|made|went|led|ran|began|came|saw|fell|rose|grew|"
    r"won|wrote|chose|became|told|said|left|kept|brought|sent|spoke|sat|last|since|attended|"
    r"completed|approved|launched|agreed|published|received|noted|\w+[^\We]ed)\b)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.;!?](?=\s|$)|\n\s*\n|[•▪]")
_OPENING_WORDS = 3
"""A date after at most so many words opens its sentence ("By early May we will …"): its tense follows it."""
_BEFORE = 120
"""Characters before a date that are looked at for tense, deadline and period words."""


def find_dates(text: str, *, paper_date: date | None = None) -> tuple[DateMention, ...]:
    """Return the dates and periods told in a text, ordered and disjoint.

    A range ("June 2025 to June 2026", "2023-26") is one mention from the first day of its beginning to the last day
    of its end; a list ("4 Feb, 6 May and 4 Nov 2025") is one mention a date. A date without a year takes it from its
    list or its sentence, else it is the last such date on or before ``paper_date``, or the next one where future words
    stand before it; without a ``paper_date`` it is left out, and so is what is told relative to today. Years in the
    names of Acts and regulations are no dates.
    """
    forms = find_forms(text)
    if not forms:
        return ()
    forms = _joined(text, _dated(text, _inherited(text, forms), paper_date))
    mentions = []
    for form in forms:
        mention = _resolve(text, form, paper_date)
        if mention is not None:
            mentions.append(mention)
    return tuple(mentions)


def date_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of everything that tells a date, resolvable or not: no number in them counts anything."""
    return tuple((form.start, form.end) for form in find_forms(text))


# Lists and ranges -----------------------------------------------------------------------------------------------------


def _inherited(text: str, forms: list[Form]) -> list[Form]:
    """Give the members of a list or range the year that stands at its end, else at its beginning, else nearby."""
    forms = list(forms)
    for index in range(len(forms) - 2, -1, -1):
        form, following = forms[index], forms[index + 1]
        if form.year is None and _may_share(form, following) and _is_gap(text[form.end : following.start]):
            forms[index] = _with_year(form, following, before=True)
    for index in range(1, len(forms)):
        previous, form = forms[index - 1], forms[index]
        if form.year is None and _may_share(form, previous) and _is_gap(text[previous.end : form.start]):
            forms[index] = _with_year(form, previous, before=False)
    return [_from_sentence(text, form, forms) for form in forms]


def _is_gap(gap: str) -> bool:
    return len(gap) < 40 and bool(_LIST_GAP.fullmatch(gap) or _RANGE_GAP.fullmatch(gap))


def _may_share(form: Form, other: Form) -> bool:
    kinds = {DatePrecision.DAY, DatePrecision.MONTH}
    same = form.precision is other.precision or {form.precision, other.precision} == kinds
    return same and other.year is not None and not form.relative[0]


def _key(form: Form) -> tuple[int, int]:
    return (form.month or form.part or 0, form.day or 0)


def _with_year(form: Form, other: Form, *, before: bool) -> Form:
    """Take over a year so that the list runs forward in time ("5 Nov and 4 Feb 2026": November 2025)."""
    assert other.year is not None
    if before:
        year = other.year - 1 if _wraps(form, other) else other.year
    else:
        year = other.year + 1 if _wraps(other, form) else other.year
    until = replace(form.until, year=year) if form.until else None
    return replace(form, year=year, until=until)


def _wraps(earlier: Form, later: Form) -> bool:
    if earlier.precision is DatePrecision.DAY and later.precision is DatePrecision.DAY:
        return _key(earlier) > _key(later)
    return _key(earlier)[0] > _key(later)[0]


def _from_sentence(text: str, form: Form, forms: list[Form]) -> Form:
    """Take the year from a bare or financial year in the same sentence ("In 2025 they met on 4 February …")."""
    if form.year is not None or form.month is None:
        return form
    for other in forms:
        is_year = other.precision in (DatePrecision.YEAR, DatePrecision.FINANCIAL_YEAR)
        if not is_year or other.until or other.year is None:
            continue
        low, high = min(form.end, other.end), max(form.start, other.start)
        if high - low > _BEFORE or _STOP.search(text, low, high) or _is_deadline(text, other):
            continue
        financial = other.precision is DatePrecision.FINANCIAL_YEAR
        year = other.year + (1 if financial and form.month < 4 else 0)
        return replace(form, year=year, until=replace(form.until, year=year) if form.until else None)
    return form


def _joined(text: str, forms: list[Form]) -> list[Form]:
    """Join the two ends of a range to one form."""
    joined: list[Form] = []
    for form in forms:
        previous = joined[-1] if joined else None
        if (
            previous is not None
            and previous.until is None
            and form.until is None
            and _is_range(text, previous, form)
        ):
            joined[-1] = replace(previous, end=form.end, until=form)
        else:
            joined.append(form)
    return joined


def _is_range(text: str, first: Form, last: Form) -> bool:
    if first.relative[0] or last.relative[0] or (first.year is None) != (last.year is None):
        return False
    gap = text[first.end : last.start]
    if len(gap) > 30:
        return False
    told = bool(_RANGE_GAP.fullmatch(gap)) or (
        bool(_AND_GAP.fullmatch(gap)) and bool(_BETWEEN.search(text, max(0, first.start - 20), first.start))
    )
    if not told or first.year is None or last.year is None:
        return told and first.year is None
    return _bounds(first)[0] <= _bounds(last)[1]


# Resolution -----------------------------------------------------------------------------------------------------------


def _resolve(text: str, form: Form, paper_date: date | None) -> DateMention | None:
    """Return the mention of a form, or none where its date cannot be told."""
    try:
        if form.relative[0]:
            bounds = None if paper_date is None else _relative(text, form, paper_date)
        else:
            bounds = None if form.year is None else _bounds(form)
    except (ValueError, OverflowError):  # 29 February, or beyond the calendar
        return None
    if bounds is None or bounds[0] > bounds[1]:
        return None
    start, first, precision = _period(text, form, bounds)
    return DateMention(start, form.end, first, bounds[1], precision, _is_deadline(text, form))


def _bounds(form: Form) -> tuple[date, date]:
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
            return _months(year, form.month or 1, 1)
        case DatePrecision.QUARTER:
            return _months(year, 4 + 3 * ((form.part or 1) - 1), 3)
        case DatePrecision.SEASON:
            return _months(year, form.part or 1, 3)
        case DatePrecision.FINANCIAL_YEAR:
            return _months(year, 4, 12)
        case _:
            return _months(year, 1, 12)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """Return first and last day of a stretch of months; months beyond December belong to the next year."""
    return _month_start(year, month), _month_start(year, month + count) - timedelta(days=1)


def _month_start(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _dated(text: str, forms: list[Form], paper_date: date | None) -> list[Form]:
    """Give what still lacks a year the one that the paper's date suggests; a list runs forward in time as a whole."""
    dated = list(forms)
    run: list[int] = []
    for index, form in enumerate(forms):
        if form.year is not None or form.relative[0]:
            run = []
            continue
        previous = forms[run[-1]] if run else None
        listed = previous is not None and _may_share(form, replace(previous, year=0))
        if previous is None or not listed or not _is_gap(text[previous.end : form.start]):
            run = []
        run.append(index)
        future = _is_future(text, forms[run[0]])
        if not future or len(run) == 1:
            dated[index] = _near(form, paper_date, future=future)
        # Of past dates the last is the nearest, of coming dates the first.
        if future and len(run) > 1 and dated[run[-2]].year is not None:
            dated[index] = _with_year(form, dated[run[-2]], before=False)
        for earlier in () if future else reversed(run[:-1]):
            if dated[earlier + 1].year is not None:
                dated[earlier] = _with_year(forms[earlier], dated[earlier + 1], before=True)
    return dated


def _near(form: Form, paper_date: date | None, *, future: bool) -> Form:
    """Return the last such date on or before the paper's, or the next one on or after it."""
    if paper_date is None:
        return form
    candidates = []
    for year in range(paper_date.year - 4, paper_date.year + 5):
        until = replace(form.until, year=year) if form.until else None
        candidate = replace(form, year=year, until=until)
        try:
            candidates.append((_bounds(candidate), candidate))
        except ValueError:  # 29 February
            continue
    if future:
        return next((candidate for bounds, candidate in candidates if bounds[1] >= paper_date), form)
    return next((candidate for bounds, candidate in reversed(candidates) if bounds[0] <= paper_date), form)


def _is_future(text: str, form: Form) -> bool:
    """Whether the last word of tense before a date points forward; where none stands before it, the first after it."""
    low = max(0, form.start - _BEFORE)
    stops = list(_STOP.finditer(text, low, form.start))
    low = stops[-1].end() if stops else low
    before = list(_TENSE.finditer(text, low, form.start))
    if before:
        return before[-1]["future"] is not None
    if _is_deadline(text, form):
        return True
    if len(text[low : form.start].split()) > _OPENING_WORDS:
        return False
    stop = _STOP.search(text, form.end)
    after = _TENSE.search(text, form.end, min(stop.start() if stop else len(text), form.end + 60))
    return after is not None and after["future"] is not None


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
    first = _shifted(following, -months)
    if months == 12:
        whole = (last.month, last.day) == (3, 31)
        return match.start(), first, DatePrecision.FINANCIAL_YEAR if whole else DatePrecision.YEAR
    return match.start(), first, DatePrecision.QUARTER if months == 3 else DatePrecision.MONTH


def _shifted(day: date, months: int) -> date:
    """Return the same day some months away, or the last day of that month where it is shorter."""
    start = _month_start(day.year, day.month + months)
    return start.replace(day=min(day.day, calendar.monthrange(start.year, start.month)[1]))


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
    if number == 0 and first <= paper_date and not _is_future(text, form):
        last = min(last, paper_date)
    return first, last


def _stepped(day: date, number: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    months = {"month": 1, "quarter": 3}.get(unit, 12)
    return _shifted(day, number * months)


def _whole(day: date, unit: str) -> tuple[date, date]:
    """Return first and last day of the day's own week, month, quarter, calendar or financial year."""
    if unit == "day":
        return day, day
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _months(day.year, day.month, 1)
    if unit == "quarter":
        return _months(day.year, day.month - (day.month - 1) % 3, 3)
    if unit == "financial year":
        return _months(day.year - (day.month < 4), 4, 12)
    return _months(day.year, 1, 12)


def _season_bounds(paper_date: date, number: int, unit: str) -> tuple[date, date]:
    """Return the season meant by last, this or next: the last one over, the one of this year, the next to begin."""
    options = [_months(year, SEASONS[unit], 3) for year in range(paper_date.year - 2, paper_date.year + 3)]
    if number < 0:
        return [bounds for bounds in options if bounds[1] < paper_date][-1]
    if number > 0:
        return next(bounds for bounds in options if bounds[0] > paper_date)
    return _months(paper_date.year, SEASONS[unit], 3)


def _is_deadline(text: str, form: Form) -> bool:
    before = text[max(0, form.start - _BEFORE) : form.start]
    match = _DEADLINE.search(before[-70:])
    if match is None or _NOT_DUE.search(before):
        return False
    if not match[0].lower().startswith("by"):
        return True
    return not (_BY_THEN.match(text, form.end) or _DONE_BY.search(before, 0, len(before) - len(match[0])))
