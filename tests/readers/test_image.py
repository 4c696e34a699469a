"""Pictures as documents: pages counted without help, words by text recognition, damage and size told."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.readers import base, image
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.ocr import engines as ocr
from evidence_kit.readers.pack import read_file
from evidence_kit.records.document import Document, DocumentState, Media, PageState
from evidence_kit.workers import Limits

LIMITS = Limits()
SAYS = "Racism has no place here. Report it to your manager."
needs_ocr = pytest.mark.skipif(
    not ocr.is_installed() and os.environ.get("CI") != "true",
    reason=f"no text recognition here: {ocr.INSTALL}",
)


@pytest.fixture(scope="module")
def poster(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    """A page of A4 in grey at 200 dpi."""
    path = tmp_path_factory.mktemp("poster") / "poster.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", 18)
    canvas.drawString(72, 700, SAYS)
    canvas.save()
    return pypdfium2.PdfDocument(path)[0].render(scale=200 / 72).to_pil().convert("L")


def read(path: Path, mode: str = "auto", limits: Limits = LIMITS) -> Document:
    return read_file(path, limits=limits, ocr=mode)


def clear(picture: Image.Image) -> Image.Image:
    """Ink on nothing at all."""
    transparent = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    transparent.putalpha(ImageOps.invert(picture))
    return transparent


WAYS: dict[str, tuple[str, Callable[[Image.Image], Image.Image], dict[str, object]]] = {
    "grey": ("a.png", lambda one: one, {"dpi": (200, 200)}),
    "colour": ("a.jpg", lambda one: one.convert("RGB"), {"dpi": (200, 200), "quality": 85}),
    "no resolution": ("a.png", lambda one: one, {}),
    "resolution of a screen": ("a.png", lambda one: one, {"dpi": (72, 72)}),
    "transparent": ("a.png", clear, {"dpi": (200, 200)}),
    "palette": ("a.png", lambda one: one.convert("P"), {"dpi": (200, 200)}),
    "black and white": ("a.tif", lambda one: one.convert("1"), {"dpi": (200, 200), "compression": "group4"}),
    "print colours": ("a.tif", lambda one: one.convert("CMYK"), {"dpi": (200, 200)}),
    "sixteen bits": ("a.png", lambda one: one.convert("I").point(lambda v: v * 257).convert("I;16"), {}),
    "of a fax": ("a.tif", lambda one: one.resize((one.width, one.height // 2)), {"dpi": (200, 100)}),
    "large": ("a.png", lambda one: one.resize((one.width * 2, one.height * 2)), {"dpi": (400, 400)}),
    "small": (
        "a.png",
        lambda one: one.resize((one.width * 5 // 8, one.height * 5 // 8)),
        {"dpi": (125, 125)},
    ),
}


@needs_ocr
@pytest.mark.parametrize("way", WAYS)
def test_pictures_of_all_sorts_are_read_at_the_size_of_their_page(
    tmp_path: Path, poster: Image.Image, way: str
) -> None:
    name, change, options = WAYS[way]
    path = tmp_path / name
    change(poster).save(path, **options)
    document = read(path)
    assert (document.media, document.state) == (Media.IMAGE, DocumentState.READ)
    (page,) = document.pages
    assert (page.number, page.ocr, page.text) == (1, True, SAYS)
    assert (page.width, page.height) == (pytest.approx(A4[0], abs=2), pytest.approx(A4[1], abs=2))
    left, _, _, bottom = next(page.words.within(0, 6))
    assert (left, bottom) == (pytest.approx(72, abs=4), pytest.approx(A4[1] - 700 + 4, abs=6))


@needs_ocr
def test_a_photograph_is_read_the_way_up_that_its_camera_says(tmp_path: Path, poster: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    poster.rotate(90, expand=True).save(tmp_path / "a.jpg", exif=exif, dpi=(200, 200))
    (page,) = read(tmp_path / "a.jpg").pages
    assert page.text == SAYS
    assert page.height > page.width


@needs_ocr
def test_every_page_of_a_tiff_is_read(tmp_path: Path, poster: Image.Image) -> None:
    blank = Image.new("L", poster.size, 255)
    path = tmp_path / "a.tiff"
    poster.save(path, save_all=True, append_images=[blank, poster], dpi=(200, 200))
    document = read(path)
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert [page.text for page in document.pages] == [SAYS, "", SAYS]
    assert [(problem.code, problem.pages) for problem in document.problems] == [(base.NO_WORDS, (2,))]


def test_without_recognition_a_picture_is_a_document_with_unread_pages(
    tmp_path: Path, poster: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    poster.save(tmp_path / "poster.png")
    poster.save(tmp_path / "certificate.tif", save_all=True, append_images=[poster] * 3)
    monkeypatch.setattr(ocr, "PACKAGES", ("no-such-package-here",))
    for name, pages in (("poster.png", 1), ("certificate.tif", 4)):
        document = read(tmp_path / name)
        assert document.state is DocumentState.NOT_READ
        assert [page.state for page in document.pages] == [PageState.UNREAD] * pages
        (problem,) = document.problems
        assert (problem.code, problem.pages) == (base.NO_TEXT, tuple(range(1, pages + 1)))
        assert 'pip install "evidence-kit[ocr]"' in problem.next_step
        assert "--ocr auto" in problem.next_step


@needs_ocr
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_a_picture_that_is_cut_short_is_damaged(
    tmp_path: Path, poster: Image.Image, name: str, share: float
) -> None:
    path = tmp_path / name
    poster.save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    document = read(path)
    assert document.state is DocumentState.NOT_READ
    assert [problem.code for problem in document.problems] == [base.PAGE_DAMAGED]


@needs_ocr
def test_too_many_pixels_are_not_decoded(tmp_path: Path, poster: Image.Image) -> None:
    path = tmp_path / "a.png"
    poster.save(path, dpi=(200, 200))
    document = read(path, limits=Limits(pixels=380_000))
    assert [problem.code for problem in document.problems] == [base.TOO_MANY_PIXELS]
    smaller = image.picture(path, 0, Limits(pixels=1_500_000))
    assert 1_400_000 < smaller.width * smaller.height <= 1_500_000
    assert smaller.dpi == pytest.approx(200 * smaller.width / poster.width, rel=0.01)


@needs_ocr
def test_a_large_photograph_is_unpacked_to_half_its_size(tmp_path: Path, poster: Image.Image) -> None:
    path = tmp_path / "a.jpg"
    poster.resize((poster.width * 2, poster.height * 2)).save(path, dpi=(400, 400), quality=90)
    halved = image.picture(path, 0, Limits(pixels=4_000_000))
    assert (halved.width, halved.height) == (
        pytest.approx(poster.width, abs=1),
        pytest.approx(poster.height, abs=1),
    )
    assert read(path, limits=Limits(pixels=4_000_000)).pages[0].text == SAYS


@needs_ocr
def test_a_picture_that_unpacks_to_a_mountain_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (60_000, 60_000)).save(path)
    assert path.stat().st_size < 1_000_000
    assert [problem.code for problem in read(path).problems] == [base.TOO_MANY_PIXELS]


def test_a_tiff_that_goes_round_in_circles_has_its_pages_counted_once(tmp_path: Path) -> None:
    directory = struct.pack("<H", 1) + struct.pack("<HHII", 256, 4, 1, 10)
    path = tmp_path / "a.tif"
    path.write_bytes(b"II*\x00" + struct.pack("<I", 8) + directory + struct.pack("<I", 8))
    assert image.inspect(path, LIMITS).page_count == 1


def test_no_more_pages_than_the_limit_are_counted(tmp_path: Path) -> None:
    directories = b"".join(
        struct.pack("<H", 1) + struct.pack("<HHII", 256, 4, 1, 10) + struct.pack("<I", 8 + 18 * (number + 1))
        for number in range(50)
    )
    path = tmp_path / "a.tif"
    path.write_bytes(b"II*\x00" + struct.pack("<I", 8) + directories)
    document = read(path, "off", Limits(pages=20))
    assert [page.state for page in document.pages] == [PageState.UNREAD] * 21
    assert {problem.code for problem in document.problems} == {base.NO_TEXT, base.TOO_LARGE}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=200),
    head=st.sampled_from([b"II*\x00", b"MM\x00*", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]),
)
def test_no_bytes_break_it(tmp_path: Path, data: bytes, head: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(head + data)
    assert image.inspect(path, Limits(pages=10)).page_count in range(1, 12)
    with pytest.raises(ReadError):
        image.picture(path, 0, LIMITS)


def test_a_picture_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be opened"):
        image.inspect(tmp_path / "gone.png", LIMITS)
