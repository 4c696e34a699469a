"""Pieces of pages as JPEG: the quote is in them and marked, limits are kept, and the bytes are always the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from evidence_kit.records.evidence_map import DocumentSummary
from evidence_kit.rendering import crops
from evidence_kit.rendering.crops import CropRequest, crops_of
from evidence_kit.workers import Limits

LIMITS = Limits()
BOX = (38.0, 50.0, 360.0, 64.0)

Summary = Callable[..., DocumentSummary]


def request(document: DocumentSummary, key: str = "a", group: str = "B1", page: int = 0) -> CropRequest:
    return CropRequest(key=key, group=group, document=document, page_index=page, boxes=(BOX,))


@pytest.mark.parametrize("turned", [False, True])
def test_a_piece_shows_the_quote_and_its_mark(
    turned: bool, make_pdf: Callable[..., Path], summary: Summary
) -> None:
    path = make_pdf(texts=("The Board approved the anti-racism plan.",))
    if turned:  # stored on its side and shown upright
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            page = pdf.pages[0]
            page.contents_add(b"0 1 -1 0 300 0 cm", prepend=True)
            page.obj.MediaBox, page.obj.Rotate = pikepdf.Array([0, 0, 300, 400]), 90
            pdf.save(path, static_id=True)
    made = crops_of([request(summary(path))], path.parent, LIMITS)["a"]
    image = Image.open(io.BytesIO(made.jpeg))
    assert image.format == "JPEG" and image.size == (made.width, made.height)
    assert made.width == round(400 * crops.SCALE)
    assert abs(made.height - (14 + 2 * crops.MARGIN) * crops.SCALE) <= 2
    scale, top = crops.SCALE, BOX[1] - crops.MARGIN
    inside = image.crop(
        tuple(round(scale * value) for value in (BOX[0] + 2, BOX[1] - top + 2, BOX[2] - 2, BOX[3] - top - 2))
    )
    pixels = list(zip(*(band.tobytes() for band in inside.convert("RGB").split()), strict=True))
    assert sum(red - blue > 60 for red, _, blue in pixels) > 0.5 * len(pixels)  # yellow
    assert sum(max(pixel) < 120 for pixel in pixels) > 0.02 * len(pixels)  # letters
    corner = image.convert("RGB").getpixel((made.width - 3, made.height - 3))
    assert min(corner) > 240


def test_the_same_bytes_with_workers(make_pdf: Callable[..., Path], summary: Summary) -> None:
    document = summary(make_pdf(texts=("One.", "Two.")))
    wanted = [request(document, key=str(page), page=page) for page in range(2)]
    folder = make_pdf("other.pdf").parent
    alone = crops_of(wanted, folder, LIMITS)
    assert len(alone) == 2
    assert crops_of(wanted, folder, LIMITS, workers=2) == alone


def test_three_of_a_group_and_no_more_bytes_than_allowed(
    make_pdf: Callable[..., Path], summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_pdf()
    document = summary(path)
    wanted = [request(document, key=f"{group}{n}", group=group) for group in ("B1", "B2") for n in range(5)]
    made = crops_of(wanted, path.parent, LIMITS)
    assert list(made) == ["B10", "B11", "B12", "B20", "B21", "B22"]
    monkeypatch.setattr(crops, "MOST_BYTES", 2 * len(made["B10"].jpeg) + 1)
    assert list(crops_of(wanted, path.parent, LIMITS)) == ["B10", "B11"]


def test_what_cannot_be_shown_has_no_picture_and_takes_no_place(
    make_pdf: Callable[..., Path], summary: Summary, tmp_path: Path
) -> None:
    good = summary(make_pdf("good.pdf"))
    gone = replace(good, id="d-gone", path="gone.pdf")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    broken = summary(tmp_path / "broken.pdf")
    changed = replace(good, id="d-changed", sha256="0" * 64)
    wanted = [
        *(request(gone, key=f"gone{number}") for number in range(4)),
        replace(request(good, key="no boxes"), boxes=()),
        request(broken, key="broken", group="B2"),
        request(changed, key="changed", group="B2"),
        request(good, key="no such page", group="B2", page=7),
        replace(request(good, key="outside", group="B3"), boxes=((900.0, 900.0, 950.0, 910.0),)),
        request(good, key="good"),
    ]
    assert list(crops_of(wanted, tmp_path, LIMITS)) == ["good"]
    assert crops_of(wanted, None, LIMITS) == {}


def test_a_large_sheet_is_shown_in_fewer_pixels(make_pdf: Callable[..., Path], summary: Summary) -> None:
    path = make_pdf(size=(5000, 4000))
    wide = replace(request(summary(path)), boxes=((100.0, 100.0, 4900.0, 400.0),))
    made = crops_of([wide], path.parent, Limits(pixels=100_000))["a"]
    assert made.width * made.height <= 105_000
