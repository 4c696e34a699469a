"""Series of figures: whether measures became better in each of two years, recomputed from what documents give.

A paper's own word "improved" is never trusted. A ratio is better when it comes closer to 1 (whichever way it is
written), a gap when it comes closer to 0, a share when it goes the way that the measure wants.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence_kit.checks.base import Parameters, PoolResult, Setting, Witness, concepts_of, number_of
from evidence_kit.records.document import BlockKind
from evidence_kit.records.finding import Outcome
from evidence_kit.records.reading import Mention, Origin

_POINTS = 3
"""Two steps need three figures."""
_YEAR = re.compile(r"\b(20\d\d)(?:\s*[/–-]\s*\d\d(?:\d\d)?)?\b")
_NUMBER = r"[-−–]?\d{1,3}(?:\.\d+)?"
_CELL = re.compile(rf"\s*({_NUMBER})\s*(?:%|points?|pp|percentage points?)?\s*")
_LINK = r"\s*%?\s*(?:,\s*(?:and\s+|then\s+)?|\s(?:to|and|then)\s+)"
_RUN = re.compile(rf"(?<![\w.])({_NUMBER}){_LINK}({_NUMBER}){_LINK}({_NUMBER})(?![\w.]*\d)")
_RISING_YEARS = re.compile(
    r"\b(20\d\d)(?:[/–-]\d\d)?(?:,\s*|,?\s+(?:and|to)\s+)(20\d\d)(?:[/–-]\d\d)?(?:,\s*|,?\s+(?:and|to)\s+)(20\d\d)"
)
_WHITE_LINE = re.compile(r"\bwhite (?:staff|colleagues|respondents|employees)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Series:
    """Three figures of one measure, oldest first."""

    measure: str
    values: tuple[float, float, float]
    witness: Witness


_Steps = tuple[bool, bool]
"""Whether the earlier and the later year were better."""


def better_twice(witnesses: Sequence[Witness], parameters: Parameters, setting: Setting) -> PoolResult:
    """So many measures are better in each of two years, one after the other, by figures that the documents give.

    So many in the latest year and all but one in the year before are not yet a failure: the element is missing then.

    Figures are read from rows of tables with three years in a row in their header, and from runs of three figures in
    a passage that names its three years first. Lines for White staff are left out. A measure with several lines (by
    staff group) is better only if all of them are.

    Parameters: ``at_least``; ``of`` (how many measures there are); ``closer_to_one``, ``closer_to_zero``, ``lower``,
    ``higher`` (concepts of measures by what is better).
    """
    least = int(number_of(parameters, "at_least", 1))
    there = int(number_of(parameters, "of", least))
    series = [each for witness in setting.beside for each in _series(witness, parameters)]
    better: dict[str, _Steps] = {}
    for each in series:
        earlier, later = better.get(each.measure, (True, True))
        steps = _steps(each, parameters)
        better[each.measure] = (earlier and steps[0], later and steps[1])
    used = tuple(dict.fromkeys(each.witness for each in series))
    twice = sum(all(steps) for steps in better.values())
    before, latest = (sum(steps[index] for steps in better.values()) for index in (0, 1))
    told = f"figures over three years for {len(better)} of {there} measures, {twice} of them better twice"
    if twice >= least:
        return PoolResult(outcome=Outcome.SHOWN, reason=told, used=used)
    if latest >= least and before >= least - 1:
        reason = f"{told}; {before} in the first year, {latest} in the second"
        return PoolResult(outcome=Outcome.NOT_SHOWN, reason=reason, used=used)
    if better and twice + there - len(better) < least:
        return PoolResult(outcome=Outcome.SHORT, reason=told, used=used)
    if not witnesses:
        return PoolResult(outcome=Outcome.NOT_SHOWN, reason="nothing shows the thing itself")
    if not any(each.fresh for each in witnesses):
        reason = "said long ago; its figures were not recomputed"
        return PoolResult(outcome=Outcome.SHOWN_OLD, reason=reason)
    reason = f"a person must recompute it: {told if better else 'no figures over three years were read'}"
    return PoolResult(outcome=Outcome.OPEN, reason=reason)


def _series(witness: Witness, parameters: Parameters) -> Iterator[_Series]:
    if witness.passage.kind is BlockKind.TABLE_ROW and witness.passage.cells:
        yield from _row_series(witness, parameters)
    else:
        yield from _prose_series(witness, parameters)


def _row_series(witness: Witness, parameters: Parameters) -> Iterator[_Series]:
    """Read a row whose header names three years, one after the other."""
    text = witness.passage.text
    columns = [
        (int(match[1]), index)
        for index, name in enumerate(witness.passage.context.header)
        if (match := _YEAR.search(name)) and index < len(witness.passage.cells)
    ]
    latest = sorted(columns)[-_POINTS:]
    years = [year for year, _ in latest]
    if len(latest) < _POINTS or years != list(range(years[0], years[0] + _POINTS)):
        return
    values = [_value(text[slice(*witness.passage.cells[index])]) for _, index in latest]
    named = _measures(witness, parameters)
    if len(named) != 1 or _WHITE_LINE.search(text) or any(value is None for value in values):
        return
    first, second, third = (value for value in values if value is not None)
    yield _Series(named[0].concept, (first, second, third), witness)


def _prose_series(witness: Witness, parameters: Parameters) -> Iterator[_Series]:
    """Read runs of three figures, each with the measure that is named before it."""
    text = witness.passage.text
    years = _RISING_YEARS.search(text)
    if years is None:
        return
    told = [int(year) for year in years.groups()]
    if told != list(range(told[0], told[0] + _POINTS)):
        return
    measures = _measures(witness, parameters)
    begin = max(witness.act.start, years.end())
    for run in _RUN.finditer(text, begin, witness.act.end):
        named = [each for each in measures if begin <= each.start and each.end <= run.start()]
        begin = run.end()
        if named and not _WHITE_LINE.search(text, named[0].start, run.start()):
            first, second, third = (_figure(value) for value in run.groups())
            yield _Series(named[-1].concept, (first, second, third), witness)


def _measures(witness: Witness, parameters: Parameters) -> list[Mention]:
    """Return mentions of measures in an act's own words; where one lies inside another, the longer."""
    wanted = {
        concept
        for name in ("closer_to_one", "closer_to_zero", "lower", "higher")
        for concept in concepts_of(parameters, name)
    }
    own = [each for each in witness.act.mentions if each.origin is Origin.TEXT and each.concept in wanted]
    outer = [
        each
        for each in own
        if not any(
            other.start <= each.start and each.end <= other.end and len(other.form) > len(each.form)
            for other in own
        )
    ]
    return list({each.concept: each for each in outer}.values()) if _is_row(witness) else outer


def _is_row(witness: Witness) -> bool:
    return witness.passage.kind is BlockKind.TABLE_ROW


def _value(cell: str) -> float | None:
    match = _CELL.fullmatch(cell)
    return _figure(match[1]) if match else None


def _figure(written: str) -> float:
    return float(written.replace("−", "-").replace("–", "-"))


def _steps(series: _Series, parameters: Parameters) -> _Steps:
    """Tell for the earlier and for the later year whether the measure became better."""
    first, second, third = (_distance(series.measure, value, parameters) for value in series.values)
    return second < first, third < second


def _distance(measure: str, value: float, parameters: Parameters) -> float:
    """Return how far a figure is from where its measure should go: less is better."""
    if measure in concepts_of(parameters, "closer_to_one"):
        return abs(math.log(value)) if value > 0 else math.inf
    if measure in concepts_of(parameters, "closer_to_zero"):
        return abs(value)
    return -value if measure in concepts_of(parameters, "higher") else value
