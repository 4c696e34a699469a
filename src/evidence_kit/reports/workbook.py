"""``evidence-map.xlsx``: the workbook that travels from the trust to the panel and back.

One file for self-assessment, evidence, gaps, action plan and decisions, in the framework's own order. What people fill
in is read back by ``evidence-kit check``. Every cell is written as text, a number or a date: nothing that a document
contains becomes a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evidence_kit.records.decision import QuoteKey
from evidence_kit.records.finding import Status
from evidence_kit.reports import workbook_layout as layout
from evidence_kit.reports.decided import DecisionView, quote_keys
from evidence_kit.reports.documents import with_unread
from evidence_kit.reports.findings import FindingView
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.view import LevelView, MapView, gaps_first
from evidence_kit.reports.words import (
    DISCLAIMER,
    ROLE_WORDS,
    STATUS_MEANINGS,
    STATUS_WORDS,
    listed,
    one_line,
)
from evidence_kit.reports.workbook_layout import Column

MOST_CHARACTERS = 32_000
"""Of a cell; spreadsheet programs hold 32,767."""
MOST_LINK = 2_000
SPARE_ROWS = 60
"""Empty rows that a person may fill."""
_LABEL, _WORDS = 32, 92
"""Widths of the two columns of sheets that are no tables, in characters."""
_LINE, _MOST_HEIGHT = 13.5, 400.0
"""Points of a line and of the highest row (programs allow 409)."""
_HEAD = "#2f3e46"
_FILLED = "#fff8e1"

Cell = str | int | date | tuple[str, str]
"""Text, a number, a date, or a link and its words."""


def render(view: MapView) -> bytes:
    """Return the workbook; the same map and decisions give the same bytes."""
    buffer = io.BytesIO()
    book = _Book(buffer, view)
    book.start()
    book.table(layout.SELF_ASSESSMENT, layout.SELF_ASSESSMENT_COLUMNS, _self_assessment(view))
    book.table(layout.EVIDENCE, layout.EVIDENCE_COLUMNS, _evidence(view))
    book.table(layout.ADDED, layout.ADDED_COLUMNS, [], spare=SPARE_ROWS)
    book.table(layout.GAPS, layout.GAP_COLUMNS, _gaps(view))
    book.table(layout.ACTIONS, layout.ACTION_PLAN_COLUMNS, _actions(view), spare=SPARE_ROWS)
    book.table(layout.DOCUMENTS, layout.DOCUMENT_COLUMNS, _documents(view))
    book.table(layout.NOT_READ, layout.NOT_READ_COLUMNS, _not_read(view))
    book.lists()
    book.about()
    book.close()
    return buffer.getvalue()


class _Book:
    """The workbook while it is written: its formats, and one way to lay out a table."""

    def __init__(self, buffer: io.BytesIO, view: MapView) -> None:
        self._view = view
        self._book = xlsxwriter.Workbook(
            buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        made = datetime.combine(view.map.as_of, datetime.min.time())
        self._book.set_properties({"title": "Evidence map", "author": "evidence-kit", "created": made})
        self._head = self._format(bold=True, font_color="white", bg_color=_HEAD)
        self._text = self._format()
        self._cut = self._format(text_wrap=False)
        self._filled = self._format(bg_color=_FILLED, border=1, border_color="#c9b458")
        self._day = self._format(bg_color=_FILLED, border=1, border_color="#c9b458", num_format="d mmmm yyyy")
        self._link = self._format(font_color="#0b5394", underline=1)
        self._title = self._book.add_format({"bold": True, "font_size": 16})
        self._strong = self._format(bold=True)

    def _format(self, **more: object) -> Format:
        return self._book.add_format({"text_wrap": True, "valign": "top", "font_size": 10, **more})

    def close(self) -> None:
        self._book.close()

    def start(self) -> None:
        """Write the first sheet: how the levels stand, what is missing first, and how to use the workbook."""
        sheet = self._book.add_worksheet(layout.START)
        self._page(sheet, landscape=False)
        sheet.set_column(0, 0, _LABEL)
        sheet.set_column(1, 1, _WORDS)
        view = self._view
        sheet.write_string(
            0, 0, f"Evidence map: {one_line(view.map.organisation) or 'organisation not stated'}", self._title
        )
        row = 2
        sheet.write_string(row, 0, layout.YOUR_NAME, self._strong)
        sheet.write_blank(row, 1, None, self._filled)
        for label, text in [
            ("As at", view.as_of),
            ("Framework", f"{view.map.framework.title}, {view.map.framework.edition}"),
            ("Searched", view.searched.words),
            *[(level.level.label, level.line) for level in (*view.levels, *view.annex)],
            *_first_gaps(view),
            *_HOW_TO,
        ]:
            row += 1
            self._line(sheet, row, label, text)

    def table(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, spare: int = 0
    ) -> None:
        """Write a sheet that is one table: frozen headings, filters, drop-downs, yellow where people write."""
        sheet = self._book.add_worksheet(name)
        self._page(sheet)
        sheet.set_row(0, 2 * _LINE + 2)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.heading, self._head)
        last = 0
        for last, row in enumerate(rows, start=1):
            sheet.set_row(
                last,
                _height((_words(cell), c.width) for c, cell in zip(columns, row, strict=True) if c.folded),
            )
            for index, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._cell(sheet, last, index, value, column)
        for row_number in range(last + 1, last + 1 + spare):
            for index, column in enumerate(columns):
                self._cell(sheet, row_number, index, "", column)
        end = max(last + spare, 1)
        sheet.freeze_panes(
            1, next((i + 1 for i, c in enumerate(columns) if c.heading == layout.CRITERION), 0)
        )
        sheet.autofilter(0, 0, end, len(columns) - 1)
        for index, column in enumerate(columns):
            self._rule(sheet, name, index, column, end)

    def lists(self) -> None:
        """Write what the drop-downs offer that is too long for a cell."""
        sheet = self._book.add_worksheet(layout.LISTS)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 80)
        sheet.write_row(0, 0, [layout.CRITERION, layout.DOCUMENT], self._head)
        for row, criterion in enumerate(self._view.map.framework.criteria, start=1):
            sheet.write_string(row, 0, criterion.id)
        for row, document in enumerate(self._view.documents, start=1):
            sheet.write_string(row, 1, _clean(document.file))

    def about(self) -> None:
        """Write what made the workbook, what the words mean, and what reading back needs to know."""
        sheet = self._book.add_worksheet(layout.ABOUT)
        self._page(sheet, landscape=False)
        sheet.set_column(0, 0, _LABEL)
        sheet.set_column(1, 1, _WORDS)
        run = self._view.map.run
        lines = [
            ("Schema", f"{layout.SCHEMA} {layout.SCHEMA_VERSION}"),
            ("Framework", self._view.map.framework.id),
            ("Made by", f"evidence-kit {run.tool_version}"),
            ("Passages found by", run.classifier),
            *run.settings,
            *[(STATUS_WORDS[status].capitalize(), STATUS_MEANINGS[status]) for status in Status],
            ("Wordings", self._view.map.framework.attribution),
            ("Independence", DISCLAIMER),
        ]
        for row, (label, text) in enumerate(lines):
            self._line(sheet, row, label, text)

    def _line(self, sheet: Worksheet, row: int, label: str, text: str) -> None:
        sheet.set_row(row, _height(((label, _LABEL), (text, _WORDS))))
        sheet.write_string(row, 0, _clean(label), self._strong)
        sheet.write_string(row, 1, _clean(text), self._text)

    def _page(self, sheet: Worksheet, *, landscape: bool = True) -> None:
        if landscape:
            sheet.set_landscape()
            sheet.repeat_rows(0)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _cell(self, sheet: Worksheet, row: int, index: int, value: Cell, column: Column) -> None:
        form = self._filled if column.filled_in else self._text if column.folded else self._cut
        if isinstance(value, tuple):
            link, words = value
            sheet.write_url(row, index, f"external:{link}", self._link, _clean(words))
        elif isinstance(value, date):
            sheet.write_datetime(row, index, datetime.combine(value, datetime.min.time()), self._day)
        elif isinstance(value, int):
            sheet.write_number(row, index, value, form)
        elif value:
            sheet.write_string(row, index, _clean(value), form)
        else:
            sheet.write_blank(row, index, None, self._day if column.heading == layout.TARGET_DATE else form)

    def _rule(self, sheet: Worksheet, name: str, index: int, column: Column, last: int) -> None:
        """Give a column that people fill in its drop-down."""
        criteria, documents = len(self._view.map.framework.criteria), len(self._view.documents)
        source: list[str] | str = list(column.choices)
        if column.heading == layout.BELONGS_TO or (
            name == layout.ADDED and column.heading == layout.CRITERION
        ):
            source = f"={layout.LISTS}!$A$2:$A${criteria + 1}"
        elif name == layout.ADDED and column.heading == layout.DOCUMENT:
            source = f"={layout.LISTS}!$B$2:$B${documents + 1}"
        if source:
            sheet.data_validation(
                1, index, last, index, {"validate": "list", "source": source, "error_type": "warning"}
            )


_HOW_TO = (
    (
        "How to use it",
        "Yellow cells are yours. Choose from the lists where a cell offers one; leave the rest empty.",
    ),
    (
        layout.SELF_ASSESSMENT,
        "The framework's checklist in its own order: what is in place, what is a development area, and what the staff "
        "network thinks of it. Decisions about a criterion stand in the same row.",
    ),
    (
        layout.EVIDENCE,
        "Every quote with its place. Accept or reject it, or say which criterion it belongs to.",
    ),
    (
        layout.ADDED,
        "Name a document, a page and a criterion, and say why: the page is then read for that criterion.",
    ),
    (layout.ACTIONS, "Drafted from what is missing. Change, fill in and delete rows as you like."),
    (
        "When you have finished",
        "Save it and run: evidence-kit check evidence-map.xlsx --map MAP. Your decisions go into a file of your own "
        "beside the map; whatever could not be understood is listed with its cell.",
    ),
)


def _first_gaps(view: MapView) -> Iterator[tuple[str, str]]:
    for number, gap in enumerate(view.gaps[:5]):
        yield (
            "Missing first" if not number else "",
            f"{gap.criterion.id}, {gap.status_words}: {gap.criterion.plain}",
        )


def _levels(view: MapView) -> list[LevelView]:
    """Return all levels in the framework's own order."""
    order = [level.id for level in view.map.framework.levels]
    return sorted((*view.levels, *view.annex), key=lambda level: order.index(level.level.id))


