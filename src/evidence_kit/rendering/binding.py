"""Binds a book to one PDF: sheets of ours, copied pages on theirs, marks as annotations, bookmarks and links.

The same book gives the same bytes. Nothing in the PDF runs or leads out of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from evidence_kit.records.document import Box
from evidence_kit.rendering.book import DASHES, EDGES, FILLS, Book, Leaf, Mark, Tint
from evidence_kit.rendering.copying import hide_layers
from evidence_kit.rendering.sheets import (
    A4,
    Sheet,
    group_key,
    index_sheets,
    leaf_sheets,
    numbers_of,
    section_key,
)
from evidence_kit.rendering.typesetting import REGULAR, fonts

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

MAKER = "evidence-kit"
LANGUAGE = "en-GB"
INK, LINK, LINE_GREY = (0.0, 0.0, 0.0), (0.0, 0.25, 0.6), 0.6
PRINTED = 4
"""The flag of an annotation that is printed with its page."""


def bind(book: Book) -> bytes:
    """Return the book as a PDF."""
    import pikepdf

    fonts()
    with ExitStack() as opened:
        sources = {
            pdf: opened.enter_context(pikepdf.open(io.BytesIO(pdf)))
            for pdf in dict.fromkeys(leaf.page.pdf for leaf in book.leaves if leaf.page)
        }
        sheets = _laid_out(book, sources)
        bound = opened.enter_context(pikepdf.open(io.BytesIO(_drawn(book, sheets))))
        for page, sheet in zip(bound.pages, sheets, strict=True):
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
            if sheet.page:
                copied, down = sheet.page
                _lay(bound, page, sources[copied.pdf].pages[copied.index], sheet.size[1] - down)
            for mark, boxes in _by_mark(sheet):
                _annotate(bound, page, mark, boxes, sheet.size[1])
        hide_layers(
            bound,
            (
                layer
                for source in sources.values()
                if "/OCProperties" in source.Root
                for layer in source.Root.OCProperties.OCGs
            ),
        )
        return _saved(bound, book.title)


def _laid_out(book: Book, sources: Mapping[bytes, Pdf]) -> list[Sheet]:
    first = 1 + len(index_sheets(book, {}))
    leaves = [
        sheet for leaf in book.leaves for sheet in leaf_sheets(leaf, book.banner, _size_of(leaf, sources))
    ]
    return [*index_sheets(book, numbers_of(leaves, first)), *leaves]


def _size_of(leaf: Leaf, sources: Mapping[bytes, Pdf]) -> tuple[float, float]:
    if leaf.page is None:
        return A4
    _, _, right, top = sources[leaf.page.pdf].pages[leaf.page.index].mediabox
    return float(right), float(top)


def _drawn(book: Book, sheets: Sequence[Sheet]) -> bytes:
    """Draw everything but the copied pages and the marks."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=0, lang=LANGUAGE)
    for number, sheet in enumerate(sheets, start=1):
        _draw(canvas, sheet, number)
        canvas.showPage()
    for title, key, level in _bookmarks(book):
        canvas.addOutlineEntry(title, key, level, closed=level > 0)
    canvas.showOutline()
    canvas.save()
    return target.getvalue()


def _draw(canvas: Any, sheet: Sheet, number: int) -> None:
    wide, tall = sheet.size
    canvas.setPageSize(sheet.size)
    for text in sheet.texts:
        canvas.setFont(text.font, text.size)
        canvas.setFillColorRGB(*(LINK if text.link else INK))
        canvas.drawString(text.x, tall - text.y, text.shown)
    canvas.setFillColorRGB(*INK)
    first = sheet.texts[0]
    canvas.setFont(REGULAR, first.size)
    canvas.drawRightString(wide - first.x, tall - first.y, str(number))
    canvas.setStrokeGray(LINE_GREY)
    canvas.setLineWidth(0.5)
    for y in sheet.rules:
        canvas.line(sheet.texts[0].x, tall - y, wide - sheet.texts[0].x, tall - y)
    for key, y in sheet.anchors:
        canvas.bookmarkPage(key, fit="XYZ", left=0, top=tall - y, zoom=0)
    for (left, top, right, bottom), row in sheet.links:
        canvas.linkAbsolute(
            row.title, row.goes_to, Rect=(left, tall - bottom, right, tall - top), Border="[0 0 0]"
        )


