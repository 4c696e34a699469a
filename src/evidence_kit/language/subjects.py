"""Whether a clause goes on about whom or what the one before named ("She attended …", "The policy …"), or another."""

from __future__ import annotations

import re

_JOINS = (
    r"(?:(?:and|but|or|so|yet|then|although|though|while|whilst|whereas|because|as|if|when|where|which|that|who)"
    r"\b\W*)*"
)
_ADVERBS = r"(?:(?:also|then|now|since|never|always|not|[a-z]+ly)\s+)*"
_VERB = (
    r"(?:(?:has|have|had|is|was|will|shall|would|can|could|may|might|must|did|does|do)\b"
    r"|[a-z]{3,}ed\b|(?:met|held|led|took|brought|gave|went|sat|chose|made|wrote|won|began|ran|heard|spoke|came|saw|said"
    r"|told|kept|left|put|sent|built|became|stood|set)\b"
    # the present needs something behind it: "attends the", but not "members the"
    r"|[a-z]{3,}s\s+(?:the|a|an|to|with|at|in|on|for|its|his|her|their|every|each|all|\d+|one|two|three|four|five|six)\b)"
)
_OTHERS = (
    r"(?:deput(?:y|ies)|teams?|representatives?|nominees?|delegates?|colleagues?|predecessor|successor|staff|office"
    r"|secretary|assistants?|managers?|directorate|members?|network)\b"
)
"""Who is "her deputy" is somebody else; "her portfolio" is her own."""
_PRONOUN = re.compile(
    rf"\W*{_JOINS}(?:(?:he|she|they)\b|(?:his|her|their)\s+(?!{_OTHERS}))|\W*(?:both|all|each)\s+(?:of\s+them\s+)?{_VERB}|"
    # "In May she attended": words of time or place may stand before
    r"(?:\W*\w++){1,6}?\W+(?:he|she)\b",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(rf"\W*{_JOINS}{_ADVERBS}{_VERB}", re.IGNORECASE)

_OPENS_BACK = frozenset(
    {
        "it",
        "this",
        "these",
        "they",
        "he",
        "she",
        "both",
        "all",
        "each",
        "its",
        "their",
        "his",
        "her",
        "that",
        "those",
    }
    | {"such", "another"}
)
_OF_THEM = re.compile(r"\W*(?:[\w-]+\s+){1,3}of\s+(?:them|these|those|whom)\b", re.IGNORECASE)
_IN_IT = re.compile(r"\W*(?:[\w-]+\s+){1,6}?(?:in|on|from|through|under|for|of)\s+it\b", re.IGNORECASE)
"""Early in a sentence: "Places were held back in it for …", "Twelve people took part in it"."""
_DID_IT = re.compile(
    r"\b[a-z]{2,}(?:ed|en|ook|old|ent|ave|ade)\s+(?:it|them|these|this)\b(?!\s+[a-z]+\s+(?:to|that)\b)"
)
"""A deed done to what was named before: "The Board approved it"."""
_WORD = re.compile(r"[^\W_]+")
_NEUTRAL_WORDS = """
    new latest same full whole first second third fourth final revised updated approved published annual current signed
    agreed overall two three four five six seven eight nine ten main next previous last earlier other resulting
"""
_NEUTRAL = frozenset(_NEUTRAL_WORDS.split())
"""Words that make of a thing named before no other thing: "the revised policy"."""
_ALWAYS_BACK_WORDS = """
    gap difference figure rate share proportion number result total score mean median percentage measure trend ratio
    latter former rest above remainder findings
"""
_ALWAYS_BACK = frozenset(_ALWAYS_BACK_WORDS.split())
"""Nouns that only what was named before can have."""


def refers_back(text: str, before: str = "") -> bool:
    """Tell whether a sentence is about what the one before named: "They …", "Thirteen of them …", "The policy …".

    Args:
        text: The sentence or clause.
        before: The sentence before: "the" refers back where a word of that one, or one like "gap", comes next.
    """
    first = _WORD.search(text)
    if first is None:
        return False
    if (
        first[0].casefold() in _OPENS_BACK
        or _OF_THEM.match(text) is not None
        or _IN_IT.match(text) is not None
        or _DID_IT.search(text) is not None
    ):
        return True
    opening = _opening(text) if first[0].casefold() == "the" else None
    if opening is None:
        return False
    words, _ = opening
    if not words or _stem(words[0]) in _ALWAYS_BACK or _stem(words[0]) in _stems(before):
        return True
    return len(words) == 1 and _stem(words[0]) not in _AGENTS


def _opening(text: str) -> tuple[tuple[str, ...], int] | None:
    """Return the words of the noun phrase that opens a sentence, neutral ones left out, and where it ends."""
    opening = _DETERMINER.match(text)
    end = _NOUN_PHRASE_ENDS.search(text, opening.end()) if opening is not None else None
    if opening is None or end is None:
        return None
    words = (each.group().casefold() for each in _WORD.finditer(text, opening.end(), end.start()))
    return tuple(word for word in words if word not in _NEUTRAL and not word.isdigit()), end.start()


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(each.group().casefold()) for each in _WORD.finditer(text))


_AGENTS_WORDS = """
    trust organisation board chief director nurse officer chair chairs committee council network team group staff
    colleague member executive leader sponsor champion guardian manager governor assembly panel union division
    department directorate meeting minute paper report page website statement lead head president secretary people
    participant cohort nominee group forum community patient service woman women man men family attendee
"""
_AGENTS = frozenset(_AGENTS_WORDS.split())
"""Words for who acts, and for papers that tell of a thing: a sentence about them may go on about that thing."""
_NOUN_PHRASE_ENDS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|did|does|do|can|may|of|in|on|at|for|by|with|to|from|that|which|who|and|or"
    r"|[a-z]{2,}ed|went|met|took|gave|made|held|set|led|ran|came|fell|rose|grew|stood|shows?|became|now|also)\b"
    r"|[,.;:()|\t]"
)
_DETERMINER = re.compile(r"\W*(?:the|our|its|an?)\s+", re.IGNORECASE)


def another_thing(text: str, before: str) -> int:
    """Return where the words end with which a sentence opens on a thing that nothing before named; 0 if it does not.

    "The smoking policy …" under "Our anti-racism statement …" does. Who opens with somebody that acts, or with "the
    figure", may still tell of what was named before.

    Args:
        text: The sentence or clause.
        before: All that stands before it, headings included.
    """
    opening = _opening(text)
    if opening is None:
        return 0
    words, end = opening
    if not words or refers_back(text, before):
        return 0
    stems = {_stem(word) for word in words}
    return 0 if stems & _AGENTS or stems <= _stems(before) or stems <= _ALWAYS_BACK else end


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def goes_on(clause: str, *, first: bool) -> bool:
    """Tell whether a clause that names nobody is about the person named before it.

    A clause with a subject of its own ("forty members attended") is not: what they did, the person did not.

    Args:
        clause: Its text.
        first: It opens a sentence; then only a pronoun goes on, since a bare verb may belong to anybody.
    """
    if _PRONOUN.match(clause) is not None:
        return True
    return not first and _NO_SUBJECT.match(clause) is not None
