"""The cited pages as one PDF: marks stand on the quoted words, in the eyes of two other programs."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.passages.quoting import line_boxes
from evidence_kit.pipeline.assemble import summary_of
from evidence_kit.readers.pack import read_pack
from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.records.document import Document
from evidence_kit.records.evidence_map import CitedPage, EvidenceMap
from evidence_kit.records.finding import Finding, Place, Quote, Role
from evidence_kit.records.reading import Stance, Whose
from evidence_kit.reports.decided import quote_key
from evidence_kit.reports.marked_pdf import BANNER, render, whole_copies
from evidence_kit.reports.material import Material
from evidence_kit.reports.view import build
from evidence_kit.workers import Limits

SECRET = "Kestrelwick"
"""Stands on pages that nothing cites."""
DPI = 100
LONG = (
    "The Board of Harrowdale Trust confirmed Dr Odile Fenwright as its executive sponsor for race equality on 26 March "
    "2026, with a remit to advance anti-racism in all of its hospitals and a budget of her own for the work."
)
COLUMNS = (
    "The Chief Executive sat with the staff network in January, in March, in June and in September, heard what "
    "colleagues had met with on the wards and answered every question that they had put to the directors."
)
TURNED = "The Trust told every visitor in writing that racist abuse is not tolerated in its hospitals."
NOTE = "In May the network chair spoke about anti-racism at the whole-staff meeting, beside the Medical Director."
FILLER = "Nothing on this line bears on the matter at all, and it is here to fill the page. "


def paragraph(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw a paragraph from ``y`` (from the bottom) down; return where the next may begin."""
    canvas.setFont("Helvetica", 11)
    for line in simpleSplit(text, "Helvetica", 11, width):
        canvas.drawString(x, y, line)
        y -= 14
    return y - 10


def plain(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    paragraph(canvas, f"{SECRET} is named on the first page.", 72, 760, 440)
    canvas.showPage()
    y = paragraph(canvas, FILLER * 3, 72, 760, 440)
    y = paragraph(canvas, f"Before it. {LONG} Behind it.", 72, y, 440)
    paragraph(canvas, FILLER * 2, 72, y, 440)
    canvas.linkURL("https://example.invalid/elsewhere", (72, 700, 300, 770))
    canvas.showPage()
    paragraph(canvas, f"{SECRET} again, on the last page.", 72, 760, 440)
    canvas.save()
    with pikepdf.open(
        path, allow_overwriting_input=True
    ) as pdf:  # a layer that is not shown, over the second page
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String(SECRET)))
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        )
        pdf.pages[1].obj.Resources.Properties = pikepdf.Dictionary(MC0=layer)
        pdf.pages[1].contents_add(b"/OC /MC0 BDC 0 0 300 300 re f EMC")
        pdf.save(path, static_id=True)


