"""What is no longer so is no longer shown: every evidenced case, with one thing in it changed.

The changes are general (``mutators.py``); none knows a criterion. Here stands which criteria name the thing that a
change takes away, from how many cases it must take it at least, and by name the cases that may stay evidenced, with the
reason.
"""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from evidence_kit.language.nlp import Tagger
from evidence_kit.pipeline.cases import Case, load_cases, run_case
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.records.finding import Status
from evidence_kit.resources import framework_root

FOLDER = framework_root()
IDS = frozenset(path.stem for path in (FOLDER / "criteria").glob("*.yml"))
EVIDENCED = tuple(case for case in load_cases(FOLDER, IDS) if case.status is Status.EVIDENCED)


def _helper() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutators", Path(__file__).with_name("mutators.py"))
    assert spec and spec.loader
    module = sys.modules["mutators"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


mutators = _helper()


@dataclass(frozen=True)
class Change:
    """A mutator with its claim.

    Attributes:
        least: So many cases at least must have something in them that it changes.
        named_by: Criteria that name the thing; all, if not given.
        may_stay: Cases, as ``criterion: name``, that may stay evidenced, with the reason.
    """

    mutator: str
    least: int
    named_by: frozenset[str] = IDS
    may_stay: dict[str, str] = field(default_factory=dict)

    def changed(self) -> list[tuple[Case, Case]]:
        """Return the cases that it changes, each with what it becomes."""
        mutate = getattr(mutators, self.mutator)
        found = ((case, mutate(case)) for case in EVIDENCED if case.criterion in self.named_by)
        return [(case, new) for case, new in found if new is not None]


WITH_WINDOW = frozenset(
    ("B2", "B4", "S3.s2", "S4", "S5.s1", "S5.s2", "G2", "G2.s1", "G2.s2", "G2.s3", "G5", "R1", "R1.s1", "R2")
)
"""docs/verdicts.md §8."""
NO_STRAND = {
    "B3": "asks for a goal beyond compliance, on equality and inclusion, and names no strand",
    "S2": "asks for goals on equality, diversity and inclusion, and names no strand",
    "S3": "asks for inclusive leadership education, and names no strand",
    "S3.s1": "names cultural competence and the equality strategy, and no strand",
    "B4": "asks for a smaller health inequality, between whatever groups",
}
"""Criteria whose wording names no strand: another one does not take it away."""

CHANGES = (
    Change(
        "future",
        least=200,
        may_stay={
            "S1: shown, minutes of the bme leadership council": "who was present at a meeting tells that it was held",
            "S1: fresh, shown, The Trust's Ethnic Minority Leadership Council was": "that they meet stays told",
            "B3.s1: fresh, shown, EDI KPI Baseline Target Q1 2026/27 ---": "rows of figures report without a verb",
            "B5.s1: told of in a report": "“last year” stays told of the letters",
            "G3: said, and shown by the figures of three years": "figures of three past years prove it",
            "G3: figures of three years in one sentence": "figures of three past years prove it",
            "G3: fresh, shown, WRES indicator 2024 2025 2026 --- ---": "figures of three past years prove it",
        },
    ),
    Change("as_draft", least=12),
    Change("undated", least=70, named_by=WITH_WINDOW),
    Change("years_later", least=240),
    Change("non_executive", least=20, named_by=frozenset({"S3", "S4", "S5.s2"})),
    Change("fewer_dates", least=16, named_by=frozenset({"S4", "S5.s2", "G2"})),
    Change(
        "smaller_share",
        least=5,
        named_by=frozenset({"S3.s2"}),
        may_stay={
            "S3.s2: fresh, shown, Thirty-six (80%) of our 45 board members": "36 of 45 stay four in five"
        },
    ),
    Change("not_all", least=23, named_by=frozenset({"S2", "S2.s1", "S3"})),
    Change(
        "another_strand",
        least=175,
        named_by=IDS - NO_STRAND.keys(),
        may_stay={
            "G1.s1: fresh, shown, Our Associate Non-Executive Director programme for people": (
                "an associate programme counts without a word on race, with a remark"
            ),
            "R1: fresh, shown, This is our yearly self-assessment against the": (
                "the framework is known by its region and levels; no other of that kind is known"
            ),
        },
    ),
    Change(
        "another_trust",
        least=240,
    ),
    Change("their_paper", least=240),
    Change(
        "somebody_else",
        least=15,
        named_by=frozenset({"B1.s2", "S4", "S4.s1", "S5.s1", "S5.s2"}),
    ),
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def tagger(knowledge: Knowledge) -> Tagger:
    return Tagger(knowledge.lexicon)


def _name(case: Case) -> str:
    return f"{case.criterion}: {case.name}"


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.mutator)
def test_a_change_takes_the_conclusion_away(knowledge: Knowledge, tagger: Tagger, change: Change) -> None:
    changed = change.changed()
    assert len(changed) >= change.least, (
        f"{change.mutator} finds something to change in {len(changed)} cases only"
    )
    stays = {
        _name(case): new.text
        for case, new in changed
        if run_case(new, knowledge, tagger).status is Status.EVIDENCED
    }
    new = [f"{name}\n{text}" for name, text in stays.items() if name not in change.may_stay]
    assert not new, f"{change.mutator}: still evidenced:\n" + "\n".join(new)
    gone = sorted(change.may_stay.keys() - stays.keys())
    assert not gone, f"these are no longer evidenced after {change.mutator}: take them off the list"


def test_every_criterion_is_tried_by_tense_owner_and_age() -> None:
    """No criterion escapes the changes that every criterion must bear."""
    for mutator in ("future", "years_later", "another_trust", "their_paper"):
        change = next(each for each in CHANGES if each.mutator == mutator)
        tried = {case.criterion for case, _ in change.changed()}
        with_cases = {case.criterion for case in EVIDENCED}
        in_papers_that_set_up = {"B5.s1"} if mutator == "future" else set()
        assert with_cases - tried <= in_papers_that_set_up, mutator


def test_every_criterion_that_names_race_is_tried_by_another_strand() -> None:
    change = next(each for each in CHANGES if each.mutator == "another_strand")
    tried = {case.criterion for case, _ in change.changed()}
    assert {case.criterion for case in EVIDENCED} - tried == NO_STRAND.keys()


@pytest.mark.parametrize(
    ("told", "to_come"),
    [
        ("The Board approved the plan.", "The Board will approve the plan."),
        ("The plan has been approved.", "The plan will be approved."),
        ("She attends and has chaired the network.", "She will attend and will chair the network."),
        ("The plan was written by the network.", "The plan will be written by the network."),
    ],
)
def test_what_was_done_is_told_as_to_come(told: str, to_come: str) -> None:
    case = EVIDENCED[0]
    changed = mutators.future(
        type(case)(**{name: getattr(case, name) for name in case.__slots__} | {"text": told})
    )
    assert changed is not None
    assert changed.text == to_come
