"""Words of slides, sheets, web pages and texts that a reader reads and nobody sees, and others that are seen."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from evidence_kit.readers.hidden.unseen import Look, unseen_words
from evidence_kit.records.document import Media
from evidence_kit.workers import Limits

WORDS = "We told all staff that racist abuse will not be tolerated."
SEEN = "This stands on the page."


def unseen(path: Path, media: Media) -> str:
    found = unseen_words(Look(str(path), media, (0, 3), Limits()))
    assert found[0] == found[3]
    return found[0]


def deck(path: Path, way: str) -> Path:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    left = Inches(-20) if way == "beside" else Inches(1)
    for text, at in ((WORDS, left), (SEEN, Inches(1))):
        box = slide.shapes.add_textbox(at, Inches(1), Inches(5), Inches(1))
        run = box.text_frame.paragraphs[0].add_run()
        run.text = text
        if text is WORDS and way in ("white", "filled", "dark"):
            run.font.color.rgb = RGBColor(255, 255, 255)
        if text is WORDS and way == "speck":
            run.font.size = Pt(1)
        if text is WORDS and way == "filled":
            box.fill.solid()
            box.fill.fore_color.rgb = RGBColor(0, 0, 90)
    if way == "dark":
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = RGBColor(0, 0, 0)
    presentation.save(str(path))
    return path


@pytest.mark.parametrize(
    ("way", "hidden"),
    [("white", True), ("speck", True), ("beside", True), ("filled", False), ("dark", False)],
)
def test_words_of_a_slide(tmp_path: Path, way: str, hidden: bool) -> None:
    assert unseen(deck(tmp_path / "deck.pptx", way), Media.SLIDES) == (WORDS if hidden else "")


@pytest.mark.parametrize(
    ("way", "hidden"), [("white", True), ("speck", True), (";;;", True), ("filled", False), ("plain", False)]
)
def test_words_of_a_sheet(tmp_path: Path, way: str, hidden: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"] = WORDS, SEEN
    cell = sheet["A1"]
    if way in ("white", "filled"):
        cell.font = Font(color="FFFFFFFF")
    if way == "filled":
        cell.fill = PatternFill("solid", fgColor="FF000080")
    if way == "speck":
        cell.font = Font(sz=1)
    if way == ";;;":
        cell.number_format = ";;;"
    book.save(tmp_path / "book.xlsx")
    assert unseen(tmp_path / "book.xlsx", Media.WORKBOOK) == (WORDS if hidden else "")


@pytest.mark.parametrize(
    ("markup", "hidden"),
    [
        ('<p style="color:#fff">{}</p>', True),
        ('<p style="color: white !important">{}</p>', True),
        ('<p style="font-size:0">{}</p>', True),
        ('<p style="font-size:2px">{}</p>', True),
        ('<p style="opacity:0">{}</p>', True),
        ('<p style="position:absolute;left:-9999px">{}</p>', True),
        ('<p style="color:rgba(0,0,0,0)">{}</p>', True),
        ('<style>.ghost{{display:none}}</style><p class="ghost">{}</p>', True),
        ('<style>#g, p.ghost{{color:#fefefe}}</style><div><p class="a ghost">{}</p></div>', True),
        ('<div style="background:#003366"><p style="color:#fff">{}</p></div>', False),
        ('<div style="background:url(x.png)"><p style="color:#fff">{}</p></div>', False),
        ('<div style="background:#003366"><p style="color:#036">{}</p></div>', True),
        ('<p style="color:#333;font-size:1rem;margin-left:2em">{}</p>', False),
    ],
)
def test_words_of_a_web_page(tmp_path: Path, markup: str, hidden: bool) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head></head><body><p>{SEEN}</p>{markup.format(WORDS)}</body></html>", encoding="utf-8"
    )
    assert unseen(path, Media.HTML).strip() == (WORDS if hidden else "")


@pytest.mark.parametrize(
    ("properties", "hidden"),
    [
        ("fo:color='#ffffff'", True),
        ("fo:font-size='1pt'", True),
        ("text:display='none'", True),
        ("fo:color='#112233'", False),
        ("fo:color='#ffffff' fo:background-color='#000000'", False),
    ],
)
def test_words_of_an_opendocument_text(tmp_path: Path, properties: str, hidden: bool) -> None:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{what}:1.0"'
        for name, what in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    content = (
        f"<office:document-content {names}><office:automatic-styles><style:style style:name='T1' style:family='text'>"
        f"<style:text-properties {properties}/></style:style></office:automatic-styles><office:body><office:text>"
        f"<text:p>{SEEN} <text:span text:style-name='T1'>{WORDS}</text:span></text:p>"
        "</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "text.odt", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
    assert unseen(tmp_path / "text.odt", Media.OPENDOCUMENT) == (WORDS if hidden else "")


def test_a_file_that_cannot_be_opened_hides_nothing_that_is_known(tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(b"PK\x03\x04 nothing")
    assert unseen_words(Look(str(tmp_path / "deck.pptx"), Media.SLIDES, (0,), Limits())) == {}
