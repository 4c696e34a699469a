"""Copies of pages look as before and carry nothing else; what cannot be copied says why and costs nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, String

from evidence_kit.records.document import Media
from evidence_kit.records.evidence_map import DocumentSummary
from evidence_kit.rendering.copying import CopiedPage, Wanted, copy_pages
from evidence_kit.rendering.sources import Lack
from evidence_kit.workers import Limits

HARM = "app.alert-kestrelwick"
"""Marks everything that must not come along."""
FIELD = "Dr Odile Fenwright"
LIMITS = Limits()

Summary = Callable[..., DocumentSummary]


def unpacked(data: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            target,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return target.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(HARM))


def make_hostile(path: Path) -> None:
    """Give a PDF everything that could run, link out or carry something along, and a field that somebody filled in."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        root, (first, second) = pdf.Root, pdf.pages
        file = pdf.make_stream(HARM.encode(), Type=Name.EmbeddedFile)
        spec = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=file)))
        root.OpenAction = script()
        root.AA = Dictionary(WC=script())
        root.Names = Dictionary(
            JavaScript=Dictionary(Names=Array([String("a"), script()])),
            EmbeddedFiles=Dictionary(Names=Array([String("x"), spec])),
        )
        second.obj.AA = Dictionary(O=script())
        second.obj.AF = Array([spec])
        second.obj.PieceInfo = Dictionary(Maker=Dictionary(Private=String(HARM)))
        second.obj.Metadata = pdf.make_stream(HARM.encode())
        resources = second.obj.Resources
        resources.Properties = Dictionary(
            MC0=Dictionary(Metadata=pdf.make_stream(HARM.encode()), AF=Array([spec]))
        )
        form = pdf.make_stream(
            b"0 0 40 40 re f",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 40, 40]),
            Ref=Dictionary(F=spec, Page=0),
            PieceInfo=Dictionary(Maker=Dictionary(Private=String(HARM))),
            OPI=Dictionary({"/2.0": Dictionary(F=String(HARM))}),
        )
        unused = pdf.make_stream(
            HARM.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
        )
        resources.XObject = Dictionary(A=form, Unused=unused)
        second.contents_add(
            b"q 1 0 0 1 300 20 cm /A Do Q q q", prepend=False
        )  # and graphics states left open
        look = pdf.make_stream(
            f"BT /F1 10 Tf 2 4 Td ({FIELD}) Tj ET".encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 200, 16]),
            Resources=Dictionary(Font=Dictionary(F1=resources.Font[next(iter(resources.Font.keys()))])),
        )
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("who"), V=String(FIELD), F=4,
                Rect=Array([40, 100, 240, 116]), AP=Dictionary(N=look), AA=Dictionary(K=script()), A=script(),
            )
        )  # fmt: skip
        root.AcroForm = Dictionary(Fields=Array([field]), XFA=String(HARM))
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 400, 300]),
            A=Dictionary(S=Name.URI, URI=String(f"https://example.invalid/{HARM}")),
        )  # fmt: skip
        launch = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Screen,
            Rect=Array([0, 0, 9, 9]),
            A=Dictionary(S=Name.Launch, F=spec),
        )
        attached = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=spec)
        second.obj.Annots = Array([field, *(pdf.make_indirect(one) for one in (link, launch, attached))])
        first.obj.Resources = resources  # shared, as many programs write it
        pdf.save(path, static_id=True)


def rendered(data: bytes, index: int) -> bytes:
    """Return a page's pixels, what is written in its fields included."""
    document = pypdfium2.PdfDocument(data)
    page = document[index]
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    return document[index].render(scale=1).to_pil().convert("L").point(lambda v: 255 * (v > 127)).tobytes()


def test_nothing_that_runs_or_links_comes_along(make_pdf: Callable[..., Path], summary: Summary) -> None:
    path = make_pdf(texts=(f"{HARM} of the first page", "The second page."))
    make_hostile(path)
    assert HARM.encode() in unpacked(path.read_bytes())
    document = summary(path)
    copies = copy_pages([Wanted(document, (1, 0))], path.parent, limits=LIMITS)
    assert isinstance(copies[document.id, 0], CopiedPage)  # nothing was taken from one page with another
    copy = copy_pages([Wanted(document, (1,))], path.parent, limits=LIMITS)[document.id, 1]
    assert isinstance(copy, CopiedPage)
    whole = unpacked(copy.pdf)
    for word in (HARM, "JavaScript", "/URI", "/Launch", "/EmbeddedFile", "/Filespec", "/AcroForm", "/Annots",
                 "/Metadata", "/Ref", "/OPI", "/PieceInfo", "/AA"):  # fmt: skip
        assert word.encode() not in whole, word
    assert b"The second page." in whole and FIELD.encode() in whole
    assert rendered(copy.pdf, copy.index) == rendered(path.read_bytes(), 1)


