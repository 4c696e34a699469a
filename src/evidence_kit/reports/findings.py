"""A criterion as reports show it: status, elements, quotes and what would change it, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evidence_kit.records.criterion import Basis, Criterion, CriterionKind
from evidence_kit.records.days import months_before
from evidence_kit.records.decision import Question, Verdict
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Conclusion, ElementResult, Finding, Outcome, Role, Status
from evidence_kit.reports.decided import DecisionView, decision_view
from evidence_kit.reports.documents import Searched
from evidence_kit.reports.quotes import About, QuoteView, by_role, is_missing, quote_views
from evidence_kit.reports.words import (
    BASIS_WORDS,
    OUTCOME_WORDS,
    RULES,
    STATUS_WORDS,
    day,
    listed,
    sentence,
    visible,
)

ANNUAL_MONTHS = 12
TOLERANCE_MONTHS = 2
"""``docs/verdicts.md`` §3: an annual window tolerates two months more."""
UNTESTED = (
    "Untested on real text: the real documents used in tests hold no passage on this criterion. How it is read was "
    "tested on made papers alone, so read more of it yourself"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementView:
    """An element's result in words; ``quotes`` are those that show it or speak against it."""

    id: str
    asks: str
    outcome: Outcome
    outcome_words: str
    missing: bool
    required: bool
    weight: str
    basis: Basis
    basis_words: str
    reason: str
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionView:
    """What was concluded under one of the framework's wordings."""

    variant: str
    label: str
    status: Status
    status_words: str
    rule: int
    rule_words: str
    reason: str
    tolerance: str
    elements: tuple[ElementView, ...]
    together: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A criterion and all that is known about it.

    Attributes:
        status_words: As on a badge; ``status_line`` says more (what was searched; *intention only*).
        shown, required: How many of the required elements of the first wording are shown, of how many.
        split: The other wordings' statuses in words, where they differ; else empty.
        notes: The finding's, and that how the criterion is read was not tested on real papers, where it was not.
        steps: What would change the status; never empty unless the status is *evidenced*.
        answers: What people said of the criterion, to every question.
    """

    criterion: Criterion
    finding: Finding
    anchor: str
    level: str
    driver: str
    principle: str
    status: Status
    status_words: str
    status_line: str
    conclusions: tuple[ConclusionView, ...]
    wordings: tuple[tuple[str, str], ...]
    shown: int
    required: int
    split: str
    support: tuple[QuoteView, ...]
    plans: tuple[QuoteView, ...]
    against: tuple[QuoteView, ...]
    near_misses: tuple[QuoteView, ...]
    quotes: tuple[QuoteView, ...]
    window: str
    newest: str
    oldest: str
    notes: tuple[str, ...]
    steps: tuple[str, ...]
    answers: tuple[DecisionView, ...] = ()

    def answers_to(self, question: Question) -> tuple[DecisionView, ...]:
        """Return what people said to one question, by time."""
        return tuple(answer for answer in self.answers if answer.verdict.question is question)

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that it quotes."""
        return tuple(dict.fromkeys(view.quote.document for view in self.quotes))

    @property
    def decisions(self) -> tuple[DecisionView, ...]:
        """What people decided about the criterion, without self-assessment and the staff network's view."""
        return self.answers_to(Question.DECISION)

    @property
    def confirmed(self) -> bool:
        """Whether everybody who decided about the criterion confirmed it."""
        return {decision.verdict for decision in self.decisions} == {Verdict.CONFIRMED}

    @property
    def main(self) -> ConclusionView:
        """The conclusion under the first wording (the table's), which gives the status."""
        return self.conclusions[0]

    @property
    def missing(self) -> tuple[ElementView, ...]:
        """Required elements of the first wording that still want evidence."""
        return tuple(element for element in self.main.elements if element.required and element.missing)

    @property
    def is_deliverable(self) -> bool:
        """Deliverables may gate a level; supporting actions are shown apart."""
        return self.criterion.kind is CriterionKind.DELIVERABLE


def finding_view(
    evidence_map: EvidenceMap, criterion: Criterion, finding: Finding, among: About, extent: Searched
) -> FindingView:
    """Return a criterion's finding in words."""
    framework = evidence_map.framework
    anchor = anchor_of(criterion.id)
    quotes = tuple(quote_views(among, criterion, finding, anchor=anchor))
    conclusions = tuple(_conclusion(criterion, conclusion, quotes) for conclusion in finding.conclusions)
    required = [element for element in conclusions[0].elements if element.required]
    return FindingView(
        criterion=criterion,
        finding=finding,
        anchor=anchor,
        level=next(level.label for level in framework.levels if level.id == criterion.level),
        driver=next((d.label for d in framework.drivers if d.id == criterion.driver), criterion.driver),
        principle=next(
            (p.label for p in framework.principles if p.id == criterion.principle), criterion.principle
        ),
        status=finding.status,
        status_words=conclusions[0].status_words,
        status_line=extent.not_found_words
        if finding.status is Status.NOT_FOUND
        else conclusions[0].status_words,
        conclusions=conclusions,
        wordings=wordings_of(criterion),
        shown=sum(not element.missing for element in required),
        required=len(required),
        split=_split(finding, conclusions),
        support=by_role(quotes, Role.SUPPORT),
        plans=by_role(quotes, Role.PLAN),
        against=by_role(quotes, Role.AGAINST),
        near_misses=by_role(quotes, Role.NEAR_MISS),
        quotes=quotes,
        window=window_words(criterion, evidence_map.as_of),
        newest=day(finding.newest),
        oldest=day(finding.oldest),
        notes=(*finding.notes, *((UNTESTED,) if criterion.id in framework.untested else ())),
        steps=_steps(criterion, finding, conclusions[0]),
        answers=tuple(
            decision_view(decision, finding.status)
            for decision in among.decided.criteria.get(criterion.id, ())
        ),
    )


