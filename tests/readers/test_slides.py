"""Decks of slides made here by python-pptx, and by hand for what it does not write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation
from pptx.util import Inches, Pt

from evidence_kit.readers.base import DAMAGED, NOT_READ_YET, PICTURES, TOO_LARGE, Inspection, ReadError
from evidence_kit.readers.slides import reader as slides
from evidence_kit.records.document import Block, BlockKind, Page, PageState
from evidence_kit.workers import Limits

LIMITS = Limits()
Fill = Callable[[Presentation], None]
TITLE_ONLY, TITLE_AND_BODY, BLANK = 5, 1, 6
# The smallest PNG: one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "01001827d8d60000000049454e44ae426082"
)


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Fill], Path]:
    """Write a deck that the function given fills."""

    def build(fill: Fill) -> Path:
        deck = pptx.Presentation()
        fill(deck)
        path = tmp_path / "deck.pptx"
        deck.save(str(path))
        return path

    return build


def read(path: Path) -> tuple[Inspection, tuple[Page, ...]]:
    inspection, pages = slides.read_whole(path, LIMITS)
    assert len(pages) == inspection.page_count
    for page in pages:
        position = 0
        for block in page.blocks:
            assert position <= block.start < block.end <= len(page.text)
            assert not page.text[position : block.start].strip()
            position = block.end
        assert not page.text[position:].strip()
    return inspection, pages


def lines(page: Page) -> list[str]:
    return [_line(page, block) for block in page.blocks]


def _line(page: Page, block: Block) -> str:
    if block.kind is BlockKind.TABLE_ROW:
        mark = f"{block.table}.{block.row}{'h' if block.header else ''}"
        return f"{mark} " + " | ".join(page.text[low:high] for low, high in block.cells)
    level = str(block.level) if block.level else ""
    return f"{block.kind.value}{level} {page.text[block.start : block.end]}"


def titled(deck: Presentation, title: str, layout: int = TITLE_ONLY) -> pptx.slide.Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    if slide.shapes.title is not None:
        slide.shapes.title.text = title
    return slide


def test_title_lists_text_boxes_and_notes(make: Callable[[Fill], Path]) -> None:
    def fill(deck: Presentation) -> None:
        slide = titled(deck, "Race equality\vin our trust", TITLE_AND_BODY)
        body = slide.placeholders[1].text_frame
        body.text = "Our network met"
        inner = body.add_paragraph()
        inner.text, inner.level = "in March", 1
        box = slide.shapes.add_textbox(Inches(1), Inches(5), Inches(4), Inches(1)).text_frame
        box.text = "The board agreed the plan.\vIt was published."
        slide.notes_slide.notes_text_frame.text = "Tell them who attended.\nThe executive sponsor did."
        titled(deck, "Second")

    inspection, (first, second) = read(make(fill))
    assert inspection.page_count == 2 and not inspection.problems
    assert (first.number, second.number) == (1, 2)
    assert first.width == 720 and first.height == 540
    assert lines(first) == [
        "heading1 Race equality in our trust",
        "list_item1 Our network met",
        "list_item2 in March",
        "paragraph The board agreed the plan.\nIt was published.",
        "heading2 Speaker notes",
        "paragraph Tell them who attended.",
        "paragraph The executive sponsor did.",
    ]
    assert lines(second) == ["heading1 Second"]


def test_tables_with_merged_cells_and_a_header(make: Callable[[Fill], Path]) -> None:
    def fill(deck: Presentation) -> None:
        for _ in range(2):
            slide = titled(deck, "Figures")
            table = slide.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
            for row, texts in enumerate((("Band", "Staff", ""), ("8a", "12", "3"), ("", "1", "2"))):
                for column, text in enumerate(texts):
                    table.cell(row, column).text = text
            table.cell(0, 1).merge(table.cell(0, 2))
            table.cell(1, 0).merge(table.cell(2, 0))

    _, pages = read(make(fill))
    for number, page in enumerate(pages):
        assert lines(page)[1:] == [
            f"{number}.0h Band | Staff | ", f"{number}.1 8a | 12 | 3", f"{number}.2  | 1 | 2",
        ]  # fmt: skip


def test_charts_give_their_figures_pictures_are_said_to_be_unread(make: Callable[[Fill], Path]) -> None:
    def fill(deck: Presentation) -> None:
        slide = titled(deck, "Shares")
        data = CategoryChartData(number_format="0.0%")
        data.categories = ["2025", "2026"]
        data.add_series("BME", (0.12, 0.148))
        data.add_series("White", (0.88, None))
        frame = slide.shapes.add_chart(
            XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(6), Inches(4), data
        )
        frame.chart.has_title = True
        frame.chart.chart_title.text_frame.text = "Staff by ethnicity"
        seen = titled(deck, "Our people")
        seen.shapes.add_picture(io.BytesIO(PIXEL), Inches(1), Inches(2), Inches(6), Inches(4))
        logo = titled(deck, "With a logo")
        logo.shapes.add_picture(io.BytesIO(PIXEL), Inches(9), Inches(0), Inches(0.5), Inches(0.5))
        alone = deck.slides.add_slide(deck.slide_layouts[BLANK])
        alone.shapes.add_picture(io.BytesIO(PIXEL), 0, 0, deck.slide_width, deck.slide_height)
        deck.slides.add_slide(deck.slide_layouts[BLANK])

    inspection, pages = read(make(fill))
    assert lines(pages[0])[1:] == [
        "caption Staff by ethnicity", "0.0h  | BME | White", "0.1 2025 | 12.0% | 88.0%", "0.2 2026 | 14.8% | ",
    ]  # fmt: skip
    assert [page.state for page in pages[1:]] == [
        PageState.READ, PageState.READ, PageState.UNREAD, PageState.BLANK,
    ]  # fmt: skip
    assert [(problem.code, problem.pages) for problem in inspection.problems] == [(PICTURES, (2,))]


def test_hidden_slides_and_shapes_are_not_quoted(make: Callable[[Fill], Path]) -> None:
    def fill(deck: Presentation) -> None:
        titled(deck, "Secret").element.set("show", "0")
        slide = titled(deck, "Shown")
        box = slide.shapes.add_textbox(0, 0, Inches(1), Inches(1))
        box.text_frame.text = "Draft remark"
        box._element.nvSpPr.cNvPr.set("hidden", "1")

    _, (hidden, shown) = read(make(fill))
    assert hidden.state is PageState.UNREAD and "hidden" in hidden.reason and not hidden.text
    assert lines(shown) == ["heading1 Shown", "furniture Draft remark"]


def test_a_slide_without_a_title_takes_its_largest_line_or_its_number(make: Callable[[Fill], Path]) -> None:
    def fill(deck: Presentation) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
        for text, size in (("A small line", 12), ("The large line", 32), ("Another", 12)):
            frame = slide.shapes.add_textbox(0, 0, Inches(3), Inches(1)).text_frame
            frame.text = text
            frame.paragraphs[0].runs[0].font.size = Pt(size)
        long = deck.slides.add_slide(deck.slide_layouts[BLANK])
        long.shapes.add_textbox(0, 0, Inches(3), Inches(1)).text_frame.text = "word " * 40

    _, (first, second) = read(make(fill))
    assert lines(first) == ["heading1 The large line", "paragraph A small line", "paragraph Another"]
    assert lines(second)[0] == "heading1 Slide 2"


def test_groups_are_read_in_their_place_and_what_is_embedded_is_said(make: Callable[[Fill], Path]) -> None:
    def fill(deck: Presentation) -> None:
        slide = titled(deck, "Groups")
        group = slide.shapes.add_group_shape()
        inner = group.shapes.add_group_shape()
        inner.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "Deep"
        group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "Less deep"
        slide.shapes.add_ole_object(
            io.BytesIO(b"x"), "Package", Inches(1), Inches(1), icon_file=io.BytesIO(PIXEL)
        )

    inspection, (page,) = read(make(fill))
    assert lines(page) == ["heading1 Groups", "paragraph Deep", "paragraph Less deep"]
    assert [problem.code for problem in inspection.problems] == [NOT_READ_YET]


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def two(deck: Presentation) -> None:
    for title in ("First", "Second"):
        titled(deck, title, TITLE_AND_BODY).placeholders[
            1
        ].text_frame.text = f"Text of the {title.lower()} slide."


def test_a_diagram_gives_its_words(make: Callable[[Fill], Path]) -> None:
    path = make(two)
    parts = parts_of(path)
    frame = (
        b'<p:graphicFrame><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram">'
        b'<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rId99"/>'
        b"</a:graphicData></a:graphic></p:graphicFrame></p:spTree>"
    )
    one, rels = "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"
    parts[one] = parts[one].replace(b"</p:spTree>", frame)
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="x/diagramData" Target="../data.xml"/></Relationships>',
    )
    parts["ppt/data.xml"] = (
        b'<d xmlns:a="urn:a"><a:p><a:r><a:t>Listen</a:t></a:r></a:p><a:p><a:t>Act</a:t></a:p></d>'
    )
    _, (page, _) = read(write_parts(path, parts))
    assert lines(page)[-2:] == ["paragraph Listen", "paragraph Act"]


def test_damage_costs_a_slide_and_limits_hold(make: Callable[[Fill], Path]) -> None:
    path = make(two)
    parts = parts_of(path)
    one = "ppt/slides/slide1.xml"
    _, pages = read(write_parts(path, {**parts, one: b"\x00\x01"}))
    assert [page.state for page in pages] == [PageState.UNREAD, PageState.READ]
    inspection, pages = read(write_parts(path, {**parts, one: parts[one].replace(b"</p:cSld>", b"")}))
    assert "First" in pages[0].text
    assert [(problem.code, problem.pages) for problem in inspection.problems] == [(DAMAGED, (1,))]
    _, pages = read(write_parts(path, {name: data for name, data in parts.items() if name != one}))
    assert [page.state for page in pages] == [PageState.UNREAD, PageState.READ]
    pages = slides.read_whole(write_parts(path, parts), Limits(pages=1))[1]
    assert [page.state for page in pages] == [PageState.READ, PageState.UNREAD]
    with pytest.raises(ReadError) as caught:
        read(write_parts(path, {**parts, "ppt/presentation.xml": b"<html/>"}))
    assert caught.value.code == DAMAGED
    with pytest.raises(ReadError) as caught:
        slides.read_whole(write_parts(path, {**parts, one: b" " * 3_000_000}), Limits(decompressed_mib=1))
    assert caught.value.code == TOO_LARGE
    deep = b"<p:grpSp>" * 5000 + b"</p:grpSp>" * 5000 + b"</p:spTree>"
    _, pages = read(write_parts(path, {**parts, one: parts[one].replace(b"</p:spTree>", deep)}))
    assert pages[1].state is PageState.READ
    bomb = b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
    torn = parts[one][parts[one].index(b"<p:sld") :].replace(b"First", b"First&b;")
    _, pages = read(write_parts(path, {**parts, one: bomb + torn}))
    assert len(pages[0].text) < 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_broken_decks_are_read_or_refused(make: Callable[[Fill], Path], data: st.DataObject) -> None:
    path = make(two)
    parts = parts_of(path)
    name = data.draw(st.sampled_from(sorted(name for name in parts if "/slides/" in name or "/pres" in name)))
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=6))
    whole = write_parts(path, {**parts, name: bytes(content)}).read_bytes()
    path.write_bytes(whole[: data.draw(st.one_of(st.just(len(whole)), st.integers(1, len(whole))))])
    try:
        read(path)
    except ReadError as error:
        assert error.message and error.next_step.endswith(".")
