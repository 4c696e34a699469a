"""Workbooks, slides, values and OpenDocument texts in a pack: their rows and lines become passages that read alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pptx
import xlsxwriter

from evidence_kit.passages.papers import split_papers
from evidence_kit.passages.split import split_passages
from evidence_kit.pipeline.run import MapResult
from evidence_kit.readers.pack import read_pack
from evidence_kit.records.document import Document, DocumentState, Media
from evidence_kit.records.passage import Passage
from evidence_kit.reports.data import to_json
from evidence_kit.reports.view import build
from evidence_kit.reports.webpage import render
from evidence_kit.workers import Limits


def wres(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        share = book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet("WRES indicators")
        sheet.write("A1", "Example Vale NHS Trust: Workforce Race Equality Standard 2026")
        sheet.write("A2", "Data as at 31 March 2026")
        sheet.write("A4", "Table 1: indicators")
        sheet.write("A5", "Indicator")
        sheet.merge_range("B5:C5", "March 2025")
        sheet.merge_range("D5:E5", "March 2026")
        sheet.write_row("B6", ["White", "BME", "White", "BME"])
        sheet.write("A7", "Staff in bands 8a to VSM")
        for column, value in enumerate((0.883, 0.117, 0.86, 0.14), 1):
            sheet.write(6, column, value, share)
        book.add_worksheet("Lists").hide()
    return path


def deck(path: Path) -> Path:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "Reverse mentoring"
    slide.placeholders[
        1
    ].text_frame.text = "Twelve executives were mentored by ethnic minority staff in 2025."
    slide.notes_slide.notes_text_frame.text = "The chief executive met her mentor monthly from May 2025."
    slides.save(str(path))
    return path


def passages_of(document: Document) -> tuple[Passage, ...]:
    return split_passages(document, split_papers(document))


def test_a_row_of_a_wres_workbook_reads_with_its_header(tmp_path: Path) -> None:
    wres(tmp_path / "wres.xlsx")
    (document,) = read_pack(tmp_path, limits=Limits())
    (row,) = [one for one in passages_of(document) if "bands 8a" in one.text]
    assert row.text.split("\t") == ["Staff in bands 8a to VSM", "88.3%", "11.7%", "86.0%", "14.0%"]
    assert row.context.header == (
        "Indicator", "March 2025 White", "March 2025 BME", "March 2026 White", "March 2026 BME",
    )  # fmt: skip
    assert row.context.caption == "Table 1: indicators"
    assert row.context.headings[0] == "WRES indicators"


def test_what_is_said_to_a_slide_stands_under_its_title(tmp_path: Path) -> None:
    deck(tmp_path / "deck.pptx")
    (document,) = read_pack(tmp_path, limits=Limits())
    (said,) = [one for one in passages_of(document) if "monthly" in one.text]
    assert said.context.headings == ("Reverse mentoring", "Speaker notes")


def test_a_header_goes_with_the_rows_of_a_long_table_of_values(tmp_path: Path) -> None:
    lines = "".join(
        f'"Careers fair {number}","{"Held for ethnic minority staff. " * 4}",{number}\n'
        for number in range(900)
    )
    (tmp_path / "log.csv").write_text("Event,Note,Attended\n" + lines, encoding="utf-8")
    (document,) = read_pack(tmp_path, limits=Limits())
    assert len(document.pages) > 1
    rows = [one for one in passages_of(document) if "Careers fair" in one.text]
    assert len(rows) == 900
    assert {one.context.header for one in rows} == {("Event", "Note", "Attended")}


def test_a_pack_of_them_is_mapped_and_places_are_named(
    tmp_path: Path, map_folder: Callable[..., MapResult]
) -> None:
    wres(tmp_path / "wres.xlsx")
    deck(tmp_path / "deck.pptx")
    (tmp_path / "log.csv").write_text("=cmd|' /C calc'!A0,<b>Owner</b>\nx,y\n", encoding="utf-8")
    result = map_folder(tmp_path)
    found = {document.path: document for document in result.documents}
    assert {name: one.media for name, one in found.items()} == {
        "wres.xlsx": Media.WORKBOOK, "deck.pptx": Media.SLIDES, "log.csv": Media.CSV,
    }  # fmt: skip
    assert found["wres.xlsx"].state is DocumentState.PARTLY_READ
    assert found["deck.pptx"].state is DocumentState.READ
    summaries = {one.path: one for one in result.evidence_map.documents}
    assert summaries["wres.xlsx"].unread_pages == (2,)
    page = render(build(result.evidence_map))
    text = page if isinstance(page, str) else page.decode()
    assert "2 sheets" in text and "1 slide" in text
    quotes = [
        quote
        for finding in json.loads(to_json(result.evidence_map))["findings"]
        for quote in finding["quotes"]
        if quote["document"] == found["deck.pptx"].id
    ]
    assert quotes, "the mentoring of executives is evidence for something"
    assert all(place["page"] == 1 for quote in quotes for place in quote["places"])
    assert "deck.pptx, slide 1" in text
