"""Whose act it is: this organisation's, or somebody else's."""

from __future__ import annotations

import re

from evidence_kit.language.lexicon import CueRule
from evidence_kit.language.stance import OTHER, OWN
from evidence_kit.records.document import Span
from evidence_kit.records.reading import Cue, Whose

_NAMED = re.compile(
    r"\b(?:The\s+)?University\s+of\s+(?:the\s+)?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,3}"
    r"|\b(?:[A-Z][\w'’-]+(?:\s+(?:and|of|the|for|&)\s+|\s+)){1,7}?"
    r"(?:(?:NHS\s+)?(?:Foundation\s+)?Trust|Integrated\s+Care\s+(?:Board|System|Partnership)|ICB|ICS"
    r"|(?:City\s+|County\s+|Borough\s+)?Council|University|Constabulary|Police|Ambulance(?:\s+Service)?"
    r"|Hospitals(?:\s+Trust)?|Healthcare|Community\s+Health(?:care)?)\b"
)
_RECEIVER = re.compile(
    r"\b(?:to|with|from|for|of|and|against|including|alongside|via|through|between|than|across|like|unlike|on|within"
    r"|under|into|about)\s+(?:the\s+|our\s+|a\s+|an\s+)*$",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|all|most|many|some|none|half|members?)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""What stands before an owner of whom a part acts: "five of the ICB's eighteen members"."""
_PLACE = re.compile(r"^\W*(?:At\s+(?P<at>[A-Z][a-z]{3,})\b|(?P<of>[A-Z][a-z]{3,})['’]s\b)")
"""A proper name that opens a clause and owns what follows ("At Ravenholme …", "Wyrefell's plans …")."""
_CAPITALISED = """
    trust board council committee network chair director executive today yesterday january february march april june
    july august september october november december spring summer autumn winter everyone nobody somebody last this
    next each there that what women people staff members colleagues england britain government parliament present
    home least first most work night which both some many several children carer carers parent parents band bank bronze
    silver gold level ramadan christmas easter diwali nurse nursing midwife doctor medicine surgery medical surgical
    community clinic ward theatre pharmacy maternity paediatrics year month quarter world nation region workforce
"""
_OPENERS = """
    although though while whilst because since when as if after before during however following
    published approved agreed also then so but and or where whether
"""
_OPENER_WORDS = frozenset(_OPENERS.split())
"""Words with which a clause opens before it names anybody: "Although the Trust", and labels of cells."""
_NO_PLACE = frozenset(_CAPITALISED.split()) | _OPENER_WORDS
"""Words that open a clause with a capital and are no proper names."""
_COUNCIL_WITHIN = re.compile(
    r"\b(?:governance|leadership|nursing|midwifery|youth|staff|colleagues?|patients?|carers?|members?|inclusion|equality"
    r"|diversity|race|racism|culture|workforce|clinical|professional|practice|quality|safety|research|advisory)\s+council$",
    re.IGNORECASE,
)
"""Councils of an organisation's own."""
_OTHER_KINDS = frozenset({"council", "police", "constabulary", "university", "icb", "ics"})
"""Last words of names: a trust is none of these, though it may share its town's name with one."""
_COMMON_WORDS = """
    ambulance and board borough care city community council county for foundation health healthcare hospital
    hospitals icb ics integrated mental nhs of partnership police service services system teaching the trust
    university
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that the names of many bodies share, and that tell none from another."""
_SYSTEM = re.compile(r"\b(?:ICB|ICS|Integrated\s+Care)\b")
_GENERIC = frozenset({"the trust", "this trust", "our trust", "the board", "trust board"})


