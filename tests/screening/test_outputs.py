"""What a screening writes: sheets, blind forms, questions and letters, each sentence traced; one round for all."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from evidence_kit.errors import UsageError
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.records.finding import Status
from evidence_kit.reports.words import STATUS_WORDS
from evidence_kit.screening import letters
from evidence_kit.screening.claims import names_in, read_claims
from evidence_kit.screening.forms import claims_template, review_document, review_workbook
from evidence_kit.screening.letters import feedback, questions
from evidence_kit.screening.merge import read_review, side_by_side
from evidence_kit.screening.round import Ruling, begin, closing, delete, open_round
from evidence_kit.screening.screen import Application
from evidence_kit.screening.sheet import render_html, render_word, sheet_of
from evidence_kit.screening.tables import read_tables
from evidence_kit.screening.verdicts import CLAIM_WORDS, ClaimVerdict
from evidence_kit.screening.workbook import render
from evidence_kit.screening.writing import KEPT
from evidence_kit.workers import Limits

AT = "2026-11-02T09:00:00Z"
OFFERED = {"confirmed", "partly"}
"""Words that a reviewer may choose; they stand in every form alike."""
BANNED = re.compile(
    r"contradict|fail|probab|likel|per cent sure|\b(?:bronze|silver|gold)\b|\bnot met\b|\bmet\b",
    re.IGNORECASE,
)
ROWS = (
    ("B1", "in place", "board-minutes.pdf", "12", "The Chief Nurse is our executive sponsor"),
    ("B5", "in place", "board-minutes.pdf", "p. 2", "We told staff and patients"),
    ("S4", "in place", "network-report.docx", "", "The Chief Nurse went to six meetings"),
    ("S1", "in place", "board-minutes.pdf", "13", "We have a council"),
    ("S3", "in place", "application-narrative.docx"),
    ("G2", "in place", "dashboard.xlsx", "1"),
    ("G2.s1", "in place", "pay-gap-2023.docx"),
    ("B2", "in place"),
)
RULING = Ruling("Does a sponsor who is no executive count?", "Yes.", "2026-10-05")


@pytest.fixture(scope="module")
def application(screened: Callable[..., Application], whole: Path) -> Application:
    return screened(whole, ROWS)


@pytest.fixture(scope="module")
def forms(application: Application) -> dict[str, bytes]:
    given = (application.view.map.framework, "silver", "Example Vale NHS Trust", application.form.claims)
    return {
        "review.xlsx": review_workbook(*given, reviewer="Ada Obi", made=date(2026, 10, 1)),
        "review.docx": review_document(*given, reviewer="Ada Obi", made=date(2026, 10, 1)),
    }


def unpacked(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


@pytest.mark.parametrize("name", ["review.xlsx", "review.docx"])
def test_a_reviewers_form_holds_no_word_of_the_tool(
    forms: dict[str, bytes], application: Application, name: str
) -> None:
    text = unpacked(forms[name]).casefold()
    words = {*CLAIM_WORDS.values(), *(STATUS_WORDS[status] for status in Status)} - OFFERED
    words |= {verdict.value for verdict in ClaimVerdict} - OFFERED
    words |= {one.reason.casefold() for one in application.screened}
    words |= {quote.text.casefold() for one in application.screened for quote in one.quotes}
    assert not [word for word in words if word and word in text]


def test_a_reviewers_form_has_the_frameworks_order_both_wordings_and_the_claims(
    forms: dict[str, bytes],
) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(forms["review.xlsx"]))["Review"]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    ids = [row[1] for row in rows[1:]]
    framework = load_knowledge().framework
    assert ids == [one.id for one in framework.criteria if one.level in ("bronze", "silver")]
    first = next(row for row in rows if row[1] == "B1")
    assert "Table wording:" in first[2]
    assert "Checklist wording:" in first[2]
    assert "The Chief Nurse is our executive sponsor" in first[3]
    assert "board-minutes.pdf, page 12" in first[4]


def fill(path: Path, data: bytes, answers: dict[str, tuple[str, str]]) -> Path:
    """Fill a form in, and save it once more with LibreOffice where it is installed."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        for row in book["Review"].iter_rows(min_row=2):
            if row[1].value in answers:
                row[5].value, row[6].value = answers[row[1].value]
        book.save(path)
    else:
        document = docx.Document(io.BytesIO(data))
        for line in document.tables[0].rows[1:]:
            if line.cells[0].text in answers:
                line.cells[4].text, line.cells[5].text = answers[line.cells[0].text]
        document.save(str(path))
    return path


