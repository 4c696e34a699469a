"""What lies ahead stands in a calendar that another library's parser reads, and every date can be traced."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from icalendar import Calendar

from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Role, Status
from evidence_kit.reports.dates_ahead import dates_ahead, render
from evidence_kit.reports.view import build


def expiring(evidence_map: EvidenceMap, day: date) -> EvidenceMap:
    first = next(one for one in evidence_map.findings if one.status is Status.EVIDENCED)
    return replace(
        evidence_map,
        findings=tuple(replace(one, expires=day) if one is first else one for one in evidence_map.findings),
    )


def test_what_expires_has_its_day(sample_map: EvidenceMap) -> None:
    day = date(2027, 3, 1)
    made = expiring(sample_map, day)
    criterion = next(one.criterion for one in made.findings if one.expires == day)
    assert (day, f"{criterion}: evidence falls out of date") in [
        (one.day, one.title) for one in dates_ahead(build(made))
    ]


def test_a_paper_that_supports_something_is_to_be_reviewed(sample_map: EvidenceMap) -> None:
    quote = next(q for one in sample_map.findings for q in one.quotes if q.role is Role.SUPPORT)
    due = date(2028, 5, 5)
    made = replace(
        sample_map,
        papers=tuple(
            replace(one, profile=replace(one.profile, review_date=due)) if one.id == quote.paper else one
            for one in sample_map.papers
        ),
    )
    (found,) = [one for one in dates_ahead(build(made)) if one.day == due]
    assert found.title.startswith("Review due: ")


def test_the_calendar_is_read_back_and_the_same_twice(sample_map: EvidenceMap) -> None:
    view = build(expiring(sample_map, date(2027, 3, 1)))
    content = render(view)
    assert content == render(view)
    events = Calendar.from_ical(content).walk("VEVENT")
    ahead = dates_ahead(view)
    assert [(one["SUMMARY"], one["DTSTART"].dt) for one in events] == [(one.title, one.day) for one in ahead]
    assert len({one["UID"] for one in events}) == len(events)
    assert all(alarm["TRIGGER"].dt == timedelta(days=-60) for one in events for alarm in one.walk("VALARM"))


def test_text_of_a_document_cannot_add_a_line(sample_map: EvidenceMap) -> None:
    evil = "Policy\r\nEND:VEVENT\r\nATTACH:http://example.invalid/x"
    quote = next(q for one in sample_map.findings for q in one.quotes if q.role is Role.SUPPORT)
    made = replace(
        sample_map,
        papers=tuple(
            replace(one, profile=replace(one.profile, title=evil, review_date=date(2028, 5, 5)))
            if one.id == quote.paper
            else one
            for one in sample_map.papers
        ),
    )
    lines = render(build(made)).decode().split("\r\n")
    assert not any(line.startswith("ATTACH") for line in lines)
