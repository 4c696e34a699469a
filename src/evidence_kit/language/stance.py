"""Stance: done, planned, aspiration, contradicts or mention, with the words that say so.

The cues are data (``taxonomy/lexicon/stance.yml``); their order of force is here. A learned stance would take
the place of :func:`stance_of` and be handed in to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from evidence_kit.language.lexicon import CueRule, Meaning
from evidence_kit.records.document import Span
from evidence_kit.records.reading import Cue, Stance

PLANNED = Meaning.PLANNED.value
ASPIRATION = Meaning.ASPIRATION.value
NEGATIVE = Meaning.NEGATIVE.value
NOT_YET = Meaning.NOT_YET.value
REQUIRED = Meaning.REQUIRED.value
COMPLETE = Meaning.COMPLETE.value
OPEN_STATUS = Meaning.OPEN_STATUS.value
DONE = Meaning.DONE.value
WILL_NOT = Meaning.WILL_NOT.value
OTHER = Meaning.OTHER.value
OWN = Meaning.OWN.value
WISHED = Meaning.WISHED.value
ASKED = Meaning.ASKED.value
HEARSAY = Meaning.HEARSAY.value
HOLDS = Meaning.HOLDS.value
_PART_OF_A_TERM = frozenset({NEGATIVE, ASPIRATION})
"""Cues that a term may hold as its own part: "not accepted" is the message, "commitment to anti-racism" the remit."""
DRAFT = "draft"
"""Not of the lexicon: the paper is a draft."""
PROVISION = "provision"
"""Not of the lexicon: a rule in a document in force, where "will" states what holds, not what is planned."""
ATTENDANCE_LIST = "attendance_list"
"""Not of the lexicon: a name under a heading that reports the act, without a verb of its own."""
SAID_TO_BE_DONE = frozenset({DONE, COMPLETE})
"""Cues that no plan around them bends."""
_AS_HEADING = {
    ASKED: Stance.MENTION,
    WISHED: Stance.PLANNED,
    REQUIRED: Stance.MENTION,
    PLANNED: Stance.PLANNED,
    ASPIRATION: Stance.ASPIRATION,
}
"""What the cue of a heading, or of what does a heading's work, makes of what stands under it."""

