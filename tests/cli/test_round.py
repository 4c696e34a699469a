"""The round that a trust makes: map, fill in, check, map again, report, compare."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evidence_kit import outputs
from evidence_kit.cli.main import cli
from evidence_kit.reports import workbook_layout as layout

MINUTES = """# Minutes of the Board of Directors, 26 March 2026

Anyshire Hospitals NHS Trust

The Board appointed Dr Ada Penhallow, Medical Director, as executive sponsor for race equality on 26 March 2026.
"""
POLICY = """# Zero tolerance of racist abuse

On 2 February 2026 Anyshire Hospitals NHS Trust told every patient in writing that racist abuse is not tolerated.
"""
NAME = "Priya \x9b31mNair"
"""With a character that a terminal takes for an order."""


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert "Traceback" not in result.output
    return result


def make_map(folder: Path, as_of: str = "2026-10-01") -> Result:
    return run(
        "map", folder / "papers", "--organisation", "Anyshire Hospitals NHS Trust", "--as-of", as_of,
        "--out", folder / "map", "--workers", "0",
    )  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "minutes.md").write_text(MINUTES, encoding="utf-8")
    (tmp_path / "papers" / "policy.md").write_text(POLICY, encoding="utf-8")
    assert make_map(tmp_path).exit_code == 0
    return tmp_path


def fill(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book[layout.START].cell(3, 2).value = NAME
    for name, criterion, heading, words in (
        (layout.EVIDENCE, "B1", layout.DECISION, "accepted"),
        (layout.SELF_ASSESSMENT, "B1", layout.DECISION, "confirmed"),
        (layout.SELF_ASSESSMENT, "B2", layout.DECISION, "sort of"),
    ):
        sheet = book[name]
        columns = {cell.value: cell.column for cell in sheet[1]}
        row = next(
            row for row in sheet.iter_rows(min_row=2) if row[columns[layout.CRITERION] - 1].value == criterion
        )
        sheet.cell(row[0].row, columns[heading]).value = words
    added = book[layout.ADDED]
    added.append([])
    added["A2"], added["B2"], added["D2"] = "B5", "policy.md", "It says so."
    book.save(path)


def test_a_round(home: Path) -> None:
    made, workbook = home / "map", home / "map" / outputs.WORKBOOK
    fill(workbook)
    told = run("check", workbook, "--map", made)
    assert told.exit_code == 0 and "\x9b" not in told.output
    assert "B1: confirmed (Priya [U+009B]31mNair)" in told.stdout
    assert "B1: accepted ‘The Board appointed Dr Ada Penhallow" in told.stdout
    assert "‘sort of’ is none of" in told.stdout and "Add evidence!A2 B5" in told.stdout
    kept = {path.name: path.read_bytes() for path in (made / outputs.DECISIONS).iterdir()}
    assert len(kept) == 1

    before = home / "before.json"
    before.write_bytes((made / outputs.DATA / outputs.MAP).read_bytes())
    (home / "papers" / "minutes.md").rename(home / "papers" / "2026-03 minutes of the board.md")
    (home / "papers" / "policy.md").unlink()
    assert make_map(home, "2026-11-01").exit_code == 0
    assert {path.name: path.read_bytes() for path in (made / outputs.DECISIONS).iterdir()} == kept
    (aside,) = (made / outputs.KEPT).iterdir()
    page = (made / outputs.PAGE).read_text(encoding="utf-8")
    assert "1 of 5 confirmed by a person" in page and "accepted by Priya [U+009B]31mNair" in page
    assert "Since the last map (1 October 2026)" in page

    again = run("check", aside, "--map", made, "--json")
    said = json.loads(again.stdout)
    assert said["new_decisions"] == [] and said["person"] == NAME
    assert run("report", made, "--only", "pack", "--out", home / "sent").exit_code == 0
    assert [path.name for path in (home / "sent").iterdir()] == [outputs.PACK]

    changed = run("compare", before, made)
    assert "Lost:" in changed.stdout and "policy.md" in changed.stdout and "minutes" not in changed.stdout
    data = json.loads(run("compare", before, made, "--json").stdout)
    assert data["lost"] and not data["new"]
    for name in ("changes.html", "changes.json"):
        assert run("compare", before, made, "--out", home / name).exit_code == 0
    assert json.loads((home / "changes.json").read_text(encoding="utf-8")) == data
    assert "policy.md" in (home / "changes.html").read_text(encoding="utf-8")


def test_what_is_no_workbook_of_ours_is_refused(home: Path) -> None:
    other = openpyxl.Workbook()
    other.save(home / "other.xlsx")
    result = run("check", home / "other.xlsx", "--map", home / "map")
    assert result.exit_code == 2 and "not the workbook" in result.stderr
    assert not (home / "map" / outputs.DECISIONS).exists()
