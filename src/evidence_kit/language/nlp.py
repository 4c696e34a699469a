"""Tagging: which concepts stand where in a passage and its context. The only home of spaCy.

A blank English tokenizer, and our own finder of phrases over its tokens (``phrases.py``): forms with alternatives
stand for some ninety thousand phrases, and writing them all out took longer than reading a pack of papers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from evidence_kit.language.lexicon import Concept, Lexicon, Near, Sort
from evidence_kit.language.phrases import PhraseFinder
from evidence_kit.language.plain import plain
from evidence_kit.records.passage import Passage
from evidence_kit.records.reading import Mention, Origin, Tags

_BLOCK = "!"
"""Marks keys of phrases that take a concept away."""
_PLAIN_WORDS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
_SENTENCE_END = frozenset({".", "?", "!", "\n\n"})


@dataclass(frozen=True, slots=True)
class _Hit:
    """A match by token index, half open."""

    first: int
    last: int


class Tagger:
    """Finds lexicon concepts in text.

    Args:
        lexicon: The concepts.
        names: An organisation's own names of bodies and networks: pairs of name and concept id.
    """

    def __init__(self, lexicon: Lexicon, names: tuple[tuple[str, str], ...] = ()) -> None:
        self._concepts = {concept.id: concept for concept in lexicon.concepts}
        # Here and not above: a run that finds all its readings kept needs no tagger, and spaCy takes half a second.
        import spacy

        self._nlp = spacy.blank("en")
        self._rules = frozenset(self._nlp.tokenizer.rules)
        self._lower = PhraseFinder(lambda phrase: tuple(word.lower() for word in self._tokenised(phrase)))
        self._exact = PhraseFinder(self._tokenised)
        own: dict[str, list[str]] = defaultdict(list)
        for name, concept_id in names:
            own[concept_id].append(name)
        for concept in lexicon.concepts:
            self._add(concept, own[concept.id])
        self._wider = _wider(lexicon.concepts)
        self._compounds = tuple(
            (name, near, frozenset(near.all_of))
            for name in _in_dependency_order(lexicon.concepts)
            for near in self._concepts[name].near
        )
        self._cache: dict[str, tuple[Mention, ...]] = {}

    def _add(self, concept: Concept, own_names: list[str]) -> None:
        for form in concept.forms:
            self._lower.add(concept.id, form)
        for form in concept.cased:
            self._exact.add(concept.id, form)
        for form in concept.unless:
            self._lower.add(_BLOCK + concept.id, form)
        for name in own_names:
            # A name in capitals counts in capitals: REACH is a network, reach is a verb.
            (self._exact if name.isupper() else self._lower).add_phrase(concept.id, plain(name))

    def _tokenised(self, phrase: str) -> tuple[str, ...]:
        """Tokenise a phrase; plain words need no tokenizer, and most of the thousands of phrases are plain words."""
        words = phrase.split(" ")
        if _PLAIN_WORDS.fullmatch(phrase) and self._rules.isdisjoint(words):
            return tuple(words)
        return tuple(token.text for token in self._nlp.tokenizer(phrase))

    def tag(self, passage: Passage, paper_title: str = "") -> Tags:
        """Return all mentions in a passage and what stands around it.

        Offsets are into the passage's text for :attr:`Origin.TEXT`, else into the text of that origin.
        """
        mentions = list(self.mentions(passage.text))
        context = passage.context
        for origin, texts in (
            (Origin.STEM, (context.stem,)),
            (Origin.HEADER, (*context.header, context.caption)),
            (Origin.HEADING, tuple(reversed(context.headings))),
            (Origin.PAPER, (paper_title,)),
        ):
            mentions.extend(self._innermost(origin, texts))
        return Tags(passage.id, tuple(mentions))

    def _innermost(self, origin: Origin, texts: tuple[str, ...]) -> list[Mention]:
        """Tag texts of a context; of headings, the innermost that has a sort of concept speaks for it alone."""
        found: list[Mention] = []
        taken: set[Sort] = set()
        for text in texts:
            here = self._remembered(text)
            found.extend(
                replace(mention, origin=origin)
                for mention in here
                if origin is not Origin.HEADING or self._concepts[mention.concept].sort not in taken
            )
            taken |= {self._concepts[mention.concept].sort for mention in here}
        return found

    def _remembered(self, text: str) -> tuple[Mention, ...]:
        """Tag a heading, stem or title: the same few come with every passage of a section."""
        if text not in self._cache:
            self._cache[text] = self.mentions(text)
        return self._cache[text]

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in a text, sorted by place, then concept."""
        if not text.strip():
            return ()
        made = plain(text)
        doc = self._nlp.tokenizer(made)
        hits = self._phrase_hits(doc)
        if not hits:
            return ()
        self._add_wider(hits)
        for concept_id, near, needed in self._compounds:
            if needed <= hits.keys() and (found := _compound_hits(near, hits, doc)):
                hits[concept_id].extend(found)
                for wider in self._wider.get(concept_id, ()):
                    hits[wider].extend(found)
        mentions = {
            Mention(concept_id, start, end, made[start:end])
            for concept_id, places in hits.items()
            for start, end in (_characters(doc, hit) for hit in _longest(places))
        }
        return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.concept)))

    def _phrase_hits(self, doc: Any) -> defaultdict[str, list[_Hit]]:
        hits: defaultdict[str, list[_Hit]] = defaultdict(list)
        blocks: defaultdict[str, list[_Hit]] = defaultdict(list)
        exact = [token.text for token in doc]
        for finder, tokens in ((self._lower, [token.lower_ for token in doc]), (self._exact, exact)):
            for name, first, last in finder.find(tokens):
                if name.startswith(_BLOCK):
                    blocks[name[1:]].append(_Hit(first, last))
                else:
                    hits[name].append(_Hit(first, last))
        for name, blocking in blocks.items():
            if name in hits:
                hits[name] = [hit for hit in hits[name] if not any(_inside(hit, block) for block in blocking)]
        return hits

    def _add_wider(self, hits: defaultdict[str, list[_Hit]]) -> None:
        for name in list(hits):
            for wider in self._wider.get(name, ()):
                hits[wider].extend(hits[name])


