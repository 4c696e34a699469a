"""Cutting a passage into sentences, and a sentence into clauses where its stance may change."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evidence_kit.language.scan import without_long_gaps
from evidence_kit.records.document import Span

_BLANKS = dict.fromkeys((*range(0x09, 0x0E), *range(0x1C, 0x20), 0x85, 0xA0, 0x2028, 0x2029), " ")
"""Every character that may break a line counts as a blank: a passage's text still has its line ends."""

_MAY_SPLIT = re.compile(r"[.!?…][\"'”’)\]*_]*\d{0,3}\s|[a-z]\.[A-Z]")
"""A text without one of these is one sentence (bullets and blank lines apart)."""

_HARD_BREAK = re.compile(
    r"\n(?=[^\S\n]*(?:[•▪◦●■□‣⁃➢✓✔]|[-–*][^\S\n]|\d{1,2}[.)][^\S\n]+[A-Z]|\(?[a-z]\)[^\S\n]))"
    r"|\n[^\S\n]*+\n\s*+(?=[^a-z])"
)
"""A new bullet or numbered item, or an empty line that is not followed by a small letter."""

_GLUED = re.compile(r"(?<=[a-z)\]’”]{3})\.(?=[A-Z][a-z]+\s)|(?<=[a-z)\]’”]{3}[.!?])\d{1,2}(?=\s+[A-Z])")
"""A full stop whose blank got lost ("was agreed.The council"), or one that carries a footnote number."""

_PLAIN = re.compile(
    r"(?<=[a-z]{5}\.)\s+(?=[A-Z])|"
    r"(?<=\b(?:so|do|it|us|up|on|to|me|is)\.)\s+(?=[A-Z][a-z])|"
    r"(?<=[a-z]{4}\.)\s+(?=(?:The|This|These|Those|It|We|They|An?|In|On|At|She|He|Our|There|All|Its|Their|For|No|One|As|If|By|"
    r"You|What|Both|Each|From|Since|To|With|That|Not|Two|Three|Four|Her|His|When|While|However)\s)"
)
"""A full stop after a word that is no abbreviation, or before one that often opens a sentence."""

_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mrs?|Ms|Mx|Prof|Rev|Hon|Cllr|Sr|Jr|St|Gen|Messrs|[eE]\.g|[iI]\.e|cf|vs?|viz|approx|dept|est|incl|excl|"
    r"min|max|ref|tel|ext|fig|figs|para|paras|art|reg|regs|sec|vol|ed|eds|Nos?|pp?|avg|c\.f|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|(?:^|[\s(])(?:[A-Z]\.)*[A-Z])\.$"
)
_TAKES_A_NUMBER = re.compile(
    r"\b(?:Nos?|pp?|figs?|paras?|art|regs?|sec|vol|ref|tel|ext|min|max|est)\.$", re.IGNORECASE
)
_MAY_END = re.compile(
    r"\b(?:St|Jr|Sr|dept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|est|ext|min|max|tel)\.$"
)
_LETTER_NAME_WORDS = (
    r"\b(?:appendix|annex|schedule|table|section|part|option|plan|group|category|hepatitis|vitamin|grade|level|"
    r"type|team|ward|figure|model|schedule|theme|cohort|site|exhibit|band|step|phase)\s+[A-Z]\."
)
_LETTER_NAME = re.compile(_LETTER_NAME_WORDS + "$", re.IGNORECASE)
_AFTER_LETTER_NAME = re.compile(_LETTER_NAME_WORDS.replace(r"\b(?:", r"\b(?i:", 1) + r"\s+(?=[A-Z][a-z]+\s)")
"""The end of "… in appendix B. The network …": the letter is no initial."""
_LETTER = re.compile(r"\s[A-Z]\.\s")
"""Without one, the pattern before need not be tried."""
_LIST_NUMBER = re.compile(r"^\W*(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.)]?$")
_SMALL = re.compile(r"[(\"'“‘]*[a-z]")
_DIGIT = re.compile(r"[(\"'“‘]*\d")


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a passage as trimmed, ordered, disjoint spans that hold every character but blanks.

    Line ends count as blanks, except before a bullet and at an empty line. The items of a list with semi-colons stay
    in one sentence.
    """
    spans: list[Span] = []
    start = 0
    for piece in _HARD_BREAK.finditer(text):
        spans.extend(_sentences_of(text, start, piece.start()))
        start = piece.end()
    spans.extend(_sentences_of(text, start, len(text)))
    return tuple(spans)


def _sentences_of(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of a stretch without hard breaks."""
    whole = _trimmed(text, start, end)
    if whole is None:
        return []
    piece = text[whole[0] : whole[1]]
    if not _MAY_SPLIT.search(piece):
        return [whole]
    # nupunkt loads its model on import: only who splits sentences pays for it.
    from nupunkt import sent_spans

    flat = piece.translate(_BLANKS)
    cuts = {begin for begin, _ in sent_spans(flat)} | {0, len(flat)}
    patterns = (_GLUED, _PLAIN, _AFTER_LETTER_NAME) if _LETTER.search(flat) else (_GLUED, _PLAIN)
    cuts.update(match.end() for pattern in patterns for match in pattern.finditer(flat))
    sentences: list[Span] = []
    begin = 0
    for cut in sorted(cuts)[1:]:
        left, right = flat[begin:cut].strip(), flat[cut : cut + 40].lstrip()
        if cut < len(flat) and (not left or _belongs_together(left, right)):
            continue
        span = _trimmed(text, whole[0] + begin, whole[0] + cut)
        if span is not None:
            sentences.append(span)
        begin = cut
    return sentences


