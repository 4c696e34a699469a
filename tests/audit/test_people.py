"""A sample and replies, filled in by people and read back, and how the report tells of them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evidence_kit.audit.dataset import write_table
from evidence_kit.audit.figures import figures_of
from evidence_kit.audit.forms import HOW_TO
from evidence_kit.audit.replies import FORM, kept_replies, read_replies, write_forms
from evidence_kit.audit.report import book, page, write_report
from evidence_kit.audit.sample import ANSWER, FINDING, SHEET, draw, read_sample, write_sample
from evidence_kit.audit.tables import TABLES
from evidence_kit.errors import UsageError
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.records.criterion import Framework

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("annual report",)
Rows = Callable[[Path, str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_knowledge().framework


@pytest.fixture
def copy(audited: Path, tmp_path: Path) -> Path:
    return shutil.copytree(audited, tmp_path / "audit")


def fill(path: Path, sheet: str, heading: str, answer: Callable[[dict[str, Any]], str]) -> None:
    book = openpyxl.load_workbook(path)
    rows = list(book[sheet].iter_rows())
    headings = [cell.value for cell in rows[0]]
    for row in rows[1:]:
        row[headings.index(heading)].value = answer(
            dict(zip(headings, (cell.value for cell in row), strict=True))
        )
    book.save(path)


def through_libreoffice(path: Path, program: Callable[[str, str], str]) -> None:
    """Open and save a workbook with LibreOffice."""
    office = program("soffice", "libreoffice-calc")
    saved = path.parent / "saved"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(saved), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (saved / path.name).replace(path)


def test_a_sample_is_half_evidenced_and_spread(audited: Path, rows: Rows) -> None:
    findings = rows(audited, "findings")
    drawn = draw(findings, 40)
    assert len(drawn) == 40
    assert sum(row["shown"] for row in drawn) == 20
    assert drawn == draw(reversed(findings), 40), "the order of rows does not matter"
    assert drawn != draw(findings, 40, "another")
    sizes = Counter((row["type"], row["year"]) for row in findings if row["shown"])
    taken = Counter((row["type"], row["year"]) for row in drawn if row["shown"])
    assert all(abs(taken[key] - 20 * size / sizes.total()) < 1 for key, size in sizes.items())


def test_a_sample_filled_in_libreoffice_is_read_back(
    copy: Path, framework: Framework, program: Callable[[str, str], str]
) -> None:
    first, second = write_sample(copy, framework, 30)
    said = {"evidenced": "shown", "not found in these documents": "Not shown"}
    fill(first, SHEET, ANSWER, lambda row: said[row["The tool says"]])
    wrong = openpyxl.load_workbook(first)[SHEET].cell(2, 1).value
    fill(
        second,
        SHEET,
        ANSWER,
        lambda row: "cannot say" if row[FINDING] == wrong else said[row["The tool says"]],
    )
    through_libreoffice(first, program)
    answers = read_sample(copy, (first, second))
    assert {reader: len(own) for reader, own in answers.items()} == {first.stem: 30, second.stem: 30}
    write_report(copy, framework, KINDS)
    text = (copy / "audit-report.html").read_text(encoding="utf-8")
    assert "2 people checked a sample" in text
    assert "15 of 15 (80% to 100%)" in text
    assert "allowing for reading error" in text
    with pytest.raises(UsageError, match="there already"):
        write_sample(copy, framework, 30)


def test_answers_that_are_none_are_listed(copy: Path, framework: Framework) -> None:
    first, _ = write_sample(copy, framework, 10)
    fill(first, SHEET, ANSWER, lambda _: "perhaps")
    with pytest.raises(UsageError, match="finding 1: 'perhaps'"):
        read_sample(copy, (first,))


def test_replies_stand_beside_the_finding(copy: Path, framework: Framework, rows: Rows) -> None:
    assert write_forms(copy, framework, copy / "replies") == len(
        {row["code"] for row in rows(copy, "inventory")}
    )
    form = copy / "replies" / "M001" / FORM
    told = " ".join(
        str(cell.value) for row in openpyxl.load_workbook(form)[HOW_TO].iter_rows() for cell in row
    )
    assert "This says something about these documents, not about what the organisation does." in told
    before = rows(copy, "findings")
    fill(form, "What we saw", "Your reply", lambda row: "misread" if row["Criterion"] == "B1" else "")
    fill(form, "What we saw", "Comment", lambda row: "<b>See page 4</b>" if row["Criterion"] == "B1" else "")
    replies = read_replies(copy, (form,))
    assert {reply.finding.split("/")[2] for reply in replies} == {"B1"}
    assert kept_replies(copy) == replies
    write_report(copy, framework, KINDS)
    text = (copy / "audit-report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;See page 4&lt;/b&gt;" in text
    assert rows(copy, "findings") == before


def test_the_report_names_no_level_and_ranks_nobody(audited: Path, framework: Framework) -> None:
    figures = figures_of(audited, framework, KINDS)
    text = re.sub(r"<[^>]+>", " ", page(figures))
    assert not re.search(
        r"\b(?:bronze|silver|gold) (?:status|level)?: \d|\branked? \d|\bleague\b", text, re.IGNORECASE
    )
    for _, rows in figures.grid:
        names = [row.organisation for row in rows]
        assert names == sorted(names)
    assert "reading error not measured" in text
    assert book(figures) == book(figures)


@pytest.fixture
def large(tmp_path: Path, framework: Framework) -> Path:
    """A dataset of 250 organisations whose counts are known."""
    who = [(f"Trust {number:03}", f"T{number}", "acute", "North West", "2024") for number in range(250)]
    made: dict[str, list[Any]] = {
        "inventory": [(*one, "present", "", 1, 1, 90, 0, "2025-02-28", True, True) for one in who],
        "findings": [
            (*one, criterion.id, criterion.kind.value, criterion.driver, status, status == "evidenced", number % 5 > 0,
             True, True, False, False, 1, "", None, None, 0, 90, 0)
            for number, one in enumerate(who)
            for criterion in framework.criteria
            for status in ["evidenced" if number % 2 else "not_found"]
        ],
    }  # fmt: skip
    for table in TABLES:
        write_table(tmp_path / "data", table, lambda table=table: made.get(table, []))  # type: ignore[misc]
    write_report(tmp_path, framework, KINDS)
    return tmp_path


def test_what_does_not_apply_is_counted_nowhere(large: Path, framework: Framework) -> None:
    for one in figures_of(large, framework, KINDS).criteria:
        (year,) = one.years
        assert (year.shown, year.of) == (100, 200)
        assert year.words == "100 of 200 reports show it; reading error not measured"


def test_the_page_has_no_axe_violation_and_holds_250_organisations(
    audited: Path, large: Path, violations: Callable[..., object]
) -> None:
    # Contrast is looked at on the small page: the large one has the same colours in ten thousand cells.
    quick = {"color-contrast": {"enabled": False}}
    for root, width, rules in ((audited, 360, {}), (audited, 1280, {}), (large, 1280, quick)):
        assert not violations(root / "audit-report.html", width, rules)


EXAMPLES = re.findall(
    r"^```python\n(.*?)^```",
    (ROOT / "docs" / "audit.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_of_the_docs_run(number: int, copy: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EXAMPLES[number]], cwd=copy.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "B1" in done.stdout or "criterion" in done.stdout


def test_the_docs_list_the_tables_and_r_knows_every_type() -> None:
    text = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    classes = set(re.findall(r'"([a-z ]+)" = "', text))
    for table, columns in TABLES.items():
        part = text.split(f"### `{table}`")[1].split("###")[0]
        assert re.findall(r"^\| `(\w+)` \| (.*?) \| (.*) \|$", part, re.MULTILINE) == [
            (column.name, column.type, column.meaning) for column in columns
        ]
        assert {column.type for column in columns} <= classes
