"""Checks of what an act does and names."""

from __future__ import annotations

from collections.abc import Sequence

from evidence_kit.checks.base import Parameters, Result, Witness, concepts_of, flag_of, not_shown, said, shown
from evidence_kit.language.quantities import find_quantities
from evidence_kit.records.finding import Outcome
from evidence_kit.records.reading import Mention, Origin, Quantity, QuantityKind


def does(witness: Witness, parameters: Parameters) -> Result:
    """The act itself is reported, in its own words or its list's stem.

    Parameters: ``any_of`` (concepts of acts), ``with_any`` (one of these too, wherever it comes from),
    ``none_of`` (none of these in its own words), ``whole: true`` (what ``with_any`` names is a whole: "eight of the 15
    deliverables" names only a part of it).
    """
    wanted = concepts_of(parameters, "any_of")
    found = next((each for each in witness.mentions(own=True) if each.concept in wanted), None)
    if found is None:
        return not_shown(f"no {said(wanted)} is reported")
    excluded = concepts_of(parameters, "none_of")
    if witness.has(excluded, own=True):
        return not_shown(f"it is about {said(excluded)}")
    beside = concepts_of(parameters, "with_any")
    named = [each for each in witness.mentions() if each.concept in beside]
    if beside and not named:
        return not_shown(f"{said(beside)} is not named")
    if flag_of(parameters, "whole", False) and (part := _part_of(witness, named)) is not None:
        return Result(Outcome.SHORT, f"“{witness.passage.text[part.start : part.end]}” is not all")
    return shown(f"“{found.form}”")


def _part_of(witness: Witness, named: Sequence[Mention]) -> Quantity | None:
    """Return the figure that tells of a part of what every mention names; ``None`` where one names the whole."""
    parts = [
        each
        for each in find_quantities(witness.passage.text)
        if each.kind is QuantityKind.OF and each.total is not None and each.value < each.total
    ]
    found = [
        next((part for part in parts if part.start < each.start <= part.end + 1), None)
        if each.origin in (Origin.TEXT, Origin.CARRIED)
        else None
        for each in named
    ]
    return found[0] if all(found) else None


def mentions(witness: Witness, parameters: Parameters) -> Result:
    """The act names something, in its own words or by what it stands under.

    Parameters: ``any_of``, ``all_of``, ``none_of`` (concepts; none in its own words); ``own: true`` counts the act's
    own words only.
    """
    own = flag_of(parameters, "own", False)
    excluded = concepts_of(parameters, "none_of")
    if excluded and witness.has(excluded, own=True):
        return not_shown(f"it is about {said(excluded)}")
    every = concepts_of(parameters, "all_of")
    missing = [concept for concept in every if not witness.has((concept,), own=own)]
    if missing:
        return not_shown(f"{said(missing)} is not named")
    wanted = concepts_of(parameters, "any_of")
    found = next((each for each in witness.mentions(own=own) if each.concept in (*wanted, *every)), None)
    if wanted and not witness.has(wanted, own=own):
        return not_shown(f"{said(wanted)} is not named")
    return shown(f"“{found.form}”" if found else "named")