def _bookmarks(book: Book) -> Iterator[tuple[str, str, int]]:
    """Yield title, anchor and level of each bookmark."""
    for number, section in enumerate(book.sections):
        yield section.title, section_key(number), 0
        for place, group in enumerate(section.groups):
            yield group.title, group_key(number, place), 1
            for row in group.rows:
                if row.goes_to:
                    yield row.title, row.goes_to, 2


def _lay(bound: Pdf, page: Page, copied: Page, height: float) -> None:
    """Lay a copied page below what is drawn on a page of ours.

    Args:
        bound: The book.
        page: Of the book.
        copied: The page of another PDF.
        height: Of the copied page, in points.
    """
    import pikepdf

    _, _, _, top = copied.mediabox
    form = bound.copy_foreign(copied.obj.Resources.XObject.Source)
    page.obj.Resources.XObject = pikepdf.Dictionary(Source=form)
    shift = f"q 1 0 0 1 0 {height - float(top):.4f} cm /Source Do Q\n"
    page.contents_add(bound.make_stream(shift.encode()), prepend=True)


def _by_mark(sheet: Sheet) -> Iterable[tuple[Mark, list[Box]]]:
    found: dict[str, tuple[Mark, list[Box]]] = {}
    for mark, box in sheet.marks:
        found.setdefault(mark.key, (mark, []))[1].append(box)
    return found.values()


def _annotate(bound: Pdf, page: Page, mark: Mark, boxes: Sequence[Box], height: float) -> None:
    """Add a highlight that says what the words are cited for."""
    import pikepdf

    turned = [(left, height - bottom, right, height - top) for left, top, right, bottom in boxes]
    corners = [
        value for left, low, right, high in turned
        for value in (left, high, right, high, left, low, right, low)
    ]  # fmt: skip
    lefts, lows, rights, highs = zip(*turned, strict=True)
    reach = [min(lefts) - 1, min(lows) - 1, max(rights) + 1, max(highs) + 1]
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Highlight,
        Rect=_numbers(reach),
        QuadPoints=_numbers(corners),
        C=_numbers(FILLS[mark.tint]),
        F=PRINTED,
        NM=pikepdf.String(mark.key),
        T=pikepdf.String(MAKER),
        Contents=pikepdf.String(mark.label),
        AP=pikepdf.Dictionary(N=_look(bound, mark.tint, turned, reach)),
    )
    if "/Annots" not in page.obj:
        page.obj.Annots = pikepdf.Array()
    page.obj.Annots.append(bound.make_indirect(note))


def _look(bound: Pdf, tint: Tint, boxes: Sequence[Box], reach: Sequence[float]) -> Object:
    """Return how a mark looks: filled so that the words shine through, with an edge."""
    import pikepdf

    rectangles = " ".join(
        f"{left:.2f} {low:.2f} {right - left:.2f} {high - low:.2f} re" for left, low, right, high in boxes
    )
    fill, edge = (" ".join(map(str, colours[tint])) for colours in (FILLS, EDGES))
    look = bound.make_stream(
        f"q /Through gs {fill} rg {rectangles} f Q q {edge} RG {DASHES[tint]} {rectangles} S Q".encode()
    )
    through = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name.Multiply)
    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox = _numbers(reach)
    look.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(Through=through))
    return look


def _numbers(values: Iterable[float]) -> Object:
    import pikepdf

    return pikepdf.Array([round(value, 3) for value in values])


def _saved(bound: Pdf, title: str) -> bytes:
    import pikepdf

    del bound.docinfo
    bound.docinfo["/Title"] = pikepdf.String(title)
    bound.docinfo["/Producer"] = pikepdf.String(MAKER)
    bound.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    target = io.BytesIO()
    bound.save(
        target,
        deterministic_id=True,
        force_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return target.getvalue()
