"""Gaps between groups: whether two figures of a gap show that it became smaller, whatever the words beside them say."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evidence_kit.checks.acts import does
from evidence_kit.checks.base import Parameters, Result, Witness, concepts_of, not_shown, shown
from evidence_kit.checks.figures import signed, year_columns
from evidence_kit.records.document import BlockKind
from evidence_kit.records.finding import Outcome
from evidence_kit.records.reading import Mention, Origin, Quantity, QuantityKind

_FIGURE = r"[-−–]?£?\d[\d,]*(?:\.\d+)?"
_UNIT = (
    r"(?:\s*%|\s+(?:per\s?cent|percentage\s+points?|points?|pp|per\s+thousand|per\s+[\d,]+(?:\s+[a-z]+)?|times|days"
    r"|weeks))?"
)
_ASIDE = (
    r"(?:\s*\([^()]{2,40}\)"
    r"|\s+(?:in|at|by|for)\s+(?:the\s+)?(?:[\w/–-]+\s+){0,3}?(?:19|20)\d\d(?:\s*[/–-]\s*\d\d(?:\d\d)?)?)?"
)
_FROM_TO = re.compile(rf"\bfrom\s+({_FIGURE}){_UNIT}{_ASIDE},?\s+to\s+({_FIGURE}){_UNIT}")
_UP_FROM = re.compile(
    rf"({_FIGURE}){_UNIT}{_ASIDE},?\s*\(?(?:up|down|compared|against|and\s+was|having\s+been)\s+(?:(?:from|with|to)\s+)?({_FIGURE}){_UNIT}"
)
_AFTER, _BEFORE = 40, 16
"""Characters between a figure and its date, behind it or before it."""
_STOP = re.compile(r"[;:]|\.\s")
_AS_RATIO = re.compile(r"ratio|times|likelihood", re.IGNORECASE)
_SHARES = frozenset({QuantityKind.PERCENT, QuantityKind.RATIO, QuantityKind.COUNT, QuantityKind.MONEY})


@dataclass(frozen=True, slots=True)
class Pair:
    """An earlier and a later figure of one thing, and where they stand in the passage."""

    first: float
    last: float
    start: int
    end: int


def told(witness: Witness, parameters: Parameters) -> Result:
    """The act tells of a change: in its words, or by two figures of a gap, whichever way they go.

    Parameters: ``any_of``, ``with_any``, ``none_of`` as in ``acts.does``; ``gap`` (concepts of gaps).
    """
    in_words = does(witness, parameters)
    if in_words.outcome is Outcome.SHOWN:
        return in_words
    gaps = concepts_of(parameters, "gap")
    pair = next((each for each in pairs_of(witness) if _named(witness, gaps, each) is not None), None)
    return in_words if pair is None else shown(_said(witness, pair))


def smaller(witness: Witness, parameters: Parameters) -> Result:
    """The gap became smaller: by its two figures, or else by the act's words. Figures that go the other way are short.

    Parameters: ``any_of``, ``with_any``, ``none_of`` as in ``acts.does``, for acts without two figures of a gap;
    ``gap`` (concepts of gaps); ``harm``, ``benefit`` (concepts of measures that should fall or rise: where they are
    told of a group without a gap, the wrong way is short, the right way shows nothing yet).
    """
    for pair in pairs_of(witness):
        said = _said(witness, pair)
        gap = _named(witness, concepts_of(parameters, "gap"), pair)
        if gap is not None:
            before, after = (_distance(value, gap) for value in (pair.first, pair.last))
            if after < before:
                return shown(said)
            if after > before:
                return Result(Outcome.SHORT, f"{said}: the gap is wider")
            return not_shown(f"{said}: the gap is the same")
        harm, benefit = (_named(witness, concepts_of(parameters, name), pair) for name in ("harm", "benefit"))
        rose = pair.last > pair.first
        if bool(harm) is not bool(benefit) and pair.last != pair.first and rose is bool(harm):
            return Result(Outcome.SHORT, f"{said}: worse than before")
    return does(witness, parameters)


def pairs_of(witness: Witness) -> tuple[Pair, ...]:
    """Return earlier and later figures of an act, in order of place: "from 6 to 5", "9.1 in 2025 and 11.4 in 2026"."""
    act, text = witness.act, witness.passage.text
    if witness.passage.kind is BlockKind.TABLE_ROW and witness.passage.cells:
        return _of_row(witness)
    found = [
        Pair(signed(match[1]), signed(match[2]), *match.span())
        for match in _FROM_TO.finditer(text, act.start, act.end)
        if not _are_years(match[1], match[2])
    ]
    found.extend(
        Pair(signed(match[2]), signed(match[1]), *match.span())
        for match in _UP_FROM.finditer(text, act.start, act.end)
        if not _are_years(match[1], match[2])
    )
    return tuple(sorted(found, key=lambda pair: pair.start)) or _by_dates(witness)


def _said(witness: Witness, pair: Pair) -> str:
    return f"“{' '.join(witness.passage.text[pair.start : pair.end].split())}”"


def _are_years(*figures: str) -> bool:
    return any(re.fullmatch(r"(?:19|20)\d\d", figure) for figure in figures)


def _by_dates(witness: Witness) -> tuple[Pair, ...]:
    """Pair figures that each have a date beside them; where a date has several, nobody knows which goes with which."""
    dated: defaultdict[date, list[Quantity]] = defaultdict(list)
    figures = [each for each in witness.act.quantities if each.kind in _SHARES]
    dates = [each for each in witness.act.dates if not each.deadline]

    def free(start: int, end: int) -> bool:
        taken = any(start <= each.start and each.end <= end for each in figures)
        return not taken and _STOP.search(witness.passage.text, start, end) is None

    for figure in figures:
        after, before = [], []
        for each in dates:
            if 0 <= each.start - figure.end <= _AFTER and free(figure.end, each.start):
                after.append(each)
            elif 0 <= figure.start - each.end <= _BEFORE and free(each.end, figure.start):
                before.append(each)
        if after or before:
            dated[(after or before)[0].last].append(figure)
    if len(dated) < 2 or any(len(told) > 1 for told in dated.values()):
        return ()
    first, last = dated[min(dated)][0], dated[max(dated)][0]
    start, end = min(first.start, last.start), max(first.end, last.end)
    return (Pair(first.value, last.value, start, end),) if first.kind is last.kind else ()


def _of_row(witness: Witness) -> tuple[Pair, ...]:
    """Take the two latest years of a row whose header names years."""
    passage = witness.passage
    columns = year_columns(passage)
    if len(columns) < 2 or columns[-1][0] != columns[-2][0] + 1:
        return ()
    spans = [passage.cells[index] for _, index in columns[-2:]]
    cells = [re.fullmatch(rf"\s*({_FIGURE}){_UNIT}\s*", passage.text[slice(*span)]) for span in spans]
    if cells[0] is None or cells[1] is None:
        return ()
    start, end = spans
    return (Pair(signed(cells[0][1]), signed(cells[1][1]), start[0], end[1]),)


def _named(witness: Witness, concepts: Sequence[str], pair: Pair) -> Mention | None:
    """Return the last mention of one of the concepts before a pair, or in it: what the figures are of."""
    of_row = witness.passage.kind is BlockKind.TABLE_ROW
    found = [
        each
        for each in witness.act.mentions
        if each.concept in concepts
        and (
            (each.origin is Origin.TEXT and each.start < pair.end)
            or (of_row and each.origin is Origin.HEADER)
        )
    ]
    return max(found, key=lambda each: (each.origin is Origin.TEXT, each.start), default=None)


def _distance(value: float, gap: Mention) -> float:
    """Return how large a gap is: of a ratio, how far from 1."""
    if _AS_RATIO.search(gap.form) and value > 0:
        return abs(math.log(value))
    return abs(value)
