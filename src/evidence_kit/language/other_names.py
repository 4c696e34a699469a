"""Short names of other organisations: a pack that names "Port Ellery Hospitals NHS Trust" says "Port Ellery" next.

They are learnt from full names anywhere in the pack. What could be this organisation's own name, a site of it, or a
word like any other is not learnt; where a name tells of a place or a person, it does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from evidence_kit.language.owner import NAMED, end_of_name, significant
from evidence_kit.language.plain import plain

_KIND_WORDS = """
    acute alliance ambulance care children's community district foundation general group health healthcare hospital
    hospitals infirmary integrated learning mental nhs partnership partnerships primary service services social
    specialist system teaching trust university women's
"""
_KINDS = frozenset(_KIND_WORDS.split())
"""Words at which the proper part of a name ends."""
_OF_HEALTH = re.compile(r"\b(?:NHS|Hospitals?|Health(?:care)?|Care|Ambulance|Foundation)\b.*\bTrust$")
"""A trust without any of these may be a charity, whose name is no place's."""
_LEADS = re.compile(
    r"^(?:.*\b(?:Director|Executive|Officer|Chair|Nurse|Trustee|Governor|Member|Secretary|Head|Lead|Number)s?\s+(?:of|at)\s+"
    r"|(?:The\s+)?(?:Royal\s+)?University\s+Hospitals?\s+(?:of\s+)?|The\s+|Royal\s+|NHS\s+)+"
)
_TOO_COMMON = """
    north south east west central northern southern eastern western greater lower upper great mid royal saint new old
    our this that each every another other partner both board executive chief national local joint many some all black
    white asian
"""
_NO_NAMES = frozenset(_TOO_COMMON.split())
_LEAST_LETTERS = 4
_IN_BRACKETS = re.compile(
    r"\s*\(\s*(?:(?:the|hereafter|known\s+as|called|or)\s+)*[\"“'‘]?([A-Z][\w-]{2,7})[\"”'’]?\s*\)"
)
_OURS_TOO = (
    r"\b(?:our|former(?:ly)?|predecessors?|merge[rd]|acquired|joined\s+(?:us|with))\b[^.;:]{{0,25}}?\b{name}\b(?!['’])"
    r"|\b{name}\b[^.;]{{0,60}}\b(?:merge[rd]|dissolved|acquired|predecessor|(?:one|part)\s+of\s+our)\b"
)
"""Where a name is of a site of our own, or of a trust that became a part of this one."""


def short_names(texts: Sequence[str], organisation: str) -> tuple[str, ...]:
    """Return short names of other trusts that a pack names in full, sorted.

    Args:
        texts: All texts of the pack.
        organisation: This one; where it is unknown, nothing is learnt.
    """
    own = significant(organisation)
    if not own:
        return ()
    found = {name for text in texts if "Trust" in text for name in _named(plain(text), own)}
    return tuple(name for name in sorted(found) if not _may_be_ours(name, texts))


def _named(text: str, own: frozenset[str]) -> Iterator[str]:
    """Yield the short names that a text gives reason to expect."""
    for full in NAMED.finditer(text):
        end = end_of_name(text, full)
        name = text[full.start() : end]
        words = significant(name)
        if not words or words & own or not _OF_HEALTH.search(name):
            continue
        short = _proper(name)
        if short:
            yield short
        bracket = _IN_BRACKETS.match(text, end)
        if bracket is not None and _stands_for(bracket[1], name):
            yield bracket[1]


def _proper(name: str) -> str:
    """Return the proper part of a full name, up to the word that says what kind of body it is; else nothing."""
    kept: list[str] = []
    for word in _LEADS.sub("", name).split():
        if word.casefold() in _KINDS:
            break
        kept.append(word)
    while kept and not kept[-1][0].isupper():
        kept.pop()
    if not kept or (len(kept) == 1 and (kept[0].casefold() in _NO_NAMES or len(kept[0]) < _LEAST_LETTERS)):
        return ""
    return " ".join(kept)


def _stands_for(acronym: str, name: str) -> bool:
    """Tell whether an acronym's letters come, in order, from the initials of a name."""
    initials = iter(word[0].casefold() for word in re.findall(r"[\w'’]+", name))
    return acronym.isupper() and all(letter in initials for letter in acronym.casefold())


def _may_be_ours(name: str, texts: Iterable[str]) -> bool:
    """Tell whether the papers use a name of something of their own, or write it small, as any other word."""
    ours = re.compile(_OURS_TOO.format(name=re.escape(name)))
    small = re.compile(rf"\b{re.escape(name.casefold())}\b")
    return any(
        (name in text and ours.search(text) is not None)
        or (" " not in name and small.search(text) is not None)
        for text in texts
    )