def _belongs_together(left: str, right: str) -> bool:
    """Whether a cut between two stretches is an abbreviation's or a list number's, not a sentence's."""
    tail = left[-40:]
    if _LIST_NUMBER.match(left):
        return True
    if not tail.endswith("."):
        return tail.endswith("…") and _SMALL.match(right) is not None
    if _DIGIT.match(right) and _TAKES_A_NUMBER.search(tail):
        return True
    if _SMALL.match(right):
        return bool(_ABBREVIATION.search(tail))
    if not _ABBREVIATION.search(tail) or _LETTER_NAME.search(tail):
        return False
    return not (_MAY_END.search(tail) and not _is_saint(tail, right))


def _is_saint(tail: str, right: str) -> bool:
    """Tell "St. Helens" from "in the High St. The …": a saint's name is no article or pronoun."""
    return tail.endswith("St.") and not re.match(
        r"(?:The|This|These|It|We|They|A|An|In|On|At|He|She|Our)\b", right
    )


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


# Clauses ------------------------------------------------------------------------------------------------------------

_PAST = (
    r"(?:was|were|has|have|had|did|\w+[^\We]ed|agreed|guaranteed|met|set|took|gave|held|made|went|led|ran|began|became|came|saw|"
    r"sent|brought|chose|wrote|won|rose|fell|grew|kept|left|said|told|found|put|heard|spent|built|spoke|drew|got)"
)
_PRESENT = r"(?:is|are|does|do|can|remains?|continues?|includes?|meets?|attends?)"
_PLAN = (
    r"(?:will|shall|would|should|(?-i:may)|might|must|could|(?:is|are|was|were)\s+(?:due|planned|expected|scheduled|set|"
    r"intended|proposed|likely|going)?\s*to\b|(?:plans?|intends?|aims?|hopes?|expects?|proposes?|wants?|wish(?:es)?)\s+to)"
)
_NEGATED = (
    r"(?:(?:has|have|had|is|are|was|were|does|do|did|can|could|will|would)(?:\s+(?:\w+ly|still|yet|also)){0,2}"
    r"(?:\s+not\b|\s+never\b|n[’']t\b|\s+yet\s+to\b|\s+no\s+longer\b)|not\s+yet\b|no\s+longer\b|cannot)"
)
_VERB = re.compile(
    rf"\b(?:(?P<negated>{_NEGATED})|(?P<plan>{_PLAN})|(?P<past>{_PAST})|(?P<present>{_PRESENT}))\b",
    re.IGNORECASE,
)
_PLANS_OR_DENIES = re.compile(
    r"\b(?:will|shall|would|should|may|might|must|could|not|never|no longer|yet|cannot|"
    r"(?:is|are|was|were|due|planned|expected|scheduled|set|intended|proposed|likely|going|plans?|intends?|aims?|"
    r"hopes?|expects?|proposes?|wants?|wish(?:es)?)\s+to)\b|n[’']t\b",
    re.IGNORECASE,
)
"""Where nothing plans and nothing denies, *and* joins facts, and a relative clause states one."""

