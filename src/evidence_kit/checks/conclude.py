"""Conclude a criterion: every wording judged, the exhibits chosen and put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from evidence_kit.checks.base import Witness
from evidence_kit.checks.dates import HOUSE_RULE_MONTHS
from evidence_kit.checks.doubts import doubts
from evidence_kit.checks.elements import touches_core
from evidence_kit.checks.forecast import expiry, expiry_note
from evidence_kit.checks.gather import Bearing, Gathered, gather
from evidence_kit.checks.slips import slips_of
from evidence_kit.checks.verdict import Judged, judge
from evidence_kit.records.criterion import Criterion
from evidence_kit.records.days import day_words, months_before
from evidence_kit.records.decision import CITED
from evidence_kit.records.finding import Conclusion, Outcome, Role, Status, Trend
from evidence_kit.records.reading import By

MOST_NEAR_MISSES = 8
"""Near-misses teach; a hundred of them hide the rest. The finding's notes say how many there were."""
MOST_LEADS = 4
"""Passages beside them that the model takes to bear on the criterion, and that show nothing to our checks."""
LEAD_SHOWS_NOTHING = "the model takes it to bear on this; no check finds an element in it: read it"
FIGURES_ALONE = "its figures were recomputed; by themselves they do not show it"
MOST_OF_A_KIND = 3
"""So often a near-miss of the framework is shown at most: a staff network is in every paper, and always the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """An act shown for a criterion: what it does for it, and which elements it touches."""

    witness: Witness
    role: Role
    elements: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """A criterion's conclusions and exhibits; the pipeline adds the places of quotes.

    Attributes:
        trends: Measures that were recomputed under the first wording; an exhibit gives each.
    """

    criterion: Criterion
    conclusions: tuple[Conclusion, ...]
    exhibits: tuple[Exhibit, ...]
    next_steps: tuple[str, ...]
    notes: tuple[str, ...]
    expires: date | None = None
    trends: tuple[Trend, ...] = ()

    @property
    def status(self) -> Status:
        """The status under the first wording, the table's."""
        return self.conclusions[0].status


def conclude(criterion: Criterion, bearings: Iterable[Bearing], as_of: date) -> Concluded:
    """Judge a criterion under each wording that is concluded separately.

    Args:
        criterion: What is judged.
        bearings: The passages that bear on it, in order of document and place.
        as_of: The date of the assessment.
    """
    gathered = gather(criterion, bearings, as_of)
    judged = [judge(criterion, variant, gathered.witnesses, as_of) for variant in criterion.variants]
    exhibits = tuple(_with_slips(each) for each in _exhibits(judged))
    figures = _figures(gathered, judged[0], exhibits)
    shown = {exhibit.witness.id for exhibit in (*exhibits, *figures)}
    alike = _looking_alike(criterion, gathered, shown)
    near_misses = _near_misses(criterion, alike)
    evidenced = judged[0].conclusion.status is Status.EVIDENCED
    expires = expiry(criterion, gathered.witnesses, as_of) if evidenced else None
    notes = [expiry_note(criterion, expires)] if expires else []
    notes.extend(doubts(criterion, gathered, judged[0], as_of))
    if len(alike) > len(near_misses):
        notes.append(f"{len(alike)} near-misses were seen; the {len(near_misses)} most likely are shown")
    every = (*exhibits, *near_misses, *figures)
    return Concluded(
        criterion=criterion,
        conclusions=tuple(each.conclusion for each in judged),
        exhibits=(*every, *_leads(gathered, every)),
        next_steps=_next_steps(criterion, judged[0], as_of),
        notes=tuple(notes),
        expires=expires,
        trends=judged[0].trends,
    )


def _exhibits(judged: list[Judged]) -> tuple[Exhibit, ...]:
    """Collect support, plans and contradictions over all wordings, newest first within each role."""
    found: dict[tuple[str, Role], Exhibit] = {}
    for each in judged:
        for witness, elements in each.support:
            before = found.get((witness.id, Role.SUPPORT))
            both = tuple(dict.fromkeys((*(before.elements if before else ()), *elements)))
            found[witness.id, Role.SUPPORT] = Exhibit(
                witness=witness, role=Role.SUPPORT, elements=both, remark=witness.remark
            )
        for role, witnesses in ((Role.PLAN, each.plans), (Role.AGAINST, each.denials)):
            for witness in witnesses:
                found.setdefault(
                    (witness.id, role), Exhibit(witness=witness, role=role, remark=witness.remark)
                )
    order = list(Role)
    return tuple(sorted(found.values(), key=lambda exhibit: (order.index(exhibit.role), *_strength(exhibit))))