def test_filled_forms_are_merged_and_disagreements_found(
    forms: dict[str, bytes], application: Application, tmp_path: Path
) -> None:
    framework = application.view.map.framework
    one = fill(
        tmp_path / "ada.xlsx",
        forms["review.xlsx"],
        {"B1": ("confirmed", "clear"), "S4": ("not shown", ""), "B5": ("Perhaps", "")},
    )
    two = fill(
        tmp_path / "ben.docx", forms["review.docx"], {"B1": ("confirmed", ""), "S4": ("Partly", "four")}
    )
    first = read_review(one, framework, at=AT, limits=Limits())
    second = read_review(two, framework, at=AT, limits=Limits(), reviewer="Ben Lowe")
    assert first.reviewer == "Ada Obi"
    assert [fault.message for fault in first.faults] == ["‘Perhaps’ is no decision that the form offers."]
    assert {(d.criterion, d.verdict) for d in second.decisions} == {
        ("B1", Verdict.CONFIRMED),
        ("S4", Verdict.PARTLY),
    }
    tool = {each.claim.criterion: [each.verdict.value] for each in application.screened}
    rows = {
        row.criterion: row for row in side_by_side((*first.decisions, *second.decisions), tool, framework)
    }
    assert not rows["B1"].reviewers_differ
    assert not rows["B1"].tool_differs
    assert rows["S4"].reviewers_differ
    assert rows["S4"].tool_differs
    told = feedback(list(rows.values()), framework)
    assert all(sentence.rests_on for sentence in told)
    assert {name for sentence in told for name in sentence.rests_on} == {
        "Ada Obi, 2026-11-02",
        "Ben Lowe, 2026-11-02",
    }
    assert not [sentence for sentence in told if "S4" in sentence.text]


def test_only_what_is_comparable_is_compared(application: Application) -> None:
    framework = application.view.map.framework

    def differs(said: Verdict, *tool: str, beside: tuple[str, ...] = ()) -> bool | None:
        decision = Decision(criterion="B1", verdict=said, person="Ada Obi", at=AT)
        (row,) = side_by_side([decision], {"B1": tool}, framework, beside)
        return row.tool_differs

    assert differs(Verdict.CONFIRMED, "confirmed_elsewhere") is False
    assert differs(Verdict.NOT_SHOWN, "planned") is False
    assert differs(Verdict.PARTLY, "not_found") is True
    assert differs(Verdict.CONFIRMED) is None
    assert differs(Verdict.CONFIRMED, "document_missing") is None
    assert differs(Verdict.CONFIRMED, "document_missing", "partly") is True
    assert differs(Verdict.MORE_INFORMATION, "confirmed") is None
    assert differs(Verdict.CONFIRMED, "partly", beside=("B1",)) is None


def test_a_question_names_what_the_form_and_what_the_pages_say(
    screened: Callable[..., Application], whole: Path
) -> None:
    rows = [("B5", "in place", "board-minutes.pdf", "13", "In March 2026 we told all staff and patients")]
    application = screened(whole, rows)
    (one,) = application.screened
    assert [each.words for each in one.unshown] == ["March 2026"]
    (ask,) = questions(application.screened, application.view.map.framework.criteria)
    assert "Where do the documents show ‘March 2026’, or which is right?" in ask.text


def test_a_missing_document_is_told_with_what_others_show(
    screened: Callable[..., Application], whole: Path
) -> None:
    rows = [("B1", "in place", "sponsor.pdf", "1", "The Chief Nurse is our executive sponsor")]
    application = screened(whole, rows)
    (one,) = application.screened
    assert one.verdict is ClaimVerdict.MISSING
    assert "What other documents show of the criterion is quoted." in one.reason
    (ask,) = questions(application.screened, application.view.map.framework.criteria)
    assert "we did not find ‘sponsor.pdf’" in ask.text
    assert "executive sponsor for race equity" in ask.text


