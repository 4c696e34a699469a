"""What files hide is found, whatever format hides it; what is shown is not; hostile files cost themselves alone."""

from __future__ import annotations

import importlib.util
import random
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.readers.hidden.folder import look_through
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits


def _made() -> Any:
    """Load the helper beside this file; the tests are no package."""
    spec = importlib.util.spec_from_file_location("hiding", Path(__file__).with_name("hiding.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


made = _made()
HIDING, CLEAN, SECRET = made.HIDING, made.CLEAN, made.SECRET


def hidden_in(path: Path) -> tuple[Hidden, ...]:
    return look_through(path, limits=Limits())[0].hidden


@pytest.mark.parametrize("name", HIDING)
def test_what_a_file_hides_is_found(name: str, tmp_path: Path) -> None:
    make, kind = HIDING[name]
    make(tmp_path / name)
    assert kind in {one.kind for one in hidden_in(tmp_path / name)}, hidden_in(tmp_path / name)


@pytest.mark.parametrize("name", CLEAN)
def test_a_file_that_hides_nothing_gives_no_finding(name: str, tmp_path: Path) -> None:
    CLEAN[name](tmp_path / name)
    assert hidden_in(tmp_path / name) == ()


def test_words_under_a_picture_are_told_whole_whatever_it_shows_there(tmp_path: Path) -> None:
    HIDING["drawing.pdf"][0](tmp_path / "a.pdf")
    (found,) = hidden_in(tmp_path / "a.pdf")
    assert f"case of {SECRET} was closed" in found.what


def test_covered_words_are_told_and_those_beside_them_are_not(tmp_path: Path) -> None:
    HIDING["black-box.pdf"][0](tmp_path / "a.pdf")
    (found,) = hidden_in(tmp_path / "a.pdf")
    assert found.place == "page 1"
    assert SECRET in found.what
    assert "closed" not in found.what


def test_files_in_an_archive_are_looked_at_under_their_own_names(tmp_path: Path) -> None:
    HIDING["vanish.docx"][0](tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.write(tmp_path / "a.docx", "folder/a.docx")
    (tmp_path / "a.docx").unlink()
    found = {file.name: file.hidden for file in look_through(tmp_path, limits=Limits())}
    assert [one.kind for one in found["pack.zip/folder/a.docx"]] == [Kind.HIDDEN_TEXT]


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "old.doc").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))
    (tmp_path / "cut.docx").write_bytes(b"PK\x03\x04 and no more")
    for file in look_through(tmp_path, limits=Limits()):
        assert [one.kind for one in file.hidden] == [Kind.NOT_CHECKED]


@pytest.mark.parametrize(
    "name", ["vanish.docx", "row.xlsx", "notes.pptx", "black-box.pdf", "row.ods", "photo.jpg"]
)
def test_a_damaged_file_costs_itself_alone(name: str, tmp_path: Path) -> None:
    make, _ = HIDING[name]
    make(tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    dice = random.Random(name)
    for number in range(12):
        broken = bytearray(whole)
        for _ in range(20):
            broken[dice.randrange(8, len(broken))] = dice.randrange(256)
        (tmp_path / f"{number}-{name}").write_bytes(bytes(broken))
    (tmp_path / "z.html").write_text(f"<!doctype html><html><body><!-- {SECRET} --></body></html>")
    found = look_through(tmp_path, limits=Limits(), workers=1)
    assert len(found) == 14
    assert found[-1].hidden[0].kind is Kind.COMMENTS


def test_the_same_files_give_the_same_findings(tmp_path: Path) -> None:
    for name in ("vanish.docx", "column.xlsx", "picture.pdf"):
        HIDING[name][0](tmp_path / name)
    alone = look_through(tmp_path, limits=Limits())
    assert alone == look_through(tmp_path, limits=Limits(), workers=2)


def _with_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """Write a Word file of one sentence, with further parts."""
    document = docx.Document()
    document.add_paragraph("The board met.")
    document.save(str(path))
    with zipfile.ZipFile(path, "a") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def test_pictures_in_office_files_tell_who_took_them_and_where(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Fenella Hartwhistle"
    exif.get_ifd(0x8825)[1] = "N"
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, "JPEG", exif=exif)
    parts = {"word/media/photo.jpg": data.getvalue(), "word/media/broken.jpg": b"no picture"}
    told = [
        (one.place, one.what)
        for one in hidden_in(_with_parts(tmp_path / "a.docx", parts))
        if "photo" in one.place
    ]
    assert told == [
        ("picture ‘photo.jpg’", "artist: Fenella Hartwhistle"),
        ("picture ‘photo.jpg’", "the picture says where it was taken"),
    ]


def test_people_who_commented_once_are_told(tmp_path: Path) -> None:
    people = (
        b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        b'<w15:person w15:author="Fenella Hartwhistle"/></w15:people>'
    )
    found = hidden_in(_with_parts(tmp_path / "a.docx", {"word/people.xml": people}))
    assert "commented once: Fenella Hartwhistle" in [one.what for one in found]


def test_many_findings_of_a_kind_are_told_together(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), invariant=1)
    for number in range(150):
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(72, 700, f"Case {number} of {SECRET} was closed.")
        canvas.rect(60, 690, 400, 30, fill=1)
        canvas.showPage()
    canvas.save()
    found = hidden_in(tmp_path / "a.pdf")
    assert len(found) == 21
    assert found[-1].what == "130 more of the same kind, from page 21 to page 150"
    assert [one.place for one in found[:20]] == [f"page {number}" for number in range(1, 21)]


def test_white_words_on_a_dark_heading_are_seen(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), invariant=1)
    for number, size in enumerate((6, 8, 11, 20)):
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        canvas.rect(60, 700 - 40 * number, 300, 24, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont("Helvetica", size)
        canvas.drawString(66, 706 - 40 * number, "Illness, 1 I l i. 7 staff")
    canvas.save()
    assert hidden_in(tmp_path / "a.pdf") == ()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_hides_and_shows_the_same(turn: int, tmp_path: Path) -> None:
    HIDING["black-box.pdf"][0](tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.pages[0].CropBox = [40, 300, 560, 800]
        pdf.save(tmp_path / "a.pdf")
    (found,) = hidden_in(tmp_path / "a.pdf")
    assert found.kind is Kind.COVERED_TEXT
    assert f"‘{SECRET}’" in found.what
