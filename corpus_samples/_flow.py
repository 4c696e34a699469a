"""Turns the blocks of a source into what reportlab lays on a page."""

from collections.abc import Iterator
from typing import Any

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, ListFlowable, Paragraph, Spacer, Table

from _markup import Block, Source, plain, with_bold

INK = colors.HexColor("#1f4e4a")
PALE = colors.HexColor("#dce8e6")
RULE = colors.HexColor("#9db5b2")
BODY, BOLD = "Helvetica", "Helvetica-Bold"


def make_styles(size: float) -> dict[str, ParagraphStyle]:
    """Paragraph styles around one size of body type."""
    body = ParagraphStyle("body", fontName=BODY, fontSize=size, leading=size * 1.42, spaceAfter=size * 0.75)
    body.allowWidows, body.allowOrphans = 1, 1
    styles = {"body": body, "cell": ParagraphStyle("cell", body, fontSize=size - 1.6, leading=size + 1.2)}
    styles["cell"].spaceAfter = 0
    styles["head"] = ParagraphStyle("head", styles["cell"], fontName=BOLD, textColor=INK)
    styles["item"] = ParagraphStyle("item", body, spaceAfter=size * 0.35)
    for level, factor in ((1, 1.9), (2, 1.3), (3, 1.08)):
        styles[f"h{level}"] = ParagraphStyle(
            f"h{level}",
            fontName=BOLD,
            fontSize=size * factor,
            leading=size * factor * 1.25,
            textColor=INK,
            spaceBefore=size * (0.4 if level == 1 else 1.1),
            spaceAfter=size * 0.6,
            keepWithNext=1,
        )
    return styles


class Mark(Flowable):
    """Nothing to see; tells the page what paper or chapter starts here, for bookmarks and running lines."""

    def __init__(self, label: str, level: int = 0) -> None:
        super().__init__()
        self.label, self.level = label, level
        self.width = self.height = 0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Takes no room."""
        return 0, 0

    def draw(self) -> None:
        """Leave the bookmark; the document template sees the mark itself after it has been placed."""
        key = f"mark-{self.canv.getPageNumber()}-{self.label}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(self.label, key, level=self.level)


class RoomFor(Flowable):
    """Uses up the page but for a few lines, so that the paragraph after it runs over to the next page."""

    def __init__(self, lines: int, leading: float) -> None:
        super().__init__()
        self.left = lines * leading + 2
        self.height = 0.0

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """As high as what is left of the page, less the lines."""
        self.height = max(0.0, height - self.left)
        return 0, self.height

    def draw(self) -> None:
        """White space."""


def story(source: Source, styles: dict[str, ParagraphStyle], width: float) -> list[Flowable]:
    """The whole body of a source, for a column of the given width."""
    return [flowable for block in source.blocks for flowable in _flowables(block, styles, width)]


def cover_sheet(fields: dict[str, str], styles: dict[str, ParagraphStyle], width: float) -> Table:
    """The table of a cover sheet: one row a field."""
    rows = [
        [Paragraph(name, styles["head"]), Paragraph(with_bold(text), styles["body"])]
        for name, text in fields.items()
    ]
    return Table(rows, colWidths=[width * 0.27, width * 0.73], style=_grid(head_rows=0, shade_column=True))


def _flowables(block: Block, styles: dict[str, ParagraphStyle], width: float) -> Iterator[Flowable]:
    """One block, as one or more flowables."""
    if block.kind == "heading":
        yield Paragraph(with_bold(block.text), styles[f"h{block.level}"])
    elif block.kind == "paragraph":
        yield Paragraph(with_bold(block.text), styles["body"])
    elif block.kind in ("bullets", "numbers"):
        yield _list(block, styles)
    elif block.kind == "table":
        yield _table(block, styles, width)
        yield Spacer(1, styles["body"].fontSize)
    elif block.kind == "chart":
        yield _chart(block.data, width)
        yield Spacer(1, styles["body"].fontSize)
    elif block.kind == "cross":
        yield RoomFor(3, styles["body"].leading)


def _list(block: Block, styles: dict[str, ParagraphStyle]) -> ListFlowable:
    """A bulleted or numbered list."""
    items = [Paragraph(with_bold(item), styles["item"]) for item in block.items]
    look: dict[str, Any] = {"bulletType": "bullet", "start": "\u2022"}
    if block.kind == "numbers":
        look = {"bulletType": "1", "bulletFormat": "%s."}
    return ListFlowable(
        items, leftIndent=16, bulletFontName=BODY, bulletFontSize=styles["body"].fontSize, **look
    )


def _table(block: Block, styles: dict[str, ParagraphStyle], width: float) -> Table:
    """A ruled table; columns share the width by the length of what is in them."""
    rows = [
        [Paragraph(with_bold(cell), styles["head" if number == 0 else "cell"]) for cell in row]
        for number, row in enumerate(block.rows)
    ]
    return Table(rows, colWidths=_column_widths(block.rows, width), style=_grid(head_rows=1), repeatRows=1)


def _column_widths(rows: tuple[tuple[str, ...], ...], width: float) -> list[float]:
    """Widths that give each column its longest word, and the rest by amount of text."""
    least, wish = [], []
    for column in zip(*rows, strict=True):
        words = [word for cell in column for word in plain(cell).split()] or [""]
        least.append(max(stringWidth(word, BOLD, 10) for word in words) + 14)
        wish.append(min(width, max(stringWidth(plain(cell), BODY, 10) for cell in column)))
    spare = max(0.0, width - sum(least))
    widths = [low + spare * want / sum(wish) for low, want in zip(least, wish, strict=True)]
    return [value * width / sum(widths) for value in widths]


def _grid(head_rows: int, shade_column: bool = False) -> list[tuple[Any, ...]]:
    """Rules and grounds of a table."""
    look: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    if head_rows:
        look.append(("BACKGROUND", (0, 0), (-1, head_rows - 1), PALE))
    if shade_column:
        look.append(("BACKGROUND", (0, 0), (0, -1), PALE))
    return look


def _chart(data: dict[str, Any], width: float) -> Drawing:
    """A simple bar chart with a title."""
    drawing = Drawing(width, 170)
    drawing.add(String(0, 156, data["title"], fontName=BOLD, fontSize=9.5, fillColor=INK))
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 30, 24, width - 40, 118
    values = [float(value) for value in data["values"]]
    chart.data = [values]
    chart.valueAxis.valueMin = 0
    chart.valueAxis.labels.fontName = chart.categoryAxis.labels.fontName = BODY
    chart.valueAxis.labels.fontSize = chart.categoryAxis.labels.fontSize = 8
    chart.categoryAxis.categoryNames = data["labels"]
    chart.bars[0].fillColor, chart.bars[0].strokeColor = INK, None
    drawing.add(chart)
    return drawing
