"""The commands of an audit, as an analyst types them: template, run, sample, replies."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evidence_kit.audit.sample import ANSWER
from evidence_kit.cli.main import cli
from evidence_kit.errors import ExitCode

Type = Callable[..., Result]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Run `evidence-kit audit` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, code: ExitCode = ExitCode.OK) -> Result:
        result = CliRunner().invoke(cli, ["audit", *map(str, arguments)])
        assert "Traceback" not in result.output
        assert result.exit_code == code, result.output
        return result

    return run


def filled(path: Path, sheet: str, heading: str, answer: str) -> Path:
    """Give one answer in every row of a form."""
    book = openpyxl.load_workbook(path)
    headings = [cell.value for cell in book[sheet][1]]
    for row in book[sheet].iter_rows(min_row=2):
        row[headings.index(heading)].value = answer
    book.save(path)
    return path


def test_a_template_is_filled_in_and_run(typed: Type, collection: Path, tmp_path: Path) -> None:
    typed("template", "manifest.xlsx")
    assert "is there already" in typed("template", "manifest.xlsx", code=ExitCode.USAGE).output
    book = openpyxl.load_workbook("manifest.xlsx")
    report = next((collection / "reports").glob("M000-*.pdf"))
    book["Manifest"].append(["Alderbrook", "A", "acute", "North West", "2021-22", str(report)])
    book["Manifest"].append(["Alderbrook", "A", "acute", "North West", "2022-24", str(report)])
    book.save("manifest.xlsx")
    told = typed("run", "manifest.xlsx", "--workers", "0", code=ExitCode.USAGE).output
    assert "manifest.xlsx, row 3: '2022-24' is no year" in told
    assert not (tmp_path / "audit").exists()
    book["Manifest"].delete_rows(3)
    book.save("manifest.xlsx")
    assert "1 submission (organisation and year)" in typed("run", "manifest.xlsx", "--workers", "0").output


def test_a_sample_and_replies_are_read_back(typed: Type, copy: Path) -> None:
    typed("sample", copy, "--number", "20")
    forms = [copy / "sample" / f"sample-reader-{number}.xlsx" for number in (1, 2)]
    for form in forms:
        filled(form, "Findings", ANSWER, "shown")
    told = typed("sample", copy, "--read", forms[0], "--read", forms[1]).output
    assert "sample-reader-1: 20 answers." in told
    assert "2 people checked" in (copy / "audit-report.html").read_text(encoding="utf-8")
    typed("replies", copy)
    filled(copy / "replies" / "M002" / "reply-form.xlsx", "What we saw", "Your reply", "no comment")
    told = typed("replies", copy, "--read", copy / "replies").output
    assert told.startswith("M002: ")
    assert "What organisations replied" in (copy / "audit-report.html").read_text(encoding="utf-8")
    first = min((copy / "replies").glob("*/reply-form.xlsx"))
    first.unlink()
    assert "Move it away" in typed("replies", copy, code=ExitCode.USAGE).output
    assert not first.exists(), "all forms are written, or none"


def test_another_framework_than_the_audits_is_told(typed: Type, copy: Path) -> None:
    run: dict[str, Any] = json.loads((copy / "run.json").read_text(encoding="utf-8"))
    (copy / "run.json").write_text(json.dumps(run | {"framework_digest": "another"}), encoding="utf-8")
    for command in ("sample", "replies"):
        told = typed(command, copy, code=ExitCode.USAGE).output
        assert "The framework is another one than that of the audit" in told
