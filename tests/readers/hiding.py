"""Files that hide something, one a kind and format, made here: what the check before sharing must find."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf
import pptx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from openpyxl.comments import Comment
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.records.sharing import Kind

SECRET = "Quillfeather"
"""Stands in everything that is hidden and nowhere else."""
SENTENCE = f"The case of {SECRET} was closed."
OPEN = "The board approved the plan and published it on the website of the trust."


def _word(path: Path, change: Callable[[Any], None] = lambda _: None) -> None:
    document = docx.Document()
    document.add_heading("Plan", 1)
    document.add_paragraph(OPEN)
    change(document)
    document.save(str(path))


def _run(document: Any) -> Any:
    return document.add_paragraph().add_run(SENTENCE)


def _vanish(document: Any) -> None:
    _run(document).font.hidden = True


def _white(document: Any) -> None:
    _run(document).font.color.rgb = RGBColor(255, 255, 255)


def _vanish_by_style(document: Any) -> None:
    style = document.styles.add_style("Unseen", docx.enum.style.WD_STYLE_TYPE.CHARACTER)  # type: ignore[attr-defined]
    style.font.hidden = True
    _run(document).style = style


def _changed(change: str, text: str) -> Callable[[Any], None]:
    """Return what adds a tracked change: the names of its element and of the one with the text."""

    def add(document: Any) -> None:
        inner, run, outer = (OxmlElement(name) for name in (text, "w:r", change))
        inner.text = SECRET
        run.append(inner)
        outer.append(run)
        outer.set(qn("w:author"), "Jo Bloggs")
        document.add_paragraph()._p.append(outer)

    return add


def _commented(document: Any) -> None:
    document.add_comment(document.paragraphs[0].runs, text=SECRET, author="Jo Bloggs")


def _authored(document: Any) -> None:
    document.core_properties.last_modified_by = SECRET


def _rewritten(path: Path, part: str, content: str) -> None:
    """Add or replace a part of a package."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = content.encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


def _company(path: Path) -> None:
    _word(path)
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    _rewritten(
        path, "docProps/app.xml", f'<Properties xmlns="{space}"><Company>{SECRET} Ltd</Company></Properties>'
    )


def _company_elsewhere(path: Path) -> None:
    """A part of properties under a name that the package tells."""
    _company(path)
    with zipfile.ZipFile(path) as package:
        relations = package.read("_rels/.rels").decode()
        moved = package.read("docProps/app.xml").decode()
    _rewritten(path, "_rels/.rels", relations.replace("docProps/app.xml", "facts.xml"))
    _rewritten(path, "docProps/app.xml", "<Properties/>")
    _rewritten(path, "facts.xml", moved)


def _custom(path: Path) -> None:
    _word(path)
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    inner = f'<property name="Checked by"><lpwstr>{SECRET}</lpwstr></property>'
    _rewritten(path, "docProps/custom.xml", f'<Properties xmlns="{space}">{inner}</Properties>')


def _template_path(path: Path) -> None:
    _word(path)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    target = f"file:///C:\\Users\\{SECRET}\\Templates\\trust.dotx"
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="{target}" TargetMode="External"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    _rewritten(
        path, "word/_rels/settings.xml.rels", f'<Relationships xmlns="{space}">{relation}</Relationships>'
    )


def _embedded(path: Path) -> None:
    _word(path)
    _rewritten(path, "word/embeddings/Microsoft_Excel_Sheet.xlsx", SECRET)


def _book(path: Path, change: Callable[[Any, Any], None] = lambda *_: None) -> None:
    book = openpyxl.Workbook()
    book.properties.creator = "openpyxl"
    sheet = book.active
    for row in (("Group", "Staff", "Note"), ("White", 812, ""), ("Asian", 140, "")):
        sheet.append(row)
    change(book, sheet)
    book.save(path)


