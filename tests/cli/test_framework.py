"""``framework``: list, show, check."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evidence_kit.cli.framework_text import criterion_text
from evidence_kit.cli.main import cli
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.records.criterion import CriterionKind
from evidence_kit.resources import framework_root


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, ["framework", *map(str, arguments)])
    assert "Traceback" not in result.output
    return result


@pytest.fixture(scope="module")
def framework():
    return load_knowledge().framework


def test_list_names_the_framework_and_its_size(framework) -> None:
    result = run("list")
    assert result.exit_code == 0
    assert framework.title in result.stdout
    kinds = [criterion.kind for criterion in framework.criteria]
    assert f"{kinds.count(CriterionKind.DELIVERABLE)} deliverables" in result.stdout
    assert f"{kinds.count(CriterionKind.SUPPORTING_ACTION)} supporting actions" in result.stdout
    rows = {row["id"]: row["criteria"] for row in json.loads(run("list", "--json").stdout)}
    assert rows == {"eds-2022": 11, framework.id: len(framework.criteria)}


def test_show_all(framework) -> None:
    said = run("show").stdout
    lines = [line.split()[0] for line in said.splitlines() if line.startswith("  ")]
    assert lines == [
        criterion.id
        for level in framework.levels
        for criterion in framework.criteria
        if criterion.level == level.id
    ]
    assert framework.attribution in said


def test_show_one_with_everything_that_decides(framework) -> None:
    shown = run("show", framework.criteria[0].id.lower()).stdout
    assert shown == criterion_text(framework, framework.criteria[0]) + "\n"
    for criterion in framework.criteria:
        said = criterion_text(framework, criterion)
        for wording in criterion.wordings:
            assert wording.text in said
        for element in criterion.elements:
            assert element.asks in said
            assert element.check in said
        for near_miss in criterion.near_misses:
            assert near_miss.looks_like in said
        assert framework.attribution in said


def test_show_as_json(framework) -> None:
    assert len(json.loads(run("show", "--json").stdout)["framework"]["criteria"]) == len(framework.criteria)
    assert json.loads(run("show", "S4", "--json").stdout)["criterion"]["id"] == "S4"


def test_show_an_unknown_criterion() -> None:
    result = run("show", "Z9")
    assert result.exit_code == 2
    assert "S4" in result.stderr


def test_check_the_built_in_one() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "every file is valid" in result.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(framework_root(), tmp_path / "ours"))


def test_check_names_the_file_and_the_line_of_a_fault(copy: Path) -> None:
    path = copy / "criteria" / "S4.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if line.startswith("force:"))
    lines[number] = "force: perhaps"
    path.write_text("\n".join(lines), encoding="utf-8")
    result = run("check", copy)
    assert result.exit_code == 4
    assert f"S4.yml:{number + 1}:" in result.stderr


def test_check_fails_where_a_case_does(copy: Path) -> None:
    (copy / "cases" / "S4.yml").write_text(
        "- name: an empty promise\n  status: evidenced\n  text: |\n    The weather was fine.\n",
        encoding="utf-8",
    )
    result = run("check", copy)
    assert result.exit_code == 4
    assert "cases/S4.yml, an empty promise: not_found instead of evidenced" in result.stderr


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    for command in ("check", "show"):
        arguments = (tmp_path / "nope",) if command == "check" else ("--framework", tmp_path / "nope")
        result = run(command, *arguments)
        assert result.exit_code == 2
        assert "There is no framework folder" in result.stderr


@pytest.mark.parametrize("level", ["bronze", "silver", "gold"])
def test_ask_lists_every_criterion_of_the_level_and_below(framework, level: str) -> None:
    said = run("ask", "--target", level, "--as-of", "2026-10-01").stdout
    order = [one.id for one in framework.levels]
    for criterion in framework.criteria:
        within = order.index(criterion.level) <= order.index(level)
        assert (f"\n{criterion.id}  " in said) is within, criterion.id
    assert "1 October 2026" in said


def test_ask_as_a_web_page(tmp_path: Path) -> None:
    page = tmp_path / "ask.html"
    result = run("ask", "--html", page)
    assert (result.exit_code, result.stdout) == (0, f"Wrote {page}.\n")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_ask_for_a_level_that_is_none() -> None:
    result = run("ask", "--target", "platinum")
    assert result.exit_code == 2
    assert "bronze" in result.stderr


def test_ask_where_the_page_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "ask.html").mkdir()
    assert run("ask", "--html", tmp_path / "ask.html").exit_code == 6
