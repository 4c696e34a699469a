"""What an act takes from those that a passage told before it: a plan, a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence_kit.language import stance as st
from evidence_kit.records.reading import Act, Cue, DateMention, Stance

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
_TAKEN_BACK = re.compile(
    r"\W*(?P<all>none\s+of\s+|nothing\s+of\s+)?(?:this|that|these|those|it|them)\s+(?:\w+\s+)?(?:"
    r"(?P<planned>(?:is|are|was|were)\s+(?:\w+ly\s+|still\s+|all\s+)?(?:planned\s+for|planned\W*$|proposed\W*$|aspirational\W*$|subject\s+to"
    r"|(?:our|an?)\s+(?:ambition|aspiration|target|proposal|plan|aim),?\s+(?:and\s+)?not\b))"
    r"|(?P<example>(?:is|are)\s+(?:only\s+)?(?:an?\s+)?(?:examples?|illustrations?|samples?)\b)"
    r"|(?P<denied>(?:(?:did|has|have|had)\s+(?:not|never)|(?:did|has|have)n[’']t|never)\s+(?:yet\s+)?"
    r"(?:happen|take\s+place|taken\s+place|occur|come\s+about|been\s+(?:done|started|put)))"
    r"|(?P<happened>(?:has|have|had)\s+(?:yet\s+)?(?:happened|been\s+(?:done|started)|taken\s+place)))",
    re.IGNORECASE,
)
"""A sentence that says of those before it that they are no deed: "None of this has happened yet"."""


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
    return bool(act.cues) and act.cues[0].name in st.SAID_TO_BE_DONE


def _as_before(act: Act, before: Act) -> Act:
    """Give a clause without a subject ("we will …; working with …") the stance of the one that it goes on with."""
    if act.stance is not Stance.DONE or before.stance not in (Stance.PLANNED, Stance.ASPIRATION):
        return act
    return replace(act, stance=before.stance, cues=(*before.cues, *act.cues))


def with_what_was_taken_back(acts: list[Act], text: str) -> list[Act]:
    """Take for no deed what the sentence after it says is none; "none of these" is said of all before it."""
    result = list(acts)
    for index, act in enumerate(acts):
        match = _TAKEN_BACK.match(text, act.start, act.end)
        if match is None or (match["happened"] and not match["all"]):
            continue
        stance = (
            Stance.PLANNED if match["planned"] else Stance.MENTION if match["example"] else Stance.CONTRADICTS
        )
        begin = -1 if match["all"] or match["example"] else text.rfind(". ", 0, max(act.start - 2, 0))
        cue = Cue("taken_back", match[0], act.start, match.end())
        for before in range(index):
            if acts[before].start > begin and acts[before].stance is Stance.DONE:
                result[before] = replace(acts[before], stance=stance, cues=(cue, *acts[before].cues))
    return result


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
