"""A board's members against the population that it serves: whole seats, at least one, and never a guess."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidence_kit.checks.base import PoolResult, Setting, Witness
from evidence_kit.checks.shares import members_match_population
from evidence_kit.records.finding import Outcome

PARAMETERS = {
    "members": ("board_share",),
    "count": ("seat_number",),
    "units": ("director", "member"),
    "population": ("population_share",),
    "group": ("minority",),
    "others": ("disabled",),
}


@pytest.fixture
def compare(read_witness: Callable[..., Witness], as_of: Setting) -> Callable[..., PoolResult]:
    """Compare a sentence on the board with a sentence on the population."""

    def run(board: str, *places: str, stretch: str = "", marks: dict[str, str] | None = None) -> PoolResult:
        member = read_witness(
            board,
            {"board_share": stretch or board, "minority": "minority", **(marks or {})},
        )
        others = [read_witness(each, {"population_share": each, "minority": "minority"}) for each in places]
        setting = Setting(as_of=as_of.as_of, window_months=None, beside=(member, *others))
        return members_match_population((member,), PARAMETERS, setting)

    return run


@pytest.mark.parametrize(
    ("board", "place", "outcome"),
    [
        ("Three of the 14 directors declared a minority background.", 19, Outcome.SHOWN),
        ("Two of the 14 directors declared a minority background.", 19, Outcome.SHORT),
        # 2.5 seats: nobody can have half a seat.
        ("Two of the 10 directors declared a minority background.", 25, Outcome.SHOWN),
        ("One of the 10 directors declared a minority background.", 2, Outcome.SHOWN),
        ("None of the 10 directors declared a minority background.", 2, Outcome.SHORT),
        ("A minority background was declared by 8% of members.", 40, Outcome.SHORT),
        # 18% can be 2 of 11 or 3 of 17: of the one, 22% asks for two, of the other for three (3.74 less a half).
        ("A minority background was declared by 18% of members.", 22, Outcome.OPEN),
    ],
)
def test_whole_seats(compare: Callable[..., PoolResult], board: str, place: int, outcome: Outcome) -> None:
    assert compare(board, f"Of residents, {place}% are from a minority.").outcome is outcome


@pytest.mark.parametrize(
    ("board", "place", "step"),
    [
        (
            "Two of the 14 directors declared a minority background.",
            28,
            "2 more members of 14 would match 28%.",
        ),
        (
            "None of the 10 directors declared a minority background.",
            2,
            "1 more member of 10 would match 2%.",
        ),
    ],
)
def test_how_many_more_members_would_match(
    compare: Callable[..., PoolResult], board: str, place: int, step: str
) -> None:
    assert compare(board, f"Of residents, {place}% are from a minority.").step == step


def test_a_size_told_beside_it(compare: Callable[..., PoolResult]) -> None:
    found = compare(
        "The Board has 12 directors, three of whom declared a minority background.",
        "Of residents, 24% are from a minority.",
        stretch="12 directors, three of whom declared a minority",
        marks={"seat_number": "three"},
    )
    assert found.outcome is Outcome.SHOWN
    assert "3 of 12" in found.reason


def test_two_places_that_ask_for_different_numbers_are_left_to_a_person(
    compare: Callable[..., PoolResult],
) -> None:
    board = "Two of the 13 directors declared a minority background."
    far = ("Here 12% of residents are from a minority.", "There 41% of residents are from a minority.")
    assert compare(board, *far).outcome is Outcome.OPEN
    assert compare(board, far[0], "There 14% of residents are from a minority.").outcome is Outcome.SHOWN


def test_members_of_something_else_are_not_counted(compare: Callable[..., PoolResult]) -> None:
    found = compare(
        "The Board heard that 3 of 14 members of staff declared a minority background.",
        "Of residents, 19% are from a minority.",
    )
    assert found.outcome is Outcome.OPEN


def test_no_population_shows_nothing(compare: Callable[..., PoolResult]) -> None:
    assert compare("Two of the 13 directors declared a minority background.").outcome is Outcome.NOT_SHOWN


def test_the_share_of_white_people_is_another_share(compare: Callable[..., PoolResult]) -> None:
    found = compare(
        "Two of the 13 directors declared a minority background.",
        "Of residents, 91% are White British and 9% are from a minority.",
    )
    assert found.outcome is Outcome.SHOWN
    assert "9%" in found.reason
    assert "91%" not in found.reason
