"""Names that the papers themselves explain: "REACH, the staff network of our racialised colleagues".

A trust's networks carry names that no lexicon can know. Where a paper says once what a name stands for, the name counts
in all papers of the pack, and the map lists it among its settings; table ``[names]`` of the settings file goes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from evidence_kit.language.lexicon import Concept, Lexicon
from evidence_kit.language.phrases import expand
from evidence_kit.language.plain import plain

_NAME = r"(?P<name>[A-Z]{3,}\b|[A-Z][a-z]{3,}(?:\s[A-Z][a-z]{2,}){0,2}\b)"
_NAME_FIRST = re.compile(
    r"\b(?P<name>[A-Z]{3,})\b\s*(?P<long>\([^()]{4,90}\))?\s*(?:,|[–—]|:|\bis\b)\s*"
    r"(?P<what>(?:the|our|its|a|an)\b[^.;:\n]{4,110})"
)
_WHAT = r"\b(?P<what>(?:[Tt]he|[Oo]ur|[Ii]ts)\b[^.;:()\n]{4,90}?)"
_CALLED = re.compile(rf"{_WHAT},?\s+(?:known\s+as|called|named)\s+{_NAME}")
_CALLS = ("known", "called", "named")
_IN_BRACKETS = re.compile(rf"{_WHAT}\s+\({_NAME}\)")


def learn_names(texts: Iterable[str], lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Return pairs of name and concept id, sorted, for concepts that may be learnt (``learn_names`` in the lexicon).

    A name counts when the words that explain it hold every part of one of the concept's compounds, and nothing of what
    must not stand between them. Names that are words of the lexicon already teach nothing new.
    """
    wanted = [concept for concept in lexicon.concepts if concept.learn_names]
    if not wanted:
        return ()
    rules = _Rules(lexicon)
    found = {
        (name, concept.id)
        for text in texts
        for name, what in _explained(plain(text))
        for concept in wanted
        if rules.fits(concept, what) and not rules.knows(name)
    }
    return tuple(sorted(found))


def _explained(text: str) -> Iterable[tuple[str, str]]:
    patterns = [_NAME_FIRST]
    # Few texts have these words; the patterns would try at every "the" of all the others.
    if any(word in text for word in _CALLS):
        patterns.append(_CALLED)
    if "(" in text:
        patterns.append(_IN_BRACKETS)
    for pattern in patterns:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            yield groups["name"], f"{groups.get('long') or ''} {groups['what']}"


class _Rules:
    """Looks for the parts of compounds in a phrase."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._concepts = {concept.id: concept for concept in lexicon.concepts}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def knows(self, name: str) -> bool:
        """Tell whether a name is a word of the lexicon; one in capitals ("REACH") is not the verb of its letters."""
        return name in self._as_written if name.isupper() else name.casefold() in self._in_any_case

    @cached_property
    def _as_written(self) -> frozenset[str]:
        return frozenset(phrase for concept in self._concepts.values() for phrase in _phrases_of(concept))

    @cached_property
    def _in_any_case(self) -> frozenset[str]:
        return frozenset(phrase.casefold() for phrase in self._as_written)

    def fits(self, concept: Concept, phrase: str) -> bool:
        return any(
            all(self._names(part, phrase) for part in near.all_of)
            and not any(self._names(part, phrase) for part in near.not_between)
            for near in concept.near
        )

    def _names(self, concept_id: str, phrase: str) -> bool:
        if concept_id not in self._patterns:
            forms = sorted(self._forms(concept_id, frozenset()), key=lambda form: (-len(form), form))
            words = "|".join(re.escape(form) for form in forms)
            self._patterns[concept_id] = re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE)
        return self._patterns[concept_id].search(phrase) is not None

    def _forms(self, concept_id: str, seen: frozenset[str]) -> set[str]:
        """Collect the forms of a concept and of the narrower ones."""
        concept = self._concepts[concept_id]
        forms = set(_phrases_of(concept))
        for narrower in concept.includes:
            if narrower not in seen:
                forms |= self._forms(narrower, seen | {concept_id})
        return forms


def _phrases_of(concept: Concept) -> Iterable[str]:
    return (phrase for form in (*concept.forms, *concept.cased) for phrase in expand(form))