def _figures(gathered: Gathered, judged: Judged, exhibits: Iterable[Exhibit]) -> list[Exhibit]:
    """Show the figures that were recomputed, also where they are too few for a result: a person needs them then."""
    shown = {exhibit.witness.id for exhibit in exhibits}
    telling = {trend.quote for trend in judged.trends} - shown
    return [
        Exhibit(witness=each, role=Role.NEAR_MISS, remark=each.remark or FIGURES_ALONE)
        for each in gathered.witnesses
        if each.id in telling
    ]


def _looking_alike(criterion: Criterion, gathered: Gathered, shown: set[str]) -> list[Witness]:
    """Collect what is not shown for anything else and looks like the thing: most likely first."""
    listed = _reasons_of(criterion)
    found = [
        each
        for each in (*gathered.near_misses, *gathered.witnesses)
        if each.id not in shown
        and (each.remark in listed or touches_core(criterion, each) or _is_cited(each))
    ]
    return sorted(found, key=lambda each: (each.prediction.by is By.KEYWORDS, -each.prediction.probability))


def _reasons_of(criterion: Criterion) -> frozenset[str]:
    return frozenset(each.because for each in criterion.near_misses)


def _near_misses(criterion: Criterion, alike: list[Witness]) -> list[Exhibit]:
    """Choose those that teach: no more than a few for which one sentence of the framework gives the reason."""
    listed = _reasons_of(criterion)
    told: Counter[str] = Counter()
    chosen = []
    for each in alike:
        remark = each.remark or _why_not(criterion, each)
        told[remark] += 1
        if remark not in listed or told[remark] <= MOST_OF_A_KIND:
            chosen.append(Exhibit(witness=each, role=Role.NEAR_MISS, remark=remark))
    return chosen[:MOST_NEAR_MISSES]


def _is_cited(witness: Witness) -> bool:
    return any(reason == CITED for reason, _ in witness.prediction.reasons)


def _why_not(criterion: Criterion, witness: Witness) -> str:
    if _is_cited(witness) and not touches_core(criterion, witness):
        return "a person cites it; nothing that the criterion asks for was read in it"
    return "does not show every part of the thing itself"


def _leads(gathered: Gathered, shown: Iterable[Exhibit]) -> list[Exhibit]:
    """Return passages that the model takes to bear on the criterion and that nothing else shows, likeliest first."""
    seen = {exhibit.witness.passage.id for exhibit in shown}
    found: dict[str, Witness] = {}
    for each in (*gathered.witnesses, *gathered.near_misses):
        if each.prediction.by is not By.KEYWORDS and each.passage.id not in seen:
            before = found.get(each.passage.id)
            if before is None or len(each.mentions(own=True)) > len(before.mentions(own=True)):
                found[each.passage.id] = each
    likeliest = sorted(found.values(), key=lambda each: (-each.prediction.probability, each.id))
    return [
        Exhibit(witness=each, role=Role.NEAR_MISS, remark=each.remark or LEAD_SHOWS_NOTHING)
        for each in likeliest[:MOST_LEADS]
    ]


def _with_slips(exhibit: Exhibit) -> Exhibit:
    """Tell the reader of figures and dates that cannot be right."""
    told = "; ".join(part for part in (exhibit.remark, *slips_of(exhibit.witness)) if part)
    return replace(exhibit, remark=told)


def _strength(exhibit: Exhibit) -> tuple[int, int, str]:
    when = exhibit.witness.when or date.min
    return (-len(exhibit.elements), -when.toordinal(), exhibit.witness.id)


def _next_steps(criterion: Criterion, judged: Judged, as_of: date) -> tuple[str, ...]:
    """Say what would change the status."""
    if judged.conclusion.status is Status.EVIDENCED:
        return ()
    asks = {element.id: element for element in criterion.elements}
    first = day_words(months_before(as_of, criterion.window_months or HOUSE_RULE_MONTHS))
    since = f"of {first} or later and in a paper in force"
    steps = []
    for result in judged.conclusion.elements:
        element = asks[result.element]
        if not element.required or result.outcome is Outcome.SHOWN:
            continue
        if result.outcome is Outcome.SHOWN_OLD:
            steps.append(f"Newer evidence, {since}: {element.asks}")
        elif result.outcome is Outcome.OPEN:
            steps.append(f"A person must look: {element.asks}")
        else:
            steps.append(f"Still to show: {element.asks}")
        if result.element in judged.steps:
            steps.append(judged.steps[result.element])
    if criterion.typical_evidence:
        steps.append(f"Usually shown by: {', '.join(criterion.typical_evidence)}.")
    return tuple(steps)
