"""Series of figures: whether measures became better in each of two years, recomputed from what documents give.

A paper's own word "improved" is never trusted. A ratio is better when it comes closer to 1 (whichever way it is
written), a gap when it comes closer to 0, a share when it goes the way that the measure wants.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidence_kit.checks.base import Parameters, PoolResult, Setting, Witness, concepts_of, number_of
from evidence_kit.checks.figures import signed, year_columns
from evidence_kit.records.document import BlockKind
from evidence_kit.records.finding import Outcome, Step, Trend
from evidence_kit.records.reading import Mention, Origin

_LEAST_RATIO, _MOST_RATIO = 0.1, 9.0
"""Relative likelihoods lie between these; what does not is written in another unit, or is none."""
_HARDLY = 0.01
"""A change of less than one in a hundred is told as hardly one."""
_POINTS = 3
"""Two steps need three figures."""
_NUMBER = r"[-−–]?\d{1,3}(?:\.\d+)?"
_CELL = re.compile(rf"\s*({_NUMBER})\s*(?:%|points?|pp|percentage points?)?\s*")
_LINK = r"\s*%?\s*(?:,\s*(?:and\s+|then\s+)?|\s(?:to|and|then)\s+)"
_RUN = re.compile(rf"(?<![\w.])({_NUMBER}){_LINK}({_NUMBER}){_LINK}({_NUMBER})(?![\w.]*\d)")
_RISING_YEARS = re.compile(
    r"\b(20\d\d)(?:[/–-]\d\d)?(?:,\s*|,?\s+(?:and|to)\s+)(20\d\d)(?:[/–-]\d\d)?(?:,\s*|,?\s+(?:and|to)\s+)(20\d\d)"
)
_OTHER_STRAND = re.compile(
    r"\b(?:(?:non-)?disabled|disabilit(?:y|ies)|women|men|female|male|LGBTQ?\+?|gay|younger|older)\b",
    re.IGNORECASE,
)
"""In a line of another standard, which has measures of the same names."""
_WHITE_LINE = re.compile(r"\bwhite (?:staff|colleagues|respondents|employees)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:national(?:ly)?|england|region(?:al|s)?|averages?|medians?|peers?|benchmark\w*|comparators?|(?:other|all)\s+trusts?"
    r"|medical|doctors?|consultants?|MWRES|bank|BWRES|WDES|disab\w+|white\s+(?:staff|colleagues|respondents)|sites?|divisions?"
    r"|directorates?|alone|only|targets?|trajector(?:y|ies)|planned|forecasts?|project(?:ed|ions?)|scenarios?|examples?|samples?"
    r"|illustrat\w+|specimens?|templates?)\b",
    re.IGNORECASE,
)
"""What heads figures that are not this organisation's, not of all its staff, or not yet so."""


@dataclass(frozen=True, slots=True)
class _Series:
    """A trend of three years and who says so.

    Attributes:
        written: The figures as the paper writes them, in one line.
        white: Of White staff: only what others are held against.
        repaired: They were read in another unit than the paper writes.
    """

    trend: Trend
    witness: Witness
    written: str
    white: bool = False
    repaired: bool = False


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
    lines = [each for witness in setting.beside for each in _series(witness, parameters)]
    series = [each for each in lines if not each.white]
    better: dict[str, tuple[bool, bool]] = {}
    for each in series:
        earlier, later = better.get(each.trend.measure, (True, True))
        first, second = each.trend.steps
        better[each.trend.measure] = (earlier and first is Step.BETTER, later and second is Step.BETTER)
    used = tuple(dict.fromkeys(each.witness for each in series))
    twice = sum(all(steps) for steps in better.values())
    before, latest = (sum(steps[index] for steps in better.values()) for index in (0, 1))
    told = f"figures over three years for {len(better)} of {there} measures, {twice} of them better twice"
    any_of_them = f"{told}; {before} in the first year, {latest} in the second"

    def result(outcome: Outcome, reason: str, *, by: tuple[Witness, ...] = used) -> PoolResult:
        return PoolResult(
            outcome=outcome,
            reason=reason,
            used=by,
            remarks=remarks_on(lines, parameters),
            trends=tuple(each.trend for each in series),
        )

    if twice >= least:
        return result(Outcome.SHOWN, told)
    if latest >= least and before >= least - 1:
        return result(Outcome.NOT_SHOWN, any_of_them)
    if better and twice + there - len(better) < least:
        return result(Outcome.SHORT, any_of_them)
    if not witnesses:
        return result(Outcome.NOT_SHOWN, "nothing shows the thing itself", by=())
    if not any(each.fresh for each in witnesses):
        return result(Outcome.SHOWN_OLD, "said long ago; its figures were not recomputed", by=())
    reason = f"a person must recompute it: {told if better else 'no figures over three years were read'}"
    return result(Outcome.OPEN, reason, by=())


def _series(witness: Witness, parameters: Parameters) -> Iterator[_Series]:
    context = witness.passage.context
    years = (context.header[index] for _, index in year_columns(witness.passage))
    if any(
        _OF_OTHERS.search(each)
        for each in (*context.headings[-1:], context.caption, *context.header[:1], *years)
    ):
        return
    if _OTHER_STRAND.search(witness.passage.text, witness.act.start, witness.act.end):
        return
    if _is_row(witness) and witness.passage.cells:
        yield from _row_series(witness, parameters)
    else:
        yield from _prose_series(witness, parameters)