class Owner:
    """Tells whose act a clause reports.

    Args:
        cues: The lexicon's cue rules; those that mean ``other`` or ``own`` are used.
        organisation: The organisation's own name, else empty.
    """

    def __init__(self, cues: tuple[CueRule, ...], organisation: str) -> None:
        self._other = tuple(rule for rule in cues if rule.meaning == OTHER and rule.where == "text")
        self._own = tuple(rule for rule in cues if rule.meaning == OWN and rule.where == "text")
        self._names = _significant(organisation)
        self._kind = _kind(organisation)

    def is_other(self, name: str) -> bool:
        """Tell whether a name is another organisation's; never where this one's is unknown."""
        return bool(self._names) and bool(name) and self._is_other_name(name)

    def of_heading(self, text: str) -> Whose:
        """Return whose acts stand under a heading or a list's stem: another body's, where it names one by name."""
        found = next((each for each in _NAMED.finditer(text) if self._is_other_name(each.group())), None)
        if found is None or _receives(text, found) or self._first_own(text) is not None:
            return Whose.OWN
        return Whose.OTHER

    def of(self, clause: str, before: Whose, *, theirs: bool = False) -> tuple[Whose, tuple[Cue, ...]]:
        """Return the owner of a clause, and the words that say so.

        Args:
            clause: Its text.
            before: The owner of the clause before: a story about another body goes on until "we" come back.
            theirs: It stands in another organisation's paper, whose "we" is theirs: only this one's name makes it own.
        """
        other = self._first_other(clause)
        if theirs:
            named = any(_significant(each.group()) & self._names for each in _NAMED.finditer(clause))
            return (Whose.OWN if named and other is None else Whose.OTHER), ()
        own = self._first_own(clause)
        if other is not None and (own is None or other.start < own.start):
            return Whose.OTHER, (other,)
        place = _PLACE.search(clause)
        if own is not None and (place is None or own.text.casefold() != "the board"):
            return Whose.OWN, ()
        if place is not None and self._is_elsewhere(place.group("at") or place.group("of")):
            return Whose.OTHER, (Cue(OTHER, place.group(), *place.span()),)
        return (before, ()) if own is None else (Whose.OWN, ())

    def _is_elsewhere(self, name: str) -> bool:
        word = name.casefold()
        return word not in _NO_PLACE and word not in self._names

    def _first_other(self, clause: str) -> Cue | None:
        found: list[Cue] = []
        named: list[Span] = []
        for match in _NAMED.finditer(clause):
            named.append(match.span())
            if self._is_other_name(match.group()) and not _receives(clause, match):
                found.append(Cue(OTHER, match.group(), *match.span()))
        for rule in self._other:
            found.extend(
                Cue(OTHER, match.group(), *match.span())
                for match in rule.pattern.finditer(clause)
                if not _receives(clause, match) and not _ends_a_name(match.span(), named)
            )
        return min(found, key=lambda cue: cue.start, default=None)

    def _first_own(self, clause: str) -> Cue | None:
        found = [
            Cue(OWN, match.group(), *match.span())
            for rule in self._own
            if (match := rule.pattern.search(clause)) is not None
        ]
        found.extend(
            Cue(OWN, match.group(), *match.span())
            for match in _NAMED.finditer(clause)
            if self._is_own_name(match.group())
        )
        return min(found, key=lambda cue: cue.start, default=None)

    def _is_other_name(self, name: str) -> bool:
        """A name without a proper name in it ("The Council") may be anybody's; an ICB is never the trust itself."""
        if _COUNCIL_WITHIN.search(name):
            return False
        if not _significant(name):
            return _SYSTEM.search(name) is not None
        return not self._is_own_name(name)

    def _is_own_name(self, name: str) -> bool:
        if " ".join(name.casefold().split()) in _GENERIC:
            return True
        words = _significant(name)
        if not words:
            return "trust" in name.casefold()
        if (kind := _kind(name)) in _OTHER_KINDS and kind != self._kind:
            return False
        return bool(self._names) and len(words & self._names) >= min(2, len(words), len(self._names))


def _receives(clause: str, body: re.Match[str]) -> bool:
    """Tell whether a body is only received or spoken of: "to the ICB", but not "five of the ICB's members"."""
    before = clause[: body.start()]
    possessive = body.group().endswith(("'s", "’s")) or clause.startswith(("'s", "’s"), body.end())
    return _RECEIVER.search(before) is not None and not (possessive and _PART_OF.search(before))


def _ends_a_name(span: Span, named: list[Span]) -> bool:
    """Tell whether a match is but the end of a longer name: "Borough Council" of "Skelmoor Borough Council"."""
    return any(start < span[0] and span[1] <= end for start, end in named)


def _kind(name: str) -> str:
    """What sort of body a name names: its last word, or what stands before "of"."""
    words = name.casefold().removeprefix("the ").split()
    return "university" if words[:2] == ["university", "of"] else words[-1] if words else ""


def _significant(name: str) -> frozenset[str]:
    """Words of a name that tell it from others."""
    return frozenset(re.findall(r"[a-z']+", name.casefold())) - _COMMON - _OPENER_WORDS
