"""Notes at the foot of a page and captions stand apart from the paragraph that they interrupt."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.passages.flow import runs_of
from evidence_kit.readers.pack import read_file
from evidence_kit.records.document import BlockKind, Document
from evidence_kit.workers import Limits

LINES = [
    "The Board agreed the race equality plan in March and asked for figures of each division",
    "every quarter, so that progress can be seen by everybody and is not only claimed by those",
]
REST = ["who are asked. The plan names an owner for every action, and a date by which it is done."]
NOTE = "1 Workforce race equality standard, return of May 2026."


def document_of(path: Path, *pages: list[tuple[float, float, str]]) -> Document:
    """Write pages of lines: distance from the top in points, size, text."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in pages:
        for down, size, text in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(60, A4[1] - down, text)
        canvas.showPage()
    canvas.save()
    return read_file(path, limits=Limits())


def body(*texts: str, at: float = 100) -> list[tuple[float, float, str]]:
    return [(at + 14 * number, 11, text) for number, text in enumerate(texts)]


def kinds(document: Document) -> list[tuple[BlockKind, str]]:
    return [
        (block.kind, page.text[block.start : block.end][:12])
        for page in document.pages
        for block in page.blocks
    ]


def runs(document: Document) -> list[str]:
    return [run.plain for run in runs_of(document, 0, len(document.pages) - 1)]


def test_a_note_does_not_break_the_paragraph_that_goes_on_over_the_page(tmp_path: Path) -> None:
    document = document_of(tmp_path / "a.pdf", [*body(*LINES), (780, 8, NOTE)], body(*REST))
    assert (BlockKind.FOOTNOTE, NOTE[:12]) in kinds(document)
    assert runs(document) == [" ".join([*LINES, *REST]), NOTE]


def test_nor_does_a_caption(tmp_path: Path) -> None:
    caption = "Figure 2: Likelihood of appointment, 2023 to 2026"
    document = document_of(tmp_path / "a.pdf", [*body(*LINES), (300, 11, caption), *body(*REST, at=340)])
    assert (BlockKind.CAPTION, caption[:12]) in kinds(document)
    assert runs(document) == [" ".join([*LINES, *REST]), caption]


def test_all_of_several_notes_and_what_goes_on_of_them(tmp_path: Path) -> None:
    notes = [
        (750, 8, "* By the date of the report."),
        (764, 8, "Source: staff survey 2025"),
        (778, 8, "and 2026."),
    ]
    document = document_of(tmp_path / "a.pdf", [*body(*LINES), *notes], body(*REST))
    assert [kind for kind, _ in kinds(document)].count(BlockKind.FOOTNOTE) > 1
    assert runs(document)[0] == " ".join([*LINES, *REST])


def test_small_text_without_a_mark_and_a_page_of_small_text_are_no_notes(tmp_path: Path) -> None:
    small = [(780, 8, "Printed on paper from forests that are looked after.")]
    whole = [
        (100 + 40 * number, 8, f"{number}. An item of a long list in small type, as in an appendix.")
        for number in range(4)
    ]
    document = document_of(tmp_path / "a.pdf", [*body(*LINES, *REST), *small], body(*LINES * 4), whole)
    assert BlockKind.FOOTNOTE not in {kind for kind, _ in kinds(document)}
