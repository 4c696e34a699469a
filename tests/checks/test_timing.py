"""How often: counts in a period, and what comes again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.checks.amounts import share_at_least, topics
from evidence_kit.checks.base import Parameters, Setting, Witness
from evidence_kit.checks.dates import inside_window
from evidence_kit.checks.timing import count_in_period, in_window, recurs, states_frequency
from evidence_kit.records.days import months_before
from evidence_kit.records.document import BlockKind
from evidence_kit.records.finding import Outcome
from evidence_kit.records.passage import Paper, Passage, Profile, Segment
from evidence_kit.records.reading import Act, DateMention, DatePrecision, Prediction, Stance, Whose

FOUR: Parameters = {"at_least": 4, "months": 12, "units": ("meeting",)}
AGAIN: Parameters = {"per_year": 1, "any_of": ("standing",), "at_least": 2, "months": 24, "of": ("figures",)}
APART = tuple(date(2026, month, 3) for month in (1, 3, 5, 8))
CLOSE = tuple(date(2026, 5, day) for day in (3, 9, 20, 30))


@pytest.mark.parametrize(
    ("days", "parameters", "outcome"),
    [
        (APART, {}, Outcome.SHOWN),
        (APART, {"apart_days": 45}, Outcome.SHOWN),
        (CLOSE, {}, Outcome.SHOWN),
        (CLOSE, {"apart_days": 45}, Outcome.NOT_SHOWN),
        (APART[:3], {"any_of": ("attend",)}, Outcome.SHOWN),
        (APART[:3], {"any_of": ("every_quarter",)}, Outcome.NOT_SHOWN),
    ],
)
def test_days_close_together_are_one_act(
    make_witness: Callable[..., Witness],
    as_of: Setting,
    days: tuple[date, ...],
    parameters: Parameters,
    outcome: Outcome,
) -> None:
    assert count_in_period([make_witness(days=days)], {**FOUR, **parameters}, as_of).outcome is outcome


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (date(2026, 4, 1), date(2026, 4, 30), True),
        (date(2026, 2, 1), date(2026, 2, 28), True),
        (date(2026, 4, 7), date(2026, 4, 7), True),
        (date(2026, 4, 2), date(2026, 4, 30), False),
        (date(2026, 1, 1), date(2026, 3, 31), False),
    ],
)
def test_last_month_is_a_month(
    make_witness: Callable[..., Witness], as_of: Setting, first: date, last: date, counts: bool
) -> None:
    witness = make_witness(days=APART[:1] + APART[2:])
    relative = DateMention(0, 1, first, last, DatePrecision.RELATIVE)
    witness = replace(witness, act=replace(witness.act, dates=(*witness.act.dates, relative)))
    outcome = Outcome.SHOWN if counts else Outcome.NOT_SHOWN
    assert count_in_period([witness], FOUR, as_of).outcome is outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("She came twice a year.", Outcome.SHORT),
        ("The yearly report says that she came.", Outcome.NOT_SHOWN),
        ("She came four times a year.", Outcome.NOT_SHOWN),
    ],
)
def test_twice_a_year_is_short_of_four(
    read_witness: Callable[..., Witness], as_of: Setting, text: str, outcome: Outcome
) -> None:
    assert count_in_period([read_witness(text, {})], FOUR, as_of).outcome is outcome


def test_two_dates_far_apart_recur(make_witness: Callable[..., Witness], as_of: Setting) -> None:
    spring = make_witness(concepts=("figures",), days=(date(2026, 3, 3),))
    autumn = make_witness(concepts=("figures",), days=(date(2026, 9, 1),))
    other = make_witness(concepts=("plan",), days=(date(2026, 9, 1),))
    assert recurs([spring, autumn], AGAIN, as_of).outcome is Outcome.SHOWN
    assert recurs([spring], AGAIN, as_of).outcome is Outcome.NOT_SHOWN
    assert recurs([spring, other], AGAIN, as_of).outcome is Outcome.NOT_SHOWN


def test_what_says_that_it_recurs_stands_beside_the_thing(
    make_witness: Callable[..., Witness], as_of: Setting
) -> None:
    thing = make_witness(concepts=("figures",))
    words = make_witness(concepts=("standing",))
    beside = replace(words, passage=thing.passage)
    assert recurs([thing], AGAIN, replace(as_of, beside=(words,))).outcome is Outcome.NOT_SHOWN
    assert recurs([thing], AGAIN, replace(as_of, beside=(beside,))).outcome is Outcome.SHOWN


def test_topics_beside_the_thing_count(make_witness: Callable[..., Witness], as_of: Setting) -> None:
    wanted: Parameters = {"topics": ("one", "two"), "at_least": 2}
    thing, other = make_witness(concepts=("one",)), make_witness(concepts=("two",))
    beside = replace(other, passage=thing.passage)
    assert topics([thing], wanted, replace(as_of, beside=(other,))).outcome is Outcome.NOT_SHOWN
    assert topics([thing], wanted, replace(as_of, beside=(beside,))).outcome is Outcome.SHOWN


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Thirty-six of forty-four is a little over eighty per cent.", Outcome.SHOWN),
        ("36 of 44 of them liked the lunch.", Outcome.NOT_SHOWN),
        ("36 of 44 nurses went.", Outcome.NOT_SHOWN),
        ("36 of our 44 directors went.", Outcome.SHOWN),
    ],
)
def test_a_sum_by_itself_is_of_the_group_named_before(
    read_witness: Callable[..., Witness], text: str, outcome: Outcome
) -> None:
    parameters: Parameters = {"percent": 75, "units": ("director",)}
    assert share_at_least(read_witness(text, {}), parameters).outcome is outcome


YEAR = Setting(as_of=date(2026, 10, 1), window_months=12)
OLD = tuple(date(2024, month, 3) for month in (1, 3, 5, 8))


@pytest.mark.parametrize(
    ("days", "outcome"),
    [
        (APART, Outcome.SHOWN),
        (APART[:3], Outcome.NOT_SHOWN),
        ((), Outcome.NOT_SHOWN),
        # complete, but the last of them lies outside the window
        (OLD, Outcome.SHOWN_OLD),
        # the first may lie before the window, as long as all lie within twelve months
        (tuple(date(2025, month, 3) for month in (6, 8, 10, 12)), Outcome.SHOWN),
        (tuple(date(2025, month, 3) for month in (1, 3, 6, 8)), Outcome.SHOWN),  # two months' tolerance
        (tuple(date(2025, month, 3) for month in (1, 3, 5, 7)), Outcome.SHOWN_OLD),
        # over thirteen months
        ((date(2025, 5, 1), date(2025, 9, 1), date(2026, 2, 1), date(2026, 6, 2)), Outcome.NOT_SHOWN),
        # the same day told twice is one
        ((*APART[:3], APART[0]), Outcome.NOT_SHOWN),
        # what lies ahead does not count
        ((*APART[:3], date(2026, 11, 1)), Outcome.NOT_SHOWN),
    ],
)
def test_dated_acts_in_a_rolling_year(
    make_witness: Callable[..., Witness], days: tuple[date, ...], outcome: Outcome
) -> None:
    witnesses = [make_witness(days=(day,), when=day) for day in days]
    found = count_in_period(witnesses, FOUR, YEAR)
    assert found.outcome is outcome
    assert set(found.used) <= set(witnesses)


def test_recent_and_enough_beats_older_and_more(make_witness: Callable[..., Witness]) -> None:
    more = [make_witness(days=(day + timedelta(days=n),)) for day in OLD for n in (0, 7)]
    enough = [make_witness(days=(day,)) for day in APART]
    found = count_in_period([*more, *enough], FOUR, YEAR)
    assert found.outcome is Outcome.SHOWN
    assert found.used == tuple(enough)


@pytest.mark.parametrize(
    ("figures", "outcome"),
    [
        (((4, 6),), Outcome.SHOWN),
        (((6, 6),), Outcome.SHOWN),
        (((2, 6),), Outcome.SHORT),
        # of three meetings nobody can go to four
        (((2, 3),), Outcome.NOT_SHOWN),
    ],
)
def test_a_stated_count(make_witness: Callable[..., Witness], figures, outcome: Outcome) -> None:
    assert count_in_period([make_witness(figures=figures)], FOUR, YEAR).outcome is outcome
    other_units = {**FOUR, "units": ("quarter",)}
    assert count_in_period([make_witness(figures=figures)], other_units, YEAR).outcome is Outcome.NOT_SHOWN


def test_four_dates_beat_a_short_figure(make_witness: Callable[..., Witness]) -> None:
    """ "Two of six" in one paper, four dated attendances in others: the dates are the better witnesses."""
    short = make_witness(figures=((2, 6),))
    dated = [make_witness(days=(day,)) for day in APART]
    assert count_in_period([short, *dated], FOUR, YEAR).outcome is Outcome.SHOWN
    assert count_in_period([short, *dated[:3]], FOUR, YEAR).outcome is Outcome.SHORT


def test_an_old_figure_is_old(make_witness: Callable[..., Witness]) -> None:
    old = make_witness(figures=((4, 6),), when=date(2024, 6, 1))
    assert count_in_period([old], FOUR, YEAR).outcome is Outcome.SHOWN_OLD


def test_a_month_that_a_day_stands_for_is_the_same_act(make_witness: Callable[..., Witness]) -> None:
    def in_month(number: int) -> Witness:
        made = make_witness()
        first, last = date(2026, number, 1), date(2026, number, 28)
        mention = DateMention(0, 1, first, last, DatePrecision.MONTH)
        return replace(made, act=replace(made.act, dates=(mention,)))

    exact = [make_witness(days=(day,)) for day in APART[:3]]  # January, March, May
    assert count_in_period([*exact, in_month(7)], FOUR, YEAR).outcome is Outcome.SHOWN
    assert count_in_period([*exact, in_month(3)], FOUR, YEAR).outcome is Outcome.NOT_SHOWN


def test_minutes_without_a_date_of_their_own_take_the_meetings(make_witness: Callable[..., Witness]) -> None:
    def minutes(day: date) -> Witness:
        made = make_witness()
        return replace(made, paper=replace(made.paper, profile=replace(made.paper.profile, meeting_date=day)))

    assert count_in_period([minutes(day) for day in APART], FOUR, YEAR).outcome is Outcome.SHOWN
    # a report's own date is not the date of a meeting
    assert count_in_period([make_witness() for _ in APART], FOUR, YEAR).outcome is Outcome.NOT_SHOWN


@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=12), st.integers(1, 5), st.data())
def test_a_count_is_what_counting_gives(days: list[date], least: int, data: st.DataObject) -> None:
    """Against the rule in plain words: some stretch of twelve months, ending with its last act inside the window."""
    witnesses = [_bare(day, number) for number, day in enumerate(days)]
    past = sorted({day for day in days if day <= YEAR.as_of})
    full = [last for last in past if sum(months_before(last, 12) < day <= last for day in past) >= least]
    timely = [last for last in full if inside_window(last, YEAR.as_of, 12)[0]]
    wanted = Outcome.SHOWN if timely else Outcome.SHOWN_OLD if full else Outcome.NOT_SHOWN
    parameters: Parameters = {"at_least": least, "months": 12}
    assert count_in_period(witnesses, parameters, YEAR).outcome is wanted
    mixed = data.draw(st.permutations(witnesses))
    assert count_in_period(mixed, parameters, YEAR).outcome is wanted, "whatever the order of papers"


def _bare(day: date, number: int) -> Witness:
    passage = Passage(
        id=f"d1@0:{number}",
        document="d1",
        paper="d1:p1",
        kind=BlockKind.PARAGRAPH,
        segments=(Segment(0, number, number + 1),),
        text="x",
    )
    mention = DateMention(0, 1, day, day, DatePrecision.DAY)
    return Witness(
        act=Act(start=0, end=1, stance=Stance.DONE, whose=Whose.OWN, dates=(mention,)),
        passage=passage,
        paper=Paper(id="d1:p1", document="d1", first_page=0, last_page=0, profile=Profile()),
        prediction=Prediction(passage.id, "A1", 0.8),
        stance=Stance.DONE,
        when=day,
    )


@pytest.mark.parametrize(
    ("when", "timely", "outcome"),
    [
        (date(2026, 6, 1), True, Outcome.SHOWN),
        (date(2024, 6, 1), False, Outcome.SHOWN_OLD),
        (None, False, Outcome.NOT_SHOWN),
    ],
)
def test_in_window(
    make_witness: Callable[..., Witness], when: date | None, timely: bool, outcome: Outcome
) -> None:
    found = in_window([make_witness(when=when, timely=timely)], {}, YEAR)
    assert found.outcome is outcome
    assert when is None or f"{when.day} " in found.reason


def test_in_window_goes_by_the_newest(make_witness: Callable[..., Witness]) -> None:
    old = make_witness(when=date(2024, 6, 1), timely=False)
    new = replace(make_witness(when=date(2026, 6, 1)), from_paper=True)
    found = in_window([new, old], {}, YEAR)
    assert (found.outcome, found.used) == (Outcome.SHOWN, (new,))
    assert found.reason == "its paper is dated 1 June 2026"
    assert in_window([], {}, YEAR).reason == "nothing shows the thing itself"


@pytest.mark.parametrize(
    ("text", "per_year", "shown"),
    [
        ("It is reported every quarter.", 4, True),
        ("It is reported twice a year.", 4, False),
        ("It is reported twice a year.", 2, True),
        ("It is reported every month.", 4, True),
        ("It is reported annually.", 1, True),
        ("It was reported.", 1, False),
    ],
)
def test_how_often(read_witness: Callable[..., Witness], text: str, per_year: int, shown: bool) -> None:
    found = states_frequency(read_witness(text, {}), {"per_year": per_year})
    assert found.outcome is (Outcome.SHOWN if shown else Outcome.NOT_SHOWN)


def test_words_for_how_often(read_witness: Callable[..., Witness]) -> None:
    text = "It is a standing item."
    parameters: Parameters = {"per_year": 4, "any_of": ("standing",)}
    assert states_frequency(read_witness(text, {"standing": "standing"}), parameters).outcome is Outcome.SHOWN
    assert states_frequency(read_witness(text, {}), parameters).outcome is Outcome.NOT_SHOWN
