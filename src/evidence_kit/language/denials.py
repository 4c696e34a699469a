"""What a "no" denies: one item of a cell, or what "which" goes on about; the rest of the act stays what it is."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence_kit.language import stance as st
from evidence_kit.language.lexicon import CueRule
from evidence_kit.records.document import Span
from evidence_kit.records.reading import Act, DateMention, Mention, Origin, Person, Quantity, Stance

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
    """Return an act that denies as several where only a part of it is denied: that part, and what stands around it.

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
    start = part[0] if any(map(str.isalnum, text[act.start : part[0]])) else act.start
    end = part[1] if any(map(str.isalnum, text[part[1] : act.end])) else act.end
    lacks = _LACKS.match(text, act.start, act.end) is not None
    around = [
        _read_again(act, span, text, rules, lacks=lacks)
        for span in ((act.start, start), (end, act.end))
        if span[0] < span[1]
    ]
    return tuple(sorted((_within(act, (start, end)), *around), key=lambda each: each.start))


def _read_again(act: Act, span: Span, text: str, rules: tuple[CueRule, ...], *, lacks: bool) -> Act:
    """Return what stands beside a denied part, with the stance of its own words."""
    words = text[slice(*span)]
    cues = st.find_cues(words, rules, where="text")
    found = st.stance_of(words, cues, verb="\t" in text)
    stance = Stance.MENTION if lacks and found.stance is Stance.DONE else found.stance
    shifted = (replace(each, start=each.start + span[0], end=each.end + span[0]) for each in found.cues)
    return replace(_within(act, span), stance=stance, cues=tuple(shifted))


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


def _within(act: Act, span: Span) -> Act:
    """Return a part of an act, with the words, dates, figures and people that stand in it."""
    start, end = span

    def kept(each: Mention | Person | DateMention | Quantity) -> bool:
        return start <= each.start < each.end <= end

    return replace(
        act,
        start=start,
        end=end,
        mentions=tuple(each for each in act.mentions if each.origin is not Origin.TEXT or kept(each)),
        people=tuple(filter(kept, act.people)),
        dates=tuple(filter(kept, act.dates)),
        quantities=tuple(filter(kept, act.quantities)),
    )
