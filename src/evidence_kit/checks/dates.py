"""When an act took place, and whether that is inside a window. Rules: ``docs/verdicts.md`` §3."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from evidence_kit.records.days import months_before
from evidence_kit.records.passage import Paper, PaperStatus, Passage
from evidence_kit.records.reading import Act, DateMention

ANNUAL_MONTHS = 12
ANNUAL_TOLERANCE_MONTHS = 2
HOUSE_RULE_MONTHS = 36
"""Our own rule for criteria without a window: older evidence alone is out of date."""
_WRITTEN_AFTER = timedelta(days=31)
_FIGURES_MONTHS = 24
"""Figures are published within twelve months of their snapshot day, and stand until the next ones a year later."""

_DAY_OF_FIGURES = re.compile(
    r"(?:^|[.;:,(|\t]\s*|\bas\s+|\bsnapshot\s+(?:date\s+)?(?:of\s+)?)(?:(?:on|at|as at|as of)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before a date that figures are of: "On 31 March 2025 the gap was …", "(snapshot of 31 March 2025)"."""

_PUBLISHES = re.compile(r"\b(?:publish\w*|posted|released|issued)\b", re.IGNORECASE)
_ONGOING = re.compile(r"\b(?:since|from|as of|effective)\s+(?:the\s+)?$", re.IGNORECASE)


def act_date(act: Act, passage: Passage, paper: Paper, as_of: date) -> tuple[date | None, bool]:
    """Return the date of an act, and whether it is only its paper's.

    A date after "since" tells when a state began that still holds when the paper speaks: the paper's date counts.
    A date that only the file's metadata tells is refuted by a later one in the act itself.
    """
    paper_date = paper.profile.date
    if paper.profile.date_is_weak and any(
        paper_date < each.first <= as_of for each in act.dates if paper_date
    ):
        paper_date = None
    limit = min(as_of, paper_date) if paper_date else as_of
    # "By March 2026" in a report of May tells when it was reached.
    past = [each for each in act.dates if each.first <= as_of and (not each.deadline or each.last <= limit)]
    told = [each for each in past if not _ongoing(each, passage)]
    if told:
        latest = max(told, key=lambda each: (each.last, each.first))
        limit = limit if limit >= latest.first else as_of
        return min(latest.last, limit), False
    if paper_date is not None:
        return paper_date, True
    return (max(each.first for each in past), False) if past else (None, False)


def without_day_of_figures(act: Act, passage: Passage, paper: Paper) -> Act:
    """Leave out the snapshot day that an act's figures are of, where it does not tell of a publication on that day.

    A day of more than two years before its paper's date stays: newer figures follow wherever publication goes on, and a
    page that was touched since still shows the old ones.
    """
    if _PUBLISHES.search(passage.text, act.start, act.end):
        return act
    spoken = paper.profile.date
    oldest = months_before(spoken, _FIGURES_MONTHS) if spoken else date.min
    kept = tuple(
        each
        for each in act.dates
        if (each.first.month, each.first.day) != (3, 31)
        or each.first != each.last
        or each.first < oldest
        or _DAY_OF_FIGURES.search(passage.text[max(act.start, each.start - 24) : each.start]) is None
    )
    return replace(act, dates=kept)


def completed_by(days: Sequence[date], least: int, months: int, as_of: date) -> tuple[int, date] | None:
    """Return how many more acts complete a count in a rolling period, and the last day on which they count together.

    Args:
        days: On which acts took place, in order.
        least: How many are asked for.
        months: Length of the period.
        as_of: Today; what is missing can only come after it.

    Returns:
        The smallest number that can still complete it, and the last day; ``None`` where none of the acts still counts.
    """
    for missing in range(max(least - len(days), 1), least):
        first = days[-(least - missing)]
        last = months_before(first, -months) - timedelta(days=1)
        if last > as_of:
            return missing, last
    return None


def only_future(act: Act, paper: Paper, as_of: date) -> bool:
    """Tell whether every date of an act lies ahead: after the as-of date, or after the day on which its paper speaks.

    A meeting's day is exact. A document's own date may be that of a draft, or a month's: things of the month after may
    have been done when it went out.
    """
    profile = paper.profile
    spoken = profile.meeting_date
    if spoken is None and profile.document_date and not profile.date_is_weak:
        spoken = profile.document_date + _WRITTEN_AFTER
    until = min(as_of, spoken) if spoken else as_of
    dates = [each for each in act.dates if not each.deadline]
    return bool(dates) and all(each.first > until for each in dates)


def inside_window(when: date | None, as_of: date, window_months: int | None) -> tuple[bool, bool]:
    """Return whether a date is inside the window, and whether the two months' tolerance was needed.

    An undated act is outside a window that the wording has, and inside the house rule's.
    """
    if when is None:
        return window_months is None, False
    if window_months is None:
        return when >= months_before(as_of, HOUSE_RULE_MONTHS), False
    if when >= months_before(as_of, window_months):
        return True, False
    tolerated = window_months == ANNUAL_MONTHS and when >= months_before(
        as_of, window_months + ANNUAL_TOLERANCE_MONTHS
    )
    return tolerated, tolerated


def has_lapsed(paper: Paper, as_of: date) -> bool:
    """Tell whether a paper's own life is over: review date passed, or superseded."""
    profile = paper.profile
    if profile.status is PaperStatus.SUPERSEDED:
        return True
    return profile.review_date is not None and profile.review_date < as_of


def _ongoing(mention: DateMention, passage: Passage) -> bool:
    return _ONGOING.search(passage.text[max(0, mention.start - 16) : mention.start]) is not None
