"""A merged board pack of 120 pages and 15 papers in three house styles: every paper is found, with what it is.

The pack has no bookmarks, as packs that were merged by printing have none. What is right is held; what is missed is
listed by name below, so that a miss that is mended and one that is new are both seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.passages.papers import split_papers
from evidence_kit.readers.pack import read_file
from evidence_kit.records.passage import Paper
from evidence_kit.workers import Limits

WIDTH, HEIGHT = A4
TRUST = "Sandhill and Wyre Mouth NHS Foundation Trust"
MEETING = date(2026, 3, 26)
MEETING_WORDS = "Thursday 26 March 2026"
LAST_MEETING = date(2026, 1, 29)

MISSES: dict[str, set[tuple[str, str]]] = {
    "mixed": set(),
    "table": set(),
    "header": set(),
    "designed": set(),
}
"""Pack -> (title, field) of what is not right yet."""

SENTENCES = (
    "The committee looked at the figures for the quarter and asked for more detail on two sites.",
    "Waiting times fell in three of five specialties, and the plan for the rest was agreed.",
    "The team has met every fortnight since 4 November 2025 and reports to the executive group.",
    "Sickness absence stood at 5.1 per cent in February, a little above the target.",
    "Directors noted the risk and asked that it be brought back on 28 May 2026 with a costed plan.",
    "Feedback from staff was shared with the divisions, and each has named a lead.",
)


@dataclass(frozen=True)
class Made:
    """A paper as it was put into the pack."""

    item: str
    title: str
    pages: int
    dated: date = MEETING
    listed: str = ""
    """Its title in the agenda, where that is another than its own."""


PAPERS = (
    Made("4", "Minutes of the meeting held on 29 January 2026", 9, LAST_MEETING),
    Made("5", "Action log", 2),
    Made("6", "Chair's report", 3),
    Made("7", "Chief Executive's report", 7),
    Made("8.1", "Integrated performance report", 20),
    Made("8.2", "Finance report for month 11", 11),
    Made("9.1", "Workforce race equality standard report", 12, listed="WRES: annual return"),
    Made("9.2", "Staff survey results", 8),
    Made("9.3", "Freedom to speak up report", 6),
    Made("10.1", "Learning from deaths", 5),
    Made("10.2", "Infection prevention and control annual report", 10),
    Made("11", "Board assurance framework", 14),
    Made(
        "12",
        "Report of the Quality Committee",
        4,
        listed="Quality Committee: chair's escalation and assurance",
    ),
    Made("13", "Register of interests", 3),
    Made("14", "Annual cycle of business", 4),
)


class Pack:
    """Draws a pack page by page.

    Attributes:
        number: Of the page that is being drawn, from 1.
    """

    def __init__(self, path: Path) -> None:
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.number = 1
        self._said = 0

    def line(self, text: str, x: float, y: float, size: float = 10.5, *, bold: bool = False) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def prose(self, x: float, y: float, width: float, bottom: float, size: float = 10.5) -> float:
        """Fill a column with paragraphs; return where it ends."""
        while y < bottom - 70:
            text = " ".join(SENTENCES[(self._said + each) % len(SENTENCES)] for each in range(4))
            self._said += 1
            for line in simpleSplit(text, "Helvetica", size, width):
                self.line(line, x, y, size)
                y += size * 1.3
            y += size
        return y

    def grid(self, rows: list[tuple[str, ...]], x: float, y: float, widths: tuple[float, ...]) -> float:
        """Draw a table with rules; return where it ends."""
        height = 22.0
        for row in rows:
            left = x
            for text, width in zip(row, widths, strict=True):
                self.canvas.rect(left, HEIGHT - y - height, width, height)
                self.line(text, left + 4, y + 15, 9.5)
                left += width
            y += height
        return y + 20

    def end_page(self) -> None:
        self.canvas.showPage()
        self.number += 1


def agenda(pack: Pack) -> None:
    pack.line(TRUST, 60, 70, 12)
    pack.line("Agenda", 60, 100, 20, bold=True)
    pack.line(f"Board of Directors, meeting in public, {MEETING_WORDS}, 9.30am", 60, 125)
    opening = [("1", "Welcome and apologies", "Chair"), ("2", "Declarations of interest", "Chair"),
               ("3", "Patient story", "Chief Nurse")]  # fmt: skip
    rows = [
        ("Item", "Subject", "Lead"),
        *opening,
        *((made.item, made.listed or made.title, "Director") for made in PAPERS),
    ]
    pack.grid(rows, 60, 150, (50, 330, 90))
    pack.end_page()


def table_style(pack: Pack, made: Made) -> None:
    """A cover sheet with a ruled table; pages numbered in the paper itself."""
    cover = [
        ("Meeting", "Board of Directors, held in public"),
        ("Date of meeting", "26 March 2026"),
        ("Agenda item", made.item),
        ("Title of paper", made.title),
        ("Executive lead", "Director of Operations"),
        ("Purpose", "For assurance"),
        ("Previously considered by", "Executive group, 10 March 2026"),
    ]
    for index in range(made.pages):
        if index == 0:
            pack.line(TRUST, 60, 60, 9)
            y = pack.grid(cover, 60, 90, (150, 320))
            pack.line("Summary", 60, y + 10, 13, bold=True)
            pack.prose(60, y + 32, 470, 760)
        else:
            pack.line(
                f"{index}. {('Background', 'Position', 'Next steps')[index % 3]}", 60, 90, 13, bold=True
            )
            pack.prose(60, 115, 470, 770)
        pack.line(f"Page {index + 1} of {made.pages}", 270, 815, 8)
        pack.end_page()


def header_style(pack: Pack, made: Made) -> None:
    """A running header with the item; title and meeting as headings."""
    for index in range(made.pages):
        pack.line(f"Agenda item {made.item}", 470, 40, 9)
        if index == 0:
            pack.line(made.title, 60, 100, 18, bold=True)
            pack.line(f"Board of Directors: {MEETING_WORDS}", 60, 125)
            pack.prose(60, 160, 470, 770)
        else:
            if index == made.pages - 1 and made.pages > 3:
                pack.line("Appendix 1: minutes of the group", 60, 90, 14, bold=True)
                pack.line("Group meeting held on 12 February 2026", 60, 110)
            pack.prose(60, 130, 470, 770)
        pack.line(str(pack.number), 290, 815, 8)
        pack.end_page()


def designed_style(pack: Pack, made: Made) -> None:
    """Two columns under a large title; the item stands in the agenda alone."""
    for index in range(made.pages):
        if index == 0:
            pack.line(made.title, 50, 110, 24 if len(made.title) < 36 else 18, bold=True)
            pack.line("Where we are and what comes next", 50, 135, 12)
        elif index % 2:
            pack.line(("Our people", "Our patients", "Our partners")[index % 3], 50, 80, 14, bold=True)
        for x in (50, 305):
            pack.prose(x, 170 if index == 0 else 110, 235, 770, 9.5)
        pack.line(f"{TRUST}  |  {pack.number}", 50, 815, 8)
        pack.end_page()


STYLES: dict[str, Callable[[Pack, Made], None]] = {
    "table": table_style,
    "header": header_style,
    "designed": designed_style,
}


def make_pack(path: Path, styles: tuple[str, ...]) -> dict[str, int]:
    """Write the pack, its styles by turns; return the index of each paper's first page."""
    pack = Pack(path)
    agenda(pack)
    pack.line("Board etiquette", 60, 90, 14, bold=True)
    pack.prose(60, 120, 470, 500)
    pack.end_page()
    first: dict[str, int] = {}
    for number, made in enumerate(PAPERS):
        first[made.title] = pack.number - 1
        STYLES[styles[number % len(styles)]](pack, made)
    pack.canvas.save()
    return first


