"""Whose act it is: this organisation's, or somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence_kit.language.lexicon import CueRule
from evidence_kit.language.stance import OTHER, OWN
from evidence_kit.records.document import Span
from evidence_kit.records.reading import Cue, Whose

NAMED = re.compile(
    r"\b(?:The\s+)?University\s+of\s+(?:the\s+)?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,3}"
    r"|\b(?:[A-Z][\w'’-]+(?:\s+(?:and|of|the|for|&)\s+|\s+)){1,7}?"
    r"(?:(?:NHS\s+)?(?:Foundation\s+)?Trust|Integrated\s+Care\s+(?:Board|System|Partnership)|ICB|ICS"
    r"|(?:City\s+|County\s+|Borough\s+)?Council|University|Constabulary|Police|Ambulance(?:\s+Service)?"
    r"|Hospitals(?:\s+Trust)?|Healthcare|Community\s+Health(?:care)?)\b"
)
_RECEIVER = re.compile(
    r"\b(?:to|with|from|for|of|and|against|including|alongside|via|through|between|than|across|like|unlike|on|within"
    r"|under|into|about|above|below)\s+(?:the\s+|our\s+|a\s+|an\s+)*$",
    re.IGNORECASE,
)
_ONLY_WHERE = re.compile(
    r"\b(?:in|around|throughout|outside|near|(?:held|met|hosted|based|place|located|opened|sites?|campus|hospital|centre"
    r"|meetings?|clinics?|offices?)\s+at)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before a short name that only says where."""
