"""The rows of the spreadsheets' tables; columns are listed in ``docs/reports.md``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.findings import ElementView, FindingView
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.view import build
from evidence_kit.reports.words import KIND_WORDS, ROLE_WORDS, one_line

FINDINGS_COLUMNS = (
    "criterion", "level", "kind", "driver", "plain", "status", "status_words", "rule", "reason", "elements_shown",
    "elements_missing", "newest", "oldest", "quotes", "split_by_wording", "next_steps",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "criterion", "role", "document", "page", "printed_page", "heading", "quote", "stance", "elements", "date",
    "in_window", "remark",
)  # fmt: skip


def findings_rows(evidence_map: EvidenceMap) -> Iterator[tuple[str, ...]]:
    """Yield one row a criterion, in the framework's order; cells as in :data:`FINDINGS_COLUMNS`."""
    for view in build(evidence_map).findings:
        yield (
            view.criterion.id,
            view.level,
            KIND_WORDS[view.criterion.kind],
            view.driver,
            one_line(view.criterion.plain),
            view.status.value,
            view.status_line,
            str(view.main.rule),
            one_line(view.main.reason),
            _elements([element for element in view.main.elements if not element.missing]),
            _elements([element for element in view.main.elements if element.missing], outcome=True),
            view.finding.newest.isoformat() if view.finding.newest else "",
            view.finding.oldest.isoformat() if view.finding.oldest else "",
            str(len(view.quotes)),
            f"yes ({view.split})" if view.split else "no",
            " ".join(one_line(step) for step in view.steps),
        )


def evidence_rows(evidence_map: EvidenceMap) -> Iterator[tuple[str, ...]]:
    """Yield one row a quote, in the order of the findings; cells as in :data:`EVIDENCE_COLUMNS`."""
    for view in build(evidence_map).findings:
        for quote in view.quotes:
            yield _evidence_row(view, quote)


def _evidence_row(view: FindingView, quote: QuoteView) -> tuple[str, ...]:
    record = quote.quote
    return (
        view.criterion.id,
        ROLE_WORDS[record.role],
        quote.file,
        quote.pages,
        quote.labels,
        " › ".join(quote.headings),
        quote.text,
        quote.stance,
        "; ".join(quote.elements),
        record.act_date.isoformat() if record.act_date else "",
        "yes" if record.in_window else "no",
        one_line(quote.remark),
    )


def _elements(elements: Sequence[ElementView], *, outcome: bool = False) -> str:
    """Word elements in one cell: question, and in brackets its weight, basis and, where asked, outcome."""
    return "; ".join(
        f"{one_line(element.asks)} ({element.weight}, {element.basis_words}"
        f"{', ' + element.outcome_words if outcome else ''})"
        for element in elements
    )