def columns(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    lines = simpleSplit(FILLER * 12 + COLUMNS + " " + FILLER * 12, "Helvetica", 11, 210)
    first = next(number for number, line in enumerate(lines) if "in June" in line or "June and" in line)
    canvas.setFont("Helvetica", 11)
    for number, line in enumerate(lines):
        right = number > first
        canvas.drawString(320 if right else 62, 760 - 14 * (number - (first + 1 if right else 0)), line)
    canvas.save()


def turned(path: Path) -> None:
    """Four pages that are stored turned and shown upright, cut to a part of the sheet that is not at its corner."""
    wide, tall = A4
    stored = ((1, 0, 0, 1, 0, 0), (0, 1, -1, 0, wide, 0), (-1, 0, 0, -1, wide, tall), (0, -1, 1, 0, 0, tall))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for matrix in stored:
        canvas.transform(*matrix)
        y = paragraph(canvas, FILLER * 2, 100, 500, 380)
        paragraph(canvas, TURNED, 100, y, 380)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for number, page in enumerate(pdf.pages):
            page.obj.CropBox = pikepdf.Array([40, 50, 560, 810])
            page.obj.Rotate = 90 * number
        pdf.save(path, static_id=True)


@dataclass(frozen=True)
class Pack:
    folder: Path
    documents: tuple[Document, ...]
    evidence_map: EvidenceMap
    quotes: tuple[Quote, ...]

    def material(self, **more: object) -> Material:
        return Material(view=build(self.evidence_map), papers=self.folder, **more)  # type: ignore[arg-type]


def span_of(text: str, words: str) -> tuple[int, int]:
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    assert found, words
    return found.span()


def quote_of(document: Document, page_index: int, words: str, role: Role, number: int) -> Quote:
    page = document.pages[page_index]
    start, end = span_of(page.text, words)
    place = Place(
        document=document.id,
        page_index=page_index,
        page=page.number,
        label=page.label,
        start=start,
        end=end,
        boxes=line_boxes(page.words.within(start, end)) if page.words else (),
    )
    return Quote(
        id=f"{document.id}@{page_index}:{start}+{number}",
        passage=f"{document.id}@{page_index}:{start}",
        document=document.id,
        paper=f"{document.id}:p1",
        text=page.text[start:end],
        places=(place,),
        role=role,
        stance=Stance.DONE,
        whose=Whose.OWN,
    )


def map_of(
    base: EvidenceMap, documents: tuple[Document, ...], quotes: dict[str, tuple[Quote, ...]]
) -> EvidenceMap:
    """Put quotes of real files in the place of a made map's own."""

    def with_quotes(finding: Finding) -> Finding:
        conclusions = tuple(
            replace(one, elements=tuple(replace(element, quotes=()) for element in one.elements))
            for one in finding.conclusions
        )
        return replace(finding, conclusions=conclusions, quotes=quotes.get(finding.criterion, ()))

    pages = {
        (place.document, place.page_index)
        for found in quotes.values()
        for quote in found
        for place in quote.places
    }
    return replace(
        base,
        findings=tuple(map(with_quotes, base.findings)),
        documents=tuple(map(summary_of, documents)),
        papers=(),
        problems=(),
        cited_pages=tuple(
            CitedPage(document=one.id, page_index=at, page=page.number, label=page.label, text=page.text)
            for one in documents
            for at, page in enumerate(one.pages)
            if (one.id, at) in pages
        ),
    )


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory, sample_map: EvidenceMap) -> Pack:
    folder = tmp_path_factory.mktemp("papers")
    plain(folder / "plain.pdf")
    columns(folder / "columns.pdf")
    turned(folder / "turned.pdf")
    (folder / "notes.md").write_text(f"# Notes\n\n{FILLER}\n\n{NOTE}\n\n{FILLER}\n", encoding="utf-8")
    documents = read_pack(folder, limits=Limits())
    at = {document.path: document for document in documents}
    turns = tuple(quote_of(at["turned.pdf"], page, TURNED, Role.SUPPORT, page) for page in range(4))
    long = quote_of(at["plain.pdf"], 1, LONG, Role.SUPPORT, 0)
    quotes = {
        "B1": (long, quote_of(at["notes.md"], 0, NOTE, Role.SUPPORT, 0)),
        "S1": (
            quote_of(at["columns.pdf"], 0, COLUMNS, Role.SUPPORT, 0),
            replace(long, role=Role.AGAINST, id=f"{long.id}x"),
            quote_of(at["columns.pdf"], 0, FILLER.strip(), Role.NEAR_MISS, 1),
        ),
        "B3": turns,
    }
    evidence_map = map_of(sample_map, documents, quotes)
    return Pack(folder, documents, evidence_map, tuple(one for found in quotes.values() for one in found))