def _inside(hit: _Hit, outer: _Hit) -> bool:
    return outer.first <= hit.first and hit.last <= outer.last


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Keep, of one concept's overlapping matches, the longest; of equally long ones the first."""
    if len(hits) == 1:
        return hits
    kept: list[_Hit] = []  # in order of place and disjoint: only the neighbours can overlap
    starts: list[int] = []
    for hit in sorted(set(hits), key=lambda each: (each.first - each.last, each.first)):
        place = bisect_left(starts, hit.first)
        free_before = not place or kept[place - 1].last <= hit.first
        if free_before and (place == len(kept) or hit.last <= starts[place]):
            kept.insert(place, hit)
            starts.insert(place, hit.first)
    return kept


def _characters(doc: Any, hit: _Hit) -> tuple[int, int]:
    last = doc[hit.last - 1]
    return doc[hit.first].idx, last.idx + len(last)


def _wider(concepts: tuple[Concept, ...]) -> dict[str, tuple[str, ...]]:
    """For each concept, all that include it, however deep; a circle ends where it began."""
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for narrower in concept.includes:
            direct[narrower].add(concept.id)
    result = {}
    for name in sorted(direct):
        found: set[str] = set()
        waiting = sorted(direct[name])
        while waiting:
            wider = waiting.pop()
            if wider not in found and wider != name:
                found.add(wider)
                waiting.extend(sorted(direct[wider]))
        result[name] = tuple(sorted(found))
    return result


def _in_dependency_order(concepts: tuple[Concept, ...]) -> tuple[str, ...]:
    """Order the compounds so that one made of others comes after them."""
    compounds = {concept.id: concept for concept in concepts if concept.near}
    wider = _wider(concepts)
    ordered: dict[str, None] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in ordered or name in trail or name not in compounds:
            return
        needed = {part for near in compounds[name].near for part in (*near.all_of, *near.not_between)}
        for other in sorted(compounds):
            if other in needed or needed & set(wider.get(other, ())):
                visit(other, (*trail, name))
        ordered[name] = None

    for name in sorted(compounds):
        visit(name, ())
    return tuple(ordered)


def _compound_hits(near: Near, hits: defaultdict[str, list[_Hit]], doc: Any) -> list[_Hit]:
    """Find stretches that hold one mention of each concept, close together and in one sentence."""
    parts = [hits.get(name, []) for name in near.all_of]
    if not all(parts):
        return []
    found = []
    for anchor in sorted(parts[0], key=lambda hit: hit.first):
        stretch = anchor
        for places in parts[1:]:
            closest = min(places, key=lambda hit: (_gap(stretch, hit), hit.first))
            stretch = _Hit(min(stretch.first, closest.first), max(stretch.last, closest.last))
        if stretch.last - stretch.first > near.within + sum(
            min(p.last - p.first for p in place) for place in parts
        ):
            continue
        if any(token.text in _SENTENCE_END for token in doc[stretch.first : stretch.last - 1]):
            continue
        between = [hit for name in near.not_between for hit in hits.get(name, [])]
        if not any(stretch.first <= hit.first and hit.last <= stretch.last for hit in between):
            found.append(stretch)
    # The closest words make the compound; a longer stretch around them may run into the next clause.
    return [hit for hit in found if not any(other != hit and _inside(other, hit) for other in found)]


def _gap(one: _Hit, other: _Hit) -> int:
    """Words between two matches; 0 when they touch or overlap."""
    return max(other.first - one.last, one.first - other.last, 0)