def test_a_form_filled_in_libreoffice_is_read(
    forms: dict[str, bytes], tmp_path: Path, program: Callable[[str, str], str]
) -> None:
    soffice = program("soffice", "libreoffice-calc")
    framework = load_knowledge().framework
    filled = fill(
        tmp_path / "ada.xlsx", forms["review.xlsx"], {"B2": ("more information needed", "which year?")}
    )
    document = fill(tmp_path / "ada.docx", forms["review.docx"], {"B2": ("not shown", "")})
    for path, suffix in ((filled, "ods"), (document, "odt")):
        home = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [
            soffice,
            home,
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(tmp_path / "out"),
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        review = read_review(tmp_path / "out" / f"ada.{suffix}", framework, at=AT, limits=Limits())
        assert review.reviewer == "Ada Obi"
        assert [decision.criterion for decision in review.decisions] == ["B2"]


def test_every_sentence_to_the_applicant_is_neutral_and_rests_on_a_claim_and_places(
    application: Application,
) -> None:
    claims = {f"{claim.id}, {claim.cell}" for claim in application.form.claims}
    places = {quote.place for one in application.screened for quote in one.quotes}
    places |= {one.cited.words for one in application.screened}
    places |= {each.where for one in application.screened for each in one.unshown}
    asks = questions(application.screened, application.view.map.framework.criteria)
    assert {ask.criterion for ask in asks} == {"B2", "B5", "S1", "S3", "S4", "G2", "G2.s1"}
    for ask in asks:
        for sentence in ask.sentences:
            assert sentence.rests_on[0] in claims
            assert set(sentence.rests_on[1:]) <= places
            own = re.sub(r"“.*?”|‘.*?’|\(.*?\)", "", sentence.text)
            assert not BANNED.search(own), sentence.text
    assert not BANNED.search(json.dumps(list(letters._DECIDED.values())))


def test_a_quote_that_is_cited_opens_at_its_page(application: Application) -> None:
    (sponsor,) = [one for one in application.screened if one.claim.criterion == "B1"]
    assert sponsor.here[0].link == "./papers/board-minutes.pdf#page=2"
    assert all(quote.refound for one in application.screened for quote in one.quotes)


def test_the_sheet_prints_rulings_and_settings(application: Application) -> None:
    sheet = sheet_of(application, [RULING], [("Text recognition", "off")])
    page = render_html(sheet)
    for words in (RULING.question, "Text recognition", "dashboard.xlsx", "The panel decides"):
        assert words in page
    assert "Does a sponsor who is no executive count?" in unpacked(render_word(sheet, application))
    asks = questions(application.screened, application.view.map.framework.criteria)
    assert render(application, asks, [RULING], []) == render(application, asks, [RULING], [])


def test_the_sheet_of_a_long_application_has_two_pages(
    application: Application, tmp_path: Path, program: Callable[[str, str], str]
) -> None:
    soffice = program("soffice", "libreoffice-writer")
    program("pdfinfo", "poppler-utils")
    many = replace(application, screened=application.screened * 10, uncited=application.uncited * 20)
    sheet = sheet_of(many, [RULING] * 9, [("Text recognition", "off")])
    (tmp_path / "sheet.docx").write_bytes(render_word(sheet, application))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        soffice,
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "sheet.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert _pages(tmp_path / "sheet.pdf") <= 2
    (tmp_path / "sheet.html").write_text(render_html(sheet), encoding="utf-8")
    chromium = program("chromium", "chromium")
    command = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--no-pdf-header-footer",
        f"--print-to-pdf={tmp_path}/page.pdf",
    ]
    subprocess.run([*command, str(tmp_path / "sheet.html")], check=True, capture_output=True, timeout=120)
    assert _pages(tmp_path / "page.pdf") <= 2


def _pages(path: Path) -> int:
    told = subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"^Pages:\s+(\d+)", told, re.MULTILINE)
    assert found
    return int(found[1])


