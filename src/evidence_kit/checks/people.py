"""Checks of who acts."""

from __future__ import annotations

from evidence_kit.checks.base import Parameters, Result, Witness, concepts_of, not_shown, said, shown
from evidence_kit.records.reading import Grade

_ORDER = list(Grade)


def holds_level(witness: Witness, parameters: Parameters) -> Result:
    """Somebody in the act holds a level, or one of the named roles.

    Parameters: ``at_least`` (a grade; a chief executive is at least an executive director), ``excludes`` (grades that
    do not count although they stand higher), ``roles`` (role ids that count whatever their grade).
    """
    least = str(parameters.get("at_least", Grade.NONE.value))
    excluded = concepts_of(parameters, "excludes")
    roles = concepts_of(parameters, "roles")
    highest = _ORDER.index(Grade(least)) if least in list(Grade) else len(_ORDER)
    for person in witness.act.people:
        if person.absent or person.grade.value in excluded:
            continue
        if person.role in roles or ("at_least" in parameters and _ORDER.index(person.grade) <= highest):
            return shown(f"“{person.form}”")
    if witness.act.people:
        return not_shown(
            f"“{witness.act.people[0].form}” is not {said((least,)) if 'at_least' in parameters else said(roles)}"
        )
    return not_shown("nobody is named by role")
