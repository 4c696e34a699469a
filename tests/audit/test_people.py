"""A sample and replies, filled in by people and read back."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evidence_kit.audit.checked import read_answers
from evidence_kit.audit.forms import HOW_TO, name_of
from evidence_kit.audit.replies import (
    ADDRESS,
    CHOICES,
    COMMENT,
    ELSEWHERE,
    FORM,
    PUBLISHED,
    REPLY,
    forms_below,
    kept_replies,
    read_replies,
    write_forms,
)
from evidence_kit.audit.report import write_report
from evidence_kit.audit.sample import ANSWER, FINDING, SHEET, draw, read_sample, write_sample
from evidence_kit.errors import UsageError
from evidence_kit.records.criterion import Framework

KINDS = ("annual report",)
Rows = Callable[[Path, str], list[dict[str, Any]]]


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
    known = {name_of(row): row for row in findings}
    drawn = draw(findings, 40)
    assert len({name_of(row) for row in drawn}) == 40
    shown = [known[name_of(row)] for row in drawn if known[name_of(row)]["shown"]]
    assert len(shown) == 20
    assert drawn == draw(reversed(findings), 40), "the order of rows does not matter"
    assert drawn != draw(findings, 40, "another")
    sizes = Counter((row["type"], row["year"]) for row in findings if row["shown"])
    taken = Counter((row["type"], row["year"]) for row in shown)
    assert all(abs(taken[key] - 20 * size / sizes.total()) < 1 for key, size in sizes.items())


def test_a_sample_filled_in_libreoffice_is_read_back(
    copy: Path, framework: Framework, program: Callable[[str, str], str], rows: Rows
) -> None:
    shown = {name_of(row): "shown" if row["shown"] else "Not shown" for row in rows(copy, "findings")}
    first, second = write_sample(copy, framework, 30)
    fill(first, SHEET, ANSWER, lambda row: shown[row[FINDING]])
    wrong = openpyxl.load_workbook(first)[SHEET].cell(2, 1).value
    fill(second, SHEET, ANSWER, lambda row: "cannot say" if row[FINDING] == wrong else shown[row[FINDING]])
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


def test_a_sample_tells_nobody_what_the_tool_concluded(copy: Path, framework: Framework) -> None:
    first, _ = write_sample(copy, framework, 30)
    cells = {str(cell.value) for row in openpyxl.load_workbook(first)[SHEET].iter_rows() for cell in row}
    assert not any(words in cell for cell in cells for words in ("evidenced", "not found", "support", "near"))


def test_answers_that_are_none_are_listed(copy: Path, framework: Framework) -> None:
    first, second = write_sample(copy, framework, 10)
    fill(first, SHEET, ANSWER, lambda _: "perhaps")
    with pytest.raises(UsageError, match=r"sample-reader-1.xlsx, row 2: 'perhaps'"):
        read_sample(copy, (first,))
    fill(second, SHEET, ANSWER, lambda _: "shown")
    fill(second, SHEET, FINDING, lambda row: row[FINDING].replace("M0", "X0"))
    with pytest.raises(UsageError, match=r"row 2: 'X0.*' is no finding of this audit"):
        read_sample(copy, (second,))
    with pytest.raises(UsageError, match="2 workbooks are called"):
        read_sample(copy, (first, shutil.copytree(first.parent, copy / "other") / first.name))
    assert not read_answers(copy)


def test_a_second_sample_adds_to_the_first(copy: Path, framework: Framework) -> None:
    first, second = write_sample(copy, framework, 10)
    fill(first, SHEET, ANSWER, lambda _: "shown")
    read_sample(copy, (first,))
    first.rename(copy / first.name)
    second.unlink()
    write_sample(copy, framework, 10, "another")
    fill(first, SHEET, ANSWER, lambda _: "not shown")
    both = read_sample(copy, (first,))[first.stem]
    assert Counter(both.values()) == {"shown": len(both) - 10, "not shown": 10}
    assert len(both) > 10
    fill(first, SHEET, ANSWER, lambda _: "")
    assert set(read_sample(copy, (first,))[first.stem].values()) == {"shown"}


def reply_to(form: Path, replies: dict[str, tuple[str, ...]]) -> None:
    """Fill in a form: by criterion the reply, address, day of publication and comment."""
    for place, heading in enumerate((REPLY, ADDRESS, PUBLISHED, COMMENT)):
        fill(form, "What we saw", heading, lambda row, at=place: replies.get(row["Criterion"], ("",) * 4)[at])


def test_every_reply_stands_beside_its_finding(
    copy: Path, framework: Framework, rows: Rows, program: Callable[[str, str], str]
) -> None:
    codes = {row["code"] for row in rows(copy, "inventory")}
    assert write_forms(copy, framework, copy / "replies") == len(codes)
    form = copy / "replies" / "M001" / FORM
    before = rows(copy, "findings")
    reply_to(
        form,
        {
            "B1": ("Misread", "", "", "<b>See page 4</b>"),
            "B2": ("wrong figure or date", "", "", "+cmd|' /C calc'!A0"),
            "B3": (ELSEWHERE, "https://example.org/plan", "3 May 2021", ""),
            "B4": (ELSEWHERE, "", "3 May 2031", ""),
            "B5": ("not applicable", "", "", ""),
            "S1": ("no comment", "", "", ""),
        },
    )
    through_libreoffice(form, program)
    replies = read_replies(copy, (form,))
    assert {reply.reply for reply in replies} == set(CHOICES)
    assert {reply.published for reply in replies} == {"", "3 May 2021", "3 May 2031"}
    assert kept_replies(copy) == replies
    (form.parent / f"~${FORM}").write_bytes(b"what a spreadsheet program leaves")
    assert form in forms_below(copy / "replies")
    assert len(forms_below(copy / "replies")) == len(codes)
    assert forms_below(form) == [form]
    write_report(copy, framework, KINDS)
    text = (copy / "audit-report.html").read_text(encoding="utf-8")
    for told in (
        "&lt;b&gt;See page 4&lt;/b&gt;",
        "no address is given; that is after the cut-off",
        "+cmd|&#39; /C calc&#39;!A0",
    ):
        assert told in text
    listed = openpyxl.load_workbook(copy / "audit-report.xlsx")["Replies"]
    assert {cell.data_type for row in listed.iter_rows() for cell in row} <= {"s", "n"}, (
        "no cell is a formula"
    )
    assert rows(copy, "findings") == before, "a reply changes nothing in a finding"
    with pytest.raises(UsageError, match="there already"):
        write_forms(copy, framework, copy / "replies")


def test_a_form_says_what_was_read_and_not_seen(copy: Path, framework: Framework, rows: Rows) -> None:
    write_forms(copy, framework, copy / "replies")
    book = openpyxl.load_workbook(copy / "replies" / "M001" / FORM)
    told = {str(row[0].value): str(row[1].value) for row in book[HOW_TO].iter_rows()}
    inventory = {row["year"]: row for row in rows(copy, "inventory") if row["code"] == "M001"}
    for year, row in inventory.items():
        if not row["concluded"]:
            continue
        pages, unseen = (
            row["pages"],
            [
                one["criterion"]
                for one in rows(copy, "findings")
                if (one["code"], one["year"], one["status"]) == ("M001", year, "not_found")
            ],
        )
        assert told[year].startswith(
            f"We read 1 document ({pages} pages, {row['unread_pages']} unreadable). In it we"
        )
        assert all(re.search(rf"\b{re.escape(name)}\b", told[year]) for name in unseen)
        assert (
            "This says something about these documents, not about what the organisation does." in told[year]
        )


def test_nobody_replies_for_another(copy: Path, framework: Framework) -> None:
    write_forms(copy, framework, copy / "replies")
    form = copy / "replies" / "M001" / FORM
    reply_to(form, {"B1": ("misread",) * 4, "B2": ("misread",) * 4})
    fill(
        form,
        "What we saw",
        FINDING,
        lambda row: row[FINDING].replace("M001", "M002" if row["Criterion"] == "B1" else "M001"),
    )
    with pytest.raises(UsageError, match="replies for M001 and M002"):
        read_replies(copy, (form,))
    fill(form, "What we saw", FINDING, lambda _: "../../2024/B1")
    with pytest.raises(UsageError, match="is no finding of this audit"):
        read_replies(copy, (form,))
    assert not kept_replies(copy)
