"""Build the papers of the invented trust in papers/ from the texts in content/.

The same input gives the same bytes: no clock, no random numbers.
Usage: python build.py
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocxDocument
from docx.shared import Cm, Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BalancedColumns,
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

HERE = Path(__file__).resolve().parent
CONTENT = HERE / "content"
PAPERS = HERE / "papers"
TEXT_WIDTH = A4[0] - 44 * mm
INK = colors.HexColor("#222222")
RULE = colors.HexColor("#8a8a8a")
SHADE = colors.HexColor("#ece7df")
ZIP_TIME = (2026, 1, 1, 0, 0, 0)


@dataclass
class Block:
    """One piece of a text: heading, paragraph, bullet list, table, page break or columns."""

    kind: str
    text: str = ""
    items: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    inner: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Paper:
    """One paper to build: its source in content/, its name in papers/ and its labels."""

    source: str
    target: str
    title: str
    running: str
    issued: dt.date


LISTED = (
    Paper(
        "board_pack.txt",
        "01-board-papers-2026-09-24.pdf",
        "Board papers, 24 September 2026",
        "Sallowdale Partnership NHS Trust: Board in public, 24 September 2026",
        dt.date(2026, 9, 18),
    ),
    Paper(
        "annual_report.txt",
        "02-annual-report-2025-26-extract.pdf",
        "Annual report 2025/26: extract",
        "Sallowdale Partnership NHS Trust: Annual report 2025/26",
        dt.date(2026, 7, 16),
    ),
    Paper(
        "procedure.txt",
        "03-responding-to-racism-procedure.docx",
        "Responding to Racism: procedure",
        "PEO-047 Responding to Racism, version 2.0",
        dt.date(2023, 1, 31),
    ),
    Paper(
        "reach_minutes.txt",
        "04-reach-notes-2026-09-09.docx",
        "REACH: notes of 9 September 2026",
        "REACH, 9 September 2026",
        dt.date(2026, 9, 10),
    ),
    Paper(
        "action_plan.txt",
        "07-anti-racism-action-plan-2026-27.docx",
        "Anti-racism Action Plan 2026/27",
        "Anti-racism Action Plan 2026/27",
        dt.date(2026, 9, 11),
    ),
    Paper(
        "application.txt",
        "08-framework-application-narrative.docx",
        "Framework application: narrative, draft 3",
        "Narrative, draft 3",
        dt.date(2026, 9, 4),
    ),
)
COPIED = (
    ("statement.html", "05-anti-racism-statement.html"),
    ("newsletter.md", "06-the-sallow-leaf-summer-2026.md"),
)


def cells(line: str) -> list[str]:
    """Split a table line at its bars."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def parse(lines: Iterable[str]) -> list[Block]:
    """Read the small mark-up of content/ into blocks."""
    found: list[Block] = []
    stack: list[list[Block]] = [found]
    for line in lines:
        if not line.strip():
            continue
        now = stack[-1]
        if line.startswith("[["):
            block = Block("columns")
            now.append(block)
            stack.append(block.inner)
        elif line.startswith("]]"):
            stack.pop()
        elif line.startswith("==="):
            now.append(Block("break"))
        elif line.startswith("# "):
            now.append(Block("h1", line[2:]))
        elif line.startswith("## "):
            now.append(Block("h2", line[3:]))
        elif line.startswith("### "):
            now.append(Block("h3", line[4:]))
        elif line.startswith("|w "):
            shares = [float(part) for part in line.rstrip("|").split()[1:]]
            now.append(Block("table", widths=[share / sum(shares) for share in shares]))
        elif line.startswith("|"):
            now[-1].rows.append(cells(line))
        elif line.startswith("- "):
            if not now or now[-1].kind != "list":
                now.append(Block("list"))
            now[-1].items.append(line[2:])
        else:
            now.append(Block("p", line))
    return found


def style(
    name: str, size: float, *, bold: bool = False, before: float = 0, after: float = 4
) -> ParagraphStyle:
    """One paragraph style of the PDFs."""
    return ParagraphStyle(
        name,
        fontName="Times-Bold" if bold else "Times-Roman",
        fontSize=size,
        leading=size * 1.32,
        spaceBefore=before,
        spaceAfter=after,
        textColor=INK,
    )


STYLES = {
    "h1": style("h1", 17, bold=True, before=8, after=8),
    "h2": style("h2", 12.5, bold=True, before=8, after=3),
    "h3": style("h3", 11, bold=True, before=5, after=2),
    "p": style("p", 11, after=6),
    "cell": style("cell", 9.5, after=0),
}
for _name in ("h1", "h2", "h3"):
    STYLES[_name].keepWithNext = 1


