"""What people fill in comes back: decisions, cited pages, overdue actions; and whatever is not understood is listed."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

from evidence_kit import outputs
from evidence_kit.errors import UsageError
from evidence_kit.pipeline.cited import cited_passages, citing, look_up
from evidence_kit.pipeline.filled import Filled, new_decisions, read_filled
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.pipeline.reporting import write_map
from evidence_kit.pipeline.run import MapResult
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.workbook.forms import cell_name, read_forms
from evidence_kit.records.decision import Decision, QuoteKey, Verdict
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports import webpage, word, workbook
from evidence_kit.reports import workbook_layout as layout
from evidence_kit.reports.data import read_texts
from evidence_kit.reports.decided import place
from evidence_kit.reports.view import build
from evidence_kit.store.decisions import append_decisions, read_decisions

AT = "2026-11-24T09:30:00Z"
TODAY = date(2026, 11, 24)
PAPER = [
    "# Equality report",
    "Example Vale NHS Trust",
    "Meeting: Board of Directors",
    "Date of meeting: 28 May 2026",
    "The Medical Director has been our executive sponsor for race equality since April 2025. The role includes a "
    "commitment to anti-racism.",
    "The Medical Director attended meetings of the BME staff network on 9 September 2025, 2 December 2025, "
    "4 March 2026 and 20 May 2026.",
    "In January 2026 the Board heard how the partnership on hypertension checks has gone on in the east of the town.",
]


class Book:
    """The workbook of a map, filled in by another library than the one that wrote it."""

    def __init__(self, evidence_map: EvidenceMap) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(workbook.render(build(evidence_map))))

    def __getitem__(self, name: str) -> Worksheet:
        sheet = self.book[name]
        assert isinstance(sheet, Worksheet)
        return sheet

    def fill(self, sheet: str, row: int, **values: object) -> None:
        heads = {cell.value: cell.column for cell in self[sheet][1]}
        for heading, value in values.items():
            self[sheet].cell(row, heads[getattr(layout, heading)]).value = value  # type: ignore[union-attr]

    def row_of(self, sheet: str, criterion: str) -> int:
        heads = {cell.value: cell.column for cell in self[sheet][1]}
        column = heads[layout.CRITERION]
        return next(
            row[0].row for row in self[sheet].iter_rows(min_row=2) if row[column - 1].value == criterion
        )

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


@pytest.fixture
def mapped(tmp_path: Path, map_folder: Callable[..., MapResult]) -> EvidenceMap:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "report.md").write_text("\n\n".join(PAPER) + "\n", encoding="utf-8")
    result = map_folder(tmp_path / "papers")
    write_map(result.evidence_map, result.documents, tmp_path / "map", papers=tmp_path / "papers")
    return result.evidence_map


@pytest.fixture
def book(mapped: EvidenceMap) -> Book:
    made = Book(mapped)
    made[layout.START].cell(3, 2).value = "Priya Nair"
    return made


def back(book: Book, mapped: EvidenceMap, folder: Path, person: str = "") -> Filled:
    forms = read_forms(book.save(folder / "filled.xlsx"), workers=0)
    return read_filled(forms, mapped, person=person, at=AT, today=TODAY)


def test_an_empty_workbook_says_nothing(book: Book, mapped: EvidenceMap, tmp_path: Path) -> None:
    filled = back(book, mapped, tmp_path)
    assert (filled.person, filled.decisions, filled.citations, filled.faults) == ("Priya Nair", (), (), ())
    assert not any(action.overdue for action in filled.actions)


def fill_everything(book: Book) -> None:
    book.fill(
        layout.EVIDENCE, book.row_of(layout.EVIDENCE, "S4"), DECISION="Accepted ", COMMENT="I was there."
    )
    book.fill(
        layout.EVIDENCE,
        book.row_of(layout.EVIDENCE, "B1"),
        DECISION="belongs to another criterion",
        BELONGS_TO="b1.S2",
    )
    row = book.row_of(layout.SELF_ASSESSMENT, "S4")
    book.fill(
        layout.SELF_ASSESSMENT, row, IN_PLACE="in place", CONFIRMED_BY="Ben Asante", NETWORK_VIEW="disagree"
    )
    book.fill(layout.SELF_ASSESSMENT, row, NETWORK_WHY="Two were cancelled.", DECISION="confirmed")
    book.fill(layout.ADDED, 2, CRITERION="B4.s1", DOCUMENT="report.md", WHY="The last paragraph.")
    book.fill(layout.ACTIONS, 2, TARGET_DATE=date(2026, 10, 1), PROGRESS="ongoing", PERSON="HR")
    book.fill(layout.ACTIONS, 3, TARGET_DATE=date(2026, 10, 1), PROGRESS="Complete")
    book[layout.EVIDENCE].row_dimensions[book.row_of(layout.EVIDENCE, "S4")].hidden = True


def check_everything(filled: Filled, mapped: EvidenceMap) -> None:
    said = {(one.criterion, one.verdict, one.person, one.comment, one.belongs_to) for one in filled.decisions}
    assert said == {
        ("S4", Verdict.ACCEPT, "Priya Nair", "I was there.", ""),
        ("B1", Verdict.WRONG_CRITERION, "Priya Nair", "", "B1.s2"),
        ("S4", Verdict.IN_PLACE, "Ben Asante", "", ""),
        ("S4", Verdict.NETWORK_DISAGREES, "Priya Nair", "Two were cancelled.", ""),
        ("S4", Verdict.CONFIRMED, "Priya Nair", "", ""),
    }
    assert [(one.criterion, one.document, one.why) for one in filled.citations] == [
        ("B4.s1", mapped.documents[0].id, "The last paragraph.")
    ]
    assert [one.cell for one in filled.actions if one.overdue] == ["Action plan!B2"]
    assert filled.faults == ()
    decided = place(filled.decisions, mapped)
    assert not decided.unplaced and len(decided.quotes) == 2


def test_what_is_filled_in_comes_back(book: Book, mapped: EvidenceMap, tmp_path: Path) -> None:
    fill_everything(book)
    check_everything(back(book, mapped, tmp_path), mapped)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_it_survives_an_office_program(
    book: Book, mapped: EvidenceMap, tmp_path: Path, program: Callable[[str, str], str], kind: str
) -> None:
    office = program("soffice", "libreoffice-calc")
    fill_everything(book)
    saved = book.save(tmp_path / "filled.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path / "again"),
        str(saved),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    forms = read_forms(tmp_path / "again" / f"filled.{kind}", workers=0)
    check_everything(read_filled(forms, mapped, person="", at=AT, today=TODAY), mapped)


def test_moved_columns_and_sorted_rows_are_still_understood(
    book: Book, mapped: EvidenceMap, tmp_path: Path
) -> None:
    fill_everything(book)
    sheet = book[layout.EVIDENCE]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    sheet.delete_rows(1, sheet.max_row)
    sheet.append(["a note of our own above the table"])
    for row in (rows[0], *reversed(rows[1:])):
        sheet.append([*reversed(row)])
    check_everything(back(book, mapped, tmp_path), mapped)


def test_the_same_words_in_two_papers_are_decided_apart(
    tmp_path: Path, map_folder: Callable[..., MapResult]
) -> None:
    (tmp_path / "papers").mkdir()
    sponsor = (
        "The Medical Director is our executive sponsor for race equality and is committed to anti-racism."
    )
    for number, month in enumerate(("April", "June")):
        text = f"# Board minutes of 9 {month} 2026\n\nIn {month} we met.\n\n{sponsor}\n\nThe {month} meeting closed.\n"
        (tmp_path / "papers" / f"{number}.md").write_text(text, encoding="utf-8")
    made = map_folder(tmp_path / "papers").evidence_map
    quotes = [q for one in made.findings if one.criterion == "B1" for q in one.quotes if q.text == sponsor]
    assert len(quotes) == 2
    book = Book(made)
    sheet = book[layout.EVIDENCE]
    heads = [cell.value for cell in sheet[1]]
    words, criterion = heads.index(layout.QUOTE), heads.index(layout.CRITERION)
    rows = [
        row
        for row in sheet.iter_rows(min_row=2)
        if (row[criterion].value, row[words].value) == ("B1", sponsor)
    ]
    for row, verdict in zip(rows, ("accepted", "rejected"), strict=True):
        row[heads.index(layout.DECISION)].value = verdict
    decided = place(back(book, made, tmp_path, person="Priya Nair").decisions, made)
    said = [[one.verdict for one in decided.quotes["B1", quote.id]] for quote in quotes]
    assert said == [[Verdict.ACCEPT], [Verdict.REJECT]]


HOSTILE = (
    '=HYPERLINK("http://example.invalid","Open")',
    "</script><script>alert(1)</script>",
    "\u202edetcejer [U+202E] [U+D800] [U+FFFFFFFF]",
    "{{ 7 * 7 }}",
    "+1 @SUM(1)",
    "x" * 30_000,
    '"}\n{"schema": "evidence-kit/decision"',
)
ANY_CELL = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)).map(
    lambda text: ILLEGAL_CHARACTERS_RE.sub("", text)
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=ANY_CELL, comment=ANY_CELL, choice=ANY_CELL, document=ANY_CELL, page=ANY_CELL, formula=st.booleans()
)
def test_whatever_stands_in_a_workbook_is_kept_as_words_or_listed(
    mapped: EvidenceMap,
    tmp_path: Path,
    name: str,
    comment: str,
    choice: str,
    document: str,
    page: str,
    formula: bool,
) -> None:
    book = Book(mapped)
    put = [
        (layout.START, 3, 2, name),
        *[
            (
                sheet,
                book.row_of(sheet, "B1"),
                [cell.value for cell in book[sheet][1]].index(heading) + 1,
                words,
            )
            for sheet, heading, words in (
                (layout.EVIDENCE, layout.DECISION, "rejected"),
                (layout.EVIDENCE, layout.COMMENT, comment),
                (layout.SELF_ASSESSMENT, layout.DECISION, choice),
                (layout.SELF_ASSESSMENT, layout.IN_PLACE, "in place"),
                (layout.SELF_ASSESSMENT, layout.CONFIRMED_BY, name),
            )
        ],
        *[
            (layout.ADDED, 2, column, words)
            for column, words in enumerate(("B1", document, page, comment), start=1)
        ],
        (layout.ACTIONS, 2, 5, page),
    ]
    for sheet, row, column, words in put:
        cell = book[sheet].cell(row, column)
        cell.value = words
        if not (formula and words.startswith("=")):
            cell.data_type = "s"
    filled = back(book, mapped, tmp_path, person="Ben Asante" if formula or not name.strip() else "")
    folder = (
        tmp_path / hashlib.sha256(repr((name, comment, choice, document, page, formula)).encode()).hexdigest()
    )
    for person in {one.person for one in filled.decisions}:
        append_decisions(folder, person, [one for one in filled.decisions if one.person == person])
    known = read_decisions(folder)
    assert set(known.decisions) == set(filled.decisions) and not known.problems
    assert all(path.parent == folder for path in folder.rglob("*"))
    assert not [
        fault
        for fault in filled.faults
        if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", fault.message)
    ]
    view = build(mapped, known.decisions)
    page_of_it = webpage.render(view)
    assert page_of_it.count("<script") == webpage.render(build(mapped)).count("<script")
    workbook.render(view), word.render(view)


def test_what_is_not_understood_is_listed_with_its_cell(
    book: Book, mapped: EvidenceMap, tmp_path: Path
) -> None:
    row = book.row_of(layout.EVIDENCE, "S4")
    book.fill(layout.EVIDENCE, row, DECISION="fine by me")
    book.fill(layout.SELF_ASSESSMENT, 2, COMMENT="a comment alone")
    book.fill(layout.ADDED, 2, CRITERION="S44", DOCUMENT="report.md")
    book.fill(layout.ADDED, 3, CRITERION="S4", DOCUMENT="reprot.md")
    book.fill(layout.ACTIONS, 2, TARGET_DATE="some time in spring")
    faults = {fault.cell: fault.message for fault in back(book, mapped, tmp_path).faults}
    assert len(faults) == 5
    assert "‘Fine by me’" in faults[f"Evidence!G{row}"] or "‘fine by me’" in faults[f"Evidence!G{row}"]
    assert "comment without a decision" in faults["Self-assessment!J2"]
    assert "S4" in faults["Add evidence!A2"]
    assert "report.md" in faults["Add evidence!B3"]
    assert "some time in spring" in faults["Action plan!E2"]


def test_decisions_need_a_name(book: Book, mapped: EvidenceMap, tmp_path: Path) -> None:
    fill_everything(book)
    book[layout.START].cell(3, 2).value = None
    with pytest.raises(UsageError, match="whose they are"):
        back(book, mapped, tmp_path)
    assert back(book, mapped, tmp_path, person="Somebody").person == "Somebody"


def test_another_workbook_is_refused(mapped: EvidenceMap, tmp_path: Path) -> None:
    other = openpyxl.Workbook()
    other.save(tmp_path / "other.xlsx")
    with pytest.raises(UsageError, match="not the workbook"):
        read_filled(read_forms(tmp_path / "other.xlsx", workers=0), mapped, person="A", at=AT, today=TODAY)
    (tmp_path / "none.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(ReadError):
        read_forms(tmp_path / "none.xlsx", workers=0)


def test_reading_it_twice_says_nothing_new(book: Book, mapped: EvidenceMap, tmp_path: Path) -> None:
    fill_everything(book)
    first = back(book, mapped, tmp_path).decisions
    later = tuple(replace(one, at="2026-11-25T09:30:00Z") for one in first)
    assert new_decisions(first, ()) == first
    assert new_decisions(later, first) == ()
    changed = replace(later[0], comment="On second thoughts.")
    assert new_decisions((changed,), first) == (changed,)


def test_a_cited_page_is_read_and_stands_in_the_next_map(
    mapped: EvidenceMap, tmp_path: Path, map_folder: Callable[..., MapResult], book: Book
) -> None:
    book.fill(layout.ADDED, 2, CRITERION="S4", DOCUMENT="REPORT.md")
    book.fill(layout.ADDED, 3, CRITERION="B4.s1", DOCUMENT="report.md", PAGE=7)
    filled = back(book, mapped, tmp_path)
    documents = read_texts(tmp_path / "map" / outputs.DATA / outputs.TEXTS, mapped)
    known, unknown = look_up(filled.citations, mapped, documents, load_knowledge())
    assert known.already and not known.keys and known.shown
    assert unknown.finding is not None

    alone = replace(
        mapped,
        findings=tuple(replace(one, quotes=()) if one.criterion == "S4" else one for one in mapped.findings),
    )
    (looked,) = look_up(filled.citations[:1], alone, documents, load_knowledge())
    kept = citing([looked], person="Priya Nair", at=AT)
    assert [one.verdict for one in kept] == [Verdict.CITED] * len(kept) and kept
    append_decisions(tmp_path / "map" / outputs.DECISIONS, "Priya Nair", kept)
    again = map_folder(tmp_path / "papers", decisions=tmp_path / "map" / outputs.DECISIONS).evidence_map
    assert (
        "cited by people",
        f"{len(kept)} passages" if len(kept) > 1 else "1 passage",
    ) in again.run.settings
    withdrawn = [replace(one, verdict=Verdict.WITHDRAWN, at="2026-11-26T00:00:00Z") for one in kept]
    assert not cited_passages([*kept, *withdrawn])


def test_a_citation_makes_a_passage_bear_that_no_classifier_took(
    tmp_path: Path, map_folder: Callable[..., MapResult], mapped: EvidenceMap
) -> None:
    def quoted(made: EvidenceMap) -> bool:
        return any(PAPER[-1] in q.text for one in made.findings if one.criterion == "S5" for q in one.quotes)

    cited = Decision(
        criterion="S5", verdict=Verdict.CITED, person="Priya Nair", at=AT, quote=QuoteKey(text=PAPER[-1])
    )
    append_decisions(tmp_path / "decisions", "Priya Nair", [cited])
    again = map_folder(tmp_path / "papers", decisions=tmp_path / "decisions").evidence_map
    assert (quoted(mapped), quoted(again)) == (False, True)


def test_names_of_cells() -> None:
    assert [cell_name(0, 0), cell_name(9, 25), cell_name(9, 26), cell_name(0, 702)] == [
        "A1",
        "Z10",
        "AA10",
        "AAA1",
    ]