def _sheet(state: str) -> Callable[[Any, Any], None]:
    def change(book: Any, _: Any) -> None:
        hidden = book.create_sheet("People")
        hidden["A1"] = SECRET
        hidden.sheet_state = state

    return change


def _hidden_row(_: Any, sheet: Any) -> None:
    sheet["A9"] = SECRET
    sheet.row_dimensions[9].hidden = True


def _hidden_column(_: Any, sheet: Any) -> None:
    sheet["E2"] = SECRET
    sheet.column_dimensions["E"].hidden = True


def _cell_comment(_: Any, sheet: Any) -> None:
    sheet["A2"].comment = Comment(SECRET, "Jo Bloggs")


def _pivot(path: Path) -> None:
    _book(path)
    _rewritten(
        path,
        "xl/pivotCache/pivotCacheRecords1.xml",
        f"<pivotCacheRecords><r>{SECRET}</r></pivotCacheRecords>",
    )


def _linked(path: Path) -> None:
    _book(path)
    _rewritten(path, "xl/externalLinks/externalLink1.xml", f"<externalLink><v>{SECRET}</v></externalLink>")


def _deck(path: Path, change: Callable[[Any], None] = lambda _: None) -> None:
    deck = pptx.Presentation()
    for text in ("Our plan", OPEN):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = text
    change(deck)
    deck.core_properties.author = deck.core_properties.last_modified_by = ""
    deck.save(str(path))


def _hidden_slide(deck: Any) -> None:
    deck.slides[1].shapes.title.text = SECRET
    deck.slides[1]._element.set("show", "0")


def _speaker_notes(deck: Any) -> None:
    deck.slides[0].notes_slide.notes_text_frame.text = SECRET


def _hidden_shape(deck: Any) -> None:
    box = deck.slides[0].shapes.add_textbox(0, 0, 100, 100)
    box.text_frame.text = SECRET
    box._element.nvSpPr.cNvPr.set("hidden", "1")


def _pdf(path: Path, draw: Callable[[Canvas], None] = lambda _: None, **facts: str) -> None:
    canvas = Canvas(str(path), invariant=1)
    for name, value in facts.items():
        getattr(canvas, f"set{name}")(value)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 760, OPEN)
    draw(canvas)
    canvas.showPage()
    canvas.save()


def _secret(canvas: Canvas, *, tone: float = 0, up: float = 700) -> None:
    canvas.setFillGray(tone)
    canvas.drawString(72, up, SENTENCE)


def _box(tone: float) -> Callable[[Canvas], None]:
    """Return what draws the words and a box over the name."""

    def draw(canvas: Canvas) -> None:
        _secret(canvas)
        canvas.setFillGray(tone)
        canvas.rect(130, 696, 70, 14, fill=1, stroke=tone == 0)

    return draw


def _under_picture(canvas: Canvas) -> None:
    _secret(canvas)
    noise = Image.effect_noise((120, 40), 90).convert("RGB")
    canvas.drawImage(ImageReader(noise), 60, 690, 300, 30)


