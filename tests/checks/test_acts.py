"""What an act does and names: in its own words, its list's stem, or what it stands under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from evidence_kit.checks.acts import does, mentions
from evidence_kit.checks.base import Parameters, Witness
from evidence_kit.records.finding import Outcome
from evidence_kit.records.reading import Mention, Origin

SHOWN, NOT_SHOWN = Outcome.SHOWN, Outcome.NOT_SHOWN


@pytest.fixture
def witness(make_witness: Callable[..., Witness]) -> Callable[..., Witness]:
    """Build a witness whose concepts come from the places named."""

    def build(**where: tuple[str, ...]) -> Witness:
        made = make_witness(concepts=())
        found = tuple(
            Mention(concept, 0, 3, concept.replace("_", " "), Origin(origin))
            for origin, concepts in where.items()
            for concept in concepts
        )
        return replace(made, act=replace(made.act, mentions=found))

    return build


@pytest.mark.parametrize(
    ("where", "parameters", "outcome"),
    [
        ({"text": ("attend",)}, {"any_of": ("attend",)}, SHOWN),
        ({"stem": ("attend",)}, {"any_of": ("attend",)}, SHOWN),
        ({"text": ("attend",)}, {"any_of": ("join", "attend")}, SHOWN),
        ({"text": ("attend",)}, {"any_of": "attend"}, SHOWN),
        # an act is never taken from what stands around
        ({"heading": ("attend",)}, {"any_of": ("attend",)}, NOT_SHOWN),
        ({"header": ("attend",)}, {"any_of": ("attend",)}, NOT_SHOWN),
        ({"paper": ("attend",)}, {"any_of": ("attend",)}, NOT_SHOWN),
        ({"carried": ("attend",)}, {"any_of": ("attend",)}, NOT_SHOWN),
        ({"text": ("sponsor",)}, {"any_of": ("attend",)}, NOT_SHOWN),
        ({}, {"any_of": ("attend",)}, NOT_SHOWN),
        # what must not be there counts in its own words alone
        ({"text": ("attend", "party")}, {"any_of": ("attend",), "none_of": ("party",)}, NOT_SHOWN),
        ({"text": ("attend",), "heading": ("party",)}, {"any_of": ("attend",), "none_of": ("party",)}, SHOWN),
        # what must be there too may come from anywhere
        ({"text": ("attend",)}, {"any_of": ("attend",), "with_any": ("race",)}, NOT_SHOWN),
        ({"text": ("attend", "race")}, {"any_of": ("attend",), "with_any": ("race",)}, SHOWN),
        ({"text": ("attend",), "paper": ("race",)}, {"any_of": ("attend",), "with_any": ("race",)}, SHOWN),
    ],
)
def test_does(witness, where: dict[str, tuple[str, ...]], parameters: Parameters, outcome: Outcome) -> None:
    assert does(witness(**where), parameters).outcome is outcome


@pytest.mark.parametrize(
    ("where", "parameters", "outcome"),
    [
        ({"text": ("race",)}, {"any_of": ("race",)}, SHOWN),
        ({"heading": ("race",)}, {"any_of": ("race",)}, SHOWN),
        ({"carried": ("race",)}, {"any_of": ("race", "ethnicity")}, SHOWN),
        ({"text": ("faith",)}, {"any_of": ("race",)}, NOT_SHOWN),
        ({"heading": ("race",)}, {"any_of": ("race",), "own": True}, NOT_SHOWN),
        ({"stem": ("race",)}, {"any_of": ("race",), "own": True}, SHOWN),
        ({"text": ("race", "pay")}, {"all_of": ("race", "pay")}, SHOWN),
        ({"text": ("race",)}, {"all_of": ("race", "pay")}, NOT_SHOWN),
        ({"text": ("race",), "heading": ("pay",)}, {"all_of": ("race", "pay")}, SHOWN),
        ({"text": ("race",), "heading": ("pay",)}, {"all_of": ("race", "pay"), "own": True}, NOT_SHOWN),
        ({"text": ("pay",)}, {"all_of": ("pay",), "any_of": ("race",)}, NOT_SHOWN),
        ({"text": ("pay", "race")}, {"all_of": ("pay",), "any_of": ("race",)}, SHOWN),
        ({"text": ("race", "faith")}, {"any_of": ("race",), "none_of": ("faith",)}, NOT_SHOWN),
        ({"text": ("race",), "heading": ("faith",)}, {"any_of": ("race",), "none_of": ("faith",)}, SHOWN),
        ({"text": ("race",)}, {"none_of": ("faith",)}, SHOWN),
    ],
)
def test_mentions(
    witness, where: dict[str, tuple[str, ...]], parameters: Parameters, outcome: Outcome
) -> None:
    assert mentions(witness(**where), parameters).outcome is outcome


def test_reasons_quote_what_was_found_and_name_what_was_not(witness) -> None:
    assert does(witness(text=("attend",)), {"any_of": ("attend",)}).reason == "“attend”"
    assert does(witness(), {"any_of": ("join_in", "attend")}).reason == "no join in or attend is reported"
    assert mentions(witness(), {"all_of": ("pay_gap",)}).reason == "pay gap is not named"
    refused = mentions(witness(text=("race", "faith")), {"any_of": ("race",), "none_of": ("faith",)})
    assert refused.reason == "it is about faith"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("It was reviewed against all 15 deliverables.", Outcome.SHOWN),
        ("It was reviewed against the 15 deliverables.", Outcome.SHOWN),
        ("It was reviewed against 15 of the 15 deliverables.", Outcome.SHOWN),
        ("It was reviewed against eight of the 15 deliverables.", Outcome.SHORT),
        ("It was reviewed against eight of fifteen deliverables.", Outcome.SHORT),
    ],
)
def test_a_part_of_a_whole_is_short(
    read_witness: Callable[..., Witness], text: str, outcome: Outcome
) -> None:
    witness = read_witness(text, {"review": "reviewed", "all": "deliverables"})
    parameters = {"any_of": ("review",), "with_any": ("all",), "whole": True}
    assert does(witness, parameters).outcome is outcome
    assert does(witness, {**parameters, "whole": False}).outcome is Outcome.SHOWN
