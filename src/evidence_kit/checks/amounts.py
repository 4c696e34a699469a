"""Checks of numbers: shares, whole groups, figures, topics covered."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from evidence_kit.checks.base import (
    Parameters,
    PoolResult,
    Result,
    Setting,
    Witness,
    concepts_of,
    not_shown,
    number_of,
    said,
    shown,
)
from evidence_kit.records.document import BlockKind
from evidence_kit.records.finding import Outcome
from evidence_kit.records.reading import Quantity, QuantityKind

_SUM = re.compile(r"\s*(?:is|are|makes?|equals|=|\(|,|;|\.|$)", re.IGNORECASE)
"""What stands after "36 of 44" where it says nothing else of them."""


def states(witness: Witness, parameters: Parameters) -> Result:
    """The act gives a figure.

    Parameters: ``kinds`` (quantity kinds; any if not given), ``at_least`` (how many figures).
    """
    kinds = concepts_of(parameters, "kinds")
    figures = [each for each in witness.act.quantities if not kinds or each.kind.value in kinds]
    if len(figures) >= number_of(parameters, "at_least", 1):
        first = figures[0]
        return shown(f"“{witness.passage.text[first.start : first.end]}”")
    return not_shown("no such figure is given")


def whole_group(witness: Witness, parameters: Parameters) -> Result:
    """The act covers all of a group: "all seven executive directors", "214 of 214".

    Parameters: ``units`` (words that the group is called by), ``any_of`` (concepts that say "all" of it).
    A complete figure below the whole ("five of seven") is short.
    """
    units = concepts_of(parameters, "units")
    short: Quantity | None = None
    for quantity in _figures(witness):
        if not _counts(quantity, units, witness):
            continue
        if quantity.kind is QuantityKind.ALL or (
            quantity.kind is QuantityKind.OF and quantity.total and quantity.value >= quantity.total
        ):
            return shown(f"“{witness.passage.text[quantity.start : quantity.end]}”")
        if quantity.kind is QuantityKind.PERCENT and quantity.value >= 100:
            return shown(f"“{witness.passage.text[quantity.start : quantity.end]}”")
        if quantity.kind in (QuantityKind.OF, QuantityKind.PERCENT):
            short = quantity
    wanted = concepts_of(parameters, "any_of")
    found = next((each for each in witness.mentions(own=True) if each.concept in wanted), None)
    if found is not None:
        return shown(f"“{found.form}”")
    if short is not None:
        words = witness.passage.text[short.start : short.end]
        return Result(Outcome.SHORT, f"“{words}” is not all", _more(short, 100))
    return not_shown("it does not say that all of them are covered")


_OF_ALL = re.compile(
    r"\b(?:eligible|total|headcount|in\s+post|number\s+of|all|staff|leaders?|managers?|directors?|executives?|people"
    r"|invited|expected|target\s+group|cohort)\b",
    re.IGNORECASE,
)
_OF_THOSE = re.compile(
    r"\b(?:complet(?:ed|ions?)|with|took\s+part|taken\s+part|participat\w+|trained|attended|agreed|signed|have|having|done"
    r"|appraised|who|reached)\b",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"\s*(\d{1,5})\s*")


def of_columns(witness: Witness) -> Quantity | None:
    """Read "so many of so many" from two columns of a row: those eligible, and those of them who did."""
    passage = witness.passage
    whole: tuple[int, int, int] | None = None
    part: tuple[int, int, int] | None = None
    for name, (start, end) in zip(passage.context.header, passage.cells, strict=False):
        number = _PLAIN_NUMBER.fullmatch(passage.text, start, end)
        if number is None:
            continue
        if whole is None and _OF_ALL.search(name) and not _OF_THOSE.search(name):
            whole = (int(number[1]), start, end)
        elif part is None and _OF_THOSE.search(name):
            part = (int(number[1]), start, end)
    if whole is None or part is None or not 0 <= part[0] <= whole[0] or not whole[0]:
        return None
    start, end = min(whole[1], part[1]), max(whole[2], part[2])
    return Quantity(
        start, end, QuantityKind.OF, part[0], whole[0], " ".join(passage.context.header).casefold()
    )


def _figures(witness: Witness) -> tuple[Quantity, ...]:
    """Return the figures of an act, and what two columns of its row tell together."""
    columns = of_columns(witness) if witness.passage.kind is BlockKind.TABLE_ROW else None
    return witness.act.quantities if columns is None else (*witness.act.quantities, columns)


def count_at_least(witness: Witness, parameters: Parameters) -> Result:
    """The act counts so many of something: "six indicators", "seven of the nine", "indicators 2, 3 and 5".

    Parameters: ``at_least``, ``units`` (words for what is counted; "seven of the nine" may leave them out),
    ``whole`` (how many there are: "all the indicators" is that many).
    A smaller number is short where it is complete: "three of the nine", "only two", "no more than four".
    """
    least = number_of(parameters, "at_least", 1)
    whole = number_of(parameters, "whole", 0)
    text = witness.passage.text
    short: Result | None = None
    for start, end, value, complete in _counted(witness, concepts_of(parameters, "units"), least, whole):
        if value >= least:
            return shown(f"“{text[start:end]}”")
        if complete or _ONLY.search(text, max(witness.act.start, start - 24), start):
            step = f"{least - value:g} more would make {least:g}."
            short = Result(Outcome.SHORT, f"“{text[start:end]}” is fewer than {least:g}", step)
    return short or not_shown(f"no {least:g} of them are counted")


_ONLY = re.compile(r"\b(?:only|just|no more than|at most|merely|a mere)\s+(?:\w+\s+)?$", re.IGNORECASE)
_LISTED = re.compile(r"\s+(?:numbers?\s+)?(\d{1,2}(?:(?:,\s*|,?\s+(?:and|&)\s+)\d{1,2})*)(?![\d.%/])")


_OF_THE = re.compile(r"\b(?P<of>of\s+)?(?:the|our|its|these)\s+$", re.IGNORECASE)
"""What stands before a whole of which a part is told: "of the nine indicators, two"; "across our nine measures"."""


def _part_after(whole: Quantity, witness: Witness) -> Quantity | None:
    """Return the number that follows a whole: the part of it that is told of."""
    counts = (each for each in witness.act.quantities if each.kind is QuantityKind.COUNT and not each.unit)
    return next((each for each in counts if each.start >= whole.end and each.value <= whole.value), None)


def _counted(
    witness: Witness, units: Sequence[str], least: float, whole: float
) -> Iterator[tuple[int, int, float, bool]]:
    """Yield start, end, number, and whether the number is complete (told of a whole that could reach the least)."""
    text = witness.passage.text
    for quantity in witness.act.quantities:
        named = any(unit in quantity.unit for unit in units)
        if quantity.kind is QuantityKind.OF and quantity.total and (named or not quantity.unit):
            yield quantity.start, quantity.end, quantity.value, quantity.total >= least
        elif quantity.kind is QuantityKind.ALL and named:
            yield quantity.start, quantity.end, quantity.value or whole, False
        elif quantity.kind is QuantityKind.COUNT and named:
            opens = _OF_THE.search(text, max(witness.act.start, quantity.start - 12), quantity.start)
            if opens and opens["of"]:
                part = _part_after(quantity, witness)
                if part is not None:
                    yield quantity.start, part.end, part.value, quantity.value >= least
            elif not (opens and quantity.value == whole):
                yield quantity.start, quantity.end, quantity.value, False
    for unit in units:
        for match in re.finditer(
            rf"\b{re.escape(unit)}s\b", text[witness.act.start : witness.act.end], re.IGNORECASE
        ):
            start = witness.act.start + match.start()
            listed = _LISTED.match(text, witness.act.start + match.end(), witness.act.end)
            if listed is not None:
                yield start, listed.end(), len(set(re.findall(r"\d+", listed[1]))), False


def share_at_least(witness: Witness, parameters: Parameters) -> Result:
    """The act gives a share of a group that reaches a threshold.

    Parameters: ``percent``, ``units`` (words that the group is called by; a bare percentage counts too).
    """
    threshold = number_of(parameters, "percent", 100)
    units = concepts_of(parameters, "units")
    short: Result | None = None
    for quantity in _figures(witness):
        share = _share(quantity)
        if share is None or not (_counts(quantity, units, witness) or _is_the_sum(quantity, witness)):
            continue
        words = witness.passage.text[quantity.start : quantity.end]
        if share >= threshold:
            return shown(f"“{words}” is {share:.0f}%")
        reason = f"“{words}” is {share:.0f}%, under {threshold:g}%"
        short = Result(Outcome.SHORT, reason, _more(quantity, threshold))
    return short or not_shown("no share of the group is given")


def _more(quantity: Quantity, percent: float) -> str:
    """Say how many more of a group make a share of it; nothing where the group's size is not told."""
    if quantity.kind is not QuantityKind.OF or not quantity.total:
        return ""
    missing = math.ceil(percent * quantity.total / 100 - quantity.value)
    whole = "all of them" if percent >= 100 else f"{percent:g}%"
    return f"{missing} more of {quantity.total:g} would make {whole}."