def _under_drawing(canvas: Canvas) -> None:
    """Most letters lie under an even field, some under a line across it: all under one picture."""
    _secret(canvas)
    drawing = Image.new("RGB", (300, 30), (205, 220, 230))
    for across in range(300):
        drawing.putpixel((across, across // 10), (60, 60, 60))
        drawing.putpixel((across, min(29, across // 10 + 1)), (60, 60, 60))
    canvas.drawImage(ImageReader(drawing), 60, 690, 300, 30)


def _white_text(canvas: Canvas) -> None:
    _secret(canvas, tone=1)


def _black_on_black(canvas: Canvas) -> None:
    canvas.rect(60, 690, 300, 24, fill=1)
    _secret(canvas)


def _off_page(canvas: Canvas) -> None:
    _secret(canvas, up=-60)


@contextmanager
def _opened(
    path: Path, draw: Callable[[Canvas], None] = lambda _: None, **saved: bool
) -> Iterator[pikepdf.Pdf]:
    """Write a PDF, and open it to be changed and saved."""
    _pdf(path, draw)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        yield pdf
        pdf.save(path, **saved)


def _annotate(pdf: pikepdf.Pdf, note: pikepdf.Dictionary) -> None:
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))


def _note(path: Path) -> None:
    with _opened(path) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[100, 100, 120, 120],
            Contents=pikepdf.String(SECRET),
            T=pikepdf.String("Jo Bloggs"),
        )
        _annotate(pdf, note)


def _square_note(path: Path) -> None:
    """A rectangle drawn as a note: what a viewer's own drawing tools make."""
    with _opened(path, _secret) as pdf:
        form = pdf.make_stream(b"0 0 0 rg 0 0 80 16 re f")
        form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 80, 16]})
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Square,
            Rect=[130, 695, 210, 711],
            F=4,
            AP=pikepdf.Dictionary(N=form),
        )
        _annotate(pdf, note)


def _attached(path: Path) -> None:
    with _opened(path) as pdf:
        pdf.attachments[f"{SECRET}.txt"] = b"names"


def _author_in_xmp(path: Path) -> None:
    with _opened(path, compress_streams=False) as pdf:
        with pdf.open_metadata() as facts:
            facts["dc:creator"] = [SECRET]
        del pdf.docinfo["/Author"]


def _saved_twice(path: Path) -> None:
    _pdf(path, _secret)
    data = path.read_bytes()
    start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    size = int(re.findall(rb"/Size (\d+)", data)[-1])
    root = re.findall(rb"/Root (\d+ \d+ R)", data)[-1]
    table = b"xref\n0 0\ntrailer\n<< /Size %d /Root %b /Prev %d >>\n" % (size, root, start)
    path.write_bytes(data + table + b"startxref\n%d\n%%%%EOF\n" % len(data))


def _layer_off(path: Path) -> None:
    with _opened(path, _secret) as pdf:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("Draft")))
        page = pdf.pages[0]
        page.Resources.Properties = pikepdf.Dictionary(L0=layer)
        page.Contents = pdf.make_stream(b"/OC /L0 BDC\n" + page.Contents.read_bytes() + b"\nEMC")
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer], Order=[layer])
        )


def _scan_blacked_out(path: Path) -> None:
    """A scan whose picture was blacked out and whose text layer was not."""
    picture = Image.new("L", (600, 800), 255)
    for across in range(60, 400, 8):
        picture.paste(0, (across, 100, across + 4, 112))
    picture.paste(0, (120, 96, 330, 118))
    canvas = Canvas(str(path), pagesize=(600, 800), invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, 600, 800)
    text = canvas.beginText(62, 690)
    text.setTextRenderMode(3)
    text.setFont("Helvetica", 14)
    text.textOut(SENTENCE)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def _open(path: Path, kind: str, body: str, *, styles: str = "", meta: str = "") -> None:
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("content.xml", content)
        package.writestr(
            "meta.xml",
            f"<office:document-meta {_ODF}><office:meta>{meta}</office:meta></office:document-meta>",
        )


def _row(text: str, more: str = "") -> str:
    return f"<table:table-row {more}><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"


def _page(path: Path, inside: str = "", head: str = "", before: str = "", encoding: str = "utf-8") -> None:
    text = f"<!doctype html>{before}<html><head>{head}</head><body><p>{OPEN}</p>{inside}</body></html>"
    path.write_text(text, encoding)


def _photo(path: Path) -> None:
    picture = Image.new("RGB", (40, 40), "white")
    facts = Image.Exif()
    facts[0x013B] = SECRET
    facts.get_ifd(0x8825)[1] = "N"
    buffer = BytesIO()
    picture.save(buffer, "JPEG", exif=facts)
    path.write_bytes(buffer.getvalue())