def test_names_that_the_maker_chose_are_kept(make_pdf: Callable[..., Path], summary: Summary) -> None:
    """A font's letters may be called A, and a font Metadata."""
    path = make_pdf()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=65, LastChar=65, Widths=Array([1000]),
            CharProcs=Dictionary(A=pdf.make_stream(b"1000 0 d0 0 0 800 800 re f")),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.A])), Resources=Dictionary(),
        )  # fmt: skip
        pdf.pages[0].obj.Resources.Font["/Metadata"] = pdf.make_indirect(font)
        pdf.pages[0].contents_add(b"BT /Metadata 40 Tf 100 100 Td (A) Tj ET")
        pdf.save(path, static_id=True)
    document = summary(path)
    copy = copy_pages([Wanted(document, (0,))], path.parent, limits=LIMITS)[document.id, 0]
    assert isinstance(copy, CopiedPage)
    assert rendered(copy.pdf, 0) == rendered(path.read_bytes(), 0)


@pytest.mark.parametrize("turns", [0, 90, 180, 270, -90, 450])
def test_a_turned_and_cut_page_is_upright_and_as_large_as_shown(
    turns: int, make_pdf: Callable[..., Path], summary: Summary
) -> None:
    path = make_pdf()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        parent = page.Parent
        parent.Rotate, parent.CropBox = (
            turns,
            Array([20, 30, 380, 500]),
        )  # inherited, and larger than the sheet
        pdf.save(path, static_id=True)
    document = summary(path)
    copy = copy_pages([Wanted(document, (0,))], path.parent, limits=LIMITS)[document.id, 0]
    assert isinstance(copy, CopiedPage)
    source = pypdfium2.PdfDocument(path)[0]
    assert pypdfium2.PdfDocument(copy.pdf)[0].get_size() == source.get_size()
    assert rendered(copy.pdf, 0) == rendered(path.read_bytes(), 0)


def test_what_cannot_be_copied_says_why_and_the_rest_is_copied(
    make_pdf: Callable[..., Path], summary: Summary, tmp_path: Path
) -> None:
    good, changed, gone = (summary(make_pdf(f"{name}.pdf", (name,))) for name in ("good", "changed", "gone"))
    with (tmp_path / "changed.pdf").open("ab") as file:
        file.write(b"\n")
    (tmp_path / "gone.pdf").unlink()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    (tmp_path / "pack.zip").write_bytes(b"PK")
    broken = summary(tmp_path / "broken.pdf")
    inside = replace(good, id="d-inside", path="pack.zip/minutes.pdf")
    outside = replace(good, id="d-outside", path="../good.pdf")
    word = replace(good, id="d-word", media=Media.WORD)
    fewer = replace(good, id="d-fewer", page_count=2)
    everything = [good, changed, gone, broken, inside, outside, word, fewer]
    copies = copy_pages([Wanted(one, (0,)) for one in everything], tmp_path, limits=LIMITS)
    found = [copies[one.id, 0] for one in everything]
    assert isinstance(found[0], CopiedPage)
    assert found[1:] == [
        Lack.CHANGED, Lack.MISSING, Lack.UNOPENED, Lack.PACKED, Lack.MISSING, Lack.NOT_PDF, Lack.UNOPENED,
    ]  # fmt: skip
    assert copy_pages([Wanted(good, (0,))], None, limits=LIMITS) == {(good.id, 0): Lack.NO_FOLDER}


def test_a_paper_in_an_archive_or_a_message_is_found_by_its_bytes(
    make_pdf: Callable[..., Path], summary: Summary, tmp_path: Path
) -> None:
    paper = make_pdf("paper.pdf").read_bytes()
    other = paper[:-1] + b" "  # of the same size
    inside = summary(tmp_path / "paper.pdf")
    (tmp_path / "paper.pdf").unlink()
    with zipfile.ZipFile(tmp_path / "pack.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../other.pdf", other)
        archive.writestr("minutes/paper.pdf", paper)
    message = EmailMessage()
    message.set_content("See the paper.")
    message.add_attachment(paper, maintype="application", subtype="pdf", filename="paper.pdf")
    (tmp_path / "message.eml").write_bytes(message.as_bytes())
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("paper.pdf", other)
    (tmp_path / "broken.zip").write_bytes((tmp_path / "pack.zip").read_bytes()[:300])
    names = (
        "pack.zip/minutes/paper.pdf",
        "message.eml/paper.pdf",
        "other.zip/paper.pdf",
        "broken.zip/paper.pdf",
    )
    documents = [replace(inside, id=f"d-{name}", path=name) for name in names]
    copies = copy_pages([Wanted(one, (0,)) for one in documents], tmp_path, limits=LIMITS)
    found = [copies[one.id, 0] for one in documents]
    assert found[2:] == [Lack.PACKED, Lack.PACKED]
    for copy in found[:2]:
        assert isinstance(copy, CopiedPage)
        assert rendered(copy.pdf, 0) == rendered(paper, 0)


def test_a_page_that_takes_too_long_costs_itself_alone(
    make_pdf: Callable[..., Path], summary: Summary, tmp_path: Path
) -> None:
    """A page whose drawing unpacks to more than a worker may hold."""
    path = make_pdf(texts=("One", "Two", "Three"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.Contents = pdf.make_stream(b" " * 300_000_000)
        pdf.save(path, static_id=True)
    document = summary(path)
    limits = Limits(memory_mib=600, seconds=30)
    copies = copy_pages([Wanted(document, (0, 1, 2))], tmp_path, limits=limits, workers=1)
    assert [isinstance(copies[document.id, page], CopiedPage) for page in range(3)] == [True, False, True]
    assert copies[document.id, 1] is Lack.UNOPENED
