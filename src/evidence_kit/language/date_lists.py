"""Lists and ranges of dates: the members of one share a year, the ends of a range are one form."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date

from evidence_kit.language.date_bounds import bounds_of
from evidence_kit.language.date_context import BEFORE, STOP, is_deadline, is_future, is_past
from evidence_kit.language.date_forms import Form
from evidence_kit.records.reading import DatePrecision

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


def inherited(text: str, forms: list[Form]) -> list[Form]:
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
    wholes = (DatePrecision.YEAR, DatePrecision.FINANCIAL_YEAR)
    years = [form for form in forms if form.precision in wholes and form.year is not None and not form.until]
    return [_from_sentence(text, form, years) for form in forms]


def _is_gap(gap: str) -> bool:
    return len(gap) < 40 and bool(_LIST_GAP.fullmatch(gap) or _RANGE_GAP.fullmatch(gap))


def _may_share(form: Form, other: Form) -> bool:
    return _same_kind(form, other) and other.year is not None and not form.relative[0]


def _same_kind(form: Form, other: Form) -> bool:
    kinds = {DatePrecision.DAY, DatePrecision.MONTH}
    return form.precision is other.precision or {form.precision, other.precision} == kinds


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


def _from_sentence(text: str, form: Form, years: list[Form]) -> Form:
    """Take the year from a bare or financial year in the same sentence ("In 2025 they met on 4 February …")."""
    if form.year is not None or form.month is None:
        return form
    for other in years[bisect_left(years, form.start - BEFORE, key=lambda each: each.end) :]:
        if other.start > form.end + BEFORE:
            break
        low, high = min(form.end, other.end), max(form.start, other.start)
        if other.year is None or STOP.search(text, low, high) or is_deadline(text, other):
            continue
        financial = other.precision is DatePrecision.FINANCIAL_YEAR
        year = other.year + (1 if financial and form.month < 4 else 0)
        return replace(form, year=year, until=replace(form.until, year=year) if form.until else None)
    return form


def joined(text: str, forms: list[Form]) -> list[Form]:
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
    return bounds_of(first)[0] <= bounds_of(last)[1]


def dated_by_paper(
    text: str, forms: list[Form], paper_date: date | None, *, ahead: bool = False
) -> list[Form]:
    """Give what still lacks a year the one that the paper's date suggests; a list runs forward in time as a whole.

    Among what is to come (``ahead``) a date lies before the reader unless its words are of the past.
    """
    dated = list(forms)
    for run in _runs(text, forms):
        first = forms[run[0]]
        future = is_future(text, first) or (ahead and not is_past(text, first))
        # Of past dates the last is the nearest, of coming dates the first.
        nearest, *others = run if future else reversed(run)
        dated[nearest] = _near(forms[nearest], paper_date, future=future)
        for index in others:
            neighbour = dated[index - 1] if future else dated[index + 1]
            if neighbour.year is not None:
                dated[index] = _with_year(forms[index], neighbour, before=not future)
    return dated


def _runs(text: str, forms: list[Form]) -> list[list[int]]:
    """Return the lists of dates without a year, as the places of their members; most have one."""
    runs: list[list[int]] = []
    for index, form in enumerate(forms):
        if form.year is not None or form.relative[0]:
            continue
        previous = forms[index - 1] if runs and runs[-1][-1] == index - 1 else None
        if previous is not None and _same_kind(form, previous) and _is_gap(text[previous.end : form.start]):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _near(form: Form, paper_date: date | None, *, future: bool) -> Form:
    """Return the last such date on or before the paper's, or the next one on or after it."""
    if paper_date is None:
        return form
    candidates = []
    for year in range(paper_date.year - 4, paper_date.year + 5):
        until = replace(form.until, year=year) if form.until else None
        candidate = replace(form, year=year, until=until)
        try:
            candidates.append((bounds_of(candidate), candidate))
        except ValueError:  # 29 February
            continue
    if future:
        return next((candidate for bounds, candidate in candidates if bounds[1] >= paper_date), form)
    return next((candidate for bounds, candidate in reversed(candidates) if bounds[0] <= paper_date), form)
