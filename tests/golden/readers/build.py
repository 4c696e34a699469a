"""Writes the sources of the golden files anew: ``python tests/golden/readers/build.py``.

One small file a format, each with the same report in it as far as the format allows: headings, a paragraph, a list, a
table, something hidden or noted. After that, ``pytest --update-golden`` writes what is read of them; look at the
difference before it is committed.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import docx
import pptx
import xlsxwriter
import xlwt
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).resolve().parent
TITLE = "Race equality report"
PROSE = (
    "The board looked at the report in March. It asked for a plan with dates, and for the figures of each division, "
    "so that progress can be seen and is not only claimed."
)
ITEMS = ("Shortlisting is reviewed every quarter.", "Two executive directors sponsor the network.")
ROWS = (("Indicator", "2025", "2026"), ("Shortlisting ratio", "1.62", "1.41"), ("Board members", "2", "3"))
FIXED = (2026, 3, 26, 9, 0, 0)


def zipped(path: Path, parts: dict[str, bytes | str]) -> None:
    """Write an archive with the same bytes every time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, FIXED), content, zipfile.ZIP_DEFLATED)


def fixed(path: Path) -> None:
    """Take the clock out of an archive that a library wrote."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    zipped(path, parts)


def pdf(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle(TITLE)
    for number in range(3):
        canvas.bookmarkPage(str(number))
        canvas.addOutlineEntry(f"{TITLE}, part {number + 1}", str(number))
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 800, "Example NHS Trust")
        canvas.drawString(290, 30, f"Page {number + 4}")
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(60, 750, f"{TITLE}, part {number + 1}")
        for column in range(2 if number == 1 else 1):
            canvas.setFont("Helvetica", 10)
            for row, line in enumerate(simpleSplit(PROSE, "Helvetica", 10, 220 if number == 1 else 460)):
                canvas.drawString(60 + 250 * column, 720 - 13 * row, line)
        for row, item in enumerate(ITEMS):
            canvas.drawString(60, 600 - 15 * row, "•")
            canvas.drawString(75, 600 - 15 * row, item)
        for row, cells in enumerate(ROWS if number == 2 else ()):
            for column, cell in enumerate(cells):
                canvas.rect(60 + 140 * column, 500 - 20 * row, 140, 20)
                canvas.drawString(64 + 140 * column, 506 - 20 * row, cell)
        canvas.showPage()
    canvas.save()


def word(path: Path) -> None:
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = datetime(*FIXED)
    document.add_heading(TITLE, 1)
    document.add_paragraph(PROSE)
    for item in ITEMS:
        document.add_paragraph(item, style="List Bullet")
    document.add_heading("Figures", 2)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.sections[0].footer.paragraphs[0].text = "Example NHS Trust"
    document.save(str(path))
    fixed(path)


def slides(path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = TITLE
    slide.placeholders[1].text = "\n".join(ITEMS)
    slide.notes_slide.notes_text_frame.text = PROSE
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "Figures"
    shape = second.shapes.add_table(len(ROWS), len(ROWS[0]), 914400, 1828800, 6400800, 1371600)
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            shape.table.cell(row, column).text = cell
    deck.save(str(path))
    fixed(path)


def workbook(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": TITLE, "created": datetime(*FIXED)})
        bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
        dated = book.add_format({"num_format": "d mmmm yyyy"})
        sheet = book.add_worksheet("Indicators")
        sheet.write_row(0, 0, ("Indicator", "Share", "As of"), bold)
        sheet.write_row(1, 0, ("Shortlisting",))
        sheet.write_number(1, 1, 0.125, percent)
        sheet.write_datetime(1, 2, datetime(*FIXED), dated)
        sheet.write_row(2, 0, ("Board",))
        sheet.write_formula(2, 1, "=1/4", percent, 0.25)
        book.add_worksheet("Workings").hide()
        book.worksheets()[1].write(0, 0, "Not for the board")


def old_workbook(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Indicators")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, float(cell) if row and column else cell)
    book.save(str(path))


_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def open_document(path: Path, kind: str, body: str) -> None:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.3"><office:body>'
        f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    media = "application/vnd.oasis.opendocument." + kind
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/></manifest:manifest>'
    )
    zipped(path, {"mimetype": media, "content.xml": content, "META-INF/manifest.xml": manifest})


def open_table() -> str:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    return f'<table:table table:name="Indicators">{rows}</table:table>'


def open_text() -> str:
    items = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in ITEMS)
    return (
        f'<text:h text:outline-level="1">{TITLE}</text:h><text:p>{PROSE}</text:p><text:list>{items}</text:list>'
        f'<text:h text:outline-level="2">Figures</text:h>{open_table()}'
    )


def page() -> str:
    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return (
        f"<!doctype html><html><head><title>{TITLE}</title></head><body><nav><a href='/'>Home</a> <a href='/n'>News</a>"
        f"</nav><main><h1>{TITLE}</h1><p>{PROSE}</p><ul>{items}</ul><h2>Figures</h2><table>{rows}</table></main>"
        "<footer>Example NHS Trust</footer></body></html>\n"
    )


def markdown() -> str:
    items = "\n".join(f"- {item}" for item in ITEMS)
    head, *rows = ("| " + " | ".join(row) + " |" for row in ROWS)
    return (
        f"# {TITLE}\n\n{PROSE}\n\n{items}\n\n## Figures\n\n{head}\n|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def captions() -> str:
    return (
        "WEBVTT\n\n00:00:01.000 --> 00:00:06.000\n<v Chair>The board looked at the report.\n\n"
        "00:00:06.500 --> 00:00:11.000\n<v Chief Executive>It asked for a plan with dates.\n"
    )


def message(attached: bytes) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = f"Fwd: {TITLE}"
    mail["Date"] = "Thu, 26 Mar 2026 09:00:00 +0000"
    mail["From"], mail["To"] = "one@trust.example", "two@trust.example"
    mail.set_content(f"Dear all,\n\n{PROSE}\n\n-- \nOne\n")
    mail.add_attachment(attached, maintype="text", subtype="markdown", filename="report.md")
    mail.set_boundary("=====golden=====")
    return mail.as_bytes()


def build(folder: Path) -> None:
    """Write all sources into a folder."""
    pdf(folder / "report.pdf")
    word(folder / "report.docx")
    slides(folder / "report.pptx")
    workbook(folder / "report.xlsx")
    old_workbook(folder / "report.xls")
    open_document(folder / "report.odt", "text", open_text())
    open_document(folder / "report.ods", "spreadsheet", open_table())
    (folder / "report.html").write_text(page(), encoding="utf-8")
    (folder / "report.md").write_text(markdown(), encoding="utf-8")
    (folder / "report.txt").write_bytes(
        f"{TITLE.upper()}\r\n\r\n{PROSE}\r\n\r\nCafé – “quoted”\r\n".encode("cp1252")
    )
    (folder / "report.vtt").write_text(captions(), encoding="utf-8")
    (folder / "report.csv").write_text("\n".join(";".join(row) for row in ROWS) + "\n", encoding="utf-8")
    (folder / "report.eml").write_bytes(message(markdown().encode()))
    zipped(folder / "report.zip", {"papers/report.md": markdown(), "papers/figures.csv": "a,b\n1,2\n3,4\n"})


if __name__ == "__main__":
    build(HERE)