def topics(witnesses: Sequence[Witness], parameters: Parameters, setting: Setting) -> PoolResult:
    """So many of the named topics are covered, over all acts and what is reported beside them.

    Parameters: ``topics`` (concepts), ``at_least``.
    """
    wanted = concepts_of(parameters, "topics")
    least = int(number_of(parameters, "at_least", len(wanted)))
    passages = {each.passage.id for each in witnesses}
    beside = [each for each in setting.beside if each.passage.id in passages]
    seen = {
        topic: witness
        for topic in wanted
        for witness in (*beside, *witnesses)
        if witness.has((topic,), own=True)
    }
    names = ", ".join(topic.replace("_", " ") for topic in wanted if topic in seen)
    used = tuple(dict.fromkeys(seen[topic] for topic in wanted if topic in seen))
    if len(seen) >= least:
        return PoolResult(
            outcome=Outcome.SHOWN, reason=f"{len(seen)} of {len(wanted)} covered: {names}", used=used
        )
    missing = said([topic for topic in wanted if topic not in seen])
    reason = f"{len(seen)} of {least} covered ({names or 'none'}); not seen: {missing}"
    return PoolResult(outcome=Outcome.NOT_SHOWN, reason=reason, used=used)


def _is_the_sum(quantity: Quantity, witness: Witness) -> bool:
    """A sum by itself ("Thirty-six of forty-four is 82%") is of the group that was named before."""
    text = witness.passage.text
    return (
        quantity.kind is QuantityKind.OF
        and not quantity.unit
        and _SUM.match(text, quantity.end, witness.act.end) is not None
    )


def _share(quantity: Quantity) -> float | None:
    if quantity.kind is QuantityKind.PERCENT:
        return quantity.value
    if quantity.kind is QuantityKind.OF and quantity.total:
        return 100 * quantity.value / quantity.total
    if quantity.kind is QuantityKind.ALL:
        return 100.0
    return None


def _counts(quantity: Quantity, units: tuple[str, ...], witness: Witness) -> bool:
    """A figure counts for a group when its unit names it, or when it has no unit and the act names the group."""
    if not units:
        return True
    if quantity.unit:
        return any(_names(unit, quantity.unit) for unit in units)
    clause = witness.passage.text[witness.act.start : witness.act.end].casefold()
    return any(_names(unit, clause) for unit in units)


def _names(unit: str, words: str) -> bool:
    """Tell whether a group is named; a non-executive is no executive."""
    return re.search(rf"(?<!non-)(?<!non )\b{re.escape(unit)}", words) is not None
