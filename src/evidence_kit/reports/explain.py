"""Why a criterion has its status: verdict, rule, elements, quotes and how each was read, down to the versions used."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import msgspec

from evidence_kit.errors import UsageError
from evidence_kit.records.criterion import Element
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.findings import ConclusionView, ElementView, FindingView, together
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.view import MapView, build
from evidence_kit.reports.words import FORCE_WORDS, KIND_WORDS, ROLE_WORDS, listed, visible

WIDTH = 100
DIGEST_SHOWN = 12
EXPLAIN_SCHEMA = "evidence-kit/explain"
EXPLAIN_SCHEMA_VERSION = 1


def explain(evidence_map: EvidenceMap, criterion_id: str) -> str:
    """Return the walk from verdict to sources in plain English, lines of at most 100 characters.

    Args:
        criterion_id: Of the criterion; capitals do not matter.

    Raises:
        UsageError: The map has no such criterion, or does not fit its framework.
    """
    view = build(evidence_map)
    finding = _find(view, criterion_id)
    lines = [*_heading(view, finding)]
    for conclusion in finding.conclusions:
        lines += ["", *_verdict(finding, conclusion)]
        lines += ["", *_elements(finding, conclusion)]
    lines += ["", *_quotes(view, finding)]
    lines += ["", *_rest(view, finding)]
    return visible("\n".join(lines))


def explain_json(evidence_map: EvidenceMap, criterion_id: str) -> bytes:
    """Return the same as data: criterion, finding, and the documents and papers that it rests on.

    Raises:
        UsageError: As :func:`explain`.
    """
    view = _find(build(evidence_map), criterion_id)
    documents = {quote.document for quote in view.finding.quotes}
    papers = {quote.paper for quote in view.finding.quotes}
    data = {
        "schema": EXPLAIN_SCHEMA,
        "schema_version": EXPLAIN_SCHEMA_VERSION,
        "organisation": evidence_map.organisation,
        "as_of": evidence_map.as_of,
        "criterion": view.criterion,
        "finding": view.finding,
        "rules": [
            {"rule": one.rule, "status": one.status, "meaning": one.rule_words} for one in view.conclusions
        ],
        "documents": [document for document in evidence_map.documents if document.id in documents],
        "papers": [paper for paper in evidence_map.papers if paper.id in papers],
        "run": evidence_map.run,
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2)


def _find(view: MapView, criterion_id: str) -> FindingView:
    wanted = criterion_id.strip().casefold()
    for finding in view.findings:
        if finding.criterion.id.casefold() == wanted:
            return finding
    known = listed([finding.criterion.id for finding in view.findings])
    raise UsageError(f"This map has no criterion {criterion_id}.", next_step=f"It has {known}.")


def _wrap(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _heading(view: MapView, finding: FindingView) -> Iterator[str]:
    criterion = finding.criterion
    yield f"{criterion.id}: {finding.level} {KIND_WORDS[criterion.kind]}"
    yield f"Driver: {finding.driver}"
    for label, text in finding.wordings:
        yield from _wrap(f"{label}: “{text}”", "  ")
    yield from _wrap(f"{view.map.framework.attribution} {FORCE_WORDS[criterion.force]}".strip(), "  ")
    yield from _wrap(f"Our reading: {criterion.plain}")
    for assumption in criterion.assumptions:
        yield from _wrap(f"We assume: {assumption}")


def _verdict(finding: FindingView, conclusion: ConclusionView) -> Iterator[str]:
    under = f" ({conclusion.label.lower()})" if len(finding.conclusions) > 1 else ""
    yield f"Verdict{under}: {conclusion.status_words}"
    if finding.split and conclusion is finding.main:
        yield from _wrap(
            f"The framework's wordings give different verdicts ({finding.split}); the first one counts."
        )
    yield from _wrap(f"Why: {conclusion.reason}")
    yield from _wrap(f"Rule {conclusion.rule} of docs/verdicts.md: {conclusion.rule_words}")
    if finding.window:
        yield from _wrap(f"Window: {finding.window}")
    if conclusion.tolerance:
        yield from _wrap(conclusion.tolerance)


def _elements(finding: FindingView, conclusion: ConclusionView) -> Iterator[str]:
    elements = {element.id: element for element in finding.criterion.elements}
    yield "Elements:"
    for view in conclusion.elements:
        yield from _element(view, elements[view.id])
    for sentence in together(finding.criterion):
        yield from _wrap(sentence, "  ")


def _element(view: ElementView, element: Element) -> Iterator[str]:
    yield from _wrap(f"{view.outcome_words.upper()}  {view.asks}", "  ", "      ")
    yield from _wrap(view.reason, "      ")
    numbers = [str(quote.number) for quote in view.quotes]
    by = f"; quote {listed(numbers)}" if numbers else ""
    yield from _wrap(f"{view.weight}; basis: {view.basis_words}; check: {check_words(element)}{by}", "      ")


def check_words(element: Element) -> str:
    """Word an element's check with its parameters: "timing.count_in_period (at_least: 4, months: 12)"."""
    parameters = ", ".join(f"{name}: {_value(value)}" for name, value in element.parameters)
    return element.check + (f" ({parameters})" if parameters else "")


def _value(value: object) -> str:
    return "/".join(value) if isinstance(value, tuple) else str(value)


def _quotes(view: MapView, finding: FindingView) -> Iterator[str]:
    if not finding.quotes:
        yield "Quotes: none."
        return
    yield "Quotes:"
    hashes = {document.id: document.sha256 for document in view.map.documents}
    for quote in finding.quotes:
        yield from _quote(quote, hashes.get(quote.quote.document, "")[:DIGEST_SHOWN])


def _quote(view: QuoteView, digest: str) -> Iterator[str]:
    yield from _wrap(
        f"{view.number}. {ROLE_WORDS[view.quote.role]}, {view.stance}: “{view.text}”", "  ", "     "
    )
    yield from _wrap(f"where: {view.place} (file SHA-256 {digest} …)", "     ")
    if view.paper:
        yield from _wrap(f"paper: {view.paper}", "     ")
    if view.stem or view.header:
        yield from _wrap(f"in: {view.stem or ' | '.join(view.header)}", "     ")
    yield f"     date: {view.date}" + ("" if view.quote.in_window else ", outside the window")
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


def _rest(view: MapView, finding: FindingView) -> Iterator[str]:
    for note in finding.notes:
        yield from _wrap(f"Note: {note}")
    for step in finding.steps:
        yield from _wrap(f"What would change it: {step}")
    words = view.searched.words
    yield from _wrap(f"{words[:1].upper()}{words[1:]}. As at {view.as_of}.")
    framework, run = view.map.framework, view.map.run
    yield from _wrap(
        f"Framework: {framework.title}, {framework.edition}, digest {run.framework_digest[:DIGEST_SHOWN]}; lexicon "
        f"digest {run.lexicon_digest[:DIGEST_SHOWN]}; classifier {run.classifier}; evidence-kit {run.tool_version}."
    )
    yield "This is what the tool read. Whether the criterion is satisfied is for a person to say."
