"""Claims are read from whatever form they come in, and what fits nothing is listed, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

from evidence_kit.errors import UsageError
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.readers.workbook.forms import Form
from evidence_kit.records.criterion import Framework
from evidence_kit.screening.claims import Claimed, names_in, parse_columns, read_claims
from evidence_kit.screening.tables import read_tables
from evidence_kit.workers import Limits


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_knowledge().framework


def form(*rows: Sequence[str], name: str = "Claims") -> Form:
    return Form(name, tuple(tuple(row) for row in rows))


def test_a_row_is_a_claim_with_its_place(framework: Framework) -> None:
    (claim,) = read_claims(
        [
            form(
                ("Notes",),
                ("Criterion", "Document", "Page", "What it shows"),
                ("B4: gap", "a.pdf", "3", "It fell"),
            )
        ],
        framework,
    ).claims
    assert (claim.criterion, claim.document, claim.page, claim.text) == ("B4", "a.pdf", "3", "It fell")
    assert (claim.cell, claim.claimed) == ("Claims!A3", Claimed.IN_PLACE)


def test_the_frameworks_checklist_with_two_columns_of_ticks(framework: Framework) -> None:
    wording = next(one.text for one in framework.criterion("B5").wordings)
    found = read_claims(
        [
            form(
                ("Deliverable", "In place", "Development area", "Evidence"),
                (wording, "x", "", "policy.docx"),
                ("B3", "", "x", ""),
                ("B4", "", "", ""),
            )
        ],
        framework,
    )
    assert [(one.criterion, one.claimed) for one in found.claims] == [
        ("B5", Claimed.IN_PLACE),
        ("B3", Claimed.PLANNED),
    ]


def test_the_travelling_workbook_gives_in_place_rows_and_added_rows_alone(framework: Framework) -> None:
    found = read_claims(
        [
            form(
                ("Level", "Criterion", "In place or development area"),
                ("Bronze", "B1", "in place"),
                ("Bronze", "B2", "in place"),
                ("Bronze", "B3", ""),
                name="Self-assessment",
            ),
            form(("Criterion", "Document", "Page"), ("B9", "tool.pdf", "1"), name="Evidence"),
            form(
                ("Criterion", "Document", "Page", "Why it shows it"),
                ("B1", "minutes.pdf", "4", "appointed"),
                name="Add evidence",
            ),
        ],
        framework,
    )
    assert [(one.criterion, one.document) for one in found.claims] == [("B2", ""), ("B1", "minutes.pdf")]
    assert not found.unmatched


def test_a_column_map_names_other_headings(framework: Framework) -> None:
    columns = parse_columns(["criterion=Item", "document=Where"])
    (claim,) = read_claims([form(("Item", "Where"), ("S4", "minutes.docx"))], framework, columns).claims
    assert (claim.criterion, claim.document) == ("S4", "minutes.docx")


def test_a_named_heading_that_no_table_has_is_told_with_those_that_are_there(framework: Framework) -> None:
    table = form(("Our form", "", ""), ("Item", "Where", "Page"), ("S4", "minutes.docx", ""))
    columns = {"criterion": "Itme", "document": "where", "text": "Words"}
    with pytest.raises(UsageError, match=r"heading ‘Itme’ \(criterion\) or ‘Words’ \(text\)\.") as told:
        read_claims([table], framework, columns)
    assert told.value.next_step == "Headings found: ‘Item’, ‘Where’ and ‘Page’."
    with pytest.raises(UsageError, match="heading ‘Itme’") as told:
        read_claims([form()], framework, {"criterion": "Itme"})
    assert told.value.next_step == "Headings found: none."


def test_what_is_no_criterion_is_listed_with_the_nearest(framework: Framework) -> None:
    found = read_claims([form(("Criterion", "Document"), ("B7", "a.pdf"), ("Pay", "b.pdf"))], framework)
    assert not found.claims
    first, second = found.unmatched
    assert first.cell == "Claims!A2"
    assert first.nearest
    assert "‘Pay’ is no criterion" in second.why


def test_a_form_without_criteria_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="No table of claims"):
        read_claims([form(("Name", "Date"), ("a", "b"))], load_knowledge().framework)
    with pytest.raises(UsageError, match="Unknown column"):
        read_claims([], load_knowledge().framework, {"colour": "Red"})
    with pytest.raises(UsageError, match="names no heading"):
        parse_columns(["document"])


def test_tables_of_word_and_of_values(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Our claims")
    table = document.add_table(rows=0, cols=2)
    for row in (("Criterion", "Document"), ("B1", "a.pdf")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "form.docx"))
    (tmp_path / "form.csv").write_text("Criterion,Document\nB1,a.pdf\n", encoding="utf-8")
    for name in ("form.docx", "form.csv"):
        (found,) = read_tables(tmp_path / name, limits=Limits())
        assert found.rows == (("Criterion", "Document"), ("B1", "a.pdf"))
    (tmp_path / "form.txt").write_text("no table", encoding="utf-8")
    with pytest.raises(UsageError, match="no table"):
        read_tables(tmp_path / "form.txt", limits=Limits())


def test_names_of_the_applicants_own_are_listed_apart() -> None:
    sheet = form(("Name", "What it is"), ("REACH", "ethnic minority staff network"), name="Own names")
    assert names_in([sheet]) == (("REACH", "ethnic minority staff network"),)
