"""``audit-report.html`` and ``.xlsx``: both print the same :class:`evidence_kit.audit.figures.Figures`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence_kit.audit.counting import By
from evidence_kit.audit.figures import Change, Figures, figures_of
from evidence_kit.audit.folder import BOOK, PAGE
from evidence_kit.audit.forms import MADE
from evidence_kit.audit.inventory import STATE_WORDS, State
from evidence_kit.audit.listing import LETTERS, NO_REPORT, NOT_APPLICABLE, REPLIED, GridRow
from evidence_kit.audit.replies import RARELY
from evidence_kit.records.criterion import Framework
from evidence_kit.reports.findings import UNTESTED
from evidence_kit.reports.pages import render_page
from evidence_kit.reports.words import DISCLAIMER, STATUS_WORDS
from evidence_kit.reports.workbook_base import Cell, Sheets
from evidence_kit.reports.workbook_layout import Column
from evidence_kit.reports.writing import write_file

BY_WORDS = {
    By.STATUS: "What they show",
    By.ELEMENT: "Show this part",
    By.TYPE: "Evidenced, by type",
    By.REGION: "Evidenced, by region",
}
MOST_CHANGES = 1_000
"""Changes that page and workbook list; ``changes.csv`` holds all."""
FINDING_COLUMNS = (Column("Organisation", 36), Column("Year", 10), Column("Criterion", 10))
Cells = tuple[Cell, ...]


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
    changed = figures.listing.changed
    return render_page(
        "audit.html",
        f=figures,
        framework=figures.framework,
        letters=_legend(),
        by_words=BY_WORDS,
        state_words=STATE_WORDS,
        rarely=RARELY,
        untested=UNTESTED,
        answered=figures.listing.answered,
        changes=changed[:MOST_CHANGES],
        more_changes=max(0, len(changed) - MOST_CHANGES),
    )


def _legend() -> list[tuple[str, str, str]]:
    every = [(LETTERS[status], words, status.value) for status, words in STATUS_WORDS.items()]
    return [
        *every,
        (NOT_APPLICABLE, "not applicable to this type of organisation", ""),
        (NO_REPORT, "no report", ""),
        (REPLIED, "the organisation replied", ""),
    ]


def book(figures: Figures) -> bytes:
    """Return the workbook: the tables of the page."""
    sheets = Sheets(title="Audit of published reports", made=MADE)
    sheets.lines("About", _about(figures), title="Audit of published reports")
    sheets.table(
        "Headlines",
        _named(Criterion=10, Asks=50, Year=10, Shown=10, Of=10, Headline=60, Change=32, Mark=30),
        _headlines(figures),
    )
    for year in reversed(figures.years):
        if rows := figures.listing.grid.get(year):
            columns = _named(Organisation=36, Code=12, Report=18, Region=18)
            columns += [Column(one.id, 6) for one in figures.framework.criteria]
            sheets.table(f"Grid {year}", columns, map(_grid, rows), frozen="Organisation")
    sheets.table(
        "Told apart", _named(Criterion=10, By=20, Group=60, Year=10, Reports=10, Of=8), _told_apart(figures)
    )
    sheets.table(
        "Examples", _named(Criterion=10, Organisation=36, Year=10, Quote=90, Place=40), _examples(figures)
    )
    sheets.table(
        "Inventory", _named(Organisation=36, Code=12, Year=10, State=18, Files=8, Pages=8, Unread=8, Remark=70),
        _inventory(figures),
    )  # fmt: skip
    sheets.table("Reading error", _named(Criterion=10, Upheld=30, Missed=30), _errors(figures))
    sheets.table(
        "Replies",
        [
            *FINDING_COLUMNS,
            *_named(Seen=24, Reply=30, Address=40, Published=16, Comment=60, Remark=30),
        ],
        _replies(figures),
    )
    sheets.table("Changes", [*FINDING_COLUMNS, *_named(Before=26, Now=26)], _changes(figures))
    return sheets.finished()


def _named(**widths: int) -> list[Column]:
    return [Column(name, width) for name, width in widths.items()]


def _about(figures: Figures) -> Iterator[tuple[str, str]]:
    yield ("Searched", figures.searched)
    yield ("Framework", f"{figures.framework.title}, {figures.framework.edition}")
    if figures.tally.as_if:
        yield ("Other regions", f"{figures.tally.as_if} reports are read as if the framework applied there.")
    if figures.errors.agreement:
        yield ("Agreement", figures.errors.agreement)
    yield ("No levels", "No level is shown for an organisation, and nobody is ranked.")
    if not figures.listing.whole:
        yield ("Organisations", "Too many to be listed here one by one: see inventory and findings in data.")
    yield from ((letter, words) for letter, words, _ in _legend())
    yield ("Wordings", figures.framework.attribution)
    yield ("Independence", DISCLAIMER)


def _headlines(figures: Figures) -> Iterator[Cells]:
    for one in sorted(figures.criteria, key=lambda each: not each.expected):
        for year in one.years:
            marks = [] if one.expected else [RARELY]
            marks += [_mark(figures, year.change)] if year.change and year.change.greyed else []
            yield (
                one.criterion.id, one.criterion.plain, year.year, year.shown, year.of, year.words,
                year.change.words if year.change else "", "; ".join(marks),
            )  # fmt: skip


def _mark(figures: Figures, change: Change) -> str:
    if not figures.errors.measured:
        return "reading error not measured"
    return "change within the reading error" if change.before != change.now else ""


def _grid(row: GridRow) -> Cells:
    region = "as if it applied" if row.as_if else ""
    return (row.organisation, row.code, row.state, region, *(letter for letter, _ in row.cells))


def _told_apart(figures: Figures) -> Iterator[Cells]:
    for one in figures.criteria:
        for by, lines in one.lines.items():
            for line in lines:
                for year, told in zip(figures.years, line.years, strict=True):
                    if told:
                        yield (one.criterion.id, BY_WORDS[by], line.name, year, *told)


def _examples(figures: Figures) -> Iterator[Cells]:
    for one in figures.criteria:
        for each in one.examples:
            link = each.link.partition("#")[0]
            yield (
                one.criterion.id, each.organisation, each.year, each.words,
                (link, each.place) if link else each.place,
            )  # fmt: skip


def _inventory(figures: Figures) -> Iterator[Cells]:
    for own in figures.listing.inventory:
        for row in own:
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
    for one in figures.listing.answered:
        reply = one.reply
        yield (
            one.organisation, one.year, one.criterion, one.seen, reply.reply, reply.address, one.published,
            reply.comment, one.remark,
        )  # fmt: skip


def _changes(figures: Figures) -> Iterator[Cells]:
    for one in figures.listing.changed[:MOST_CHANGES]:
        yield (one.organisation, one.year, one.criterion, one.before, one.now)
