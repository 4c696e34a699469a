"""What the readers of roles share: the id of a role, its modifiers and its record."""

from __future__ import annotations

import re

from evidence_kit.language import role_patterns as p
from evidence_kit.records.reading import Grade, Person

_STATES = re.compile(
    r"\b(?:interim|acting|joint|group|trust|substantive|voting|new|newly appointed|lead|senior)\b(?![\w-])",
    re.IGNORECASE,
)


_EDI = re.compile(
    r"\b(?:equalit(?:y|ies)|diversity|inclusion|edib|edhr|ed&i|dei|d&i)(?:(?:,? (?:and|&) |, | & |,)"
    r"(?:equalit(?:y|ies)|diversity|inclusion|belonging|human rights|engagement))+|\b(?:edib|edhr|ed&i|dei|d&i)\b"
)


RANKS = ("deputy", "associate", "assistant", "vice")


def word_at(text: str, start: int) -> str:
    """Return the word that begins at a place."""
    match = re.compile(r"\w+").match(text, start)
    return match[0] if match else ""


def person_of(text: str, role: str, grade: Grade, start: int, end: int) -> Person:
    """Return the record of a role at a place."""
    return Person(role, grade, start, end, text[start:end])


def role_id(words: str) -> str:
    """Return the stable id of a role: its words without states ("interim"), in the singular, joined by underscores."""
    told = _STATES.sub(" ", words.lower().replace("’", "'"))
    told = _EDI.sub("edi", re.sub(r"\s+", " ", told))
    told = re.sub(r"\bhr\b", "human resources", re.sub(r"\bod\b", "organisational development", told))
    told = re.sub(
        r"\b(director|officer|head|manager|executive|lead|sponsor|champion|partner|nurse)s\b", r"\1", told
    )
    return "_".join(
        re.findall(r"[a-z0-9]+", told.replace("&", " and ").replace("organizational", "organisational"))
    )


def modified_start(text: str, low: int, start: int) -> tuple[int, frozenset[str]]:
    """Return where the modifiers before a role begin ("Interim Deputy …"), and which they are."""
    match = p.MODIFIERS.search(text, max(low, start - 50), start)
    if match is None:
        return start, frozenset()
    return match.start(), frozenset(re.findall(r"[a-z]+", match[0].lower()))
