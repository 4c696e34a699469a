"""The same facts, whatever form they come in; what an application tries to be taken for; the sheet in a browser."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.readers.ocr import engines
from evidence_kit.screening.screen import Application
from evidence_kit.screening.sheet import render_html, sheet_of
from evidence_kit.screening.verdicts import ClaimVerdict, Screened

GAP = (
    "Board of Directors of Example Vale NHS Trust, minutes of 24 September 2026",
    "Only 1 of 14 board members is from an ethnic minority background, while ethnic minority people are 23 per cent of "
    "the local population.",
)


def verdicts(application: Application) -> dict[str, ClaimVerdict]:
    return {one.claim.criterion: one.verdict for one in application.screened}


def of(application: Application, criterion: str) -> Screened:
    (found,) = [one for one in application.screened if one.claim.criterion == criterion]
    return found


@pytest.mark.skipif(not engines.is_installed() and os.environ.get("CI") != "true", reason=engines.INSTALL)
def test_a_scan_and_a_word_file_get_the_same_verdicts(
    screened: Callable[..., Application], tmp_path: Path, made: Any
) -> None:
    lines = (
        "Minutes of the Board of Directors of Example Vale NHS Trust held on 12 March 2026",
        made.sponsor,
        made.zero,
    )
    found = []
    for name in ("word", "scan"):
        folder = tmp_path / name
        folder.mkdir()
        if name == "word":
            made.word(folder / "minutes.docx", lines)
        else:
            scan(folder / "minutes.pdf", made.pdf(tmp_path / "source.pdf", [lines]))
        file = next(folder.iterdir()).name
        rows = [(criterion, "in place", file) for criterion in ("B1", "B5", "S4")]
        found.append(verdicts(screened(folder, rows, ocr="auto")))
    assert found[0] == found[1]
    assert found[0]["B5"] is ClaimVerdict.CONFIRMED


def scan(path: Path, source: Path) -> None:
    """Write a PDF of pictures of another's pages."""
    canvas = Canvas(str(path), invariant=1)
    for page in pypdfium2.PdfDocument(source):
        picture = page.render(scale=300 / 72).to_pil().convert("L")
        canvas.setPageSize(page.get_size())
        canvas.drawImage(ImageReader(picture), 0, 0, *page.get_size())
        canvas.showPage()
    canvas.save()


def test_what_speaks_against_a_claim_is_quoted(
    screened: Callable[..., Application], tmp_path: Path, made: Any
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    made.word(folder / "minutes.docx", GAP)
    found = of(
        screened(folder, [("G1", "in place", "minutes.docx", "", "Our board is diverse")], target="gold"),
        "G1",
    )
    assert found.verdict is ClaimVerdict.CONTRADICTED
    assert "1 of 14" in found.quotes[0].text


def test_the_same_paper_in_two_files_may_be_cited_in_either(
    screened: Callable[..., Application], tmp_path: Path, made: Any
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    lines = (
        "Minutes of the Board of Directors of Example Vale NHS Trust held on 12 March 2026",
        made.sponsor,
        made.zero,
    )
    made.word(folder / "a-minutes.docx", lines)
    made.word(folder / "z-copy.docx", lines)
    for name in ("a-minutes.docx", "z-copy.docx"):
        assert verdicts(screened(folder, [("B1", "in place", name)])) == {"B1": ClaimVerdict.CONFIRMED}


def test_several_files_in_one_row(screened: Callable[..., Application], whole: Path) -> None:
    rows = [("B5", "in place", "network-report.docx; board-minutes.pdf", "1; 13")]
    assert verdicts(screened(whole, rows)) == {"B5": ClaimVerdict.CONFIRMED}


def test_hostile_words_of_a_form_stay_words(screened: Callable[..., Application], whole: Path) -> None:
    rows = [
        ("B1", "in place", "<script>alert(1)</script>.pdf", "=1+1", '=HYPERLINK("http://x")</td><img src=x>')
    ]
    application = screened(whole, rows)
    page = render_html(sheet_of(application, [], []))
    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.parametrize("width", [360, 1280])
def test_the_sheet_has_no_axe_violation(
    screened: Callable[..., Application],
    whole: Path,
    tmp_path: Path,
    violations: Callable[..., object],
    width: int,
) -> None:
    rows = [
        ("B1", "in place", "board-minutes.pdf", "12"),
        ("B5", "in place", "x.pdf"),
        ("S1", "in place", "board-minutes.pdf"),
    ]
    path = tmp_path / "sheet.html"
    path.write_text(render_html(sheet_of(screened(whole, rows), [], [])), encoding="utf-8")
    assert not violations(path, width)