@pytest.fixture(scope="module")
def made(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "cited-pages.pdf"
    path.write_bytes(render(pack.material()))
    return path


def normalised(text: str) -> str:
    return "".join(re.findall(r"\w", unicodedata.normalize("NFKC", text).casefold()))


Quad = tuple[float, float, float, float]


def quads(page: pikepdf.Page) -> Iterator[tuple[str, list[Quad]]]:
    """Yield what each mark of a page says and its boxes, from the top left corner."""
    tall = float(page.mediabox[3])
    for note in page.obj.get("/Annots", ()):
        if note.Subtype != pikepdf.Name.Highlight:
            continue
        numbers = [float(number) for number in note.QuadPoints]
        boxes = [numbers[at : at + 8] for at in range(0, len(numbers), 8)]
        yield str(note.Contents), [(box[0], tall - box[1], box[2], tall - box[5]) for box in boxes]


def test_qpdf_finds_nothing_wrong(made: Path, program: Callable[[str, str], str]) -> None:
    subprocess.run([program("qpdf", "qpdf"), "--check", str(made)], check=True, capture_output=True)


def test_only_cited_pages_are_there_and_each_is_a_working_copy(
    made: Path, program: Callable[[str, str], str]
) -> None:
    program("pdftotext", "poppler-utils")
    with pikepdf.open(made) as pdf:
        count = len(pdf.pages)
    pages = [
        subprocess.run(
            ["pdftotext", "-f", str(n), "-l", str(n), str(made), "-"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for n in range(1, count + 1)
    ]
    assert all(BANNER in page for page in pages)
    assert sum("Cited for" in page for page in pages) == 7
    assert SECRET not in "".join(pages)
    assert SECRET.encode() not in unpacked(made.read_bytes())


def unpacked(data: bytes) -> bytes:
    """Return a PDF with nothing compressed, followed by its strings as text."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            target,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return target.getvalue()


def wanted(pack: Pack) -> list[str]:
    """Return the words of all places that are to be marked, each once."""
    texts = {(page.document, page.page_index): page.text for page in pack.evidence_map.cited_pages}
    places = {place for quote in pack.quotes if quote.role is not Role.NEAR_MISS for place in quote.places}
    return sorted(
        normalised(texts[place.document, place.page_index][place.start : place.end]) for place in places
    )


def test_poppler_finds_every_quotes_words_inside_its_boxes_and_no_others(
    pack: Pack, made: Path, marked_words: Callable[[Path], dict[str, str]]
) -> None:
    found = sorted(map(normalised, marked_words(made).values()))
    assert len(found) == 7
    assert found == wanted(pack)


def test_a_mark_names_everything_that_its_words_are_cited_for(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        labels = [label for page in pdf.pages for label, _ in quads(page)]
    (both,) = [label for label in labels if "\n" in label]
    assert "B1 quote 1 (support)" in both and "S1 quote 2 (against)" in both
    assert "evidenced" in both and "A senior director is appointed" in both


def test_what_people_decided_is_told_without_their_names(pack: Pack) -> None:
    quote = pack.quotes[0]
    decision = Decision(
        criterion="B1",
        verdict=Verdict.REJECT,
        quote=quote_key(quote, pack.evidence_map),
        person="Priya Nair",
        at="2026-11-24T09:30:00Z",
    )
    view = build(pack.evidence_map, [decision])
    assert view.findings[0].quotes[0].decisions
    data = render(replace(pack.material(), view=view))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        labels = "".join(label for page in pdf.pages for label, _ in quads(page))
    assert "People decided: rejected." in labels
    assert b"Priya" not in unpacked(data)


def rendered_by_poppler(made: Path, folder: Path, *flags: str) -> list[Image.Image]:
    folder.mkdir()
    subprocess.run(
        ["pdftoppm", "-r", str(DPI), *flags, "-png", str(made), str(folder / "p")],
        check=True,
        capture_output=True,
    )
    return [Image.open(path).convert("RGB") for path in sorted(folder.iterdir())]


def rendered_by_pdfium(made: Path, *, marks: bool) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(made)
    return [
        page.render(scale=DPI / 72, draw_annots=marks, may_draw_forms=False).to_pil().convert("RGB")
        for page in document
    ]


def check_on_pixels(made: Path, bare: list[Image.Image], marked: list[Image.Image]) -> None:
    """The marks of each page colour their boxes and nothing else."""
    scale = DPI / 72
    with pikepdf.open(made) as pdf:
        for page, without, with_marks in zip(pdf.pages, bare, marked, strict=True):
            changed = ImageChops.difference(without, with_marks).convert("L").point(lambda v: 255 * (v > 8))
            boxes = [box for _, found in quads(page) for box in found]
            for left, top, right, bottom in boxes:
                inside = changed.crop(
                    tuple(round(scale * value) for value in (left + 1, top + 1, right - 1, bottom - 1))
                )
                grey = without.crop(
                    tuple(round(scale * value) for value in (left + 1, top + 1, right - 1, bottom - 1))
                ).convert("L")
                paper = grey.point(lambda v: 255 * (v > 200))
                tinted = ImageChops.multiply(inside, paper).histogram()[255]
                assert tinted >= 0.98 * paper.histogram()[255] > 0
            for left, top, right, bottom in boxes:
                changed.paste(
                    0, tuple(round(scale * value) for value in (left - 2, top - 2, right + 2, bottom + 2))
                )
            assert changed.getbbox() is None


def test_marks_cover_the_words_as_poppler_draws_them(
    made: Path, tmp_path: Path, program: Callable[[str, str], str]
) -> None:
    program("pdftoppm", "poppler-utils")
    bare = rendered_by_poppler(made, tmp_path / "bare", "-hide-annotations")
    check_on_pixels(made, bare, rendered_by_poppler(made, tmp_path / "marked"))


def test_marks_cover_the_words_as_pdfium_draws_them(made: Path) -> None:
    check_on_pixels(made, rendered_by_pdfium(made, marks=False), rendered_by_pdfium(made, marks=True))


def test_copied_pages_look_as_in_their_papers(pack: Pack, made: Path) -> None:
    """Below the band, pixel for pixel."""
    copied = rendered_by_pdfium(made, marks=False)[1:]
    order = [
        (document, page)
        for document in pack.documents
        for page in ((1,) if document.path == "plain.pdf" else range(len(document.pages)))
    ]
    for (document, number), image in zip(order, copied, strict=True):
        if not document.path.endswith(".pdf"):
            continue
        page = pypdfium2.PdfDocument(pack.folder / document.path)[number]
        source = page.render(scale=DPI / 72).to_pil().convert("L")
        below = image.crop((0, image.height - source.height, source.width, image.height)).convert("L")
        ink = [one.point(lambda v: 255 * (v < 128)) for one in (source, below)]
        differing = ImageChops.difference(*ink).histogram()[255]
        assert differing <= 0.1 * ink[0].histogram()[255]  # the edges of letters may fall between pixels


def test_bookmarks_and_links_lead_to_the_quotes(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        of = {page.obj.objgen: page for page in pdf.pages}

        def target(destination: pikepdf.Object) -> pikepdf.Page:
            return of[destination[0].objgen]

        links = [
            note
            for page in pdf.pages
            for note in page.obj.get("/Annots", ())
            if note.Subtype == pikepdf.Name.Link
        ]
        assert len(links) == 8 and not any("/A" in link for link in links)
        assert all(list(quads(target(link.Dest))) for link in links)
        with pdf.open_outline() as outline:
            tree = outline.root
            assert [one.title for one in tree] == ["Silver", "Bronze"]
            b1 = next(one for one in tree[1].children if one.title.startswith("B1, "))
            assert [one.title[:7] for one in b1.children] == ["Quote 1", "Quote 2"]
            for one in b1.children:
                labels = [label for label, _ in quads(target(one.destination))]
                assert any(f"B1 {one.title[:7].lower()}" in label for label in labels)


def test_the_same_bytes_twice_and_with_workers(pack: Pack, made: Path) -> None:
    assert render(pack.material()) == made.read_bytes()
    assert render(pack.material(workers=2)) == made.read_bytes()


def test_a_missing_and_a_changed_paper_are_set_as_text_and_told(
    pack: Pack, tmp_path: Path, marked_words: Callable[[Path], dict[str, str]]
) -> None:
    for path in pack.folder.iterdir():
        if path.name != "plain.pdf":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    changed = tmp_path / "columns.pdf"
    changed.write_bytes(changed.read_bytes() + b"\n")
    made = tmp_path / "made.pdf"
    made.write_bytes(render(replace(pack.material(), papers=tmp_path)))
    told = subprocess.run(["pdftotext", str(made), "-"], check=True, capture_output=True, text=True).stdout
    assert "plain.pdf: the file is missing" in told
    assert "columns.pdf: the file was changed since it was read" in told
    assert "turned.pdf: the" not in told
    assert sorted(map(normalised, marked_words(made).values())) == wanted(pack)


def test_without_a_folder_everything_is_text(pack: Pack) -> None:
    with pikepdf.open(io.BytesIO(render(replace(pack.material(), papers=None)))) as pdf:
        assert all("/XObject" not in page.obj.Resources for page in pdf.pages[1:])
        assert sum(len(list(quads(page))) for page in pdf.pages) == 7


def test_a_quote_that_is_not_at_its_place_is_not_marked(torn_map: EvidenceMap) -> None:
    data = render(Material(view=build(torn_map)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        labels = [label for page in pdf.pages for label, _ in quads(page)]
    assert labels and not any("B1 quote 1" in label for label in labels)


def test_hostile_words_are_set_as_words(sample_map: EvidenceMap) -> None:
    data = render(Material(view=build(sample_map)))
    assert b"/JavaScript" not in unpacked(data) and b"/URI" not in unpacked(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        labels = [label for page in pdf.pages for label, _ in quads(page)]
    assert labels


@settings(max_examples=25, deadline=None)
@example(words="\r", name="0")
@given(words=st.text(min_size=1, max_size=400), name=st.text(min_size=1, max_size=80))
def test_any_words_and_names_make_a_sound_file(sample_map: EvidenceMap, words: str, name: str) -> None:
    """As words of a quote, a heading, a file name and the name of an organisation."""
    (first, *_) = (finding for finding in sample_map.findings if finding.criterion == "B1")
    (quote,) = first.quotes
    place = replace(quote.places[0], page=None, label=None, start=0, end=len(words), boxes=())
    hostile = replace(
        quote, text=words, places=(place,), headings=(name,), stem=name, header=(name, words), cues=()
    )
    evidence_map = replace(
        sample_map,
        organisation=name,
        documents=tuple(replace(document, path=name) for document in sample_map.documents),
        findings=tuple(
            replace(finding, quotes=(hostile,) if finding is first else ()) for finding in sample_map.findings
        ),
        cited_pages=(replace(sample_map.cited_pages[0], page_index=place.page_index, text=words),),
    )
    data = render(Material(view=build(evidence_map)))
    whole = unpacked(data)
    assert not [word for word in (b"/JavaScript", b"/JS", b"/URI", b"/Launch") if word in whole]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.check_pdf_syntax()
        assert sum(len(list(quads(page))) for page in pdf.pages) >= bool(words.strip())


def test_whole_copies_hold_every_page(pack: Pack) -> None:
    copies = whole_copies(pack.material())
    assert list(copies) == ["columns.pdf", "plain.pdf", "turned.pdf"]
    with pikepdf.open(io.BytesIO(copies["plain.pdf"])) as pdf:
        assert len(pdf.pages) == 1 + 3
        marks = [label for page in pdf.pages for label, _ in quads(page)]
        assert len(marks) == 1 and "B1 quote 1" in marks[0]
    assert whole_copies(replace(pack.material(), papers=pack.folder / "nowhere")) == {}


def test_marks_on_a_scan_stand_where_those_on_its_text_would(
    pack: Pack, sample_map: EvidenceMap, tmp_path: Path
) -> None:
    """The words are found by text recognition; the page is copied as the picture that it is."""
    page = pypdfium2.PdfDocument(pack.folder / "columns.pdf")[0]
    canvas = Canvas(str(tmp_path / "scan.pdf"), pagesize=A4, invariant=1)
    picture = ImageReader(page.render(scale=200 / 72).to_pil())
    canvas.drawImage(picture, 0, 0, *A4)
    canvas.save()
    (document,) = read_pack(tmp_path, limits=Limits(), ocr="force")
    quote = quote_of(document, 0, COLUMNS, Role.SUPPORT, 0)
    evidence_map = map_of(sample_map, (document,), {"B1": (quote,)})
    data = render(Material(view=build(evidence_map), papers=tmp_path))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        ((_, boxes),) = [mark for page in pdf.pages for mark in quads(page)]
        down = float(pdf.pages[1].mediabox[3]) - A4[1]
    text = next(
        one for one in pack.quotes if one.document != document.id and one.text.startswith(COLUMNS[:20])
    )
    assert len(boxes) == len(text.places[0].boxes)
    for found, wanted in zip(boxes, text.places[0].boxes, strict=True):
        moved = found[0], found[1] - down, found[2], found[3] - down
        assert all(abs(a - b) < 4 for a, b in zip(moved, wanted, strict=True)), (moved, wanted)
