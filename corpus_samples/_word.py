"""Builds the Word files of the sample pack, byte for byte the same each time.

python-docx writes the current time into the archive, so the file is packed again with one fixed time.
"""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from _markup import Block, Source, bold_parts

INK = RGBColor(0x1F, 0x4E, 0x4A)
ZIP_TIME = (2026, 9, 24, 9, 0, 0)


def build_word(source: Source, organisation: str, date: dt.date, target: Path) -> None:
    """Write one Word file: header and footer, document control where the source has it, then the body."""
    document = Document()
    _set_up(document, source, organisation, date)
    blocks = list(source.blocks)
    if blocks and blocks[0].kind == "heading":
        document.add_heading(blocks.pop(0).text, level=0)
    if "control" in source.meta:
        _add_table(document, [("Document control", ""), *source.meta["control"].items()], merge_head=True)
    for block in blocks:
        _add_block(document, block)
    if "history" in source.meta:
        document.add_heading("Version history", level=2)
        _add_table(document, source.meta["history"])
    buffer = io.BytesIO()
    document.save(buffer)
    target.write_bytes(_repacked(buffer.getvalue()))


def _set_up(document: WordDocument, source: Source, organisation: str, date: dt.date) -> None:
    """Page, type, running header and footer, and properties that do not depend on when the file is built."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        heading = document.styles[name].font
        heading.name, heading.color.rgb = "Arial", INK
        document.styles[name].element.rPr.rFonts.attrib.clear()
        document.styles[name].element.rPr.rFonts.set(qn("w:ascii"), "Arial")
        document.styles[name].element.rPr.rFonts.set(qn("w:hAnsi"), "Arial")
    document.styles["Title"].font.size = Pt(22)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if source.meta.get("landscape"):
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.2)
    section.header.paragraphs[0].text = organisation
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{source.meta['title']}. Page ")
    _add_field(footer, "PAGE")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES")
    properties = document.core_properties
    stamp = dt.datetime.combine(date, dt.time(9, 0))
    properties.title, properties.author, properties.comments = source.meta["title"], organisation, ""
    properties.created = properties.modified = properties.last_printed = stamp
    properties.last_modified_by, properties.revision = organisation, 1


def _add_field(paragraph: Paragraph, name: str) -> None:
    """A field such as the page number, with a value for readers that do not compute fields."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _add_block(document: WordDocument, block: Block) -> None:
    """One block of the body in the Word style that belongs to it."""
    if block.kind == "heading":
        document.add_heading(block.text, level=max(1, block.level - 1))
    elif block.kind == "paragraph":
        _add_runs(document.add_paragraph(), block.text)
    elif block.kind == "bullets":
        for item in block.items:
            _add_runs(document.add_paragraph(style="List Bullet"), item)
    elif block.kind == "numbers":
        number = _new_numbering(document)
        for item in block.items:
            paragraph = document.add_paragraph(style="List Number")
            _add_runs(paragraph, item)
            _set_numbering(paragraph, number)
    elif block.kind == "table":
        _add_table(document, block.rows)


def _add_runs(paragraph: Paragraph, text: str) -> None:
    """Text with its bold parts as runs of their own."""
    for part, bold in bold_parts(text):
        paragraph.add_run(part).bold = bold or None


def _new_numbering(document: WordDocument) -> int:
    """A numbering that starts at 1 again; without it every numbered list would go on from the one before."""
    numbering = document.part.numbering_part.element
    style_number = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(style_number).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _set_numbering(paragraph: Paragraph, number: int) -> None:
    """Put a paragraph into a numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _add_table(document: WordDocument, rows: Any, merge_head: bool = False) -> None:
    """A ruled table with a repeated, shaded header row; `merge_head` joins the header into one cell."""
    rows = [tuple(row) for row in rows]
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].text = ""
            _add_runs(cell.paragraphs[0], text)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9.5)
    head = table.rows[0]
    if merge_head:
        head.cells[0].merge(head.cells[-1])
    for cell in head.cells:
        _shade(cell)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _shade(cell: _Cell) -> None:
    """A pale ground and bold type for a header cell."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "DCE8E6")
    cell._tc.get_or_add_tcPr().append(shade)
    for run in cell.paragraphs[0].runs:
        run.bold = True


def _repacked(archive: bytes) -> bytes:
    """The same archive with its members in order of name and at one fixed time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            member = zipfile.ZipInfo(name, ZIP_TIME)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(member, old.read(name))
    return buffer.getvalue()
