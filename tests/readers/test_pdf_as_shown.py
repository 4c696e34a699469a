"""Pages of PDFs as shown: lying on their side, with what people wrote onto them, without what is off the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.readers import base
from evidence_kit.readers.pack import read_file
from evidence_kit.records.document import BlockKind, Page, PageState
from evidence_kit.workers import Limits

WIDTH, HEIGHT = A4
ROWS = (("Group", "Applied", "Appointed"), ("White", "120", "12"), ("Asian", "80", "4"))


def page_of(path: Path, draw: Callable[[Canvas], None], turns: int = 0) -> Page:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", 11)
    draw(canvas)
    canvas.save()
    if turns:
        document = pypdfium2.PdfDocument(path.read_bytes())
        document[0].set_rotation(90 * turns)
        document.save(path)
    return read_file(path, limits=Limits()).pages[0]


def texts(page: Page) -> list[str]:
    return [page.text[block.start : block.end].replace("\t", " | ") for block in page.blocks]


def report(canvas: Canvas) -> None:
    for number in range(5):
        canvas.drawString(72, 780 - 15 * number, f"Line {number} says how many people applied and how many")
    for number, row in enumerate(ROWS):
        for x, cell in zip((72, 300, 450), row, strict=True):
            canvas.drawString(x, 600 - 16 * number, cell)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head_reads_as_if_it_stood(tmp_path: Path, turns: int) -> None:
    upright = page_of(tmp_path / "a.pdf", report)
    turned = page_of(tmp_path / "b.pdf", report, turns)
    assert turned.text == upright.text
    assert [block.kind for block in turned.blocks] == [block.kind for block in upright.blocks]
    assert (turned.width, turned.height) == (
        (upright.width, upright.height) if turns == 2 else (upright.height, upright.width)
    )
    start = upright.text.index("Appointed")
    (here,), (there,) = (page.words.within(start, start + 9) for page in (upright, turned) if page.words)
    left, top, right, bottom = here
    width, height = upright.width, upright.height
    shown = {
        1: (height - bottom, left, height - top, right),
        2: (width - right, height - bottom, width - left, height - top),
        3: (top, width - right, bottom, width - left),
    }[turns]
    assert there == pytest.approx(shown, abs=2.5)


def test_a_landscape_page_that_its_viewer_shows_upright_is_read_as_shown(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        for number in range(4):
            canvas.drawString(72, 500 - 15 * number, f"line {number} of a page")

    page = page_of(tmp_path / "a.pdf", draw, 1)
    assert texts(page) == [" ".join(f"line {number} of a page" for number in range(4))]
    assert page.width > page.height


def test_a_few_turned_words_do_not_turn_the_page(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        report(canvas)
        canvas.rotate(90)
        canvas.drawString(100, -30, "Draft for comment")

    page = page_of(tmp_path / "a.pdf", draw)
    assert texts(page)[0].startswith("Line 0")
    assert "Draft for comment" in texts(page)


def test_what_stands_off_the_page_is_not_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "On the page, as everybody sees it")
        canvas.drawString(WIDTH + 40, 700, "report.indd 12 June 10.33")
        canvas.drawString(-200, 500, "The Board approved this")
        canvas.drawString(72, -30, "slug")

    assert texts(page_of(tmp_path / "a.pdf", draw)) == ["On the page, as everybody sees it"]


def form(canvas: Canvas) -> None:
    canvas.drawString(72, 780, "Name of policy:")
    canvas.drawString(72, 720, "Affects ethnic minority staff?")
    canvas.drawString(72, 700, "Affects disabled staff?")
    canvas.drawString(72, 640, "Outcome:")
    canvas.drawString(72, 560, "End of the form")
    fields = canvas.acroForm
    fields.textfield(name="policy", x=180, y=772, width=300, height=20, value="Disciplinary policy")
    fields.checkbox(name="ethnic", x=300, y=716, checked=True, size=14)
    fields.checkbox(name="disabled", x=300, y=696, checked=False, size=14)
    fields.choice(
        name="outcome", x=180, y=632, width=200, height=20, options=["Go on", "Change it"], value="Change it"
    )
    canvas.freeTextAnnotation(
        "Approved by the\nChief People Officer", Rect=(72, 590, 400, 620), DA="0 g /Helv 11 Tf"
    )


def test_what_people_wrote_stands_behind_the_words_that_it_belongs_to(tmp_path: Path) -> None:
    page = page_of(tmp_path / "a.pdf", form)
    words = " ".join(texts(page)).replace(" | ", " ").split()
    assert " ".join(words) == (
        "Name of policy: Disciplinary policy Affects ethnic minority staff? ☑ Affects disabled staff? ☐ "
        "Outcome: Change it Approved by the Chief People Officer End of the form"
    )
    assert page.words is not None
    tick = page.text.index("☑")
    ((left, top, _, _),) = page.words.within(tick, tick + 1)
    assert (left, HEIGHT - top) == pytest.approx((300, 730), abs=3)


def test_values_without_an_appearance_are_read(tmp_path: Path) -> None:
    """Some programs leave it to the viewer to draw the values."""
    path = tmp_path / "a.pdf"
    page_of(path, form)
    data = path.read_bytes()
    bare = data.replace(b"/AP <<", b"/XX <<").replace(b"/AP<<", b"/XX<<")
    assert bare != data
    path.write_bytes(bare)
    page = read_file(path, limits=Limits()).pages[0]
    assert "Disciplinary policy" in page.text


def test_nothing_but_text_is_made_of_a_note(tmp_path: Path) -> None:
    page = page_of(tmp_path / "a.pdf", form)
    assert {block.kind for block in page.blocks} <= {
        BlockKind.PARAGRAPH,
        BlockKind.TABLE_ROW,
        BlockKind.HEADING,
    }
    assert [text for text in texts(page) if not text.strip()] == []


def test_letters_set_in_a_font_of_symbols_are_not_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("ZapfDingbats", 11)
        for number in range(12):
            canvas.drawString(72, 780 - 15 * number, "Race equality report of the Board")

    page = page_of(tmp_path / "a.pdf", draw)
    assert (page.state, page.reason) == (PageState.UNREAD, base.UNREAD_REASONS[base.GARBLED][0])