_A_PLACE = re.compile(
    r"(?:['’]s)?\s+(?:(?:local|whole|black|asian|white|bme|registered|resident|working[\s-]age)\s+)*(?:population|residents?"
    r"|people|patients|communit(?:y|ies)|famil(?:y|ies)|wom[ae]n|m[ae]n|mothers|children|neighbourhoods?|area|borough"
    r"|district|town|city|county|place|sites?|campus|locality|division|wards?|hospital|clinic|hub|centre|road|street"
    r"|library|hall|station|schools?|council)\b",
    re.IGNORECASE,
)
"""Behind a name that is a place's."""
_OF_A_PERSON = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Mx|Prof|Professor|Sir|Dame)\.?|^\W*(?!In\b|\w+ly\b)[A-Z][a-z]+"
    r"|(?<=[a-z,;(] )[A-Z][\w'’-]+)\s+$"
)
"""Before a name of one word that is somebody's."""
_OUR_PARTNER = re.compile(
    r"(?:our|the\s+trust['’]s)\s+(?:[\w-]+\s+){0,2}?(?:partner|neighbour|colleague|friend|peer|counterpart|sister)"
    r"(?:s|ing)?['’]?(?:\W+(?:trusts?|organisations?|providers?|hospitals?|in|at|from|of|over|the|and))*\W+$",
    re.IGNORECASE,
)
"""Words of our own before a name that make its owner a partner: "our neighbours at Port Ellery"."""
_THEIR_PEOPLE = re.compile(
    r"^\W*(?:(?:[Tt]he|[Oo]ur|[Ss]ome|[Tt]wo|[Ss]everal|[Aa]n?)\s+)*(?:[A-Z][\w-]+\s+){0,4}(?:[Nn]urse|[Dd]irectors?|[Oo]fficer"
    r"|[Cc]hair|[Ee]xecutives?|[Bb]oard|[Ss]ponsor|[Nn]etwork|[Cc]olleagues|[Ss]taff|[Tt]eams?|[Ll]eaders?|[Ff]riends|[Pp]eople"
    r"|[Rr]epresentatives?)\s+(?:of|from|in|at)\s+(?:the\s+)?$"
)
"""Before a body of whom somebody acts: "The Chief Nurse of Port Ellery chairs …"."""
_WITHIN_IT = re.compile(
    r"(?:['’]s)?\s+(?:own\s+)?(?:[\w-]+\s+){0,4}?(?:staff|networks?|programmes?|schemes?|leaders?|workforce|colleagues|employees"
    r"|executives?|website|panels?)\b",
    re.IGNORECASE,
)
"""Behind a body's name what is done within it: "places on the ICB's leadership programmes"."""
_THEIR_WORK = re.compile(
    r"\b(?:progress|positions?|(?:self-)?assessments?|performance|applications?|submissions?)\s+(?:of|by|at|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before a body whose work it is: "the progress of Port Ellery"."""
_WHO = re.compile(r"(?:['’]s(?:\s+[A-Z][\w-]+){1,5})?[)\s]*,?\s+(?=(?:which|who|whose|where)\b)")
"""Behind a body whose acts a clause goes on to tell, whatever came before."""
_THEY = re.compile(r"\W*(?:there\b(?!\s+(?:is|are|was|were|has|have|had)\b)|they\b|their\b)", re.IGNORECASE)
"""Opens a sentence about a body that the one before named, unless that one is about several people."""
_SEVERAL = re.compile(
    r"^\W*(?:[\w-]+\s+){0,4}?(?:executives|directors|leaders|members|colleagues|staff|networks?|sponsors|champions"
    r"|managers|chairs|governors|nurses|people|they)\b",
    re.IGNORECASE,
)
_KIND_GOES_ON = re.compile(r"\s+(?:NHS\s+)?(?:Foundation\s+)?Trust\b")
_TOLD_OF = re.compile(
    r"\b(?:told|heard|noted|learn(?:ed|t)|understood|informed|advised|saw|seen|read|reported|shown|recall(?:s|ed)|aware|knows?)"
    r"\s+(?:of\s+)?(?:how|that)\s+(?:in\s+[\w\s]{2,20},?\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
"""Between our own board and another body: what the one was told is the other's act."""
_LOOKED_AT = re.compile(
    r"\b(?:(?:peer[\s-])?reviewed|assessed|evaluated|considered|compared|examined|scored|rated|stud(?:y|ied)|looked\s+at)"
    r"\s+(?:how\s+|the\s+)*"
    r"(?:(?!with\b|support\b|help\b|our\b|ourselves\b|against\b)[\w-]+\s+){0,5}?(?:of\s+|at\s+)?(?:the\s+|our\s+|an?\s+)?$",
    re.IGNORECASE,
)
"""Between our own board and another body: what the one looked at is the other's."""
_TOGETHER_WITH = re.compile(
    r"^\W*(?:(?:working|together|jointly|in\s+(?:partnership|collaboration)|along)\s+)?(?:with|alongside)\b[^.;:]*?\bwe\b",
    re.IGNORECASE,
)
"""What we did with others, whoever they are: "With the mosques' council, the city council and X, we made …"."""
_TIME = re.compile(
    r"\W*(?:(?:in|on|during|since|by|from)\s+(?:(?:early|late|mid|quarter|\d{1,2})[\s-]+)*"
    r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*|(?:19|20)?\d\d)[\s\d/–-]*,?\s+"
    r"|(?:last|this|earlier\s+this)\s+(?:year|quarter|month|week|spring|summer|autumn|winter),?\s+)?",
    re.IGNORECASE,
)
"""Words of time, with which a clause may open before it says who does something."""
_PART_OF = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|all|most|many|some|none|half|members?)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""What stands before an owner of whom a part acts: "five of the ICB's eighteen members"."""
_PLACE = re.compile(r"^\W*(?:At\s+(?P<at>[A-Z][a-z]{3,})\b|(?P<of>[A-Z][a-z]{3,})['’]s\b)")
"""A proper name that opens a clause and owns what follows ("At Ravenholme …", "Wyrefell's plans …")."""
_CAPITALISED = """
    trust board council committee network chair director executive today yesterday january february march april may june
    july august september october november december spring summer autumn winter everyone nobody somebody last this
    next each there that what women people staff members colleagues england britain government parliament present
    home least first most work night which both some many several children carer carers parent parents band bank bronze
    silver gold level ramadan christmas easter diwali nurse nursing midwife doctor medicine surgery medical surgical
    community clinic ward theatre pharmacy maternity paediatrics year month quarter world nation region workforce
    sponsor champion guardian governor secretary forum
"""
_OPENERS = """
    although though while whilst because since when as if after before during however following
    published approved agreed also then so but and or where whether meanwhile elsewhere likewise
"""
_OPENER_WORDS = frozenset(_OPENERS.split())
"""Words with which a clause opens before it names anybody: "Although the Trust", and labels of cells."""
_NO_PLACE = frozenset(_CAPITALISED.split()) | _OPENER_WORDS
"""Words that open a clause with a capital and are no proper names."""
_COUNCIL_WITHIN = re.compile(
    r"\b(?:governance|leadership|leaders|decision|majority|minority|ethnic|equity|belonging|BM[EA]|BAME|nursing|midwifery"
    r"|youth|staff|colleagues?|patients?|carers?|members?|inclusion|equality"
    r"|diversity|race|racism|culture|workforce|clinical|professional|practice|quality|safety|research|advisory)['’]?\s+council$",
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
_BOARD_OF_A_SYSTEM = re.compile(
    r"\b(?:(?:the|our|this)\s+)?(?:ICB|integrated\s+care\s+board)\b", re.IGNORECASE
)
_A_TRUST = re.compile(r"\b(?:the|that|each|every)\s+trust\b", re.IGNORECASE)
"""In the papers of a system's board: somebody else."""
_OPENS_BEFORE = re.compile(r"^.*\b[A-Z][\w'’-]*\s+the\s+", re.DOTALL)
"""What stands before a "the" of its own is no part of a name: "On 7 July the Trust", but "Friends of the Hospital"."""
_GENERIC = frozenset({"the trust", "this trust", "our trust", "the board", "trust board"})