def _mail(path: Path) -> None:
    path.write_text(
        f"From: {SECRET} <q.{SECRET.lower()}@example.org>\nTo: edi@example.org\nSubject: Plan\n"
        f"Date: Mon, 2 Feb 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain\n\n{OPEN}\n"
    )


def _p(text: str, more: str = "") -> str:
    return f"<text:p {more}>{text}</text:p>"


_UNSEEN_STYLE = '<style:style style:name="U"><style:text-properties text:display="none"/></style:style>'
_HIDDEN_TABLE = '<style:style style:name="H"><style:table-properties table:display="false"/></style:style>'
_REMARK = f"<office:annotation><dc:creator>Jo</dc:creator>{_p(SECRET)}</office:annotation>"
_CHANGED = (
    "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Jo</dc:creator>"
    f"</office:change-info>{_p(SECRET)}</text:deletion></text:changed-region></text:tracked-changes>"
)

_UNSEEN = f'<text:span text:style-name="U">{SECRET}</text:span>'
_CREATOR = f"<dc:creator>{SECRET}</dc:creator>"
_COLLAPSED = 'table:visibility="collapse"'


def _table(path: Path, rows: str, more: str = "") -> None:
    table = f'<table:table table:name="People" {more}>{rows}</table:table>'
    _open(path, "spreadsheet", table, styles=_HIDDEN_TABLE)


