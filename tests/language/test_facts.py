"""The day that a heading gives to all that stands under it."""

from __future__ import annotations

import pytest

from evidence_kit.language.facts import dated_by_heading


@pytest.mark.parametrize(
    ("headings", "day"),
    [
        (("Network: record of meetings", "14 January 2026, Chapel Room"), "2026-01-14"),
        (("Record", "Wednesday 14 January 2026"), "2026-01-14"),
        (("Record", "Meeting of 14 January 2026"), "2026-01-14"),
        (("14 January 2026", "What was said"), "2026-01-14"),
        (("Record", "What we agreed on 14 January 2026"), None),
        (("Record", "January 2026"), None),
        (("Plan for 14 January 2026",), None),
        ((), None),
    ],
)
def test_a_heading_that_opens_with_a_day(make_passage, headings: tuple[str, ...], day: str | None) -> None:
    found = dated_by_heading(make_passage("The Chief Nurse was present.", headings=headings))
    assert [str(each.first) for each in found] == ([day] if day else [])