class Owner:
    """Tells whose act a clause reports.

    Args:
        cues: The lexicon's cue rules; those that mean ``other`` or ``own`` are used.
        organisation: The organisation's own name, else empty.
        others: Short names of other organisations.
    """

    def __init__(self, cues: tuple[CueRule, ...], organisation: str, others: tuple[str, ...] = ()) -> None:
        self._other = tuple(rule for rule in cues if rule.meaning == OTHER and rule.where == "text")
        self._subjects = tuple(rule for rule in cues if rule.meaning == OTHER and rule.where == "subject")
        self._own = tuple(rule for rule in cues if rule.meaning == OWN and rule.where == "text")
        self._names = significant(organisation)
        self._kind = _kind(organisation)
        self._system = _BOARD_OF_A_SYSTEM.search(organisation) is not None
        longest = sorted(others, key=lambda name: (-len(name), name))
        self._short = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b") if others else None

    def is_other(self, name: str) -> bool:
        """Tell whether a name is another organisation's; never where this one's is unknown."""
        return bool(self._names) and bool(name) and self._is_other_name(name)

    def of_heading(self, text: str) -> Whose:
        """Return whose acts stand under a heading or a list's stem: another body's, where it names one by name."""
        found = next((each for each in NAMED.finditer(text) if self._is_other_name(each.group())), None)
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
            named = any(significant(each.group()) & self._names for each in NAMED.finditer(clause))
            return (Whose.OWN if named and other is None else Whose.OTHER), ()
        if _TOGETHER_WITH.match(clause):
            return Whose.OWN, ()
        own = self._first_own(clause)
        if other is not None and (
            own is None
            or other.start <= own.start
            or _OUR_PARTNER.search(clause, own.start, other.start)
            or _TOLD_OF.search(clause, own.start, other.start)
            or _LOOKED_AT.search(clause, own.start, other.start)
        ):
            return Whose.OTHER, (other,)
        place = _PLACE.search(clause)
        if own is not None and (place is None or own.text.casefold() != "the board"):
            return Whose.OWN, ()
        if place is not None and self._is_elsewhere(clause, place):
            return Whose.OTHER, (Cue(OTHER, place.group(), *place.span()),)
        return (before, ()) if own is None else (Whose.OWN, ())

    def _is_elsewhere(self, clause: str, place: re.Match[str]) -> bool:
        name = place["at"] or place["of"]
        if place["of"] and _A_PLACE.match(clause, place.end("of")):
            return False
        return name.casefold() not in _NO_PLACE and name.casefold() not in self._names

    def _first_other(self, clause: str) -> Cue | None:
        found: list[Cue] = []
        named: list[Span] = []
        for match in NAMED.finditer(clause):
            named.append(match.span())
            if self._is_other_name(match.group()) and not _receives(clause, match):
                found.append(Cue(OTHER, match.group(), *match.span()))
        for rule in self._other:
            found.extend(
                Cue(OTHER, match.group(), *match.span())
                for match in rule.pattern.finditer(clause)
                if not _receives(clause, match)
                and not _ends_a_name(match.span(), named)
                and not (self._system and _BOARD_OF_A_SYSTEM.match(match.group()))
            )
        if self._system:
            found.extend(
                Cue(OTHER, match.group(), *match.span())
                for match in _A_TRUST.finditer(clause)
                if not _receives(clause, match)
            )
        found.extend(self._subject(clause))
        found.extend(self._short_names(clause, named))
        return min(found, key=lambda cue: cue.start, default=None)

    def _subject(self, clause: str) -> Iterator[Cue]:
        """Yield who does it, where a clause opens with somebody else."""
        time = _TIME.match(clause)
        opens = time.end() if time is not None else 0
        for rule in self._subjects:
            if (subject := rule.pattern.match(clause, opens)) is not None:
                yield Cue(OTHER, subject.group(), 0, subject.end())

    def _short_names(self, clause: str, named: list[Span]) -> Iterator[Cue]:
        """Yield short names that act or own; not those of places and people, nor ends of full names."""
        if self._short is None:
            return
        for match in self._short.finditer(clause):
            start, end = match.span()
            within = any(low <= start and end <= high for low, high in named)
            person = " " not in match.group() and _is_of_a_person(clause[:start])
            where = _ONLY_WHERE.search(clause, 0, start) and not _OUR_PARTNER.search(clause, 0, start)
            place = where or _A_PLACE.match(clause, end)
            if not (within or person or place or _receives(clause, match)):
                yield Cue(OTHER, match.group(), start, end)

    def turn_of(self, clause: str) -> int | None:
        """Return where a clause goes on to tell another body's acts: at "which" of "Skelmoor Hospitals, which …"."""
        found = (_WHO.match(clause, end) for _, end in self._bodies(clause))
        return min((match.end() for match in found if match is not None), default=None)

    def goes_on_about(self, sentence: str, before: str) -> bool:
        """Tell whether a sentence is about another body that the one before named: "We met X. They have …"."""
        if _THEY.match(sentence) is None or _SEVERAL.match(before) is not None:
            return False
        return bool(self._bodies(before))

    def _bodies(self, text: str) -> list[Span]:
        """Return where a text names other bodies, in whatever part; the kind of a name in full belongs to it."""
        patterns = (NAMED, self._short) if self._short is not None else (NAMED,)
        return [
            (each.start(), end_of_name(text, each))
            for pattern in patterns
            for each in pattern.finditer(text)
            if pattern is self._short or self._is_other_name(each.group())
        ]

    def _first_own(self, clause: str) -> Cue | None:
        found = [
            Cue(OWN, match.group(), *match.span())
            for rule in self._own
            if (match := rule.pattern.search(clause)) is not None
            and not (self._system and _A_TRUST.match(match.group()))
        ]
        if self._system and (board := _BOARD_OF_A_SYSTEM.search(clause)) is not None:
            found.append(Cue(OWN, board.group(), *board.span()))
        found.extend(
            Cue(OWN, match.group(), *match.span())
            for match in NAMED.finditer(clause)
            if self._is_own_name(match.group())
        )
        return min(found, key=lambda cue: cue.start, default=None)

    def _is_other_name(self, name: str) -> bool:
        """A name without a proper name in it ("The Council") may be anybody's; an ICB is never a trust itself."""
        if _COUNCIL_WITHIN.search(name):
            return False
        if not significant(name):
            return _SYSTEM.search(name) is not None and not (self._system and _BOARD_OF_A_SYSTEM.search(name))
        return not self._is_own_name(name)

    def _is_own_name(self, name: str) -> bool:
        if " ".join(name.casefold().split()) in _GENERIC:
            return True
        words = significant(name)
        if not words:
            return "trust" in name.casefold()
        if (kind := _kind(name)) in _OTHER_KINDS and kind != self._kind:
            return False
        return bool(self._names) and len(words & self._names) >= min(2, len(words), len(self._names))


