"""What a reader of the map needs of a quote survives without its file: words, place, printed page, context.

A paragraph that crosses a page, a table row and a passage of meeting captions are carried from file through map and
JSON into the web page, with the files deleted in between.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import PageBreak

from evidence_kit.records.document import Media
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Quote
from evidence_kit.records.passage import Passage, Segment
from evidence_kit.reports.data import from_json, to_json
from evidence_kit.reports.view import build
from evidence_kit.reports.webpage import render

CROSSING = (
    "The Medical Director attended the meeting of the Race Equality Network on 14 January 2026, stayed for the whole "
    "of it and answered questions from forty members about how racist incidents on the night shift are reported and "
    "followed up, and told them what had been done since the meeting before."
)
ROW = ("14 April 2026", "Race Equality Network", "The Chief Executive attended the meeting")
CAPTIONS = """\
00:01 Good afternoon and welcome to the meeting of the People Committee
00:06 of Example Vale NHS Trust, it is the 3rd of June 2026.
00:12 The first item is the report of the executive sponsor.
00:18 The Medical Director attended the Race Equality Network's meeting
00:23 on 12 May 2026 and listened to the members there.
00:29 That is the end of the report, are there any questions?
"""
SPOKEN = (
    "The Medical Director attended the Race Equality Network's meeting on 12 May 2026 and listened to the members "
    "there."
)
FILLER_PAGES = [
    block
    for season in ("spring", "summer", "autumn")
    for block in (
        f"# Estates in {season}",
        f"The roof of the {season} wing was mended and painted.",
        PageBreak(),
    )
]
"""Running lines show as such only where there are pages for them to run over."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The map as it came back from JSON after the files were gone, and the page made of it."""

    before: EvidenceMap
    after: EvidenceMap
    html: str

    def quote(self, words: str) -> Quote:
        """Return a quote of some finding with these words."""
        found = [
            quote for finding in self.after.findings for quote in finding.quotes if words in flat(quote.text)
        ]
        assert found, f"no quote holds: {words}"
        return found[0]

    def figure(self, quote: Quote) -> str:
        """Return the text of the first figure of the page that prints the quote."""
        tree = lxml.html.fromstring(self.html)
        texts = [
            flat(figure.text_content())
            for figure in tree.iter("figure")
            if "quote" in figure.get("class", "")
        ]
        return next(text for text in texts if flat(quote.text) in text)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def carry(tmp_path: Path, map_folder) -> Callable[..., Carried]:
    """Map the papers, write the map as JSON, delete the papers, and go on with the JSON alone."""

    def run(make: Callable[[Path], object]) -> Carried:
        papers, output = tmp_path / "papers", tmp_path / "map.json"
        papers.mkdir()
        make(papers)
        before = map_folder(papers).evidence_map
        output.write_bytes(to_json(before))
        for path in papers.iterdir():
            path.unlink()
        papers.rmdir()
        after = from_json(output.read_bytes())
        return Carried(before, after, render(build(after)))

    return run


def check_places(carried: Carried, quote: Quote) -> None:
    """The quote's words stand at its places in the pages that the map itself carries."""
    pages = {(page.document, page.page_index): page for page in carried.after.cited_pages}
    words = []
    for place in quote.places:
        page = pages[place.document, place.page_index]
        assert (page.page, page.label) == (place.page, place.label)
        words.append(page.text[place.start : place.end])
    assert " ".join(words) == quote.text


def test_a_paragraph_that_crosses_a_page(carry, make_pdf, gap) -> None:
    carried = carry(
        lambda folder: make_pdf(
            folder / "committee.pdf",
            [
                *FILLER_PAGES,
                "# Listening to our staff networks",
                gap(620),
                CROSSING,
                "The Committee noted the report.",
                PageBreak(),
                *FILLER_PAGES,
            ],
        )
    )
    quote = carried.quote(CROSSING[:60])
    assert flat(quote.text) == CROSSING
    assert [(place.page, place.label) for place in quote.places] == [(4, "14"), (5, "15")]
    assert all(len(place.boxes) >= 1 for place in quote.places)
    assert {len(box) for place in quote.places for box in place.boxes} == {4}
    assert quote.headings == ("Listening to our staff networks",)
    check_places(carried, quote)
    figure = carried.figure(quote)
    assert "committee.pdf, pages 4 and 5 (printed 14 and 15)" in figure
    assert "under ‘Listening to our staff networks’" in figure


def test_a_table_row(carry, make_word) -> None:
    header = ("Date", "Meeting", "What was done")
    carried = carry(
        lambda folder: make_word(
            folder / "network.docx",
            [
                "# Executive attendance",
                "The table lists the meetings of the year.",
                (header, ROW, ("9 June 2026", "Disability Network", "Nobody came")),
            ],
        )
    )
    quote = carried.quote(ROW[2])
    for cell in ROW:
        assert cell in quote.text
    assert "Nobody came" not in quote.text
    assert quote.header == header
    assert quote.headings[-1] == "Executive attendance"
    check_places(carried, quote)
    figure = carried.figure(quote)
    assert "network.docx" in figure
    assert all(name in figure for name in header), "the table's header cells are printed with the row"


def test_a_passage_of_meeting_captions(carry) -> None:
    carried = carry(lambda folder: (folder / "meeting.txt").write_text(CAPTIONS, encoding="utf-8"))
    assert carried.after.documents[0].media is Media.TEXT
    quote = carried.quote("The Medical Director attended")
    assert flat(quote.text) == SPOKEN
    assert not re.search(r"\d\d:\d\d", quote.text), "time stamps are not speech"
    assert quote.places[0].line == 4
    check_places(carried, quote)
    assert "meeting.txt, line 4" in carried.figure(quote)


def test_the_whole_map_comes_back_from_json(carry, make_pdf, make_word) -> None:
    def make(folder: Path) -> None:
        make_pdf(folder / "committee.pdf", ["# Networks", CROSSING])
        make_word(folder / "network.docx", [(("Date", "Meeting", "Note"), ROW)])
        (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")

    carried = carry(make)
    for field in ("findings", "documents", "papers", "cited_pages", "problems", "levels", "run"):
        assert getattr(carried.before, field), field
        assert getattr(carried.after, field) == getattr(carried.before, field), field
    assert carried.after == carried.before


@st.composite
def passages(draw: st.DrawFn) -> tuple[list[str], Passage]:
    """Pages, and a passage over stretches of some of them."""
    pages = draw(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=4))
    segments = []
    for index, text in enumerate(pages):
        start = draw(st.integers(0, len(text) - 1))
        segments.append(Segment(index, start, draw(st.integers(start + 1, len(text)))))
    text = " ".join(pages[each.page][each.start : each.end] for each in segments)
    return pages, Passage(
        id="d@0:0", document="d", paper="d:p1", kind="paragraph", segments=tuple(segments), text=text
    )


@given(passages(), st.data())
def test_offsets_in_a_passage_lead_back_to_its_pages(
    made: tuple[list[str], Passage], data: st.DataObject
) -> None:
    pages, passage = made
    start = data.draw(st.integers(0, len(passage.text)))
    end = data.draw(st.integers(start, len(passage.text)))
    found = [pages[each.page][each.start : each.end] for each in passage.spans_of(start, end)]
    # What is left out between segments is the one blank that joins them, never a character of a page.
    joined = "".join(found)
    rest = passage.text[start:end]
    position = 0
    for character in rest:
        if position < len(joined) and joined[position] == character:
            position += 1
        else:
            assert character == " "
    assert position == len(joined)
