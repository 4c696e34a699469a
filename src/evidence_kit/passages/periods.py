"""The period that a paper covers ("2025/26", "year ended 31 March 2026", "2026-2031")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from evidence_kit.passages import fields as f
from evidence_kit.passages.paper_dates import Sources
from evidence_kit.records.passage import PaperKind
from evidence_kit.records.reading import DateMention, DatePrecision

_PERIODS = frozenset(
    {DatePrecision.FINANCIAL_YEAR, DatePrecision.QUARTER, DatePrecision.YEAR, DatePrecision.SEASON}
)
_LONGEST_MONTH = 31
_LONGEST_YEAR = 366
_YEAR_ENDED = re.compile(r"\byear (?:ended|ending|to)\s+(?=\d)", re.IGNORECASE)
_YEAR_REACH = 60
_SHORT_YEARS = re.compile(r"(?<!\d)(?P<first>[12]\d)(?P<last>[12]\d)(?!\d)")
"""Two years run together in a file name ("Annual Report 2324")."""
_LOOKS_AHEAD = re.compile(
    r"\b(?:plan|strategy|priorities|objectives|programme|forecast|calendar|goals|outline|framework|statement"
    r"|policy)\b",
    re.IGNORECASE,
)
_AHEAD = frozenset(
    {
        PaperKind.STRATEGY,
        PaperKind.ACTION_PLAN,
        PaperKind.POLICY,
        PaperKind.STATEMENT,
        PaperKind.TERMS_OF_REFERENCE,
    }
)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, where they are told, and whether nothing but a calendar year is."""

    first: date
    last: date
    reason: str
    year_only: bool = False


def period_of(sources: Sources) -> Period | None:
    """Return the period that the paper covers: from its fields, title, headings, opening or file name."""
    places = [
        (each.value, f"field \u201c{each.label}\u201d") for each in sources.fields if each.name == f.PERIOD
    ]
    places.append((sources.title, "in the title"))
    places.extend((text, "in a heading") for text in sources.headings[:2])
    for text, reason in places:
        found = _named(sources.dates(text), reason, ended=_YEAR_ENDED.search(text) is not None)
        if found:
            return found
    for text in sources.opening:
        match = _YEAR_ENDED.search(text)
        if match is None:
            continue
        told = text[match.start() : match.start() + _YEAR_REACH]
        found = _named(sources.dates(told), f"\u201c{told[:30].strip()}\u2026\u201d", ended=True)
        if found:
            return found
    return _named(sources.dates(sources.stem), "in the file's name") or _run_together(sources.stem)


def _named(mentions: tuple[DateMention, ...], reason: str, *, ended: bool = False) -> Period | None:
    """Return the first period among dates: financial years and ranges before a bare calendar year."""
    found = [
        each
        for each in mentions
        if each.precision in _PERIODS or (each.last - each.first).days > _LONGEST_MONTH
    ]
    if not found:
        return None
    best = next((each for each in found if not _is_calendar_year(each)), found[0])
    return Period(best.first, best.last, reason, year_only=_is_calendar_year(best) and not ended)


def _is_calendar_year(mention: DateMention) -> bool:
    return mention.precision is DatePrecision.YEAR and (mention.last - mention.first).days < _LONGEST_YEAR


def _run_together(stem: str) -> Period | None:
    match = _SHORT_YEARS.search(stem)
    if match is None or int(match["last"]) != int(match["first"]) + 1:
        return None
    first = 2000 + int(match["first"])
    return Period(date(first, 4, 1), date(first + 1, 3, 31), "in the file's name")


def looks_ahead(title: str, kind: PaperKind) -> bool:
    """Say whether a paper's period lies before it (plans, strategies), so that it dates from its beginning."""
    return kind in _AHEAD or (kind is not PaperKind.ANNUAL_REPORT and _LOOKS_AHEAD.search(title) is not None)
