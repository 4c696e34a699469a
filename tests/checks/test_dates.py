"""Windows, tolerance and the date of an act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evidence_kit.checks.dates import (
    act_date,
    has_lapsed,
    inside_window,
    only_future,
    without_day_of_figures,
)
from evidence_kit.records.passage import Paper, PaperStatus, Profile
from evidence_kit.records.reading import Act, DateMention, DatePrecision, Stance, Whose

AS_OF = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("when", "window", "expected"),
    [
        (date(2025, 10, 1), 12, (True, False)),
        (date(2025, 9, 30), 12, (True, True)),
        (date(2025, 8, 1), 12, (True, True)),
        (date(2025, 7, 31), 12, (False, False)),
        (date(2024, 10, 1), 24, (True, False)),
        (date(2024, 9, 30), 24, (False, False)),
        (date(2023, 10, 1), None, (True, False)),
        (date(2023, 9, 30), None, (False, False)),
        (None, 12, (False, False)),
        (None, None, (True, False)),
    ],
)
def test_inside_window(when: date | None, window: int | None, expected: tuple[bool, bool]) -> None:
    assert inside_window(when, AS_OF, window) == expected


def act_with(*days: date, start: int = 0) -> Act:
    dates = tuple(DateMention(start, start + 1, day, day, DatePrecision.DAY) for day in days)
    return Act(start=0, end=10, stance=Stance.DONE, whose=Whose.OWN, dates=dates)


def test_an_acts_own_date_counts_before_its_papers(make_passage, make_paper) -> None:
    act = act_with(date(2026, 3, 1), date(2026, 5, 1))
    assert act_date(act, make_passage("In May it met."), make_paper(), AS_OF) == (date(2026, 5, 1), False)


@pytest.mark.parametrize(("year", "kept"), [(2026, False), (2025, False), (2024, True), (2023, True)])
def test_figures_of_a_snapshot_day_two_years_before_their_paper_keep_it(
    make_passage, make_paper, year: int, kept: bool
) -> None:
    snapshot = date(year, 3, 31)
    passage = make_passage(f"On 31 March {year} the gap was 7%.")
    act = replace(act_with(snapshot, start=3), end=len(passage.text))
    assert bool(without_day_of_figures(act, passage, make_paper()).dates) is kept
    # a page on which nothing else is dated is not of the day on which somebody touched it
    told = make_passage(f"Published on 31 March {year}.")
    assert without_day_of_figures(act, told, make_paper()).dates


def test_without_a_date_of_its_own_the_papers_counts(make_passage, make_paper) -> None:
    assert act_date(act_with(), make_passage("It met."), make_paper(), AS_OF) == (date(2026, 6, 1), True)


def test_a_state_since_some_day_holds_when_the_paper_speaks(make_passage, make_paper) -> None:
    passage = make_passage("She has led it since 1 March 2020.")
    act = act_with(date(2020, 3, 1), start=passage.text.index("1 March"))
    assert act_date(act, passage, make_paper(), AS_OF) == (date(2026, 6, 1), True)


def test_an_undated_act_in_an_undated_paper_has_no_date(make_passage, make_paper) -> None:
    assert act_date(act_with(), make_passage("It met."), make_paper(dated=None), AS_OF) == (None, False)


def test_papers_lapse(make_paper) -> None:
    assert has_lapsed(make_paper(review=date(2026, 9, 30)), AS_OF)
    assert not has_lapsed(make_paper(review=date(2026, 10, 1)), AS_OF)
    assert has_lapsed(make_paper(status=PaperStatus.SUPERSEDED), AS_OF)


def test_a_date_of_the_files_metadata_is_refuted_by_a_later_one_in_the_act(make_passage, make_paper) -> None:
    """A file made from an old template is no proof that what it tells is old."""
    text = "She has been our sponsor since April 2025."
    start = text.index("April")
    since = DateMention(start, start + 10, date(2025, 4, 1), date(2025, 4, 30), DatePrecision.MONTH)
    act = Act(start=0, end=len(text), stance=Stance.DONE, whose=Whose.OWN, dates=(since,))
    paper = make_paper(dated=date(2013, 12, 23))
    weak = replace(paper, profile=replace(paper.profile, date_is_weak=True))
    assert act_date(act, make_passage(text), paper, date(2026, 10, 1)) == (date(2013, 12, 23), True)
    assert act_date(act, make_passage(text), weak, date(2026, 10, 1)) == (date(2025, 4, 1), False)


@pytest.mark.parametrize(
    ("profile", "day", "ahead"),
    [
        ({"meeting_date": date(2025, 9, 24)}, date(2025, 9, 25), True),
        ({"meeting_date": date(2025, 9, 24)}, date(2025, 9, 24), False),
        ({"document_date": date(2025, 9, 24)}, date(2025, 10, 20), False),
        ({"document_date": date(2025, 9, 24)}, date(2025, 11, 12), True),
        ({"document_date": date(2025, 9, 24), "date_is_weak": True}, date(2025, 11, 12), False),
        ({}, date(2026, 9, 30), False),
        ({}, date(2026, 10, 2), True),
    ],
)
def test_what_lay_ahead_of_its_paper_is_not_done_by_the_passing_of_time(
    make_paper: Callable[..., Paper], profile: dict[str, Any], day: date, ahead: bool
) -> None:
    paper = replace(make_paper(), profile=Profile(**profile))
    assert only_future(act_with(day), paper, AS_OF) is ahead
