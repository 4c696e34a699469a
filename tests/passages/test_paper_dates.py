"""Of which meeting a paper is: what an agenda or a forward plan says of other meetings is not its own day."""

from __future__ import annotations

from datetime import date

from evidence_kit.passages.paper_dates import Sources, meeting_date

SEPTEMBER = date(2026, 9, 24)


def sources(title: str, *opening: str) -> Sources:
    return Sources(title=title, stem="", fields=(), opening=opening)


def test_the_minutes_on_an_agenda_are_of_the_meeting_before() -> None:
    front = sources(
        "Board of Directors: meeting in public",
        "Thursday 24 September 2026, 9.30 am",
        "2 Minutes of the meeting held on 30 July 2026 Chair Approve 9.35",
    )
    found = meeting_date(front, is_minutes=False, behind_cover=False, in_pack=False)
    assert found is not None and found.day == SEPTEMBER


def test_minutes_are_of_the_meeting_that_they_record() -> None:
    minutes = sources("Minutes of the meeting held on 24 September 2026")
    found = meeting_date(minutes, is_minutes=True, behind_cover=False, in_pack=True)
    assert found is not None and found.day == SEPTEMBER


def test_a_forward_plan_names_the_meeting_after() -> None:
    plan = sources("Forward plan and date of next meeting (26 November 2026)")
    assert meeting_date(plan, is_minutes=False, behind_cover=False, in_pack=True) is None