HIDING: dict[str, tuple[Callable[[Path], None], Kind]] = {
    "vanish.docx": (lambda path: _word(path, _vanish), Kind.HIDDEN_TEXT),
    "vanish-style.docx": (lambda path: _word(path, _vanish_by_style), Kind.HIDDEN_TEXT),
    "white.docx": (lambda path: _word(path, _white), Kind.HIDDEN_TEXT),
    "deleted.docx": (lambda path: _word(path, _changed("w:del", "w:delText")), Kind.TRACKED_CHANGES),
    "inserted.docx": (lambda path: _word(path, _changed("w:ins", "w:t")), Kind.TRACKED_CHANGES),
    "comment.docx": (lambda path: _word(path, _commented), Kind.COMMENTS),
    "changed-by.docx": (lambda path: _word(path, _authored), Kind.PROPERTIES),
    "company.docx": (_company, Kind.PROPERTIES),
    "company-elsewhere.docx": (_company_elsewhere, Kind.PROPERTIES),
    "custom.docx": (_custom, Kind.PROPERTIES),
    "template.docx": (_template_path, Kind.PATHS),
    "embedded.docx": (_embedded, Kind.DATA_BEHIND),
    "sheet.xlsx": (lambda path: _book(path, _sheet("hidden")), Kind.HIDDEN_SHEET),
    "very-hidden.xlsx": (lambda path: _book(path, _sheet("veryHidden")), Kind.HIDDEN_SHEET),
    "row.xlsx": (lambda path: _book(path, _hidden_row), Kind.HIDDEN_CELLS),
    "column.xlsx": (lambda path: _book(path, _hidden_column), Kind.HIDDEN_CELLS),
    "comment.xlsx": (lambda path: _book(path, _cell_comment), Kind.COMMENTS),
    "pivot.xlsx": (_pivot, Kind.PIVOT_CACHE),
    "linked.xlsx": (_linked, Kind.DATA_BEHIND),
    "slide.pptx": (lambda path: _deck(path, _hidden_slide), Kind.HIDDEN_SLIDE),
    "notes.pptx": (lambda path: _deck(path, _speaker_notes), Kind.SPEAKER_NOTES),
    "shape.pptx": (lambda path: _deck(path, _hidden_shape), Kind.HIDDEN_TEXT),
    "black-box.pdf": (lambda path: _pdf(path, _box(0)), Kind.COVERED_TEXT),
    "grey-box.pdf": (lambda path: _pdf(path, _box(0.4)), Kind.COVERED_TEXT),
    "white-box.pdf": (lambda path: _pdf(path, _box(1)), Kind.HIDDEN_TEXT),
    "picture.pdf": (lambda path: _pdf(path, _under_picture), Kind.COVERED_TEXT),
    "drawing.pdf": (lambda path: _pdf(path, _under_drawing), Kind.COVERED_TEXT),
    "white.pdf": (lambda path: _pdf(path, _white_text), Kind.HIDDEN_TEXT),
    "black-on-black.pdf": (lambda path: _pdf(path, _black_on_black), Kind.COVERED_TEXT),
    "off-page.pdf": (lambda path: _pdf(path, _off_page), Kind.HIDDEN_TEXT),
    "square-note.pdf": (_square_note, Kind.COVERED_TEXT),
    "layer.pdf": (_layer_off, Kind.HIDDEN_TEXT),
    "scan.pdf": (_scan_blacked_out, Kind.COVERED_TEXT),
    "note.pdf": (_note, Kind.COMMENTS),
    "attached.pdf": (_attached, Kind.ATTACHMENTS),
    "twice.pdf": (_saved_twice, Kind.EARLIER_VERSIONS),
    "author.pdf": (lambda path: _pdf(path, Author=SECRET), Kind.PROPERTIES),
    "xmp.pdf": (_author_in_xmp, Kind.PROPERTIES),
    "hidden.odt": (lambda path: _open(path, "text", _p(_UNSEEN), styles=_UNSEEN_STYLE), Kind.HIDDEN_TEXT),
    "comment.odt": (lambda path: _open(path, "text", _p(f"{OPEN}{_REMARK}")), Kind.COMMENTS),
    "changed.odt": (lambda path: _open(path, "text", f"{_CHANGED}{_p(OPEN)}"), Kind.TRACKED_CHANGES),
    "author.odt": (lambda path: _open(path, "text", _p(OPEN), meta=_CREATOR), Kind.PROPERTIES),
    "sheet.ods": (lambda path: _table(path, _row(SECRET), 'table:style-name="H"'), Kind.HIDDEN_SHEET),
    "row.ods": (lambda path: _table(path, _row(OPEN) + _row(SECRET, _COLLAPSED)), Kind.HIDDEN_CELLS),
    "column.ods": (lambda path: _table(path, f"<table:table-column {_COLLAPSED}/>{_row(SECRET)}"), Kind.HIDDEN_CELLS),
    "hidden.html": (lambda path: _page(path, f'<p style="display: none">{SECRET}</p>'), Kind.HIDDEN_TEXT),
    "remark.html": (lambda path: _page(path, f"<!-- ask {SECRET} -->"), Kind.COMMENTS),
    "author.html": (lambda path: _page(path, head=f'<meta name="author" content="{SECRET}">'), Kind.PROPERTIES),
    "before.html": (lambda path: _page(path, before=f"<!-- ask {SECRET} -->"), Kind.COMMENTS),
    "utf16.html": (lambda path: _page(path, f"<p hidden>{SECRET}</p>", encoding="utf-16"), Kind.HIDDEN_TEXT),
    "photo.jpg": (_photo, Kind.PROPERTIES),
    "message.eml": (_mail, Kind.PROPERTIES),
}  # fmt: skip
"""Name of a file that is made: what makes it, and the finding that it must give."""

CLEAN: dict[str, Callable[[Path], None]] = {
    "clean.docx": lambda path: _word(path, lambda document: setattr(document.core_properties, "author", "")),
    "clean.xlsx": _book,
    "clean.pptx": _deck,
    "clean.pdf": lambda path: _pdf(path, _secret),
    "clean.odt": lambda path: _open(path, "text", _p(OPEN)),
    "clean.ods": lambda path: _open(
        path, "spreadsheet", f'<table:table table:name="A">{_row(OPEN)}</table:table>'
    ),
    "clean.html": _page,
}
"""Files that hide nothing."""