def wrong(papers: tuple[Paper, ...], first: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Yield title and field of everything that is not as it was put in; papers that nobody put in by their titles."""
    found = {paper.first_page: paper for paper in papers}
    for made in PAPERS:
        paper = found.pop(first[made.title], None)
        if paper is None:
            yield made.title, "first page"
            continue
        if paper.profile.title.replace("’", "'") != made.title:
            yield made.title, f"title: {paper.profile.title}"
        if paper.item != made.item:
            yield made.title, f"item: {paper.item}"
        if paper.profile.meeting_date != made.dated:
            yield made.title, f"date: {paper.profile.meeting_date}"
    for page, paper in found.items():
        if page > 1:
            yield paper.profile.title, "no such paper"


@pytest.mark.parametrize(
    "styles", [("table", "header", "designed"), ("table",), ("header",), ("designed",)], ids="-".join
)
def test_every_paper_is_found_with_title_item_and_date(tmp_path: Path, styles: tuple[str, ...]) -> None:
    first = make_pack(tmp_path / "pack.pdf", styles)
    document = read_file(tmp_path / "pack.pdf", limits=Limits())
    assert len(document.pages) == 120
    name = styles[0] if len(styles) == 1 else "mixed"
    papers = split_papers(document)
    assert set(wrong(papers, first)) == MISSES[name]
    if name == "table":  # the check itself sees what is wrong
        assert len(set(wrong(papers, {title: page + 1 for title, page in first.items()}))) > len(PAPERS)


def test_a_chapter_set_as_large_as_a_title_opens_no_paper(tmp_path: Path) -> None:
    """The agenda has items without papers there (a patient's story, other business), and none is akin to it."""
    pack = Pack(tmp_path / "pack.pdf")
    agenda(pack)
    for made in PAPERS[1:4]:
        designed_style(pack, made)
        pack.line("Our people and our places", 50, 110, 24, bold=True)
        pack.prose(50, 160, 470, 770)
        pack.end_page()
    pack.canvas.save()
    papers = split_papers(read_file(tmp_path / "pack.pdf", limits=Limits()))
    assert [paper.item for paper in papers] == ["", "5", "6", "7"]
