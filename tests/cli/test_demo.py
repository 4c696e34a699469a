"""The sample pack from the command line: map, summary, explain."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evidence_kit import outputs
from evidence_kit.cli.config import load_config
from evidence_kit.cli.main import cli
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.data import from_json
from evidence_kit.reports.explain import explain
from evidence_kit.reports.view import build
from evidence_kit.reports.words import STATUS_ORDER, STATUS_WORDS
from evidence_kit.resources import demo_root, demo_settings


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert "Traceback" not in result.output
    return result


@dataclass(frozen=True)
class Demo:
    """What `demo` printed and wrote."""

    result: Result
    out: Path

    @property
    def map(self) -> EvidenceMap:
        return from_json((self.out / "data" / "evidence-map.json").read_bytes())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    out = tmp_path_factory.mktemp("demo") / "out"
    return Demo(run("demo", "--out", out, "--workers", "1"), out)


def test_it_writes_what_it_says(demo: Demo) -> None:
    assert demo.result.exit_code in {0, 7}, demo.result.output
    assert (demo.out / "evidence-map.html").is_file()
    names = {path.name for path in (demo.out / "data").iterdir()}
    assert names == {*outputs.IN_DATA} - {outputs.PREVIOUS}
    assert str(demo.out / "evidence-map.html") in demo.result.stdout


def test_it_uses_the_packs_own_organisation_and_date(demo: Demo) -> None:
    settings = load_config(demo_settings())
    assert demo.map.organisation == settings.organisation
    assert demo.map.as_of == settings.as_of
    assert (
        f"Evidence map of {settings.organisation}\nas at 1 October 2026 (demo.toml)\n" in demo.result.stdout
    )


def test_every_paper_of_the_pack_is_in_the_map(demo: Demo) -> None:
    names = {path.name for path in demo_root().iterdir()}
    assert {document.path for document in demo.map.documents} == names


def test_the_summary_says_what_the_page_says(demo: Demo) -> None:
    view = build(demo.map)
    said = demo.result.stdout
    for level in (*view.levels, *view.annex):
        assert level.line in said
        assert level.line in (demo.out / "evidence-map.html").read_text(encoding="utf-8")
    for status in STATUS_ORDER:
        (line,) = [line for line in said.splitlines() if line.startswith(STATUS_WORDS[status])]
        counts = [finding.is_deliverable for finding in view.findings if finding.status is status]
        assert line.split()[-2:] == [str(counts.count(True)), str(counts.count(False))]


def test_nothing_but_results_goes_to_standard_output(demo: Demo) -> None:
    assert demo.result.stderr == ""
    assert "\r" not in demo.result.stdout


def test_explain_every_criterion_from_the_folder_that_was_written(demo: Demo) -> None:
    for finding in demo.map.findings:
        assert STATUS_WORDS[finding.status] in explain(demo.map, finding.criterion)
    for place in (demo.out, demo.out / "data", demo.out / "data" / "evidence-map.json"):
        result = run("explain", place, "S4")
        assert (result.exit_code, result.stdout) == (0, explain(demo.map, "S4") + "\n")


def test_explain_as_json(demo: Demo) -> None:
    data = json.loads(run("explain", demo.out, "s4", "--json").stdout)
    assert data["criterion"]["id"] == "S4"
    assert data["finding"]["status"] == next(one.status for one in demo.map.findings if one.criterion == "S4")


def test_explain_an_unknown_criterion(demo: Demo) -> None:
    result = run("explain", demo.out, "Z9")
    assert result.exit_code == 2
    assert "S4" in result.stderr


def test_json_and_quiet(demo: Demo, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "minutes.md").write_text("# Notes\n\nThe Board met on 3 March 2026.\n", encoding="utf-8")
    common = ("map", papers, "--as-of", "2026-10-01", "--workers", "0", "--out")
    data = json.loads(run(*common, tmp_path / "a", "--json").stdout)
    assert data["exit_code"] == 0
    assert sum(data["statuses"].values()) == len(data["criteria"]) == len(demo.map.findings)
    assert data["statuses"]["not_found"] == len(data["criteria"])
    assert Path(data["page"]).is_file()
    quiet = run(*common, tmp_path / "b", "--quiet")
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert (tmp_path / "b" / "evidence-map.html").is_file()


def test_today_is_the_date_where_none_is_given_and_is_said(tmp_path: Path) -> None:
    (tmp_path / "minutes.md").write_text("# Notes\n\nThe Board met on 3 March 2026.\n", encoding="utf-8")
    result = run("map", tmp_path / "minutes.md", "--workers", "0", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "(today's date)" in result.stdout
    assert "papers do not name" in result.stdout


def test_an_organisation_that_the_papers_name_is_given_with_the_reason(tmp_path: Path) -> None:
    text = "# Annual report\n\nExample Hospitals NHS Foundation Trust\n\nThe Board met on 3 March 2026.\n"
    (tmp_path / "report.md").write_text(text, encoding="utf-8")
    said = run("map", tmp_path / "report.md", "--workers", "0", "--out", tmp_path / "out").stdout
    assert said.startswith(
        "Evidence map of Example Hospitals NHS Foundation Trust\n(not stated with --organisation; "
    )
