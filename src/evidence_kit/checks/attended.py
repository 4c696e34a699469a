"""What was attended: whether the words after a verb of attending name a body's meeting, or something else.

"Attended the network's summer party" and "attended training with the network's chair" name the network and an act of
attending; neither is a meeting of the network.
"""

from __future__ import annotations

import re

from evidence_kit.checks.base import Witness
from evidence_kit.records.reading import Mention, Origin

_WORD = re.compile(r"[^\W_][\w'’-]*")
_ASIDE = re.compile(r",[^,.;]{1,60},")
_MEETING = re.compile(r"(?:meeting|session|gathering|assembl)\w*", re.IGNORECASE)
_PASSED_OVER = re.compile(
    r"""(?:the|our|its|their|his|her|an?|this|these|those|all|each|every|both|one|two|three|four|five|six|seven|eight
    |nine|ten|eleven|twelve|\d+|none|most|some|several|many|of|out|at|to|in|for|and|or|between|last|past|next|first
    |second|third|fourth|fifth|regular|monthly|bi-?monthly|quarterly|weekly|annual|full|whole|open|main|online|virtual
    |hybrid|evening|lunchtime|face-to-face|person|staff|members|any|no
    |scheduled|network(?:['’]s)?|spoke|listened|contributed|took|part
    |chaired|opened|heard)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What may stand between a verb of attending and the body whose meeting it is."""
_GOES_ON = re.compile(
    r"""(?:held|convened|hosted|took|on|by|as|with|when|where|who|which|that|during|since|from|throughout|through|over|via|so|but|because
    |including|also|again|them|it|us|they|these|times?|occasions?|dates?|once|twice|thrice|regularly|often|frequently
    |always|usually|routinely|rarely|never|not|monthly|quarterly|weekly|yearly|annually|consistently|personally
    |jointly|together|virtually|remotely|only|more|less|fewer|least|year|years|quarters?|months?|autumn|winter|spring
    |summer|report|list|sheets?|record|log|register|record(?:s|ed)|noted|shown|is|are|was|were|has|had|have|will)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words that say how, when or by whom, and name nothing that was attended."""


def attended_another_thing(witness: Witness, acts: tuple[str, ...], body: tuple[str, ...]) -> bool:
    """Tell whether every verb of attending in an act's own words goes with something that is no meeting of the body.

    Args:
        witness: The act.
        acts: Concepts of attending.
        body: Concepts of the body.
    """
    own = [each for each in witness.act.mentions if each.origin is Origin.TEXT]
    verbs = [each for each in own if each.concept in acts]
    bodies = [each for each in own if each.concept in body]
    return bool(verbs) and all(_is_another_thing(witness, verb, bodies) for verb in verbs)


def _is_another_thing(witness: Witness, verb: Mention, bodies: list[Mention]) -> bool:
    text = witness.passage.text[: witness.act.end]
    named = min((each.start for each in bodies if each.start >= verb.end), default=None)
    if named is not None:
        between = _ASIDE.sub(" ", text[verb.end : named])
        if all(_leads_on(word) for word in _WORD.findall(between)):
            end = max(each.end for each in bodies if each.start == named)
            return _has_another_head(text[end:])
    return _names_a_thing(text[verb.end :])


def _leads_on(word: str) -> bool:
    return bool(_PASSED_OVER.fullmatch(word) or _MEETING.fullmatch(word) or _GOES_ON.fullmatch(word))


def _has_another_head(after: str) -> bool:
    """Tell whether the body's name only says whose: "the network's party", "the network chair"."""
    whose = re.match(r"['’]s?\s+", after)
    if whose is None and not re.match(r"\s+[a-z]", after):
        return False
    words = [match.group() for match in _WORD.finditer(after, whose.end() if whose else 0)][:4]
    if any(_MEETING.fullmatch(word) for word in words):
        return False
    if whose is not None:
        return bool(words)
    first = next((word for word in words if not _PASSED_OVER.fullmatch(word)), "")
    return bool(first) and not _GOES_ON.fullmatch(first) and first.islower()


def _names_a_thing(after: str) -> bool:
    """Tell whether what follows a verb of attending is a thing of its own: "attended training", not "attended on …"."""
    if re.match(r"\s*[:|\t–(,;.-]", after):
        return False
    for word in _WORD.findall(after):
        if _MEETING.fullmatch(word) or _GOES_ON.fullmatch(word) or not word.islower():
            return False
        if not _PASSED_OVER.fullmatch(word):
            return True
    return False