def _self_assessment(view: MapView) -> Iterator[Sequence[Cell]]:
    for level in _levels(view):
        for finding in level.findings:
            yield (
                level.level.label,
                finding.criterion.id,
                _asks(finding),
                finding.status_words,
                "",
                "",
                "",
                "",
                "",
                "",
                _said(finding.answers),
            )


def _asks(finding: FindingView) -> str:
    """Return the checklist's wording; supporting actions have the table's alone."""
    wordings = {wording.variant: wording.text for wording in finding.criterion.wordings}
    return wordings.get("checklist") or finding.criterion.wordings[0].text


def _evidence(view: MapView) -> Iterator[Sequence[Cell]]:
    keys = quote_keys(view.map)
    for finding in view.findings:
        for quote in finding.quotes:
            yield _evidence_row(finding, quote, keys[quote.quote.id, quote.quote.text])


def _evidence_row(finding: FindingView, quote: QuoteView, key: QuoteKey) -> Sequence[Cell]:
    linked = 0 < len(quote.link) <= MOST_LINK
    return (
        finding.criterion.id,
        quote.number,
        ROLE_WORDS[quote.quote.role],
        key.text if quote.refound else quote.text,
        (quote.link, quote.file) if linked else quote.file,
        quote.pages,
        quote.labels,
        " › ".join(quote.headings),
        f"{quote.stance} of {quote.whose}" if quote.whose else quote.stance,
        quote.date,
        "yes" if quote.quote.in_window else "no",
        "; ".join(quote.elements),
        quote.remark,
        "",
        "",
        "",
        _said(quote.decisions),
        key.before,
        key.after,
        key.paper,
    )


