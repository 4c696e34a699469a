"""``evidence-map.xlsx``: the workbook that travels from the trust to the panel and back.

One file for self-assessment, evidence, gaps, action plan and decisions, in the framework's own order. What people fill
in is read back by ``evidence-kit check``. Every cell is written as text, a number or a date: nothing that a document
contains becomes a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from evidence_kit.reports.workbook_base import Cell, Sheets

MOST_LINK = 2_000
SPARE_ROWS = 60
"""Empty rows that a person may fill."""


def render(view: MapView) -> bytes:
    """Return the workbook; the same map and decisions give the same bytes."""
    book = Sheets(title="Evidence map", made=view.map.as_of)
    criteria = f"={layout.LISTS}!$A$2:$A${len(view.map.framework.criteria) + 1}"
    documents = f"={layout.LISTS}!$B$2:$B${len(view.documents) + 1}"
    book.lines(
        layout.START,
        _start(view),
        title=f"Evidence map: {one_line(view.map.organisation) or 'organisation not stated'}",
        filled_in=((layout.YOUR_NAME, ""),),
    )
    book.table(layout.SELF_ASSESSMENT, layout.SELF_ASSESSMENT_COLUMNS, _self_assessment(view))
    book.table(
        layout.EVIDENCE, layout.EVIDENCE_COLUMNS, _evidence(view), sources={layout.BELONGS_TO: criteria}
    )
    book.table(
        layout.ADDED,
        layout.ADDED_COLUMNS,
        [],
        spare=SPARE_ROWS,
        sources={layout.CRITERION: criteria, layout.DOCUMENT: documents},
    )
    book.table(layout.GAPS, layout.GAP_COLUMNS, _gaps(view))
    book.table(layout.ACTIONS, layout.ACTION_PLAN_COLUMNS, _actions(view), spare=SPARE_ROWS)
    book.table(layout.DOCUMENTS, layout.DOCUMENT_COLUMNS, _documents(view))
    book.table(layout.NOT_READ, layout.NOT_READ_COLUMNS, _not_read(view))
    book.choices(
        layout.LISTS,
        {
            layout.CRITERION: (14, [criterion.id for criterion in view.map.framework.criteria]),
            layout.DOCUMENT: (80, [document.file for document in view.documents]),
        },
    )
    book.lines(layout.ABOUT, _about(view))
    return book.finished()


def _start(view: MapView) -> Iterator[tuple[str, str]]:
    """Say how the levels stand, what is missing first, and how to use the workbook."""
    yield "As at", view.as_of
    yield "Framework", f"{view.map.framework.title}, {view.map.framework.edition}"
    yield "Searched", view.searched.words
    yield from ((level.level.label, level.line) for level in (*view.levels, *view.annex))
    yield from _first_gaps(view)
    yield from _HOW_TO


def _about(view: MapView) -> Iterator[tuple[str, str]]:
    """Say what made the workbook, what the words mean, and what reading back needs to know."""
    run = view.map.run
    yield "Schema", f"{layout.SCHEMA} {layout.SCHEMA_VERSION}"
    yield "Framework", view.map.framework.id
    yield "Made by", f"evidence-kit {run.tool_version}"
    yield "Passages found by", run.classifier
    yield from run.settings
    yield from ((STATUS_WORDS[status].capitalize(), STATUS_MEANINGS[status]) for status in Status)
    yield "Wordings", view.map.framework.attribution
    yield "Independence", DISCLAIMER


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
        "",
        "",
        "",
        _said(quote.decisions),
        quote.date,
        "yes" if quote.quote.in_window else "no",
        " ".join(quote.elements),
        quote.remark,
        f"{quote.stance} of {quote.whose}" if quote.whose else quote.stance,
        " › ".join(quote.headings),
        quote.labels,
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
