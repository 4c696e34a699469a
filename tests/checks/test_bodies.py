"""The body to which, or in which, something is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from evidence_kit.checks.base import Parameters, Witness
from evidence_kit.checks.bodies import is_body
from evidence_kit.records.finding import Outcome
from evidence_kit.records.reading import Mention, Origin

RACE: Parameters = {"body": "race_network", "none_of": ("other_network",)}


@pytest.mark.parametrize(
    ("where", "parameters", "shown"),
    [
        ([("race_network", Origin.TEXT)], RACE, True),
        ([("race_network", Origin.HEADING)], RACE, True),
        ([("race_network", Origin.PAPER)], RACE, True),
        ([("race_network", Origin.CARRIED)], RACE, True),
        ([], RACE, False),
        ([("other_network", Origin.TEXT)], RACE, False),
        # another body in its own words is what the act is about, whatever it stands under
        ([("other_network", Origin.TEXT), ("race_network", Origin.HEADING)], RACE, False),
        ([("other_network", Origin.STEM), ("race_network", Origin.PAPER)], RACE, False),
        # both named: the one is there
        ([("other_network", Origin.TEXT), ("race_network", Origin.TEXT)], RACE, True),
        ([("race_network", Origin.TEXT), ("other_network", Origin.HEADING)], RACE, True),
        ([("council", Origin.TEXT)], {"body": ("race_network", "council")}, True),
    ],
)
def test_is_body(
    make_witness: Callable[..., Witness],
    where: list[tuple[str, Origin]],
    parameters: Parameters,
    shown: bool,
) -> None:
    made = make_witness(concepts=())
    found = tuple(Mention(concept, 0, 3, concept, origin) for concept, origin in where)
    witness = replace(made, act=replace(made.act, mentions=found))
    assert is_body(witness, parameters).outcome is (Outcome.SHOWN if shown else Outcome.NOT_SHOWN)