def _said(decisions: Sequence[DecisionView]) -> str:
    return "; ".join(f"{one.line} ({one.comment})" if one.comment else one.line for one in decisions)


def _gaps(view: MapView) -> Iterator[Sequence[Cell]]:
    """List what is not evidenced: the target's levels first, then the others."""
    others = gaps_first([finding for level in view.annex for finding in level.findings])
    for finding in (*view.gaps, *others):
        yield (
            finding.level,
            finding.criterion.id,
            one_line(finding.criterion.plain),
            finding.status_line,
            "; ".join(f"{element.asks} ({element.outcome_words})" for element in finding.missing),
            listed(list(dict.fromkeys(element.basis_words for element in finding.missing))),
            listed(list(finding.criterion.typical_evidence)),
            listed(list(finding.criterion.expected_in), "or"),
            " ".join(finding.steps),
        )


def _actions(view: MapView) -> Iterator[Sequence[Cell]]:
    """Draft one action a gap of the target's levels, in the framework's seven columns; people decide who and when."""
    for finding in view.gaps:
        asks = " ".join(element.asks for element in finding.missing) or finding.criterion.plain
        good = listed(list(finding.criterion.typical_evidence), "or")
        yield (
            finding.level,
            f"{finding.criterion.id}: {one_line(finding.criterion.plain)} To be shown: {asks}",
            "",
            "",
            "",
            "ongoing" if finding.status in (Status.PLANNED, Status.PARTLY) else "",
            f"In these documents: {finding.status_words}." + (f" Good evidence: {good}." if good else ""),
        )


def _documents(view: MapView) -> Iterator[Sequence[Cell]]:
    papers = {paper.file: [one for one in view.papers if one.file == paper.file] for paper in view.papers}
    for document in view.documents:
        head = (document.file, document.media, document.state, document.pages)
        for paper in papers.get(document.file, ()):
            title = f"{paper.title} (item {paper.item})" if paper.item else paper.title
            yield (
                *head, title, paper.kind, paper.date, paper.date_reason, paper.status, paper.public, paper.remark
            )  # fmt: skip
        if document.file not in papers:
            yield (*head, "", "", "", "", "", "", "")


def _not_read(view: MapView) -> Iterator[Sequence[Cell]]:
    for problem in with_unread(view.documents, view.problems):
        pages = ", ".join(map(str, problem.pages))
        yield (one_line(problem.file), pages, one_line(problem.message), one_line(problem.next_step))


def _words(cell: Cell) -> str:
    return cell[1] if isinstance(cell, tuple) else str(cell)


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row whose text is folded at these widths: programs do not work it out on opening."""
    lines = max(-(-len(text) * 11 // (width * 10)) for text, width in cells)
    return min(max(lines, 1) * _LINE + 2, _MOST_HEIGHT)


def _clean(text: str) -> str:
    """Return text that a cell can hold: hidden characters spelt out, and no longer than a cell is."""
    words = one_line(text)
    return (
        words if len(words) <= MOST_CHARACTERS else f"{words[:MOST_CHARACTERS]} … [cut: too long for a cell]"
    )
