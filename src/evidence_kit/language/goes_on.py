"""What an act takes from those that a passage told before it: a plan, a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence_kit.language import stance as st
from evidence_kit.records.reading import Act, DateMention, Stance

_GOES_ON = re.compile(
    r"\W*(?:and\s+|or\s+)?(?!(?:during|including|following|something|nothing|everything|spring|evening|morning"
    r"|meeting|training|nursing)\b)[a-z]{2,}ing\b"
)
"""A clause that opens with what goes on beside the clause before it."""
_OF_WHAT_WAS_NAMED = re.compile(r"\W*(?:it|its)\b", re.IGNORECASE)
_SAME_DAY = re.compile(
    r"\b(?:(?:on|at|in)\s+(?:the\s+same|that)\s+(?:day|date|meeting|sitting|session|month|afternoon|morning|evening)"
    r"|that\s+same\s+(?:day|meeting|month|afternoon|morning|evening))\b",
    re.IGNORECASE,
)
_SAID_TO_BE_DONE = frozenset({st.DONE, st.COMPLETE})


def with_what_was_told(act: Act, text: str, before: Sequence[Act], *, inside: bool) -> Act:
    """Return an act with what it takes from the acts before it.

    Args:
        act: What a clause reports.
        text: The clause.
        before: Acts of the same passage, in order.
        inside: Another clause of its sentence stands before it.
    """
    if not before:
        return act
    if inside and _GOES_ON.match(text):
        act = _as_before(act, before[-1])
    if (
        _OF_WHAT_WAS_NAMED.match(text)
        and before[-1].stance is Stance.PLANNED
        and not _is_said_to_be_done(act)
    ):
        # "A council is to be set up. Its terms of reference are with the staff side."
        act = _as_before(act, before[-1])
    if not act.dates and _SAME_DAY.search(text):
        act = on_that_day(act, next((each.dates for each in reversed(before) if each.dates), ()))
    return act


def on_that_day(act: Act, day: Sequence[DateMention]) -> Act:
    """Return an act of a day that is told elsewhere."""
    return replace(act, dates=tuple(replace(each, start=act.start, end=act.end) for each in day))


def _is_said_to_be_done(act: Act) -> bool:
    return bool(act.cues) and act.cues[0].name in _SAID_TO_BE_DONE


def _as_before(act: Act, before: Act) -> Act:
    """Give a clause without a subject ("we will …; working with …") the stance of the one that it goes on with."""
    if act.stance is not Stance.DONE or before.stance not in (Stance.PLANNED, Stance.ASPIRATION):
        return act
    return replace(act, stance=before.stance, cues=(*before.cues, *act.cues))


def with_plans_beside(acts: list[Act]) -> list[Act]:
    """Take "not yet" beside a plan for a plan, not a denial (``docs/verdicts.md`` §4, rule 2a)."""
    if not any(act.stance is Stance.PLANNED for act in acts):
        return acts
    return [
        replace(act, stance=Stance.PLANNED)
        if act.stance is Stance.CONTRADICTS and any(cue.name == st.NOT_YET for cue in act.cues)
        else act
        for act in acts
    ]
