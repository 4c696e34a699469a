"""What a "no" denies: one item of a cell, or what "which" goes on about; the rest of the act stays what it is."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence_kit.language import stance as st
from evidence_kit.language.lexicon import CueRule
from evidence_kit.records.document import Span
from evidence_kit.records.reading import Act, Cue, Origin, Stance

_DENIALS = frozenset({st.NEGATIVE, st.NOT_YET, st.WILL_NOT})
_LACKS = re.compile(
    r"\W*(?:key\s+|remaining\s+|identified\s+|known\s+)?(?:gaps?|weakness(?:es)?|shortfalls?|omissions?)\b[^\t;]{0,30}\t",
    re.IGNORECASE,
)
"""Labels a row of what is lacking: what stands in it besides is named, not done."""
_WHICH = re.compile(r",\s*which\s+(?:(?:is|are|was|were|has|have|had|therefore|now|then|since|been)\s+)+")
_ANTECEDENT = re.compile(
    r"\b(?:to|of|on|for|about|with|in|against|from|over)\s+(?:the|a|an|its|their|our|this|that)\s+(?:[\w’'-]+\s+){0,3}?[\w’'-]+$"
)
"""What a "which" goes on about, where it is no subject of the deed before: "agreement to the guidance, which …"."""


def confined(act: Act, text: str, rules: tuple[CueRule, ...]) -> tuple[Act, ...]:
    """Return an act that denies as two where only a part of it is denied: the denial of that part, and the rest.

    Args:
        act: As it was read, with its place in ``text``.
        text: The passage.
        rules: The lexicon's cues, to read the rest by.
    """
    cue = next((each for each in act.cues if each.name in _DENIALS), None)
    if act.stance is not Stance.CONTRADICTS or cue is None or not cue.text:
        return (act,)
    part = _denied(text, act, text.find(cue.text, act.start, act.end))
    if part is None:
        return (act,)
    rest = f"{text[act.start : part[0]]} {text[part[1] : act.end]}"
    cues = st.find_cues(rest, rules, where="text")
    found = st.stance_of(rest, cues, verb="\t" in rest)
    lacks = _LACKS.match(text, act.start, act.end) is not None
    stance = Stance.MENTION if lacks and found.stance is Stance.DONE else found.stance
    return (
        _within(act, part, inside=False, stance=stance, cues=found.cues),
        _within(act, part, inside=True, stance=act.stance, cues=act.cues),
    )


def _denied(text: str, act: Act, at: int) -> Span | None:
    """Return the part that a denial at a place is about, if it is not the whole act."""
    if at < 0:
        return None
    low = max(text.rfind("\t", act.start, at), text.rfind("\n", act.start, at), act.start - 1) + 1
    high = min((place for mark in "\t\n" if (place := text.find(mark, at, act.end)) >= 0), default=act.end)
    if ";" in text[low:high]:
        start = max(text.rfind(";", low, at) + 1, low)
        stop = text.find(";", at, high)
        return start, stop if stop >= 0 else high
    for which in _WHICH.finditer(text, low, at + 1):
        antecedent = _ANTECEDENT.search(text[low : which.start()])
        if antecedent is not None and not re.search(r"[.;]\s", text[which.end() : at]):
            return low + antecedent.start(), high
    return None


def _within(act: Act, part: Span, *, inside: bool, stance: Stance, cues: tuple[Cue, ...]) -> Act:
    """Return an act with the words, dates and people of a part of it, or with those of the rest."""

    def kept(start: int) -> bool:
        return (part[0] <= start < part[1]) is inside

    return replace(
        act,
        start=part[0] if inside else act.start,
        end=part[1] if inside else act.end,
        stance=stance,
        cues=cues,
        mentions=tuple(each for each in act.mentions if each.origin is not Origin.TEXT or kept(each.start)),
        people=tuple(each for each in act.people if kept(each.start)),
        dates=tuple(each for each in act.dates if kept(each.start)),
        quantities=tuple(each for each in act.quantities if kept(each.start)),
    )
