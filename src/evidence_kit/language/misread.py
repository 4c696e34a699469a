"""Words of the trade that a PDF split in two ("repre sentation") or that fingers turned round ("netwrok").

Only words that evidence often hangs on are mended, and only where the result keeps its length: what takes the place of
a split word is the whole word and a blank behind it. Everything else stays as it is on the page.
"""

from __future__ import annotations

import re

_WORD_LIST = """
    accreditation accountable appointed appointment appraisal approved assembly attended attendance board-level bullying
    champion champions colleagues commitment committee completed council cultural dashboard deliverable deliverables
    director directors disciplinary discrimination disparity diversity education equality ethnic ethnicity executive
    executives framework governance governors grievance harassment implemented improvement inclusion inclusive indicator
    indicators inequalities inequality leadership mentoring midwifery minorities minority network networks objectives
    organisation people performance population presented procedure programme progress published quarterly racial racism
    ratified recruitment reported representation representatives reviewed senior shortlisting sponsor statement strategy
    training workforce
"""
_TURNED_ROUND = """
    sponser:sponsor sponcer:sponsor netwrok:network newtork:network exectuive:executive executvie:executive
    direcotr:director dirctor:director attneded:attended atteneded:attended pubilshed:published publsihed:published
    appionted:appointed apponited:appointed ethinc:ethnic ethnictiy:ethnicity racsim:racism equailty:equality
    incluison:inclusion comittee:committee committe:committee statemnet:statement stategy:strategy progamme:programme
    progarmme:programme straetgy:strategy leadrship:leadership leaderhsip:leadership minroity:minority
    discriminaiton:discrimination harrasment:harassment grievence:grievance dashbaord:dashboard
"""
_SHORTEST_PART = 2
_TWO_WORDS = frozenset({"in equality", "in equalities", "at tended", "re view", "re viewed"})
_SMALL = """or on in at to as an is it me us my he we be by do go no so of if am up"""
_WORDS = frozenset(_SMALL.split())
"""Words that a split must not end in: "direct or indirect"."""


def _splits(word: str) -> dict[str, str]:
    """Return the ways to split a word, each with the whole word."""
    cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    splits = (f"{word[:cut]} {word[cut:]}" for cut in cuts if word[cut:] not in _WORDS)
    return {split: word for split in splits if split not in _TWO_WORDS}


def _table() -> dict[str, str]:
    found = {split: word for word in _WORD_LIST.split() for split in _splits(word)}
    pairs = (pair.split(":") for pair in _TURNED_ROUND.split())
    return {**found, **{wrong: right for wrong, right in pairs if len(wrong) >= len(right)}}


def _as_trie(words: list[str]) -> str:
    """Write an alternation of sorted words with common beginnings told once: it fails after a letter or two."""
    parts: list[str] = []
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], []).append(word[1:])
    for first, rests in by_first.items():
        if first:
            parts.append(re.escape(first) + (_as_trie(rests) if any(rests) else ""))
    body = "|".join(parts)
    return f"(?:{body})?" if "" in by_first else (f"(?:{body})" if len(parts) > 1 else body)


_MENDED = _table()
_WRONG = re.compile(rf"\b{_as_trie(sorted(_MENDED))}\b", re.IGNORECASE)


def mended(text: str) -> str:
    """Return a text of the same length with split and misspelt words of the trade whole and right."""
    return _WRONG.sub(_whole, text)


def _whole(match: re.Match[str]) -> str:
    wrong = match.group()
    right = _MENDED[wrong.casefold()]
    if wrong[0].isupper():
        right = right.upper() if wrong.isupper() else right.capitalize()
    return right.ljust(len(wrong))