_DOUBLE_NEGATIVE = re.compile(
    r"\b(?:no|nobody|none|not\s+one|no\s+one|never|not\s+a\s+single)\b.{0,60}?\b(?:without|missed|absent|failed|lacked|lacks|not)\b",
    re.IGNORECASE,
)
_RULE_AGAINST = re.compile(
    r"\b(?:will|shall|must|may|should|can)\s+(?:\w+\s+)?not\b|\bcannot\b|\b(?:no|nobody|none)\b.*\b(?:will|shall|must|may)\b",
    re.IGNORECASE,
)
"""A rule in negative form ("must not", "will not be tolerated") is a rule, not a denial."""
_BEYOND = re.compile(
    r"\b(?:beyond|exceed(?:s|ed|ing)?|further\s+than|more\s+than|ahead\s+of|over\s+and\s+above|of\s+our\s+own|self-imposed)\b"
    r"|\b(?:no|nor|nothing\s+in|nobody|neither)\s+(?:(?!but\b)[\w’'-]+\s+){0,6}?(?=[\w’'-]*\s*(?:asks?|requires?|demands?|sets?|says?)\b)",
    re.IGNORECASE,
)
"""Before what is asked for: more than that is done, or nobody asks for it."""
_NOBODY_ASKS = re.compile(
    r"\W*(?:no|nothing\s+in|nobody|neither)\b[^.;:]{0,60}?\b(?:asks?|requires?|demands?|obliges?)\b",
    re.IGNORECASE,
)
"""What no law asks for is done all the same."""
_GOES_FURTHER = re.compile(r"\b(?:go(?:es|ing)?|went)\s+(?:\w+\s+)?(?:beyond|further)\b", re.IGNORECASE)
"""A "not" after it is said of what is left behind: "goes further than the standard, which sets no end point"."""
_ALTERNATIVES = re.compile(
    r"\b(?P<word>[a-z]{3,})\b(?:\s+and\s+\w+)?(?:\s*[,/]\s*(?:\w+(?:\s+(?:and\s+)?\w+)?\s*[,/]\s*)*(?:and\s+|or\s+)?"
    r"|\s+(?:and|or)\s+)(?:(?P=word)\s+(?:and|but)\s+)?not\s+(?:yet\s+|fully\s+)?(?:(?P=word)|\w+(?=\s*[,/]\s*not\s+(?P=word)))\b",
    re.IGNORECASE,
)
"""Marks to choose from ("done, partly done or not done"): the "not" in them denies nothing."""
_LABEL = re.compile(r"\W*((?:[\w’'/&-]+\s+){0,4}[\w’'/&-]+)\s*:\s+(?=\S)")
"""Up to five words and a colon in front of what is told."""
_HALF_AND_HALF = re.compile(
    r"\b(?:has|have|had|is|are|was|were|did|does|do)\s+(?:and|or)\s+(?:(?:has|have|had|is|are|was|were|did|does|do)\s+)?not\b",
    re.IGNORECASE,
)
"""What was looked at, not denied: "what had and had not been achieved"."""
_LEAVES_STANDING = re.compile(
    r"\b(?:not|nor|never)\s+(?:\w+ly\s+)?(?:(?:meant|intended|designed|there|seeking?)\s+)?(?:to\s+)?(?:replac|supersed|overrid"
    r"|prejudic|preclud|detract|duplicat|stand\s+in\s+for|take\s+(?:the\s+place|away|anything)|do\s+away|instead\s+of|a\s+substitute)"
    r"|\bwithout\s+(?:(?:a|the|any)\s+)?(?:votes?\b|voting\b|prejudice\b)|\b(?:has|have|had|with)\s+no\s+votes?\b",
    re.IGNORECASE,
)
"""What leaves another thing as it is denies nothing: "it does not replace the disciplinary procedure".

Nor does "In attendance, without a vote: …" deny that somebody attended.
"""
_FOR_ALL = re.compile(
    r"^\W*(?:all\s+|every\s+|each\s+)?(?:NHS\s+)?(?:organisations?|trusts|employers|providers|bodies|boards|applicants)\b(?!['’])",
    re.IGNORECASE,
)
"""A rule for organisations in general is somebody else's, in whosever paper it stands."""
_ASIDE = re.compile(r"\band\s+\w+\s+(?:\w+\s+){0,2}?that\b", re.IGNORECASE)
"""A second verb with its own "that": what it reports says nothing of the first verb's deed."""
_RECEIVED = re.compile(
    r"\b(?:received|considered|discussed|reviewed|presented|published|reported|scrutinised)\b[^.;]{0,90}?"
    r"\b(?:which\s+(?:show|told|said|set\s+out)\w*|showing|saying|and\s+(?:noted|heard|saw)\s+that)\b",
    re.IGNORECASE,
)
"""What was in a paper that was received says nothing of the receiving."""
_FOUND_THAT = re.compile(
    r"\b(?:found|shows?|showed|shown|reveal(?:s|ed)?)\s+(?:\w+\s+){0,2}?that\b", re.IGNORECASE
)
"""What was found is a deed of finding, however it is worded: "it had found that few could say …"."""
_RESOLVED = re.compile(
    r"\b(?:adopted|announced|approved|declared|endorsed|issued|launched|published|ratified|signed)\b",
    re.IGNORECASE,
)
"""Deeds whose content follows a colon: "The Board adopted a goal: by 2028 all will …"."""
_ASKED_TO_HEAR = re.compile(
    r"(?:asked|requested|called)\b.*\bfor\b.*\b(?:reports?|updates?|briefings?)\b", re.IGNORECASE
)
"""What a body asks for beside what it resolved: "approved the plan and asked for a report of progress"."""
_PURPOSE = re.compile(r"\bso\s+(?:that\b|(?:the|they|it|we|all|every|staff|members)\s)", re.IGNORECASE)
"""What a deed was done for: "had written the commentary so that the board would see what lies behind it"."""
_LONGEST_ANNOUNCEMENT = 10
"""Words of a sentence that announces what follows; a longer one tells something itself."""
_WISH = re.compile(r"\b(?:aims?|hopes?|wants?|wish(?:es)?|aspir\w+|would\s+(?:like|love))\b", re.IGNORECASE)
"""A wish stays one in a document in force; what it is committed to, it commits to there."""
_STILL_MADE = re.compile(
    r"\b(?:being|propos\w+|consult\w+|to\s+be\s+(?:decided|agreed|confirmed|determined|drafted|written))\b",
    re.IGNORECASE,
)
"""What is still to be settled is no rule yet, in a document in force either."""
_TO_DO = re.compile(
    r"\bto\s+(?:be\s+)?(?:write|develop|agree|create|set|hold|publish|produce|review|establish|appoint|identify"
    r"|nominate|deliver|launch|attend|present|report|ensure|provide|implement|introduce|complete|design|draft|build"
    r"|recruit|arrange|make|take|bring|explore|scope|consider|monitor|include|invite|offer|support|work|run|train|meet"
    r"|submit|apply|seek|share|discuss|confirm|update|embed|increase|reduce|improve|commission|pilot|start|begin)\b",
    re.IGNORECASE,
)
"""What somebody is to do, told without a verb of its own: "Each care group to write its plan"."""
_BLANK = re.compile(
    r"[({<]{1,2}\s*(?:insert|enter|add|state|delete\s+as)\b[^)}>]*|\{\{?[^{}]{1,40}\}\}?"
    r"|\[(?!sic\b|\W)(?:insert\b[^\]]*|[a-z][a-z '’/-]{1,40})\]|_{4,}|\.{6,}|<(?:insert|name|date)[^>]*>|\bXX+\b",
    re.IGNORECASE,
)
"""A blank of a template: "On [date] the Board of [organisation] approved …"."""
_QUESTION = re.compile(
    r"\?\s*$|\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed)?|enquir(?:e|es|ed)|quer(?:y|ies|ied))\s+(?:\w+\s+){0,4}?(?:whether|if)\b",
    re.IGNORECASE,
)
"""A question, or one that is reported ("asked whether …")."""
_ANSWERS = re.compile(
    r"\bstrongly\s+(?:dis)?agree\s*[/|,;–]|\b(?:agree|yes)\s*[/|]\s*(?:(?:neither|neutral|unsure)\s*[/|]\s*)?(?:disagree|no)\b"
    r"|\b(?:always|never)\s*/\s*(?:often|rarely|sometimes)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|am|was|were|has|have|had|does|do|did"
    # not the adjectives of a label: "Mixed panels for every case"
    r"|(?!(?:mixed|named|shared|skilled|experienced|qualified|dedicated|balanced|structured|targeted|tailored|detailed|based"
    r"|related|hundred|limited|united|blended|designated|unbiased)\b)[a-z]{3,}ed|met|held|set|led|took|brought|gave|went|sat|chose"
    r"|made|wrote|won|began|ran|heard|spoke|came|saw|said|told|knew|grew|fell|rose|kept|left|put|read|sent|built|drew"
    r"|became|stood|got|cut|lost|paid|taught|thought|bought|found|done|seen|given|taken|shown|written|chosen"
    r"|shows?|operates?|sits?|meets?|holds?|receives?|includes?|provides?|covers?|gives|takes|makes|runs|uses|comes?"
    r"|goes|attends|chairs|leads|reports|works|states|(?:we|they|i)\s+(?:\w+ly\s+)?[a-z]{3,})\b",
    re.IGNORECASE,
)
_STRONG_DONE = re.compile(
    r"\b(?:(?:has|have|had)\s+(?:\w+\s+){0,2}?(?:been\s+)?(?:\w+ed|met|held|set|led|taken|brought|given|made|written"
    r"|begun|run|chosen|sat|put|sent|built|become|done|seen|shown|agreed|read|heard|told|won|drawn|spoken)|(?:was|were)\s+(?:\w+ly\s+)?(?:\w+ed|held|set"
    r"|taken|brought|given|made|written|chosen|put|sent|built|done|shown|led|run))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a stance was read to be, and by which cues."""

    stance: Stance
    cues: tuple[Cue, ...]


def find_cues(
    text: str, rules: tuple[CueRule, ...], *, where: str, but_not_in: tuple[Span, ...] = ()
) -> dict[str, Cue]:
    """Return the first cue of each meaning in a text.

    Args:
        text: A clause, heading, stem or header cell.
        rules: The lexicon's cue rules.
        where: ``text``, ``heading`` or ``column``.
        but_not_in: Spans of concept mentions: "not accepted" in "racism is not accepted" is the message itself.
    """
    found: dict[str, Cue] = {}
    for rule in rules:
        if rule.where != where or rule.meaning in found:
            continue
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            inside = rule.meaning in _PART_OF_A_TERM and any(
                low <= start and end <= high for low, high in but_not_in
            )
            if end > start and not inside:
                found[rule.meaning] = Cue(rule.meaning, match.group(), start, end)
                break
    return found


def offered(text: str) -> Found | None:
    """Return what a passage is that offers answers to choose from ("Strongly agree / agree / disagree"): a question."""
    scale = _ANSWERS.search(text)
    return None if scale is None else Found(Stance.MENTION, (Cue(ASKED, scale.group(), 0, 0),))


def under_heading(cues: dict[str, Cue], meanings: Iterable[str]) -> Found | None:
    """Return what a heading's cues make of what stands under it: the first of these meanings that it has speaks."""
    return next((Found(_AS_HEADING[each], (cues[each],)) for each in meanings if each in cues), None)


def announced(sentence: str, rules: tuple[CueRule, ...]) -> Found | None:
    """Return what a short sentence makes of those after it, as a heading would: "Here is what good looks like."."""
    words = sentence.split()
    if len(words) > _LONGEST_ANNOUNCEMENT:
        return None
    cues = find_cues(sentence, rules, where="heading")
    at_its_end = {name: cue for name, cue in cues.items() if not sentence[cue.end :].strip(" .:!?")}
    return under_heading(at_its_end, (ASKED, WISHED))


def under_label(found: Found, text: str, rules: tuple[CueRule, ...]) -> Found:
    """Return the stance of a clause that opens with a label, as under a heading: "Target: all leaders have a goal"."""
    label = _LABEL.match(text)
    if label is None or found.stance is not Stance.DONE:
        return found
    cues = find_cues(label[1], rules, where="heading")
    return under_heading(cues, (ASKED, REQUIRED, WISHED, PLANNED)) or found


def has_finite_verb(text: str) -> bool:
    """Tell whether a clause reports anything: a heading or a label does not."""
    return _FINITE.search(text) is not None


def _rule(text: str, cues: dict[str, Cue]) -> Cue | None:
    """Return the words that make a clause of a document in force a rule of its own, if it is one."""
    if _FOR_ALL.search(text):
        return None
    against = _RULE_AGAINST.search(text)
    if against is not None:
        return Cue(PROVISION, against.group(), *against.span())
    cue = cues.get(REQUIRED) or cues.get(PLANNED)
    if cue is None or NEGATIVE in cues or _WISH.search(cue.text) or _STILL_MADE.search(cue.text):
        return None
    return Cue(PROVISION, cue.text, cue.start, cue.end)


def _only_quoted(text: str, strong: re.Match[str] | None, planned: Cue) -> bool:
    """Tell whether the plan is only what a deed is about: "We have set a goal: by 2028 all will …"."""
    if _FOUND_THAT.search(text, 0, planned.start):
        return planned.text.casefold() in ("could", "would", "might")
    if _ASKED_TO_HEAR.match(planned.text) and _RESOLVED.search(text, 0, planned.start):
        return True
    if strong is not None and _PURPOSE.search(text, strong.end(), planned.start):
        return True
    colon = text.find(": ", 0, planned.start)
    if colon < 0:
        return False
    return (strong is not None and strong.end() <= colon) or _RESOLVED.search(text, 0, colon) is not None


def _wishes(aspiration: Cue, planned: Cue) -> bool:
    """Tell whether the plan is only how a wish is worded: "would like", "our ambition is to be", "are committed to"."""
    return aspiration.start <= planned.start <= aspiration.end + 1


def _wishes_it_had(aspiration: Cue, strong: re.Match[str]) -> bool:
    """Tell whether the perfect belongs to the wish: "should have attended"."""
    return aspiration.start <= strong.start() <= aspiration.end + 1


def _is_aside(text: str, strong: re.Match[str] | None, negative: Cue) -> bool:
    """Tell whether a "not" belongs to something else: "was updated on the plan and noted that two were not …".

    So does one in what a deed was for: "places were held back so that they should not have to compete".
    """
    if _RECEIVED.search(text, 0, negative.start) is not None:
        return True
    return strong is not None and any(
        each.search(text, strong.end(), negative.start) is not None for each in (_ASIDE, _PURPOSE)
    )


def _denies_nothing(text: str, negative: Cue) -> bool:
    """Tell whether a "not" is one of several marks ("done, or not done"), or leaves another thing standing."""
    return any(
        each.start() <= negative.start < each.end()
        for pattern in (_ALTERNATIVES, _HALF_AND_HALF, _LEAVES_STANDING)
        for each in pattern.finditer(text)
    )


def stance_of(
    text: str, cues: dict[str, Cue], *, provision: bool = False, verb: bool = False, figures: bool = False
) -> Found:
    """Decide a clause's stance.

    Args:
        text: The clause.
        cues: Its cues by meaning, from :func:`find_cues`.
        provision: The paper is a policy or statement in force, whose "will" and "must" hold now.
        verb: A verb is known to be there (an act of the lexicon in a finite form).
        figures: It gives a share, a ratio or an amount: figures report without a verb ("Mean gap 2.8%").
    """
    if _QUESTION.search(text):
        return Found(Stance.MENTION, ())
    if (blank := _BLANK.search(text)) is not None:
        return Found(Stance.MENTION, (Cue("blank_to_fill_in", blank.group(), *blank.span()),))
    if HEARSAY in cues:
        return Found(Stance.MENTION, (cues[HEARSAY],))
    strong = _STRONG_DONE.search(text)
    if provision and WILL_NOT in cues and _RULE_AGAINST.search(text):
        cues = {meaning: cue for meaning, cue in cues.items() if meaning != WILL_NOT}
    for denial in (WILL_NOT, NOT_YET):
        if denial in cues:
            return Found(Stance.CONTRADICTS, (cues[denial],))
    if provision and (rule := _rule(text, cues)) is not None:
        return Found(Stance.DONE, (rule,))
    if HOLDS in cues:
        return Found(Stance.DONE, (cues[HOLDS],))
    if REQUIRED in cues and not _BEYOND.search(text, 0, cues[REQUIRED].end):
        return Found(Stance.MENTION, (cues[REQUIRED],))
    if PLANNED in cues and not _only_quoted(text, strong, cues[PLANNED]):
        if ASPIRATION in cues and _wishes(cues[ASPIRATION], cues[PLANNED]):
            return Found(Stance.ASPIRATION, (cues[ASPIRATION],))
        return Found(Stance.PLANNED, (cues[PLANNED],))
    to_do = _TO_DO.search(text)
    if to_do is not None and not has_finite_verb(text):
        return Found(Stance.PLANNED, (Cue(PLANNED, to_do.group(), *to_do.span()),))
    if NEGATIVE in cues and not (
        _DOUBLE_NEGATIVE.search(text)
        or _NOBODY_ASKS.match(text)
        or _is_aside(text, strong, cues[NEGATIVE])
        or _denies_nothing(text, cues[NEGATIVE])
        or _GOES_FURTHER.search(text, 0, cues[NEGATIVE].start)
    ):
        return Found(Stance.CONTRADICTS, (cues[NEGATIVE],))
    if ASPIRATION in cues and (not strong or _wishes_it_had(cues[ASPIRATION], strong)):
        cue = cues[ASPIRATION]
        if provision and not _WISH.search(cue.text):
            return Found(Stance.DONE, (Cue(PROVISION, cue.text, cue.start, cue.end),))
        return Found(Stance.ASPIRATION, (cue,))
    if COMPLETE in cues:
        return Found(Stance.DONE, (cues[COMPLETE],))
    if strong:
        return Found(Stance.DONE, (Cue(DONE, strong.group(), *strong.span()),))
    if DONE in cues:
        return Found(Stance.DONE, (cues[DONE],))
    if verb or figures or has_finite_verb(text):
        return Found(Stance.DONE, ())
    return Found(Stance.MENTION, ())
