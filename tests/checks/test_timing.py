"""How often: counts in a period, and what comes again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from evidence_kit.checks.amounts import share_at_least, topics
from evidence_kit.checks.base import Parameters, Setting, Witness
from evidence_kit.checks.timing import count_in_period, recurs
from evidence_kit.records.finding import Outcome

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
