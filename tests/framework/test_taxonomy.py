"""The North West framework as data: complete, quoted to the letter, and honest about where each element comes from."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from evidence_kit.checks.catalogue import PARAMETERS
from evidence_kit.framework.loader import load_framework, normalise_wording
from evidence_kit.language.lexicon import load_lexicon
from evidence_kit.records.criterion import Basis, Criterion, CriterionKind, Force, Framework
from evidence_kit.resources import framework_root, lexicon_root

HASHES = json.loads(Path(__file__).with_name("wordings.sha256.json").read_text(encoding="utf-8"))
"""SHA-256 of the normalised wordings, made once from the framework's own text: by criterion or level, then variant."""

DIFFER = {"B1", "S1", "S2", "S4", "G1", "G2", "G5"}
"""The seven deliverables that table and checklist word differently."""
DIFFER_IN_SUBSTANCE = {"B1", "G2"}
"""Those of them that ask for different things, and so are concluded for each wording."""
NARRATIVE_ONLY = {"dedicated-edi-resource", "where-is-your-talent", "real-opportunities"}
MUST = {"B1.s2", "B3", "B5", "S1.s2", "S2", "S4", "G1", "G2", "G3"}
CAN = {"B4", "B4.s1", "G4"}
WINDOWS = {
    "B2": 12, "B4": 12, "S4": 12, "S3.s2": 36, "S5.s1": 12, "S5.s2": 12, "G2": 12, "G2.s1": 12, "G2.s2": 12,
    "G2.s3": 12, "G5": 12, "R1": 12, "R1.s1": 12, "R2": 24,
}  # fmt: skip
"""docs/verdicts.md §8, in months."""


@pytest.fixture(scope="module")
def framework() -> Framework:
    lexicon = load_lexicon(lexicon_root())
    return load_framework(framework_root(), checks=PARAMETERS, concepts=lexicon.ids())


def _hash(text: str) -> str:
    return hashlib.sha256(normalise_wording(text).encode()).hexdigest()


def _supporting(criterion: Criterion) -> bool:
    return criterion.kind is CriterionKind.SUPPORTING_ACTION


def test_counts_by_level_and_kind(framework: Framework) -> None:
    counts = Counter((each.level, _supporting(each)) for each in framework.criteria)
    assert counts == {
        ("bronze", False): 5, ("bronze", True): 6, ("silver", False): 5, ("silver", True): 9,
        ("gold", False): 5, ("gold", True): 8, ("review", False): 2, ("review", True): 2,
    }  # fmt: skip
    assert len(framework.criteria) == 17 + 25


def test_levels_in_order_and_cumulative(framework: Framework) -> None:
    assert [(level.id, level.cumulative) for level in framework.levels] == [
        ("bronze", True),
        ("silver", True),
        ("gold", True),
        ("review", False),
    ]
    gold = framework.levels[2]
    assert any("parity" in each.casefold() for each in gold.asks_more)
    assert any("all levels" in each for each in gold.asks_more)


def test_level_texts_are_quoted(framework: Framework) -> None:
    quoted = {f"level:{level.id}": {"text": _hash(level.text)} for level in framework.levels if level.text}
    assert quoted == {name: value for name, value in HASHES.items() if name.startswith("level:")}


def test_wordings_are_the_frameworks_own(framework: Framework) -> None:
    held = {
        each.id: {wording.variant: _hash(wording.text) for wording in each.wordings}
        for each in framework.criteria
    }
    assert held == {name: value for name, value in HASHES.items() if not name.startswith("level:")}


def test_two_wordings_differ_where_they_are_known_to(framework: Framework) -> None:
    differing = {
        each.id for each in framework.criteria if len({wording.text for wording in each.wordings}) > 1
    }
    assert differing == DIFFER


def test_two_wordings_are_concluded_apart_where_the_substance_differs(framework: Framework) -> None:
    apart = {each.id for each in framework.criteria if len(each.variants) > 1}
    assert apart == DIFFER_IN_SUBSTANCE
    assert all(each.variants[0] == "table" for each in framework.criteria)


def test_only_deliverables_of_the_three_levels_have_a_checklist_wording(framework: Framework) -> None:
    for each in framework.criteria:
        expected = ["table"] if _supporting(each) or each.level == "review" else ["table", "checklist"]
        assert [wording.variant for wording in each.wordings] == expected, each.id


def test_twenty_drivers_of_which_three_stand_in_the_narrative_alone(framework: Framework) -> None:
    assert len(framework.drivers) == 20
    assert {driver.id for driver in framework.drivers if not driver.in_table} == NARRATIVE_ONLY
    assert all(driver.note for driver in framework.drivers if not driver.in_table)
    rows = {each.driver for each in framework.criteria}
    assert rows == {driver.id for driver in framework.drivers} - NARRATIVE_ONLY


def test_five_principles_and_each_criterion_under_its_drivers_principle(framework: Framework) -> None:
    assert len(framework.principles) == 5
    of_driver = {driver.id: driver.principle for driver in framework.drivers}
    assert set(of_driver.values()) == {principle.id for principle in framework.principles}
    for each in framework.criteria:
        assert each.principle == of_driver[each.driver], each.id


def test_supporting_actions_stand_beside_their_deliverable_and_gate_nothing(framework: Framework) -> None:
    for each in framework.criteria:
        if not _supporting(each):
            assert each.gates_level and not each.parent, each.id
            continue
        parent = framework.criterion(each.id.split(".")[0])
        assert not each.gates_level, each.id
        assert (each.parent, each.level, each.driver) == (parent.id, parent.level, parent.driver)


def test_force_is_the_word_of_the_wording(framework: Framework) -> None:
    musts = {each.id for each in framework.criteria if each.force is Force.MUST}
    assert musts == MUST
    assert {each.id for each in framework.criteria if each.force is Force.CAN} == CAN
    for each in framework.criteria:
        words = normalise_wording(each.wordings[0].text).split()
        if each.force is not Force.NONE:
            assert each.force.value in words, each.id
        else:
            assert not {"must", "should"} & set(words), each.id


def test_windows_are_those_of_the_rule_book(framework: Framework) -> None:
    held = {each.id: each.window_months for each in framework.criteria if each.window_months is not None}
    assert held == WINDOWS


def test_only_the_wording_may_require(framework: Framework) -> None:
    for criterion in framework.criteria:
        for element in criterion.elements:
            assert element.basis in set(Basis), f"{criterion.id}.{element.id}"
            assert not element.required or element.basis is Basis.WORDING, f"{criterion.id}.{element.id}"
            assert element.asks.endswith("?"), f"{criterion.id}.{element.id}"


def test_every_wording_has_a_core_and_every_core_is_required(framework: Framework) -> None:
    for criterion in framework.criteria:
        for variant in criterion.variants:
            cores = [
                each
                for each in criterion.elements
                if each.core and (not each.variants or variant in each.variants)
            ]
            assert cores, f"{criterion.id} ({variant})"
            assert all(each.required for each in cores)


def test_every_criterion_says_what_it_is_not_and_where_to_look(framework: Framework) -> None:
    for each in framework.criteria:
        assert each.near_misses, each.id
        assert each.expected_in, each.id
        assert each.typical_evidence, each.id
        assert each.plain.endswith("."), each.id
        for near_miss in each.near_misses:
            assert near_miss.because and near_miss.looks_like, each.id
