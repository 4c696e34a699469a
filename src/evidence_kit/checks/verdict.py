"""The verdict: a criterion's status from its elements, by the rules of ``docs/verdicts.md`` §4, in that order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from evidence_kit.checks.base import Setting, Witness
from evidence_kit.checks.catalogue import ACT_CHECKS
from evidence_kit.checks.elements import Hits, Matrix
from evidence_kit.checks.support import Support, support_of
from evidence_kit.language.stance import NOT_YET
from evidence_kit.records.criterion import Criterion, Element, Short
from evidence_kit.records.finding import Conclusion, ElementResult, Outcome, Status, Trend
from evidence_kit.records.reading import Stance

RULE_NOTHING, RULE_CONTRADICTED, RULE_EVIDENCED, RULE_STALE = 1, 2, 3, 4
RULE_PERSON, RULE_PARTLY, RULE_PLANNED, RULE_REST = 5, 6, 7, 8

_REPORTS = frozenset({Stance.DONE, Stance.CONTRADICTS})
"""Stances of acts that tell what is so."""
_SHOWS = frozenset({Outcome.SHOWN, Outcome.SHOWN_OLD})
_OPEN = frozenset({Outcome.OPEN})
_LACKS = (
    ("still missing", frozenset({Outcome.NOT_SHOWN, Outcome.PLANNED, Outcome.AGAINST})),
    ("falling short", frozenset({Outcome.SHORT})),
    ("shown, but old", frozenset({Outcome.SHOWN_OLD})),
    ("for a person to judge", _OPEN),
)
"""How the required elements that are not shown are told of, by outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """One element with its outcome and the acts behind it."""

    element: Element
    outcome: Outcome
    reason: str
    used: tuple[Witness, ...] = ()
    step: str = ""
    remarks: tuple[str, ...] = ()
    trends: tuple[Trend, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A conclusion and the acts behind it, for the exhibits.

    Attributes:
        support: Pairs of act and the ids of the elements that it shows.
        steps: By element id, what would make it shown, where that can be told exactly.
        remarks: What the reader should mind of the figures behind the elements.
        trends: Measures whose figures were recomputed.
    """

    conclusion: Conclusion
    support: Support
    plans: tuple[Witness, ...]
    denials: tuple[Witness, ...]
    steps: dict[str, str]
    remarks: tuple[str, ...] = ()
    trends: tuple[Trend, ...] = ()


def judge(criterion: Criterion, variant: str, witnesses: tuple[Witness, ...], as_of: date) -> Judged:
    """Conclude one criterion under one wording."""
    matrix = matrix_of(criterion, variant, witnesses, as_of)
    seen = _see_all(matrix)
    status, rule, reason = _decide(matrix, seen)
    against = [each for each in seen if _goes_against(each)]
    denials = dict.fromkeys((*matrix.denials, *(witness for each in against for witness in each.used)))
    fall_short = {witness.id for each in against for witness in each.used}
    support = tuple(
        pair
        for pair in support_of(matrix, ((each.element.id, each.used) for each in seen if each not in against))
        if pair[0].id not in fall_short
    )
    shown = {witness.id for witness in (*denials, *(witness for witness, _ in support))}
    plans = matrix.plans
    steps = {each.element.id: each.step for each in seen if each.step}
    conclusion = Conclusion(
        variant=variant,
        status=status,
        rule=rule,
        reason=reason,
        elements=tuple(_result(each, shown) for each in seen),
        intention_only=status is Status.PLANNED and all(each.stance is Stance.ASPIRATION for each in plans),
        tolerance_used=status is Status.EVIDENCED and _needed_tolerance(seen),
    )
    return Judged(
        conclusion=conclusion,
        support=support,
        plans=plans,
        denials=tuple(denials),
        steps=steps,
        remarks=tuple(dict.fromkeys(remark for each in seen for remark in each.remarks)),
        trends=tuple(dict.fromkeys(trend for each in seen for trend in each.trends)),
    )


def matrix_of(
    criterion: Criterion,
    variant: str,
    witnesses: tuple[Witness, ...],
    as_of: date,
    *,
    like: Matrix | None = None,
) -> Matrix:
    """Set the acts against the elements of one wording.

    Args:
        like: The same acts against the same elements on another day: what does not depend on the day is taken over.
    """
    elements = tuple(each for each in criterion.elements if not each.variants or variant in each.variants)
    beside = tuple(each for each in witnesses if each.stance in _REPORTS and each.cap is None)
    setting = Setting(as_of=as_of, window_months=criterion.window_months, beside=beside)
    matrix = Matrix(criterion, elements, witnesses, setting)
    return matrix.taking_over(like) if like else matrix


def status_of(matrix: Matrix) -> Status:
    """Return the status alone."""
    return _decide(matrix, _see_all(matrix))[0]


def _see_all(matrix: Matrix) -> tuple[_Seen, ...]:
    """Conclude every element."""
    any_age = matrix.hits(lambda each: each.stance is Stance.DONE and each.cap is None)
    capped = matrix.hits(lambda each: each.stance is Stance.DONE)
    return tuple(_see(matrix, element, any_age, capped) for element in matrix.elements)


def _goes_against(seen: _Seen) -> bool:
    """Tell whether an element's figures fall short in a way that contradicts the criterion."""
    return seen.outcome is Outcome.SHORT and seen.element.short is Short.CONTRADICTED


def _see(matrix: Matrix, element: Element, any_age: Hits, capped: Hits) -> _Seen:
    """Conclude one element."""
    if element.check not in ACT_CHECKS:
        return _see_pool(matrix, element, matrix.core_of(any_age) or matrix.core_of(capped))
    fresh = matrix.fresh
    if not element.required:
        around = {each.passage.id for each in matrix.core_of(capped)}
        fresh, any_age, capped = (_within(hits, element, around) for hits in (fresh, any_age, capped))
    for outcome, hits in ((Outcome.SHOWN, fresh), (Outcome.SHOWN_OLD, any_age), (Outcome.SHOWN, capped)):
        for accepted in (_SHOWS, _OPEN):
            full = [
                each for each in hits[element.id] if matrix.results[element.id, each.id].outcome in accepted
            ]
            if full:
                told = max(full, key=lambda each: (each.when or date.min, each.id))
                said = matrix.results[element.id, told.id]
                found = outcome if said.outcome is Outcome.SHOWN else said.outcome
                return _Seen(element=element, outcome=found, reason=said.reason, used=tuple(full))
    short = capped[element.id]
    if short:
        said = matrix.results[element.id, short[0].id]
        return _Seen(element=element, outcome=Outcome.SHORT, reason=said.reason, used=short, step=said.step)
    return _see_missing(matrix, element)


def _within(hits: Hits, element: Element, passages: set[str]) -> Hits:
    """What only strengthens counts beside the thing itself, not wherever it turns up."""
    return {**hits, element.id: tuple(each for each in hits[element.id] if each.passage.id in passages)}


def _see_pool(matrix: Matrix, element: Element, core: tuple[Witness, ...]) -> _Seen:
    found = matrix.pool(element, core)
    seen = _Seen(
        element=element,
        outcome=found.outcome,
        reason=found.reason,
        used=found.used,
        step=found.step,
        remarks=found.remarks,
        trends=found.trends,
    )
    if found.outcome is Outcome.SHOWN and not any(each.fresh for each in found.used) and found.used:
        return replace(seen, outcome=Outcome.SHOWN_OLD)
    if found.outcome is Outcome.NOT_SHOWN and not matrix.core_of(matrix.fresh) and matrix.plans:
        return _Seen(
            element=element,
            outcome=Outcome.PLANNED,
            reason="only planned",
            remarks=found.remarks,
            trends=found.trends,
        )
    return seen


def _see_missing(matrix: Matrix, element: Element) -> _Seen:
    """Say how near the acts came that do not show an element."""
    if element.core and matrix.denials:
        return _Seen(element=element, outcome=Outcome.AGAINST, reason="the documents say that it is not so")
    if element.core and matrix.plans:
        return _Seen(element=element, outcome=Outcome.PLANNED, reason="only planned or hoped for")
    alone = [
        each
        for each in matrix.witnesses
        if each.stance is Stance.DONE and matrix.results[element.id, each.id].outcome is Outcome.SHOWN
    ]
    if alone:
        reason = f"{matrix.results[element.id, alone[0].id].reason}, but not together with the rest"
        return _Seen(element=element, outcome=Outcome.NOT_SHOWN, reason=reason)
    reasons = [
        matrix.results[element.id, each.id].reason for each in matrix.witnesses if each.stance is Stance.DONE
    ]
    return _Seen(
        element=element, outcome=Outcome.NOT_SHOWN, reason=reasons[0] if reasons else "nothing found"
    )


def _decide(matrix: Matrix, seen: tuple[_Seen, ...]) -> tuple[Status, int, str]:
    """Go through the rules in order; the first that fits gives the status."""
    required = [each for each in seen if each.element.required]
    outcomes = {each.outcome for each in required}
    core = matrix.core
    if not matrix.witnesses:
        return Status.NOT_FOUND, RULE_NOTHING, "nothing in these documents bears on it directly"
    contradiction = _contradiction(matrix, core, required)
    if contradiction:
        return Status.CONTRADICTED, RULE_CONTRADICTED, contradiction
    proof = next(filter(_proves, required), None)
    if proof is not None:
        if proof.outcome is Outcome.SHOWN:
            return Status.EVIDENCED, RULE_EVIDENCED, proof.reason
        return Status.STALE, RULE_STALE, _why_stale(matrix, core)
    if core and outcomes <= {Outcome.SHOWN, Outcome.SHOWN_OLD} and _part_is_denied(matrix, core):
        return Status.PARTLY, RULE_PARTLY, "the same paper says that a part of it is missing"
    if core and outcomes == {Outcome.SHOWN}:
        used = (witness for each in required for witness in each.used)
        cap = next((each.cap for each in (*core, *used) if each.cap), None)
        if cap is None or _uncapped(matrix, required):
            return Status.EVIDENCED, RULE_EVIDENCED, "every required element is shown by acts that were done"
        return Status.PARTLY, RULE_PARTLY, cap.because
    if core and outcomes <= {Outcome.SHOWN, Outcome.SHOWN_OLD} and Outcome.SHOWN_OLD in outcomes:
        return Status.STALE, RULE_STALE, _why_stale(matrix, core)
    if core and outcomes <= {Outcome.SHOWN, Outcome.OPEN}:
        open_ones = "; ".join(each.reason for each in required if each.outcome is Outcome.OPEN)
        return Status.NEEDS_PERSON, RULE_PERSON, open_ones
    if core:
        return Status.PARTLY, RULE_PARTLY, _what_lacks(required)
    if matrix.plans:
        return Status.PLANNED, RULE_PLANNED, "only planned, proposed, promised or hoped for"
    return (
        Status.NOT_FOUND,
        RULE_REST,
        "nothing shows the thing itself; what was seen is listed as near-misses",
    )


def _what_lacks(required: list[_Seen]) -> str:
    """Say how many of the required elements are shown, and what the others ask."""
    shown = sum(each.outcome is Outcome.SHOWN for each in required)
    parts = [f"{shown} of {len(required)} required elements shown"]
    for words, outcomes in _LACKS:
        asks = [each.element.asks for each in required if each.outcome in outcomes]
        if asks:
            parts.append(f"{words}: {' '.join(asks)}")
    return "; ".join(parts)


def _contradiction(matrix: Matrix, core: tuple[Witness, ...], required: Iterable[_Seen]) -> str:
    """Return why the criterion is contradicted, or nothing."""
    for each in required:
        if _goes_against(each):
            return each.reason
    denials = matrix.denials
    if not denials:
        return ""
    if matrix.plans and all(_says_not_yet(each) for each in denials):
        return ""
    if not core and _since_planned(matrix.plans, denials):
        return ""
    elsewhere = [each for each in denials if each.paper.id not in {support.paper.id for support in core}]
    if not elsewhere:
        return ""
    newest_support = max((each.when or date.min for each in core), default=None)
    newest_denial = max(each.when or date.max for each in elsewhere)
    if newest_support is not None and newest_denial < newest_support:
        return ""
    return "a statement that is as new as its support says that it is not so"


def _part_is_denied(matrix: Matrix, core: tuple[Witness, ...]) -> bool:
    """A paper that reports the thing and says "not" beside it tells of a missing part, not of a missing thing."""
    newest = max(core, key=lambda each: (each.when or date.min, each.id))
    return any(
        denial.paper.id == newest.paper.id and (denial.when or date.max) >= (newest.when or date.min)
        for denial in matrix.denials
    )


def _since_planned(plans: Iterable[Witness], denials: Iterable[Witness]) -> bool:
    """Tell whether the thing was planned after every day on which it was said not to be so."""
    planned = max((each.when for each in plans if each.when is not None), default=None)
    return planned is not None and all(each.when is not None and each.when < planned for each in denials)


def _says_not_yet(witness: Witness) -> bool:
    return any(cue.name == NOT_YET for cue in witness.act.cues)


def _proves(seen: _Seen) -> bool:
    """Tell whether an element suffices and is shown by acts without a cap."""
    return seen.element.suffices and seen.outcome in _SHOWS and all(each.cap is None for each in seen.used)


def _uncapped(matrix: Matrix, required: list[_Seen]) -> bool:
    """Tell whether acts without a cap show every required element."""
    return all(matrix.fresh[each.element.id] for each in required if each.element.check in ACT_CHECKS)


def _why_stale(matrix: Matrix, core: tuple[Witness, ...]) -> str:
    if any(each.lapsed for each in core) and not any(each.timely and not each.lapsed for each in core):
        return "shown, but only by papers that have lapsed or were superseded"
    if matrix.criterion.window_months is None:
        return "shown, but only by acts over 36 months old (our own rule; the criterion has no window)"
    return f"shown, but outside the criterion's window of {matrix.criterion.window_months} months"


def _needed_tolerance(seen: Iterable[_Seen]) -> bool:
    required = [each for each in seen if each.element.required and each.used]
    return any(all(witness.tolerance_used for witness in each.used) for each in required)


def _result(seen: _Seen, shown: set[str]) -> ElementResult:
    return ElementResult(
        element=seen.element.id,
        outcome=seen.outcome,
        reason=seen.reason,
        quotes=tuple(witness.id for witness in seen.used if witness.id in shown),
    )
