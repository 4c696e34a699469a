"""A calendar file of what lies ahead: evidence that falls out of date, papers to review, reviews that come round."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from evidence_kit.records.days import months_before
from evidence_kit.records.finding import Role, Status
from evidence_kit.reports.view import MapView
from evidence_kit.reports.words import one_line, sentence

REMIND_BEFORE = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A day ahead: what is due, and what to do about it."""

    day: date
    title: str
    note: str


def dates_ahead(view: MapView) -> tuple[Ahead, ...]:
    """Return what lies ahead of the map's date, soonest first.

    What expires: the first day on which these papers alone no longer show a criterion. Papers to be reviewed: those
    that support something. Reviews: criteria of levels that are not built upon (regular review), counted on from the
    newest act; without one they are due now.
    """
    found = [*_expiring(view), *_lapsing(view), *_reviews(view)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.day, one.title)))


def render(view: MapView) -> bytes:
    """Return them as an iCalendar file (RFC 5545), each with a reminder; the same bytes for the same map."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//evidence-kit//evidence map//EN")
    calendar.add("version", "2.0")
    stamp = datetime.combine(view.map.as_of, datetime.min.time(), UTC)
    for one in dates_ahead(view):
        event = Event()
        key = "\n".join((view.map.organisation, one.day.isoformat(), one.title))
        event.add("uid", f"{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}@evidence-kit")
        event.add("dtstamp", stamp)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.title)
        event.add("description", one.note)
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.title)
        alarm.add("trigger", -REMIND_BEFORE)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _expiring(view: MapView) -> Iterator[Ahead]:
    for finding in view.findings:
        if finding.finding.expires and finding.status is Status.EVIDENCED:
            yield Ahead(
                day=finding.finding.expires,
                title=f"{finding.criterion.id}: evidence falls out of date",
                note=f"{one_line(finding.criterion.plain)} From this day the papers read as at {view.as_of} no longer "
                "show it by themselves.",
            )


def _lapsing(view: MapView) -> Iterator[Ahead]:
    papers = {paper.id: paper for paper in view.map.papers}
    supports: dict[str, list[str]] = {}
    for finding in view.findings:
        for quote in finding.quotes:
            ids = supports.setdefault(quote.quote.paper, [])
            if quote.quote.role is Role.SUPPORT and finding.criterion.id not in ids:
                ids.append(finding.criterion.id)
    for name, criteria in supports.items():
        due = papers[name].profile.review_date if name in papers else None
        if criteria and due and due >= view.map.as_of:
            title = one_line(papers[name].profile.title) or "a paper without a title"
            yield Ahead(
                day=due,
                title=f"Review due: {title}",
                note=f"It supports {', '.join(criteria)}. Once its review date has passed, what rests only on it is "
                "out of date.",
            )


def _reviews(view: MapView) -> Iterator[Ahead]:
    for level in (*view.levels, *view.annex):
        if level.level.cumulative:
            continue
        for finding in level.findings:
            months = finding.criterion.window_months
            if months is None:
                continue
            newest = finding.finding.newest
            due = max(months_before(newest, -months), view.map.as_of) if newest else view.map.as_of
            yield Ahead(
                day=due,
                title=f"{finding.criterion.id}: due every {months} months",
                note=sentence(one_line(finding.criterion.plain))
                + (
                    f" Last seen {finding.newest}."
                    if newest
                    else " No dated act was found in these documents."
                ),
            )