def end_of_name(text: str, named: re.Match[str]) -> int:
    """Return where a name in full ends: "Skelmoor Hospitals" goes on with "NHS Foundation Trust"."""
    goes_on = _KIND_GOES_ON.match(text, named.end())
    return goes_on.end() if goes_on is not None else named.end()


def _receives(clause: str, body: re.Match[str]) -> bool:
    """Tell whether a body is only received or spoken of: "to the ICB", but not "five of the ICB's members"."""
    before = clause[: body.start()]
    if any(each.search(before) is not None for each in (_THEIR_PEOPLE, _THEIR_WORK, _OUR_PARTNER)):
        return False
    possessive = body.group().endswith(("'s", "’s")) or clause.startswith(("'s", "’s"), body.end())
    if possessive and _WITHIN_IT.match(clause, body.end()) is not None:
        return False
    return _RECEIVER.search(before) is not None and not (possessive and _PART_OF.search(before))


def _is_of_a_person(before: str) -> bool:
    """Tell whether a given name or a title stands before a name: "Jane Marlowe" is nobody's trust."""
    return _OF_A_PERSON.search(before) is not None and before.split()[-1].casefold() not in _NO_PLACE


def _ends_a_name(span: Span, named: list[Span]) -> bool:
    """Tell whether a match is but the end of a longer name: "Borough Council" of "Skelmoor Borough Council"."""
    return any(start < span[0] and span[1] <= end for start, end in named)


def _kind(name: str) -> str:
    """What sort of body a name names: its last word, or what stands before "of"."""
    words = name.casefold().removeprefix("the ").split()
    if words[-3:] == ["integrated", "care", "board"]:
        return "icb"
    return "university" if words[:2] == ["university", "of"] else words[-1] if words else ""


def significant(name: str) -> frozenset[str]:
    """Words of a name that tell it from others."""
    words = _OPENS_BEFORE.sub("", name).casefold()
    return frozenset(re.findall(r"[a-z']+", words)) - _COMMON - _OPENER_WORDS
