"""A framework of another shape (domains and scored outcomes, all strands) is concluded by the same code."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidence_kit import MapOptions, map_evidence
from evidence_kit.cli.framework import framework_group
from evidence_kit.language.nlp import Tagger
from evidence_kit.pipeline.cases import load_cases, run_case
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.records.criterion import Basis, CriterionKind
from evidence_kit.records.finding import Status
from evidence_kit.reports.view import build
from evidence_kit.reports.webpage import render
from evidence_kit.resources import framework_root

FOLDER = framework_root("eds-2022")
SHIPPED = sorted(path.parent.name for path in framework_root().parent.glob("*/framework.yml"))
OUTCOMES = ["1A", "1B", "1C", "1D", "2A", "2B", "2C", "2D", "3A", "3B", "3C"]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(FOLDER)


def test_its_shape_is_another(knowledge: Knowledge) -> None:
    framework = knowledge.framework
    assert [each.id for each in framework.criteria] == OUTCOMES
    assert len(framework.levels) == 3
    assert not any(level.cumulative for level in framework.levels)
    assert all("from 0" in level.asks_more[0] for level in framework.levels), "a score is for people to agree"
    assert {each.kind for each in framework.criteria} == {CriterionKind.DELIVERABLE}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_cases_of_an_outcome(knowledge: Knowledge, outcome: str) -> None:
    cases = [case for case in load_cases(FOLDER, frozenset(OUTCOMES)) if case.criterion == outcome]
    tagger = Tagger(knowledge.lexicon)
    results = [run_case(case, knowledge, tagger) for case in cases]
    wrong = [f"{each.case.name}: {each.status}: {each.reason}" for each in results if not each.passed]
    assert not wrong, "\n".join(wrong)
    assert len(cases) >= 4
    assert {Status.EVIDENCED, Status.PLANNED, Status.NOT_FOUND} <= {case.status for case in cases}


def test_no_python_knows_it(checkout: Path) -> None:
    """Nothing but data makes it work: no module names the framework, its outcomes or its vocabulary."""
    knowing = [
        path.name
        for path in (checkout / "src").rglob("*.py")
        if re.search(r"\beds[_-]", path.read_text(encoding="utf-8"))
    ]
    assert knowing == []


def test_it_is_listed() -> None:
    result = CliRunner().invoke(framework_group, ["list"])
    assert result.exit_code == 0
    assert SHIPPED == ["eds-2022", "nw-anti-racist"]
    assert all(f"{name}: " in result.output for name in SHIPPED)


def test_a_pack_is_mapped_by_it(tmp_path: Path) -> None:
    (tmp_path / "board.md").write_text(
        "# Workforce report\n\nMeeting: Board of Directors\n\nDate of meeting: 28 May 2026\n\n"
        "Harassment of BME staff by patients fell from 31% to 27% after we introduced body-worn cameras.\n\n"
        "A Freedom to Speak Up Guardian will be appointed in the spring of 2027.\n",
        encoding="utf-8",
    )
    made = map_evidence(
        MapOptions(
            pack=tmp_path, framework=FOLDER, organisation="Example Vale NHS Trust", as_of=date(2026, 10, 1)
        )
    ).evidence_map
    statuses = {finding.criterion: finding.status for finding in made.findings}
    assert statuses.pop("2B") is Status.EVIDENCED
    assert statuses.pop("2C") is Status.PLANNED
    assert set(statuses.values()) == {Status.NOT_FOUND}
    page = render(build(made))
    assert "Domain 2: workforce health and well-being" in page
    assert "Staff work without abuse" in page


@pytest.mark.parametrize("name", SHIPPED)
def test_every_element_has_its_basis(name: str) -> None:
    """Where each element comes from is told, and only what is worded may be asked for, or carry a window."""
    framework = load_knowledge(framework_root(name)).framework
    for criterion in framework.criteria:
        for element in criterion.elements:
            assert element.basis in Basis, (criterion.id, element.id)
            assert not element.required or element.basis is Basis.WORDING, (criterion.id, element.id)
            if element.check == "timing.in_window" and element.required:
                assert criterion.window_months, (criterion.id, element.id)
        assert any(element.required for element in criterion.elements), criterion.id