_CUT = re.compile(
    # Possessive, and never from the middle of a run of blanks: a long run must not be tried again and again.
    r"(?P<semicolon>;\s++)"
    r"|(?P<dash>(?<!\s)\s++[–—-]\s++)"
    r"|(?P<adverse>(?:,|(?<!\s))\s++(?=(?:but|although|though|whereas|while|whilst|however|yet)\b))"
    r"|(?P<relative>(?:,|(?<!\s))\s++(?=(?:which|that|who)\s+(?:will|would|shall|should|is\s+to|are\s+to|has\s+not|have\s+not|"
    r"is\s+due|are\s+due|has\s+yet|have\s+yet|had\s+not|is\s+not|are\s+not|was\s+not|were\s+not|did\s+not)\b))"
    r"|(?P<and>(?:,|(?<!\s))\s++(?=(?:and|or)\b[\s,]))",
    re.IGNORECASE,
)
_OPENS_SUBORDINATE = re.compile(r"\W*(?:although|though|while|whilst|whereas)\b", re.IGNORECASE)
_NOT_ADVERSE = re.compile(
    r"(?:but\s+(?:also|rather|for|one|two|all|as|instead|especially|particularly)|yet\s+(?:to|be|been|another)|"
    r"while\s+\w+ing|however\s+(?:small|large|much|many|long))\b",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(
    r"\b(?:all|none|nothing|anything|nobody|everybody|not only|last|not|have|has|had|is|are|was|as)$",
    re.IGNORECASE,
)
_SAME_SUBJECT = re.compile(
    r"(?:and|or)\s*(?:,[^,;]{2,40},\s+|"
    r"\s(?:(?:also|then|now|still|later|subsequently|therefore|it|they|we|he|she|this|these|there|i)\s+){0,2})$",
    re.IGNORECASE,
)
_MAY_BE_ONE_SUBJECT = re.compile(
    r"\b(?:that|whether|if|both|between|by|which|who|how|why|what)\b", re.IGNORECASE
)
_AUXILIARIES = frozenset({"was", "were", "has", "have", "had", "did", "is", "are"})
_BRIDGE = re.compile(r"\b(?:which|that|who|whose|where|if|when|to)\b", re.IGNORECASE)
_OPENER = re.compile(r"[(\[{“]")
_OPENERS = {"(": ")", "[": "]", "“": "”", "{": "}"}
_CONDITION = re.compile(
    r"\W*(?:if|once|when|where|unless|until|after|before|subject to|following)\b", re.IGNORECASE
)
_JOINS = re.compile(r"(?:and|or|but|which|who|that)\b", re.IGNORECASE)
_FAR = 200
"""Characters; verbs further away than this say nothing about what *and* joins."""
_MIN_CLAUSE = 6
"""Characters; a shorter stretch is a label or a number, never a clause."""


def split_clauses(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Cut the sentence ``text[start:end]`` where its stance may change, and only there.

    Cuts fall at semi-colons and single dashes between clauses, before *but*, *although*, *while* …, before relative
    clauses that plan or deny ("which will report"), and before *and* where tense or polarity changes ("was set up and
    will report"). A cut needs a verb on both sides; none falls inside brackets or between a subject and its verb.
    Clauses are trimmed, ordered, disjoint, and hold every character but blanks.
    """
    sentence = without_long_gaps(text[start:end])
    plans_or_denies = _PLANS_OR_DENIES.search(sentence) is not None
    candidates = [
        match
        for match in _CUT.finditer(sentence)
        if plans_or_denies or match.lastgroup not in ("and", "relative")
    ]
    opening = _OPENS_SUBORDINATE.match(sentence)
    if not candidates and not opening:
        span = _trimmed(text, start, end)
        return (span,) if span is not None else ()
    closed = _closed(sentence)
    cuts = [0]
    places = [(match.end(), match.lastgroup or "", match.start()) for match in candidates]
    if opening:
        places.extend((match.end(), "comma", match.start()) for match in re.finditer(r",\s++", sentence))
    dashes = sum(1 for match in candidates if match.lastgroup == "dash" and not closed[match.start()])
    stops = [match.end() for match in candidates if match.lastgroup == "semicolon"]
    verbs = list(_VERB.finditer(sentence))
    for position, kind, before in sorted(places):
        if closed[before] or position <= cuts[-1] or (kind == "dash" and dashes != 1):
            continue
        if kind == "comma" and cuts[-1] != 0:
            continue
        # The clause that begins here ends at the next semi-colon at the latest.
        later = bisect_right(stops, position)
        stop = stops[later] if later < len(stops) else len(sentence)
        at = _Cut(sentence, kind, cuts[-1], before, position)
        if at.is_one(verbs, stop):
            cuts.append(position)
    cuts.append(len(sentence))
    spans = (_trimmed(text, start + a, start + b) for a, b in pairwise(cuts))
    return tuple(span for span in spans if span is not None)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where a sentence may be cut.

    Attributes:
        start: Where the clause on the left begins.
        before, position: Where it ends, and where the next begins.
    """

    sentence: str
    kind: str
    start: int
    before: int
    position: int

    def is_one(self, verbs: list[re.Match[str]], stop: int) -> bool:
        """Whether stance may change here; there must be a verb on both sides."""
        if min(self.before - self.start, stop - self.position) < _MIN_CLAUSE:
            return False
        index = bisect_right(verbs, self.before, key=lambda verb: verb.end()) - 1
        following = bisect_left(verbs, self.position, key=lambda verb: verb.start())
        if index < 0 or verbs[index].start() < self.start:
            return False
        if following == len(verbs) or verbs[following].end() > stop:
            return False
        last, first = verbs[index], verbs[following]
        if self.kind in ("semicolon", "dash"):
            return True
        if self.kind == "comma":
            return not _JOINS.match(self.sentence, self.position) and self._within(first, 8)
        if self.kind == "relative":
            # "a panel that is not diverse" tells which panel; after a comma the clause stands for itself.
            planned = _class_of(first) == "plan"
            return _class_of(last) != _class_of(first) and (planned or self._has_comma())
        if self.kind == "adverse":
            all_but = _ALL_BUT.search(
                self.sentence[max(self.start, self.before - 20) : self.before].rstrip(" ,")
            )
            return not (_NOT_ADVERSE.match(self.sentence, self.position) or all_but) and self._within(
                first, 12
            )
        return self._and_changes(last, first)

    def _and_changes(self, last: re.Match[str], first: re.Match[str]) -> bool:
        """Whether *and* joins two predicates of different stance, not two nouns."""
        if _class_of(last) == _class_of(first) or _CONDITION.match(self.sentence, self.start):
            return False
        if first.start() - self.position > _FAR or self.before - last.end() > _FAR:
            return False
        between = self.sentence[self.position : first.start()]
        since = self.sentence[last.end() : self.before]
        if _SAME_SUBJECT.match(between):
            # "and approved" is as often a participle as a verb: only auxiliaries tell that stance changes.
            cut_short = (
                not since.strip() and last[0].lower() in _AUXILIARIES
            )  # "what has and has not been done"
            return _is_auxiliary(first) and not cut_short
        if not _is_auxiliary(first) or _BRIDGE.search(between) or not self._within(first, 8):
            return False
        if "," in since:
            return False  # "Black, Asian and Minority Ethnic staff will …" is a list
        # "that the plan and the review will …" is one subject; "attended X and the nurse will …" is two.
        return self._has_comma() or not _MAY_BE_ONE_SUBJECT.search(since)

    def _has_comma(self) -> bool:
        return self.sentence[self.before] == ","

    def _within(self, verb: re.Match[str], words: int) -> bool:
        return self.sentence.count(" ", self.position, verb.start()) <= words


def _is_auxiliary(verb: re.Match[str]) -> bool:
    return bool(verb["negated"] or verb["plan"]) or verb[0].lower() in _AUXILIARIES


def _class_of(verb: re.Match[str]) -> str:
    """Return ``negated``, ``plan`` or ``fact``: past and present both tell what is so."""
    group = verb.lastgroup or ""
    return group if group in ("negated", "plan") else "fact"


def _closed(sentence: str) -> list[bool]:
    """Tell for every character whether it stands inside brackets or quotation marks."""
    closed = [False] * (len(sentence) + 1)
    for start, end in _bracketed(sentence):
        closed[start:end] = [True] * (end - start)
    return closed


def _bracketed(sentence: str) -> Iterator[Span]:
    """Yield the outermost bracketed stretches; a bracket that is never closed counts for nothing."""
    position = 0
    while True:
        match = _OPENER.search(sentence, position)
        if match is None:
            return
        opener, closer, depth, index = match[0], _OPENERS[match[0]], 1, match.end()
        while index < len(sentence) and depth:
            depth += (sentence[index] == opener) - (sentence[index] == closer)
            index += 1
        if depth == 0:
            yield (match.start(), index)
        position = index if depth == 0 else match.end()