def _row_series(witness: Witness, parameters: Parameters) -> Iterator[_Series]:
    """Read a row whose header names three years, one after the other."""
    text = witness.passage.text
    latest = year_columns(witness.passage)[-_POINTS:]
    years = [year for year, _ in latest]
    if len(latest) < _POINTS or years != list(range(years[0], years[0] + _POINTS)):
        return
    cells = tuple(text[slice(*witness.passage.cells[index])] for _, index in latest)
    matches = [match for cell in cells if (match := _CELL.fullmatch(cell))]
    named = _measures(witness, parameters)
    if len(named) != 1 or len(matches) < _POINTS:
        return
    before = witness.passage.cells[: min(index for _, index in latest)]
    label = " ".join(text[slice(*cell)] for cell in before) or text[named[0].start : named[0].end]
    figures = tuple(signed(match[1]) for match in matches)
    trend = _trend(named[0].concept, label, years, figures, cells, witness, parameters)
    if trend is not None:
        written = ", ".join(trend.written)
        # A ratio names both: "of white staff … compared with ethnic minority staff".
        ratio = trend.measure in concepts_of(parameters, "closer_to_one")
        white = not ratio and bool(_WHITE_LINE.search(text))
        yield _Series(trend, witness, written, white=white, repaired=trend.values != figures)


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
        if named:
            measure, label = named[-1].concept, text[named[-1].start : named[-1].end]
            figures = tuple(signed(value) for value in run.groups())
            trend = _trend(measure, label, told, figures, run.groups(), witness, parameters)
            if trend is not None:
                written = " ".join(run.group().split())
                white = bool(_WHITE_LINE.search(text, named[0].start, run.start()))
                yield _Series(trend, witness, written, white=white, repaired=trend.values != figures)


def _trend(
    measure: str,
    label: str,
    years: Sequence[int],
    told: tuple[float, ...],
    written: Iterable[str],
    witness: Witness,
    parameters: Parameters,
) -> Trend | None:
    """Make a trend, a ratio's figures in one unit; ``None`` where they can be no ratio."""
    values = _as_ratios(told) if measure in concepts_of(parameters, "closer_to_one") else told
    if values is None:
        return None
    return Trend(
        measure=measure,
        label=" ".join(label.split()),
        years=tuple(years),
        values=values,
        written=tuple(" ".join(one.split()) for one in written),
        steps=_steps(measure, values, parameters),
        quote=witness.id,
    )


def _as_ratios(told: tuple[float, ...]) -> tuple[float, ...] | None:
    """Bring ratios that were written as percentages, or lost their point, among their neighbours ("162%", "12.2")."""
    sound = [value for value in told if _LEAST_RATIO <= value <= _MOST_RATIO]
    middle = sorted(sound)[len(sound) // 2] if sound else 1.0
    values = []
    for value in told:
        options = [each for each in (value, value / 100, value / 10) if _LEAST_RATIO <= each <= _MOST_RATIO]
        if not options:
            return None
        near = min(options, key=lambda each: abs(math.log(each / middle)))
        values.append(value if value in options else near)
    return tuple(values)


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


def _steps(measure: str, values: Sequence[float], parameters: Parameters) -> tuple[Step, ...]:
    """Tell for each year whether the measure became better."""
    distances = [_distance(measure, value, parameters) for value in values]
    return tuple(
        Step.BETTER if after < before else Step.WORSE if after > before else Step.SAME
        for before, after in pairwise(distances)
    )


def remarks_on(lines: Sequence[_Series], parameters: Parameters) -> tuple[str, ...]:
    """Return what a reader should mind of series: units, ratios that crossed 1, gaps that say otherwise, no change."""
    ratios = concepts_of(parameters, "closer_to_one")
    shares = (*concepts_of(parameters, "lower"), *concepts_of(parameters, "higher"))
    white = {each.trend.measure: each for each in lines if each.white}
    found: list[str] = []
    for each in lines:
        if each.white:
            continue
        trend = each.trend
        name, told = trend.measure.replace("_", " "), f"“{each.written}”"
        if each.repaired:
            read_as = ", ".join(f"{value:.2f}" for value in trend.values)
            found.append(f"Check the units of {name}: {told} was read as {read_as}.")
        if trend.measure in ratios and (trend.values[0] - 1) * (trend.values[-1] - 1) < 0:
            found.append(f"The ratio of {name} crossed 1: {told}; now the other group is ahead.")
        better_twice = all(step is Step.BETTER for step in trend.steps)
        other = white.get(trend.measure)
        if (
            other is not None
            and trend.measure in shares
            and better_twice is not _gap_narrowed(trend, other.trend)
        ):
            by_value, by_gap = ("better", "wider") if better_twice else ("not better twice", "narrower")
            gap = f"the gap with White staff (“{other.written}”) is {by_gap}"
            found.append(f"Value and gap of {name} disagree: {told} is {by_value}, {gap}.")
        if any(
            step is Step.BETTER and abs(after - before) < _HARDLY * abs(before)
            for step, (before, after) in zip(trend.steps, pairwise(trend.values), strict=True)
        ):
            found.append(f"Hardly a change in {name}: {told}; without numbers of people it may be chance.")
    return tuple(dict.fromkeys(found))


def _gap_narrowed(one: Trend, other: Trend) -> bool:
    first, second, third = (abs(a - b) for a, b in zip(one.values, other.values, strict=True))
    return second < first and third < second


def _distance(measure: str, value: float, parameters: Parameters) -> float:
    """Return how far a figure is from where its measure should go: less is better."""
    if measure in concepts_of(parameters, "closer_to_one"):
        return abs(math.log(value)) if value > 0 else math.inf
    if measure in concepts_of(parameters, "closer_to_zero"):
        return abs(value)
    return -value if measure in concepts_of(parameters, "higher") else value
