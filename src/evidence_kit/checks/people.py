"""Checks of who acts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence_kit.checks.base import Parameters, Result, Witness, concepts_of, not_shown, said, shown
from evidence_kit.records.reading import Grade, Mention, Origin, Person

_ORDER = list(Grade)
_NOBODY = -1
"""Above every grade: a grade that nobody knows is held by nobody, so that a slip of the pen shows nothing."""
_TAKES = r"\b(?:to|for|from|of|about|behalf\s+of)\s+(?:the\s+|our\s+|its\s+|an?\s+)?$"
_NOT_THE_DOER = re.compile(rf"{_TAKES}|\bwhose\b[^,;]*$", re.IGNORECASE)
"""Before a role: somebody to whom or for whom something is done."""
_OWNS = re.compile(r"['’]s?\b")
"""Behind a role: "the Medical Director's meetings"."""
_DOERS_FOLLOW = re.compile(r"^\W*$|^\s*[:|\t–—-]|\b(?:by|includ(?:ed?|ing)|were|was)\b")
"""Between an act and a role behind it that did it: "attended by", "Attendance:", "Present | Chief Nurse"."""
_ANOTHER_DID = re.compile(
    r"\b(?:is|was|has|had|remains|[a-z]{3,}ed)\b[^;]*\b(?:and|but|while|whereas)\s+(?:\w+\s+){0,3}?(?:members?|staff"
    r"|colleagues?|nurses|people|others|officers?|representatives?|secretar(?:y|ies)|guests?|volunteers)\s+(?:also\s+)?$"
)
"""Between a role and an act behind it that somebody else did: "is our sponsor, and forty members attended"."""
_MANAGES = re.compile(
    r"\b(?:report(?:s|ing)?|accountable|answer(?:s|ing|able)?|responsible)\s+(?:directly\s+)?to\s+(?:the\s+|our\s+|its\s+|an?\s+)?$"
    r"|\b(?:managed|supervised|employed|line-managed)\s+by\s+(?:the\s+|our\s+)?$",
    re.IGNORECASE,
)
"""Before the role of somebody's manager, who holds no level for them: "reporting to the Chief Nurse"."""
_LOOK_BACK = 40


def holds_level(witness: Witness, parameters: Parameters) -> Result:
    """Somebody in the act holds a level, or one of the named roles.

    Parameters: ``at_least`` (a grade; a chief executive is at least an executive director), ``excludes`` (grades that
    do not count although they stand higher), ``roles`` (role ids that count whatever their grade), ``doer_of``
    (concepts of acts: who holds the level must be who did it; "the network's chair attended a meeting with the Medical
    Director" is the chair's act).
    """
    least = str(parameters.get("at_least", Grade.NONE.value))
    excluded = concepts_of(parameters, "excludes")
    roles = concepts_of(parameters, "roles")
    highest = _ORDER.index(Grade(least)) if least in list(Grade) else _NOBODY
    done = concepts_of(parameters, "doer_of")
    deeds = [each for each in witness.act.mentions if each.concept in done and each.origin is Origin.TEXT]
    for person in witness.act.people:
        if person.absent or person.grade.value in excluded or not _did(person, deeds, witness):
            continue
        if _MANAGES.search(witness.passage.text, max(0, person.start - _LOOK_BACK), person.start):
            continue
        if person.role in roles or ("at_least" in parameters and _ORDER.index(person.grade) <= highest):
            return shown(f"“{person.form}”")
    if witness.act.people:
        return not_shown(
            f"“{witness.act.people[0].form}” is not {said((least,)) if 'at_least' in parameters else said(roles)}"
        )
    return not_shown("nobody is named by role")


def _did(person: Person, deeds: Sequence[Mention], witness: Witness) -> bool:
    """Tell whether somebody did one of the deeds; where none stands in the act's own words, whoever is named did."""
    text, act = witness.passage.text, witness.act
    if not deeds or not act.start <= person.start < act.end:
        return True
    before = text[max(act.start, person.start - _LOOK_BACK) : person.start]
    if _NOT_THE_DOER.search(before) or _OWNS.match(text, person.end):
        return False
    return any(
        _ANOTHER_DID.search(text[person.end : deed.start]) is None
        if person.start <= deed.start
        else _DOERS_FOLLOW.search(text[deed.end - text[: deed.end].endswith(":") : person.start]) is not None
        for deed in deeds
    )
