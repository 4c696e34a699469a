"""``audit-report.html`` and ``.xlsx``: both print the same :class:`evidence_kit.audit.figures.Figures`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence_kit.audit.figures import LETTERS, NO_REPORT, NOT_APPLICABLE, Figures, YearCount, figures_of
from evidence_kit.audit.folder import BOOK, PAGE
from evidence_kit.audit.forms import MADE
from evidence_kit.audit.inventory import STATE_WORDS, State
from evidence_kit.records.criterion import Framework
from evidence_kit.reports.pages import render_page
from evidence_kit.reports.words import DISCLAIMER, STATUS_WORDS
from evidence_kit.reports.workbook_base import Sheets
from evidence_kit.reports.workbook_layout import Column
from evidence_kit.reports.writing import write_file

NOT_EXPECTED = "such papers rarely show it"
Cells = tuple[str | int, ...]


def write_report(root: Path, framework: Framework, kinds: Iterable[str]) -> None:
    """Write page and workbook of an audit from its dataset, its checked sample and its replies.

    Raises:
        UsageError: This is no folder of an audit.
        OutputUnwritable: A file cannot be written.
    """
    figures = figures_of(root, framework, tuple(kinds))
    write_file(root / PAGE, page(figures))
    write_file(root / BOOK, book(figures))


def page(figures: Figures) -> str:
    """Return the page: one file, no script."""
    return render_page(
        "audit.html", f=figures, letters=_legend(), framework=figures.framework, NO_REPORT=NO_REPORT
    )


def _legend() -> list[tuple[str, str, str]]:
    every = [(LETTERS[status], words, status.value) for status, words in STATUS_WORDS.items()]
    return [
        *every,
        (NOT_APPLICABLE, "not applicable to this type of organisation", ""),
        (NO_REPORT, "no report", ""),
    ]


def book(figures: Figures) -> bytes:
    """Return the workbook: the tables of the page."""
    sheets = Sheets(title="Audit of published reports", made=MADE)
    sheets.lines("About", _about(figures), title="Audit of published reports")
    sheets.table("Headlines", _columns(10, 50, 10, 10, 10, 10, 60, 14, 20), _headlines(figures))
    for year, rows in figures.grid:
        head = (("Organisation", 36), ("Code", 12), ("Report", 18), ("Region", 18))
        columns = [Column(name, width) for name, width in head]
        columns += [Column(one.id, 6) for one in figures.framework.criteria]
        cells = (
            (
                row.organisation,
                row.code,
                row.state,
                "as if it applied" if row.as_if else "",
                *(c for c, _ in row.cells),
            )
            for row in rows
        )
        sheets.table(f"Grid {year}", columns, cells)
    sheets.table("Elements", _named(Criterion=10, Element=70, Shown=8, Of=8), _elements(figures))
    sheets.table("Types and regions", _named(Criterion=10, By=10, Group=24, Shown=8, Of=8), _groups(figures))
    sheets.table(
        "Examples", _named(Criterion=10, Organisation=36, Year=10, Quote=90, Place=40), _examples(figures)
    )
    sheets.table(
        "Inventory", _named(Organisation=36, Code=12, Year=10, State=18, Files=8, Pages=8, Unread=8, Remark=70),
        _inventory(figures),
    )  # fmt: skip
    sheets.table("Reading error", _named(Criterion=10, Upheld=30, Missed=30), _errors(figures))
    sheets.table(
        "Replies", _named(Finding=24, Reply=30, Address=40, Published=16, Comment=60), _replies(figures)
    )
    sheets.table("Changes", _named(Finding=24, Before=16, Now=16), figures.changes)
    return sheets.finished()


def _named(**widths: int) -> list[Column]:
    return [Column(name, width) for name, width in widths.items()]


def _columns(*widths: int) -> list[Column]:
    names = ("Criterion", "Asks", "Year", "Shown", "Partly", "Of", "Headline", "Change", "Mark")
    return [Column(name, width) for name, width in zip(names, widths, strict=True)]


def _about(figures: Figures) -> Iterator[tuple[str, str]]:
    yield ("Searched", figures.searched)
    yield ("Framework", f"{figures.framework.title}, {figures.framework.edition}")
    if figures.as_if:
        yield ("Other regions", f"{figures.as_if} reports are read as if the framework applied there.")
    yield ("No levels", "No level is shown for an organisation, and nobody is ranked.")
    yield from ((letter, words) for letter, words, _ in _legend())
    yield ("Wordings", figures.framework.attribution)
    yield ("Independence", DISCLAIMER)


def _headlines(figures: Figures) -> Iterator[Cells]:
    for one in sorted(figures.criteria, key=lambda each: not each.expected):
        for year in one.years:
            marks = [] if one.expected else [NOT_EXPECTED]
            marks += [_mark(year)] if year.change and year.greyed else []
            yield (
                one.criterion.id, one.criterion.plain, year.year, year.shown, year.partly, year.of, year.words,
                year.change, "; ".join(marks),
            )  # fmt: skip


def _mark(year: YearCount) -> str:
    return "change within the reading error" if year.between else "reading error not measured"


def _elements(figures: Figures) -> Iterator[Cells]:
    for one in figures.criteria:
        for asks, shown, of in one.elements:
            yield (one.criterion.id, asks, shown, of)


def _groups(figures: Figures) -> Iterator[Cells]:
    for one in figures.criteria:
        for by, groups in (("type", one.types), ("region", one.regions)):
            for name, shown, of in groups:
                yield (one.criterion.id, by, name, shown, of)


def _examples(figures: Figures) -> Iterator[Cells]:
    for one in figures.criteria:
        for each in one.examples:
            yield (one.criterion.id, each.organisation, each.year, each.words, each.place)


def _inventory(figures: Figures) -> Iterator[Cells]:
    for row in figures.inventory:
        state = STATE_WORDS[State(row["state"])]
        yield (
            row["organisation"], row["code"], row["year"], state, row["files_used"], row["pages"],
            row["unread_pages"], row["remark"],
        )  # fmt: skip


def _errors(figures: Figures) -> Iterator[Cells]:
    for name in ("", *(one.criterion.id for one in figures.criteria)):
        upheld, missed = figures.errors.upheld.get(name), figures.errors.missed.get(name)
        if upheld or missed:
            yield (name or "all", upheld.words if upheld else "", missed.words if missed else "")


def _replies(figures: Figures) -> Iterator[Cells]:
    for one in figures.replies:
        yield (one.finding, one.reply, one.address, one.published, one.comment)
