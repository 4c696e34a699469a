"""Small applications of an invented trust, made here: papers as pages of lines, claims as rows, screened together."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.language.lexicon import Lexicon
from evidence_kit.language.nlp import Tagger
from evidence_kit.options import MapOptions
from evidence_kit.pipeline import cited, knowledge, run
from evidence_kit.screening import screen as screening
from evidence_kit.screening.screen import Application, ScreenOptions, screen

AS_OF = date(2026, 10, 1)
TRUST = "Example Vale NHS Trust"
HEADINGS = ("Criterion", "Claimed status", "Document", "Page", "What it shows")
PRINTED = 10
"""What is added to the file's page number in the foot of a made PDF."""

_load = cache(run.load_knowledge)
_taggers: dict[tuple[str, object], Tagger] = {}


def _tagger(lexicon: Lexicon, names: tuple[tuple[str, str], ...] = ()) -> Tagger:
    key = (lexicon.digest, names)
    if key not in _taggers:
        _taggers[key] = Tagger(lexicon, names)
    return _taggers[key]


@pytest.fixture(scope="session", autouse=True)
def _know_once() -> Iterator[None]:
    """Load framework and lexicon, and build the tagger, once for this room: the same, only sooner."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (run, screening, knowledge):
            patch.setattr(module, "load_knowledge", _load)
        for place in (run, cited, screening):
            patch.setattr(place, "Tagger", _tagger)
        yield


def write_pdf(path: Path, pages: Sequence[Sequence[str]], *, white: Sequence[str] = ()) -> Path:
    """Write a PDF of pages of lines; ``white`` lines stand on the last page in the colour of the paper."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for number, lines in enumerate(pages, start=1):
        top = A4[1] - 72.0
        for at, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if not at else "Helvetica", 15 if not at else 11)
            for part in _folded(line, 84 if at else 52):
                canvas.drawString(72, top, part)
                top -= 15
            top -= 12
        if number == len(pages):
            canvas.setFillGray(1)
            for line in white:
                for part in _folded(line):
                    canvas.drawString(72, top, part)
                    top -= 15
            canvas.setFillGray(0)
        canvas.setFont("Helvetica", 8)
        canvas.drawRightString(A4[0] - 72, 30, f"Page {number + PRINTED}")
        canvas.showPage()
    canvas.save()
    return path


def _folded(line: str, width: int = 84) -> list[str]:
    rows = [""]
    for word in line.split():
        if len(rows[-1]) + len(word) + 1 > width:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def write_word(path: Path, lines: Sequence[str]) -> Path:
    """Write a Word file: the first line is its title, the others paragraphs."""
    document = docx.Document()
    document.add_heading(lines[0], level=1)
    for line in lines[1:]:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def write_claims(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write claims as a table of values."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *([*row, *[""] * (len(HEADINGS) - len(row))] for row in rows)])
    return path


Screen = Callable[..., Application]


@pytest.fixture(scope="session")
def screened() -> Screen:
    """Return what screens a folder against rows of claims."""

    def run_it(folder: Path, rows: Sequence[Sequence[str]], **more: Any) -> Application:
        claims = write_claims(folder.parent / f"{folder.name}-claims.csv", rows)
        given = {"organisation": TRUST, "as_of": AS_OF, "target": "silver", **more}
        return screen(
            ScreenOptions(
                mapped=MapOptions(pack=folder, **given), claims=claims, columns={}, sources="papers"
            )
        )

    return run_it


SPONSOR = (
    "The Board confirmed the Chief Nurse as executive sponsor for race equity. She answers to the Board for the "
    "Trust's anti-racism programme."
)
NETWORK = tuple(
    f"The Chief Nurse attended the ethnic minority staff network meeting on {day}."
    for day in ("14 January 2026", "11 March 2026", "13 May 2026", "15 July 2026")
)
NETWORK_REPORT = (
    "Report of the ethnic minority staff network for 2025/26, Example Vale NHS Trust, September 2026",
    *NETWORK,
)
ZERO = (
    "In February 2026 the Trust told all staff and patients in posters and letters that racist abuse from service "
    "users or staff will not be tolerated."
)
COUNCIL_PLAN = "We will set up a BAME leadership council by March 2027."
PAY_GAP_OLD = (
    "Ethnicity pay gap report 2023, Example Vale NHS Trust, 30 March 2023",
    "The Trust published its ethnicity pay gap for 2022: the mean gap was 4.2 per cent.",
)


class Made:
    """Sentences of the invented trust, and what writes papers of them."""

    sponsor = SPONSOR
    network = NETWORK_REPORT
    zero = ZERO
    plan = COUNCIL_PLAN
    pdf = staticmethod(write_pdf)
    word = staticmethod(write_word)
    claims = staticmethod(write_claims)


@pytest.fixture(scope="session")
def made() -> Made:
    """What papers are made of."""
    return Made()


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of an application with one of everything."""
    folder = tmp_path_factory.mktemp("application") / "papers"
    folder.mkdir()
    write_pdf(
        folder / "board-minutes.pdf",
        [
            ("Example Vale NHS Trust", "Minutes of the Board of Directors held on 12 March 2026"),
            ("9. Equality", SPONSOR),
            ("10. Zero tolerance", ZERO, COUNCIL_PLAN),
        ],
    )
    write_word(folder / "network-report.docx", NETWORK_REPORT)
    write_word(folder / "pay-gap-2023.docx", PAY_GAP_OLD)
    write_word(
        folder / "application-narrative.docx",
        (
            "Example Vale NHS Trust: our bronze application narrative",
            "All executive directors have completed inclusive leadership education in 2026.",
        ),
    )
    return folder
