"""Lays out the PDFs of the sample pack: the board pack, the annual report and single papers.

A pack is laid out twice. The first run counts the pages and notes where each paper starts; the second prints
"Page 12 of 46" and the contents list. Both runs break pages alike, since only digits differ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from _flow import BODY, BOLD, INK, RULE, Mark, cover_sheet, make_styles, story
from _markup import Source

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN, TOP, FOOT = 22 * mm, 25 * mm, 22 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN
HEIGHT = PAGE_HEIGHT - TOP - FOOT
GUTTER, BAND = 8 * mm, 16 * mm


@dataclass
class Numbers:
    """What the first run learns: how many pages there are, and on which page each mark stands."""

    total: int = 0
    starts: dict[str, int] = field(default_factory=dict)


class PackTemplate(BaseDocTemplate):
    """A document with a title page, running lines, one- and two-column pages, and a record of its marks."""

    def __init__(self, target: BytesIO, title: str, organisation: str, header: str, numbers: Numbers) -> None:
        super().__init__(
            target, pagesize=A4, title=title, author=organisation, subject=header, invariant=1, lang="en-GB"
        )
        self.organisation, self.header, self.numbers = organisation, header, numbers
        self.label: Callable[[int], str] = lambda page: f"Page {page} of {numbers.total}"
        self.running = ""
        self.seen = Numbers()
        column = (WIDTH - GUTTER) / 2
        self.addPageTemplates(
            [
                PageTemplate("title", [_frame(MARGIN, FOOT, WIDTH, HEIGHT)], onPageEnd=self._title_page),
                PageTemplate("one", [_frame(MARGIN, FOOT, WIDTH, HEIGHT)], onPageEnd=self._running_lines),
                PageTemplate(
                    "two-first",
                    [
                        _frame(MARGIN, FOOT + HEIGHT - BAND, WIDTH, BAND),
                        _frame(MARGIN, FOOT, column, HEIGHT - BAND),
                        _frame(MARGIN + column + GUTTER, FOOT, column, HEIGHT - BAND),
                    ],
                    onPageEnd=self._running_lines,
                    autoNextPageTemplate="two",
                ),
                PageTemplate(
                    "two",
                    [
                        _frame(MARGIN, FOOT, column, HEIGHT),
                        _frame(MARGIN + column + GUTTER, FOOT, column, HEIGHT),
                    ],
                    onPageEnd=self._running_lines,
                ),
            ]
        )

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's own name for the hook
        """Note where a paper or chapter starts."""
        if isinstance(flowable, Mark):
            self.running = flowable.label
            self.seen.starts.setdefault(flowable.label, self.page)

    def _title_page(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        """A band of colour and no running lines."""
        self.seen.total = self.page
        canvas.setFillColor(INK)
        canvas.rect(0, PAGE_HEIGHT - 40 * mm, PAGE_WIDTH, 40 * mm, stroke=0, fill=1)
        canvas.setFillColor("white")
        canvas.setFont(BOLD, 15)
        canvas.drawString(MARGIN, PAGE_HEIGHT - 24 * mm, self.organisation)

    def _running_lines(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        """Header with the organisation and the occasion, footer with the paper and the page."""
        self.seen.total = self.page
        canvas.setStrokeColor(RULE)
        canvas.setFillColor(INK)
        canvas.setFont(BODY, 8.5)
        top, foot = PAGE_HEIGHT - 15 * mm, 13 * mm
        canvas.drawString(MARGIN, top, self.organisation)
        canvas.drawRightString(PAGE_WIDTH - MARGIN, top, self.header)
        canvas.line(MARGIN, top - 5, PAGE_WIDTH - MARGIN, top - 5)
        canvas.line(MARGIN, foot + 11, PAGE_WIDTH - MARGIN, foot + 11)
        canvas.drawString(MARGIN, foot, self.running)
        canvas.drawRightString(PAGE_WIDTH - MARGIN, foot, self.label(self.page))


def _frame(x: float, y: float, width: float, height: float) -> Frame:
    """A frame without padding."""
    return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def build_board_pack(
    sources: Sequence[Source], entry: dict[str, str], organisation: str, target: Path
) -> None:
    """The merged pack: title page, then each paper on a page of its own, behind its cover sheet if it has one."""

    def flow(_: Numbers) -> list[Flowable]:
        flowables = _title(entry)
        for source in sources:
            flowables += [PageBreak(), Mark(source.meta["bookmark"]), *_paper(source, 10.5)]
        return flowables

    _write(flow, entry, organisation, target)


def build_paper(source: Source, entry: dict[str, str], organisation: str, target: Path) -> None:
    """One paper as a file of its own."""

    def flow(_: Numbers) -> list[Flowable]:
        return [NextPageTemplate("one"), Mark(entry["title"]), *_paper(source, 10.5)]

    _write(flow, entry, organisation, target, first="one")


def build_annual_report(
    sources: Sequence[Source], entry: dict[str, str], organisation: str, target: Path
) -> None:
    """The annual report: title page, contents, chapters in one or two columns, printed numbers from chapter one."""

    def flow(numbers: Numbers) -> list[Flowable]:
        styles = make_styles(11)
        flowables = [*_title(entry), PageBreak(), Paragraph("Contents", styles["h1"])]
        flowables.append(_contents(sources, numbers))
        for source in sources:
            flowables += _chapter(source)
        return flowables

    _write(flow, entry, organisation, target, label=lambda page: str(page - 2) if page > 2 else "")


def _write(
    flow: Callable[[Numbers], list[Flowable]],
    entry: dict[str, str],
    organisation: str,
    target: Path,
    first: str = "title",
    label: Callable[[int], str] | None = None,
) -> None:
    """Lay out twice, the second time with the numbers of the first, and write the file."""
    numbers, data = Numbers(), BytesIO()
    for _ in range(2):
        data = BytesIO()
        template = PackTemplate(data, entry["title"], organisation, entry["header"], numbers)
        template.label = label or template.label
        template.pageTemplates.sort(key=lambda page: page.id != first)
        template.build(flow(numbers))
        numbers = template.seen
    target.write_bytes(data.getvalue())


def _title(entry: dict[str, str]) -> list[Flowable]:
    """The words of a title page."""
    styles = make_styles(15)
    lines = [Paragraph(line, styles["body"]) for line in entry["subtitle"]]
    return [Spacer(1, 70 * mm), Paragraph(entry["title"], styles["h1"]), *lines, NextPageTemplate("one")]


def _paper(source: Source, size: float) -> list[Flowable]:
    """A paper of a pack: cover sheet and page break where it has one, then its body."""
    styles = make_styles(size)
    body = story(source, styles, WIDTH)
    if "cover" not in source.meta:
        return body
    fields = {"Agenda item": source.meta["item"], "Title": source.meta["title"], **source.meta["cover"]}
    cover = cover_sheet(fields, styles, WIDTH)
    return [Paragraph("Cover sheet", styles["h1"]), Spacer(1, 6), cover, PageBreak(), *body]


def _contents(sources: Sequence[Source], numbers: Numbers) -> Table:
    """The list of chapters under the parts of the report, with printed page numbers."""
    styles = make_styles(11)
    rows: list[list[Flowable]] = []
    part = ""
    for source in sources:
        title = source.meta["title"]
        if source.meta["part"] != part:
            part = source.meta["part"]
            rows.append([Paragraph(part, styles["h2"]), Spacer(1, 1)])
        number = str(numbers.starts.get(title, 2) - 2)
        rows.append([Paragraph(title, styles["body"]), Paragraph(number, styles["body"])])
    return Table(rows, colWidths=[WIDTH * 0.88, WIDTH * 0.12])


def _chapter(source: Source) -> list[Flowable]:
    """One chapter on a new page; the heading of a two-column chapter spans both columns."""
    two = source.meta.get("columns") == 2
    styles = make_styles(10.5 if two else 11.5)
    body = story(source, styles, (WIDTH - GUTTER) / 2 if two else WIDTH)
    start = [NextPageTemplate("two-first" if two else "one"), PageBreak(), Mark(source.meta["title"])]
    return [*start, body[0], FrameBreak(), *body[1:]] if two else [*start, *body]