def window_words(criterion: Criterion, as_of: date) -> str:
    """Word a criterion's window with its first day and, for an annual window, the day that is tolerated."""
    months = criterion.window_months
    if months is None:
        return ""
    words = f"from {day(months_before(as_of, months))} ({months} months back from {day(as_of)}"
    if months == ANNUAL_MONTHS:
        words += f"; from {day(months_before(as_of, months + TOLERANCE_MONTHS))} is tolerated, and the verdict says so"
    return f"{words})"


def anchor_of(name: str) -> str:
    """Return an id for a web page: letters, digits, dots and hyphens."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", name) or "x"


def status_words(status: Status, *, intention_only: bool = False) -> str:
    """Word a status (``docs/verdicts.md`` §7)."""
    if status is Status.PLANNED and intention_only:
        return f"{STATUS_WORDS[status]}: intention only"
    return STATUS_WORDS[status]


def variant_label(variant: str) -> str:
    """Name one of the framework's wordings ("Table wording")."""
    return f"{variant.replace('_', ' ').capitalize()} wording"


def together(criterion: Criterion) -> tuple[str, ...]:
    """Return a sentence for every group of elements that one act, one passage or one paper must show together."""
    asks = {element.id: element.asks for element in criterion.elements}
    kinds = (
        ("act", criterion.same_act),
        ("passage", criterion.same_passage),
        ("paper", criterion.same_paper),
    )
    return tuple(
        f"One and the same {what} must show: {' + '.join(visible(asks.get(name, name)) for name in group)}"
        for what, groups in kinds
        for group in groups
    )


def wordings_of(criterion: Criterion) -> tuple[tuple[str, str], ...]:
    """Return the wordings as pairs of label and text; two that say the same in the same words are shown once."""
    labels: dict[str, list[str]] = {}
    for wording in criterion.wordings:
        labels.setdefault(" ".join(wording.text.split()), []).append(variant_label(wording.variant))
    return tuple((listed(names), visible(text)) for text, names in labels.items())


def _split(finding: Finding, conclusions: Sequence[ConclusionView]) -> str:
    if not finding.split_by_wording:
        return ""
    return listed([f"{c.label.lower()}: {c.status_words}" for c in conclusions])


def _steps(criterion: Criterion, finding: Finding, main: ConclusionView) -> tuple[str, ...]:
    """Return what would change the status: the map's own steps, else one for each missing required element."""
    if finding.next_steps or finding.status is Status.EVIDENCED:
        return tuple(visible(step) for step in finding.next_steps)
    open_question = finding.status is Status.NEEDS_PERSON
    verb = "Have a person answer" if open_question else "Look for a paper that answers"
    steps = [f"{verb}: {element.asks}" for element in main.elements if element.required and element.missing]
    usual = listed([visible(kind) for kind in criterion.expected_in], "or")
    return tuple(steps) or (
        (f"Look in {usual}.",) if usual else ("Read the criterion and name a paper for it.",)
    )


def _conclusion(criterion: Criterion, conclusion: Conclusion, quotes: Sequence[QuoteView]) -> ConclusionView:
    return ConclusionView(
        variant=conclusion.variant,
        label=variant_label(conclusion.variant),
        status=conclusion.status,
        status_words=status_words(conclusion.status, intention_only=conclusion.intention_only),
        rule=conclusion.rule,
        rule_words=RULES[conclusion.rule][1] if conclusion.rule in RULES else "",
        reason=sentence(visible(conclusion.reason)),
        tolerance="The two months beyond the annual window were needed." if conclusion.tolerance_used else "",
        elements=tuple(_element(criterion, result, quotes) for result in conclusion.elements),
        together=together(criterion),
    )


def _element(criterion: Criterion, result: ElementResult, quotes: Sequence[QuoteView]) -> ElementView:
    element = next((e for e in criterion.elements if e.id == result.element), None)
    required = element is not None and element.required
    basis = element.basis if element else Basis.HOUSE
    weight = ("required, core" if element and element.core else "required") if required else "strengthens"
    named = set(result.quotes)
    return ElementView(
        id=result.element,
        asks=visible(element.asks if element else result.element),
        outcome=result.outcome,
        outcome_words=OUTCOME_WORDS[result.outcome],
        missing=is_missing(result.outcome),
        required=required,
        weight=weight,
        basis=basis,
        basis_words=BASIS_WORDS[basis],
        reason=sentence(visible(result.reason)),
        quotes=tuple(view for view in quotes if view.quote.id in named),
    )