def test_the_template_is_read_as_claims(tmp_path: Path) -> None:
    framework = load_knowledge().framework
    path = tmp_path / "claims.xlsx"
    path.write_bytes(claims_template(framework, "bronze", date(2026, 10, 1)))
    forms = read_tables(path, limits=Limits())
    assert read_claims(forms, framework).claims == ()
    assert names_in(forms) == ()
    book = openpyxl.load_workbook(path)
    book["Claims"]["C2"], book["Claims"]["D2"] = "minutes.pdf", 3
    book["Own names"]["A2"], book["Own names"]["B2"] = "REACH", "ethnic minority staff network"
    book.save(path)
    forms = read_tables(path, limits=Limits())
    (claim,) = read_claims(forms, framework).claims
    assert (claim.criterion, claim.document, claim.page) == ("B1", "minutes.pdf", "3")
    assert names_in(forms) == (("REACH", "ethnic minority staff network"),)


def test_a_round_refuses_other_settings_and_names_other_versions(tmp_path: Path) -> None:
    asked = {"as_of": "2026-10-01", "wording": "table", "tool": "1", "code": "a"}
    first = open_round(tmp_path, asked)
    assert first.new
    assert not list(tmp_path.iterdir()), "a run that fails begins no round"
    begin(first)
    assert not open_round(tmp_path, asked).new
    assert not open_round(tmp_path, asked).notes
    assert open_round(tmp_path, {**asked, "tool": "2"}).notes == ("tool: 1 when the round began, 2 now",)
    with pytest.raises(UsageError, match="as_of is 2026-10-01, not 2026-11-01"):
        open_round(tmp_path, {**asked, "as_of": "2026-11-01"})
    (tmp_path / "rulings.yml").write_text(
        "- question: Does it count?\n  ruling: Yes.\n  date: 2026-10-05\n", encoding="utf-8"
    )
    assert open_round(tmp_path, asked).rulings == (Ruling("Does it count?", "Yes.", "2026-10-05"),)
    (tmp_path / "rulings.yml").write_text("- question: What?\n", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be read"):
        open_round(tmp_path, asked)


def test_closing_keeps_decisions_and_deletes_the_rest_when_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no round"):
        closing(tmp_path, KEPT)
    begin(open_round(tmp_path, {"as_of": "2026-10-01"}))
    for name in (
        "cache/cache.sqlite3",
        "vale/data/texts.jsonl.gz",
        "vale/decisions/ada.jsonl",
        "vale/pre-screen.html",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = closing(tmp_path, KEPT)
    assert found.delete == ("cache/cache.sqlite3", "vale/data/texts.jsonl.gz")
    delete(tmp_path, found)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"round.toml", "rulings.yml", "vale/decisions/ada.jsonl", "vale/pre-screen.html"}


def test_names_take_effect_only_when_accepted(tmp_path: Path, made: Any) -> None:
    from evidence_kit.options import MapOptions
    from evidence_kit.screening.screen import ScreenOptions, screen

    folder = tmp_path / "papers"
    folder.mkdir()
    made.word(
        folder / "report.docx",
        [line.replace("ethnic minority staff network", "REACH") for line in made.network],
    )
    path = tmp_path / "claims.xlsx"
    framework = load_knowledge().framework
    path.write_bytes(claims_template(framework, "silver", date(2026, 10, 1)))
    book = openpyxl.load_workbook(path)
    sheet = book["Claims"]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "S4")
    row[2].value = "report.docx"
    book["Own names"]["A2"], book["Own names"]["B2"] = "REACH", "ethnic minority staff network"
    book.save(path)
    found = {}
    for accepted in ((), ("REACH",)):
        options = ScreenOptions(
            mapped=MapOptions(pack=folder, organisation="Example Vale NHS Trust", as_of=date(2026, 10, 1)),
            claims=path,
            columns={},
            accepted=accepted,
        )
        application = screen(options)
        found[accepted] = application.screened[0].verdict
        assert application.intake.names == (("REACH", "ethnic minority staff network", bool(accepted)),)
    assert found[()] is not ClaimVerdict.CONFIRMED
    assert found["REACH",] is ClaimVerdict.CONFIRMED
