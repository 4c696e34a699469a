"""Who acts: levels, roles, and who does not count although they stand high."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from evidence_kit.checks.base import Parameters, Witness
from evidence_kit.checks.people import holds_level
from evidence_kit.language.people import find_people
from evidence_kit.records.finding import Outcome
from evidence_kit.records.reading import Grade

EXECUTIVE: Parameters = {"at_least": "executive_director", "excludes": ("non_executive",)}


@pytest.fixture
def check(make_witness: Callable[..., Witness]) -> Callable[..., Outcome]:
    """Run the check on the people that a text names."""

    def run(text: str, parameters: Parameters) -> Outcome:
        made = make_witness(grade=None)
        return holds_level(replace(made, act=replace(made.act, people=find_people(text))), parameters).outcome

    return run


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the Chief Executive", True),
        ("the Medical Director", True),
        ("the Chief People Officer", True),
        ("a non-executive director", False),
        ("the Associate Director of EDI", False),
        ("the Head of EDI", False),
        ("a ward manager", False),
        ("forty members", False),
        # one who holds it is enough
        ("a non-executive director and the Chief Nurse", True),
        # who was absent, or sent somebody, did not act
        ("Apologies: the Medical Director", False),
        ("a non-executive director in place of the Medical Director", False),
        ("Apologies: the Medical Director. Present: the Chief Nurse", True),
    ],
)
def test_at_least_an_executive_director(check, text: str, shown: bool) -> None:
    assert check(text, EXECUTIVE) is (Outcome.SHOWN if shown else Outcome.NOT_SHOWN)


@pytest.mark.parametrize(
    ("text", "parameters", "shown"),
    [
        ("the Medical Director", {"at_least": "chief_executive"}, False),
        ("the Chief Executive", {"at_least": "chief_executive"}, True),
        ("a non-executive director", {"at_least": "non_executive"}, True),
        ("the Head of EDI", {"at_least": "senior_leader"}, True),
        ("the Chief Executive", {"at_least": "executive_director", "excludes": ("chief_executive",)}, False),
        # a role counts whatever its grade
        ("the Head of EDI", {"roles": ("head_of_edi",)}, True),
        ("the Head of Estates", {"roles": ("head_of_edi",)}, False),
        ("the Head of EDI", {"at_least": "executive_director", "roles": ("head_of_edi",)}, True),
        ("the Medical Director", {"roles": ("head_of_edi",)}, False),
    ],
)
def test_other_levels_and_roles(check, text: str, parameters: Parameters, shown: bool) -> None:
    assert check(text, parameters) is (Outcome.SHOWN if shown else Outcome.NOT_SHOWN)


@pytest.mark.parametrize("grade", list(Grade))
def test_the_order_of_grades(make_witness: Callable[..., Witness], grade: Grade) -> None:
    """A grade reaches itself and every one below it, and none above."""
    order = list(Grade)
    for least in order:
        found = holds_level(make_witness(grade=grade), {"at_least": least.value}).outcome
        assert found is (Outcome.SHOWN if order.index(grade) <= order.index(least) else Outcome.NOT_SHOWN)


def test_a_grade_that_nobody_knows_is_held_by_nobody(make_witness: Callable[..., Witness]) -> None:
    for grade in Grade:
        found = holds_level(make_witness(grade=grade), {"at_least": "executive_directr"}).outcome
        assert found is Outcome.NOT_SHOWN


def test_reasons(make_witness: Callable[..., Witness]) -> None:
    assert holds_level(make_witness(), EXECUTIVE).reason == "“Somebody”"
    assert holds_level(make_witness(grade=None), EXECUTIVE).reason == "nobody is named by role"
    low = holds_level(make_witness(grade=Grade.STAFF), EXECUTIVE)
    assert low.reason == "“Somebody” is not executive director"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The Medical Director attended the network.", True),
        ("The Medical Director and forty members attended the network.", True),
        ("The network was attended by members and the Medical Director.", True),
        ("Those who attended: members; Dr Low (Medical Director)", True),
        ("Those who attended included the Medical Director", True),
        ("Members attended\tMedical Director", True),
        ("Members attended the Medical Director's meetings.", False),
        ("The chair attended meetings with the Medical Director.", False),
        ("The network, whose sponsor is the Medical Director, attended a fair.", False),
        ("Assistants to the Medical Director attended the network.", False),
        ("It was attended by forty members and written up for the Medical Director.", False),
        ("The Medical Director is our sponsor, and forty members attended the network.", False),
        # no deed in its own words: whoever is listed is there
        ("Dr Low, Medical Director", True),
    ],
)
def test_who_did_it(read_witness: Callable[..., Witness], text: str, shown: bool) -> None:
    made = read_witness(text, {"attend": "attended"} if "attended" in text else {})
    witness = replace(made, act=replace(made.act, people=find_people(text)))
    parameters: Parameters = {**EXECUTIVE, "doer_of": ("attend",)}
    assert holds_level(witness, parameters).outcome is (Outcome.SHOWN if shown else Outcome.NOT_SHOWN)
    assert holds_level(witness, EXECUTIVE).outcome is Outcome.SHOWN
