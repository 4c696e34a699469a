"""Why a criterion has its status: verdict, rule, elements, quotes and how each was read, down to the versions used."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import msgspec

from evidence_kit.errors import UsageError
from evidence_kit.records.criterion import Criterion, Element
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Conclusion, ElementResult, Finding
from evidence_kit.reports.documents import searched
from evidence_kit.reports.quotes import QuoteView, cited_pages, quote_views
from evidence_kit.reports.words import (
    BASIS_WORDS,
    FORCE_WORDS,
    KIND_WORDS,
    OUTCOME_WORDS,
    ROLE_WORDS,
    RULES,
    STATUS_WORDS,
    day,
    listed,
    visible,
)

WIDTH = 100
EXPLAIN_SCHEMA = "evidence-kit/explain"
EXPLAIN_SCHEMA_VERSION = 1


def find(evidence_map: EvidenceMap, criterion_id: str) -> tuple[Criterion, Finding]:
    """Return a criterion and its finding; the id may be written in small letters.

    Raises:
        UsageError: The map has no such criterion.
    """
    wanted = criterion_id.strip().casefold()
    for finding in evidence_map.findings:
        if finding.criterion.casefold() == wanted:
            return evidence_map.framework.criterion(finding.criterion), finding
    known = listed([finding.criterion for finding in evidence_map.findings])
    raise UsageError(f"This map has no criterion {criterion_id}.", next_step=f"It has {known}.")


def explain(evidence_map: EvidenceMap, criterion_id: str) -> str:
    """Return the walk from verdict to sources in plain English, lines of at most 100 characters.

    Raises:
        UsageError: As :func:`find`.
    """
    criterion, finding = find(evidence_map, criterion_id)
    quotes = tuple(
        quote_views(evidence_map, criterion, finding, cited_pages(evidence_map), anchor=finding.criterion)
    )
    numbers = {view.quote.id: view.number for view in quotes}
    lines = [*_heading(evidence_map, criterion)]
    for conclusion in finding.conclusions:
        lines += ["", *_verdict(criterion, finding, conclusion)]
        lines += ["", *_elements(criterion, conclusion, numbers)]
    lines += ["", *_quotes(evidence_map, quotes)]
    lines += ["", *_rest(evidence_map, finding)]
    return visible("\n".join(lines))


def explain_json(evidence_map: EvidenceMap, criterion_id: str) -> bytes:
    """Return the same as data: criterion, finding, and the documents and papers that it rests on.

    Raises:
        UsageError: As :func:`find`.
    """
    criterion, finding = find(evidence_map, criterion_id)
    documents = {quote.document for quote in finding.quotes}
    papers = {quote.paper for quote in finding.quotes}
    data = {
        "schema": EXPLAIN_SCHEMA,
        "schema_version": EXPLAIN_SCHEMA_VERSION,
        "organisation": evidence_map.organisation,
        "as_of": evidence_map.as_of,
        "criterion": criterion,
        "finding": finding,
        "rules": [
            {"rule": c.rule, "status": c.status, "meaning": RULES[c.rule][1]} for c in finding.conclusions
        ],
        "documents": [document for document in evidence_map.documents if document.id in documents],
        "papers": [paper for paper in evidence_map.papers if paper.id in papers],
        "run": evidence_map.run,
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2)


def _wrap(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _heading(evidence_map: EvidenceMap, criterion: Criterion) -> Iterator[str]:
    framework = evidence_map.framework
    levels = {level.id: level.label for level in framework.levels}
    drivers = {driver.id: driver.label for driver in framework.drivers}
    yield f"{criterion.id}: {levels.get(criterion.level, criterion.level)} {KIND_WORDS[criterion.kind]}"
    yield f"Driver: {drivers.get(criterion.driver, criterion.driver)}"
    for wording in criterion.wordings:
        yield from _wrap(f"{wording.variant}: “{wording.text}”", "  ")
    yield from _wrap(f"{framework.attribution} {FORCE_WORDS[criterion.force]}".strip(), "  ")
    yield from _wrap(f"Our reading: {criterion.plain}")
    for assumption in criterion.assumptions:
        yield from _wrap(f"We assume: {assumption}")


def _verdict(criterion: Criterion, finding: Finding, conclusion: Conclusion) -> Iterator[str]:
    words = STATUS_WORDS[conclusion.status]
    if conclusion.intention_only:
        words += ": intention only"
    under = f" (by the {conclusion.variant} wording)" if len(finding.conclusions) > 1 else ""
    yield f"Verdict{under}: {words}"
    if finding.split_by_wording and conclusion is finding.conclusions[0]:
        yield "The framework's two wordings give different verdicts; the first one counts, both are shown."
    yield from _wrap(f"Why: {conclusion.reason}")
    yield from _wrap(f"Rule {conclusion.rule} of docs/verdicts.md: {RULES[conclusion.rule][1]}")
    if criterion.window_months:
        tolerance = " The two months of tolerance were needed." if conclusion.tolerance_used else ""
        yield f"Window: {criterion.window_months} months back from the as-of date.{tolerance}"


def _elements(criterion: Criterion, conclusion: Conclusion, numbers: dict[str, int]) -> Iterator[str]:
    results = {result.element: result for result in conclusion.elements}
    yield "Elements:"
    for element in criterion.elements:
        if element.id in results:
            yield from _element(element, results[element.id], numbers)
    for line in together(criterion):
        yield from _wrap(line, "  ")


def together(criterion: Criterion) -> Iterator[str]:
    """Yield one sentence a group of elements that one act, one passage or one paper must show together."""
    asks = {element.id: element.asks for element in criterion.elements}
    for what, groups in (
        ("act", criterion.same_act),
        ("passage", criterion.same_passage),
        ("paper", criterion.same_paper),
    ):
        for group in groups:
            yield f"One and the same {what} must show: {' '.join(asks.get(name, name) for name in group)}"


def _element(element: Element, result: ElementResult, numbers: dict[str, int]) -> Iterator[str]:
    weight = "required" if element.required else "strengthens only"
    if element.core:
        weight += ", core"
    yield from _wrap(f"{OUTCOME_WORDS[result.outcome].upper()}  {element.asks}", "  ", "      ")
    yield from _wrap(f"{result.reason}", "      ")
    shown = [str(numbers[quote]) for quote in result.quotes if quote in numbers]
    by = f"; quote {listed(shown)}" if shown else ""
    parameters = ", ".join(f"{name}: {_value(value)}" for name, value in element.parameters)
    check = element.check + (f" ({parameters})" if parameters else "")
    yield from _wrap(f"{weight}; basis: {BASIS_WORDS[element.basis]}; check: {check}{by}", "      ")


def _value(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _quotes(evidence_map: EvidenceMap, quotes: tuple[QuoteView, ...]) -> Iterator[str]:
    if not quotes:
        yield "Quotes: none."
        return
    yield "Quotes:"
    hashes = {document.id: document.sha256 for document in evidence_map.documents}
    for view in quotes:
        quote = view.quote
        yield from _wrap(
            f"{view.number}. {ROLE_WORDS[quote.role]}, {view.stance}: “{view.text}”", "  ", "     "
        )
        yield from _wrap(f"where: {view.place} (file SHA-256 {hashes.get(quote.document, '')[:12]})", "     ")
        if view.paper:
            yield from _wrap(f"paper: {view.paper}", "     ")
        if view.stem or view.header:
            yield from _wrap(f"in: {view.stem or listed(view.header)}", "     ")
        window = "" if quote.in_window else ", outside the window"
        yield f"     date: {view.date}{window}"
        yield from _wrap(f"read so because: {_because(view)}", "     ")
        if view.remark:
            yield from _wrap(f"remark: {view.remark}", "     ")


def _because(view: QuoteView) -> str:
    parts = []
    if view.cues:
        parts.append(f"cue words {listed([f'‘{cue}’' for cue in view.cues])}")
    if view.whose:
        parts.append(f"the act of {view.whose}")
    reasons = ", ".join(f"{term} {weight:+.2f}" for term, weight in view.quote.reasons)
    parts.append(
        f"bears on this criterion with {view.quote.probability:.2f}" + (f" by {reasons}" if reasons else "")
    )
    return "; ".join(parts)


def _rest(evidence_map: EvidenceMap, finding: Finding) -> Iterator[str]:
    for note in finding.notes:
        yield from _wrap(f"Note: {note}")
    for step in finding.next_steps:
        yield from _wrap(f"What would change it: {step}")
    words = searched(evidence_map.documents).words
    yield from _wrap(f"{words[:1].upper()}{words[1:]}; as at {day(evidence_map.as_of)}.")
    framework, run = evidence_map.framework, evidence_map.run
    yield from _wrap(
        f"Framework: {framework.title}, {framework.edition}, digest {run.framework_digest[:12]}; lexicon digest "
        f"{run.lexicon_digest[:12]}; classifier {run.classifier}; evidence-kit {run.tool_version}."
    )
    yield "This is what the tool read. Whether the criterion is satisfied is for a person to say."
