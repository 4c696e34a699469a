"""Pictures of a map as coordinates: where each mark of a drawing stands, and the words that say the same.

Nothing is drawn here; the templates draw, and print every picture's words beside it. Lengths are in units of the
drawing, from the left and the top.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evidence_kit.records.days import day_words, months_before
from evidence_kit.records.finding import Role, Status, Step, Trend
from evidence_kit.reports.findings import FindingView
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.words import ROLE_WORDS, STATUS_ORDER, STATUS_WORDS, count, listed, visible

WIDTH = 640.0
"""Of the strip of time in a timeline."""
BEFORE_MONTHS, AFTER_MONTHS = 36, 30
"""How much time a timeline shows before and after the map's date; our rule for old papers is 36 months."""
CALENDAR_MONTHS = 15
"""Months that a calendar shows, the map's own last: a year and the tolerance, and the month that it begins in."""
TREND_WIDTH, TREND_HEIGHT = 120.0, 32.0
"""Of the picture of a measure's figures; :data:`_MARGIN` keeps its ends whole."""
_MARGIN = 6.0
STEP_WORDS = {Step.BETTER: "better", Step.WORSE: "worse", Step.SAME: "the same"}
_SHOWN = (Role.SUPPORT, Role.PLAN, Role.AGAINST)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a day: its place, what it does, and its words."""

    x: float
    role: Role
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A criterion's strip of time.

    Attributes:
        window: Where its window begins and ends, or ``None`` where the wording has none.
        expires: Where the papers alone no longer show it; ``None`` where that is not known or lies beyond the strip.
        words: All that the strip shows, in a sentence.
    """

    finding: FindingView
    marks: tuple[Mark, ...]
    window: tuple[float, float] | None
    expires: float | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Strips over one axis. ``years``: places and words of its ticks; ``today``: the place of the map's date."""

    strips: tuple[Strip, ...]
    years: tuple[tuple[float, str], ...]
    today: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of a calendar: its name, whether the map's date lies in it, and the days on which something counts."""

    name: str
    year: int
    current: bool
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The dated acts that a criterion counts, month by month."""

    finding: FindingView
    months: tuple[Month, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A measure's figures as a line.

    Attributes:
        label, figures: As the document writes them; a figure a year.
        points: Where the figures stand; the highest figure is at the top, whichever way is better.
        steps: What became of it from each year to the next; one fewer than the points.
        words: The same in words ("better, then worse").
        quote: The quote that gives them.
    """

    label: str
    figures: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    steps: tuple[Step, ...]
    words: str
    quote: QuoteView


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A criterion's measures over the same years, and all that they show in a sentence."""

    finding: FindingView
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A stretch of a bar: where it begins, how long it is, of which status, how many."""

    x: float
    width: float
    status: Status
    number: int


def timeline(findings: Sequence[FindingView], as_of: date) -> Timeline:
    """Return when the evidence of criteria took place, against their windows; those without a date are left out."""
    first, last = months_before(as_of, BEFORE_MONTHS), months_before(as_of, -AFTER_MONTHS)

    def at(day: date) -> float:
        inside = min(max(day, first), last)
        return round(WIDTH * (inside - first).days / (last - first).days, 1)

    strips = tuple(
        _strip(finding, as_of, at) for finding in findings if any(_dated(finding)) or finding.finding.expires
    )
    years = tuple(
        (at(date(year, 1, 1)), str(year))
        for year in range(first.year, last.year + 1)
        if first <= date(year, 1, 1) <= last
    )
    return Timeline(strips=strips, years=years, today=at(as_of))


def calendars(findings: Sequence[FindingView], as_of: date) -> tuple[Calendar, ...]:
    """Return calendars of criteria that count dated acts within a period (attendances, quarters)."""
    return tuple(
        _calendar(finding, as_of)
        for finding in findings
        if any(element.check == "timing.count_in_period" for element in finding.criterion.elements)
        and any(_dated(finding))
    )


def trends(findings: Sequence[FindingView]) -> tuple[Lines, ...]:
    """Return the measures whose figures were recomputed, by criterion and years.

    Figures whose quote is not at its place are left out; what two papers say in the same words is shown once.
    """
    found: dict[tuple[str, tuple[int, ...]], dict[tuple[str, ...], Line]] = {}
    for finding in findings:
        quotes = {view.quote.id: view for view in finding.quotes if view.refound}
        for trend in finding.finding.trends:
            if trend.quote in quotes:
                lines = found.setdefault((finding.criterion.id, trend.years), {})
                lines.setdefault((trend.label.casefold(), *trend.written), _line(trend, quotes[trend.quote]))
    by_id = {finding.criterion.id: finding for finding in findings}
    return tuple(
        Lines(
            finding=by_id[criterion],
            years=years,
            lines=tuple(lines.values()),
            words=_lines_words(tuple(lines.values()), years),
        )
        for (criterion, years), lines in found.items()
    )


def bar(findings: Sequence[FindingView]) -> tuple[Share, ...]:
    """Return how many of the criteria have which status, as stretches of one bar of :data:`WIDTH`."""
    counts = Counter(finding.status for finding in findings)
    shares, x = [], 0.0
    for status in STATUS_ORDER:
        if counts[status]:
            width = round(WIDTH * counts[status] / len(findings), 1)
            shares.append(Share(x=round(x, 1), width=width, status=status, number=counts[status]))
            x += width
    return tuple(shares)


def bar_words(findings: Sequence[FindingView]) -> str:
    """Return the same in a sentence."""
    return (
        listed([f"{share.number} {STATUS_WORDS[share.status]}" for share in bar(findings)])
        or "nothing judged"
    )


def _strip(finding: FindingView, as_of: date, place: Callable[[date], float]) -> Strip:
    marks = tuple(
        Mark(x=place(day), role=role, words=f"{ROLE_WORDS[role]}, {day_words(day)}")
        for day, role in _dated(finding)
    )
    months = finding.criterion.window_months
    expires = finding.finding.expires
    window = (place(months_before(as_of, months)), place(as_of)) if months else None
    counts = Counter(role for _, role in _dated(finding))
    parts = [f"{ROLE_WORDS[role]} on {count(counts[role], 'day')}" for role in _SHOWN if counts[role]]
    days = [day for day, _ in _dated(finding)]
    told = f"{listed(parts)}, {_span(days)}" if days else "no dated quote"
    if expires:
        told += f"; falls out of date on {day_words(expires)}"
    return Strip(
        finding=finding, marks=marks, window=window, expires=place(expires) if expires else None, words=told
    )


def _span(days: Sequence[date]) -> str:
    first, last = min(days), max(days)
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"


def _dated(finding: FindingView) -> Iterator[tuple[date, Role]]:
    """Yield each day on which quotes do something for the criterion, once a role."""
    days = {
        (quote.quote.act_date, quote.quote.role)
        for quote in finding.quotes
        if quote.quote.act_date is not None and quote.quote.role in _SHOWN and quote.refound
    }
    yield from sorted((day, role) for day, role in days if day is not None)


def _calendar(finding: FindingView, as_of: date) -> Calendar:
    days = sorted({day for day, role in _dated(finding) if role is Role.SUPPORT})
    months = []
    for back in range(CALENDAR_MONTHS - 1, -1, -1):
        month = months_before(as_of.replace(day=1), back)
        inside = tuple(day.day for day in days if (day.year, day.month) == (month.year, month.month))
        months.append(Month(name=_month_name(month), year=month.year, current=back == 0, days=inside))
    shown = [day for day in days if day >= months_before(as_of.replace(day=1), CALENDAR_MONTHS - 1)]
    words = (
        f"{count(len(shown), 'day')}: {listed([day_words(day) for day in shown])}"
        if shown
        else "no day in this time"
    )
    return Calendar(finding=finding, months=tuple(months), words=words)


def _line(trend: Trend, quote: QuoteView) -> Line:
    low, high = min(trend.values), max(trend.values)
    wide = (TREND_WIDTH - 2 * _MARGIN) / max(len(trend.values) - 1, 1)
    tall = (TREND_HEIGHT - 2 * _MARGIN) / ((high - low) or 1)
    return Line(
        label=visible(trend.label),
        figures=tuple(visible(one) for one in trend.written),
        points=tuple(
            (round(_MARGIN + index * wide, 1), round(_MARGIN + (high - value) * tall, 1))
            for index, value in enumerate(trend.values)
        ),
        steps=trend.steps,
        words=", then ".join(STEP_WORDS[step] for step in trend.steps),
        quote=quote,
    )


def _lines_words(lines: Sequence[Line], years: Sequence[int]) -> str:
    counts = [
        f"{sum(line.steps[index] is Step.BETTER for line in lines)} better in {year}"
        for index, year in enumerate(years[1:])
    ]
    always = sum(all(step is Step.BETTER for step in line.steps) for line in lines)
    return f"Of {count(len(lines), 'measure')}: {listed([*counts, f'{always} in every year'])}"


def _month_name(month: date) -> str:
    return day_words(month).split()[1][:3]