def pdf_table(block: Block) -> Table:
    """A ruled table; the first row is shaded when there are three columns or more."""
    rows = [[Paragraph(escape(cell), STYLES["cell"]) for cell in row] for row in block.rows]
    look = TableStyle(
        [
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ]
    )
    if len(block.widths) > 2:
        look.add("BACKGROUND", (0, 0), (-1, 0), SHADE)
    return Table(
        rows,
        colWidths=[share * TEXT_WIDTH for share in block.widths],
        style=look,
        spaceBefore=4,
        spaceAfter=8,
        repeatRows=0,
    )


def pdf_flow(blocks: list[Block]) -> list[Flowable]:
    """Turn blocks into the flowables of a PDF."""
    flow: list[Flowable] = []
    for block in blocks:
        if block.kind == "break":
            flow.append(PageBreak())
        elif block.kind == "table":
            flow.append(pdf_table(block))
        elif block.kind == "list":
            flow.extend(Paragraph(escape(item), STYLES["p"], bulletText="\u2022") for item in block.items)
        elif block.kind == "columns":
            flow.append(BalancedColumns(pdf_flow(block.inner), nCols=2, innerPadding=14, needed=120))
            flow.append(Spacer(1, 6))
        else:
            flow.append(Paragraph(escape(block.text), STYLES[block.kind]))
    return flow


def footer(running: str, total: int) -> Callable[[Canvas, SimpleDocTemplate], None]:
    """The drawing of the running line and the page number."""

    def draw(canvas: Canvas, doc: SimpleDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Times-Roman", 8.5)
        canvas.setFillColor(RULE)
        canvas.drawString(22 * mm, 12 * mm, running)
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, f"Page {doc.page} of {total}")
        canvas.restoreState()

    return draw


def write_pdf(paper: Paper, blocks: list[Block]) -> None:
    """Build a PDF twice: once to count its pages, once to keep."""
    total = 0
    target: io.BytesIO | str
    for target in (io.BytesIO(), str(PAPERS / paper.target)):
        doc = SimpleDocTemplate(
            target,
            pagesize=A4,
            leftMargin=22 * mm,
            rightMargin=22 * mm,
            topMargin=20 * mm,
            bottomMargin=22 * mm,
            title=paper.title,
            author="Sallowdale Partnership NHS Trust",
            invariant=1,
        )
        draw = footer(paper.running, total)
        doc.build(pdf_flow(blocks), onFirstPage=draw, onLaterPages=draw)
        total = doc.page


def docx_table(document: DocxDocument, block: Block) -> None:
    """Add a table in the grid style, its first row bold when there are three columns or more."""
    table = document.add_table(rows=0, cols=len(block.widths), style="Table Grid")
    table.autofit = False
    for number, row in enumerate(block.rows):
        for share, cell, text in zip(block.widths, table.add_row().cells, row, strict=True):
            cell.width = Cm(17.0 * share)
            run = cell.paragraphs[0].add_run(text)
            run.font.size = Pt(9.5)
            run.bold = number == 0 and len(block.widths) > 2
    document.add_paragraph()


def docx_blocks(document: DocxDocument, blocks: list[Block]) -> None:
    """Add blocks to a Word document."""
    for block in blocks:
        if block.kind == "table":
            docx_table(document, block)
        elif block.kind == "list":
            for item in block.items:
                document.add_paragraph(item, style="List Bullet")
        elif block.kind == "p":
            document.add_paragraph(block.text)
        else:
            document.add_heading(block.text, level=int(block.kind[1]))


def freeze(raw: bytes) -> bytes:
    """Write a Word package again with fixed times, so that two builds are alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry.filename))
    return out.getvalue()


def write_docx(paper: Paper, blocks: list[Block]) -> None:
    """Build a Word document with fixed properties."""
    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.0)
        section.footer.paragraphs[0].text = paper.running
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(11)
    stamp = dt.datetime.combine(paper.issued, dt.time(9, 0))
    props = document.core_properties
    props.title, props.author, props.last_modified_by = paper.title, "Sallowdale Partnership NHS Trust", ""
    props.comments, props.created, props.modified, props.revision = "", stamp, stamp, 1
    docx_blocks(document, blocks)
    buffer = io.BytesIO()
    document.save(buffer)
    (PAPERS / paper.target).write_bytes(freeze(buffer.getvalue()))


def main() -> None:
    """Build every paper."""
    PAPERS.mkdir(exist_ok=True)
    for paper in LISTED:
        blocks = parse((CONTENT / paper.source).read_text(encoding="utf-8").splitlines())
        (write_pdf if paper.target.endswith(".pdf") else write_docx)(paper, blocks)
    for source, target in COPIED:
        shutil.copyfile(CONTENT / source, PAPERS / target)


if __name__ == "__main__":
    main()
