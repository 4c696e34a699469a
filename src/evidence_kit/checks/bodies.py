"""Checks of the body to which, or in which, something is done."""

from __future__ import annotations

from evidence_kit.checks.base import Parameters, Result, Witness, concepts_of, not_shown, said, shown


def is_body(witness: Witness, parameters: Parameters) -> Result:
    """The act is about this body: named in it, in the sentence before, the heading or the paper's title.

    Parameters: ``body`` (a concept or several), ``none_of`` (bodies that must not stand in its own words).
    """
    wanted = concepts_of(parameters, "body")
    other = concepts_of(parameters, "none_of")
    found = next((each for each in witness.act.mentions if each.concept in wanted), None)
    if found is None:
        return not_shown(f"{said(wanted)} is not named")
    if other and witness.has(other, own=True) and not witness.has(wanted, own=True):
        return not_shown(f"it is about {said(other)}")
    return shown(f"“{found.form}”")
