"""Tagging: which concepts stand where in a passage and its context.

The tokens of a blank English pipeline (``tokens.py``), and our own finder of phrases over them (``phrases.py``): forms
with alternatives stand for some ninety thousand phrases, and writing them all out took longer than reading a pack of
papers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence_kit.language.lexicon import Concept, Lexicon, Near, Sort
from evidence_kit.language.phrases import PhraseFinder
from evidence_kit.language.plain import plain
from evidence_kit.language.tokens import Tokenizer, starts_of_tokens
from evidence_kit.records.passage import Context, Passage
from evidence_kit.records.reading import Mention, Origin, Tags

_BLOCK = "!"
"""Marks keys of phrases that take a concept away."""
_SENTENCE_END = frozenset({".", "?", "!"})

_Hit = tuple[int, int]
"""A match: its first token, and the one after its last."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was found in one text: its lower-cased tokens, and mentions."""

    words: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


class Tagger:
    """Finds lexicon concepts in text.

    Args:
        lexicon: The concepts.
        names: An organisation's own names of bodies and networks: pairs of name and concept id.
    """

    def __init__(self, lexicon: Lexicon, names: tuple[tuple[str, str], ...] = ()) -> None:
        self._concepts = {concept.id: concept for concept in lexicon.concepts}
        self._tokenizer = Tokenizer()
        self._lower = PhraseFinder(lambda phrase: _lower(self._tokenizer.tokens(phrase)))
        self._exact = PhraseFinder(self._tokenizer.tokens)
        own: dict[str, list[str]] = defaultdict(list)
        for name, concept_id in names:
            own[concept_id].append(name)
        for concept in lexicon.concepts:
            self._add(concept, own[concept.id])
        self._blocks = {_BLOCK + concept.id: concept.id for concept in lexicon.concepts if concept.unless}
        self._wider = _wider(lexicon.concepts)
        self._compounds = tuple(
            (name, near, near.all_of[0], frozenset(near.all_of))
            for name in _in_dependency_order(lexicon.concepts)
            for near in self._concepts[name].near
        )
        self._cache: dict[str, _Heard] = {}
        self._around: dict[tuple[Context, str], Tags] = {}

    def _add(self, concept: Concept, own_names: list[str]) -> None:
        for form in concept.forms:
            self._lower.add(concept.id, form)
        for form in concept.cased:
            self._exact.add(concept.id, form)
        for form in concept.unless:
            self._lower.add(_BLOCK + concept.id, form)
        for name in own_names:
            # A name counts as it is written: REACH and the Long Table are bodies, reach and a long table are none.
            for written in sorted({plain(name), plain(name).upper()}):
                (self._lower if name.islower() else self._exact).add_phrase(concept.id, written)

    def tag(self, passage: Passage, paper_title: str = "") -> Tags:
        """Return all mentions in a passage and what stands around it, and the words of both.

        Offsets are into the passage's text for :attr:`Origin.TEXT`, else into the text of that origin.
        """
        own = self._hear(passage.text)
        key = (passage.context, paper_title)
        if key not in self._around:
            self._around[key] = self._tags_around(passage.context, paper_title)
        around = self._around[key]
        words = ((Origin.TEXT, own.words), *around.words)
        return Tags(passage.id, (*own.mentions, *around.mentions), words)

    def _tags_around(self, context: Context, paper_title: str) -> Tags:
        """Tag texts of a context; of headings, the innermost that has a sort of concept speaks for it alone."""
        mentions: list[Mention] = []
        words: list[tuple[Origin, tuple[str, ...]]] = []
        for origin, texts in (
            (Origin.STEM, (context.stem,)),
            (Origin.HEADER, (*context.header, context.caption)),
            (Origin.HEADING, tuple(reversed(context.headings))),
            (Origin.PAPER, (paper_title,)),
        ):
            taken: set[Sort] = set()
            for text in filter(None, texts):
                here = self._remembered(text)
                words.append((origin, here.words))
                mentions.extend(
                    replace(mention, origin=origin)
                    for mention in here.mentions
                    if origin is not Origin.HEADING or self._concepts[mention.concept].sort not in taken
                )
                taken |= {self._concepts[mention.concept].sort for mention in here.mentions}
        return Tags("", tuple(mentions), tuple(words))

    def _remembered(self, text: str) -> _Heard:
        """Tag a heading, stem or title: the same few come with many sections and rows."""
        if text not in self._cache:
            self._cache[text] = self._hear(text)
        return self._cache[text]

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in a text, sorted by place, then concept."""
        return self._hear(text).mentions

    def _hear(self, text: str) -> _Heard:
        if not text.strip():
            return _Heard()
        made = plain(text)
        tokens = self._tokenizer.tokens(made)
        lower = _lower(tokens)
        return _Heard(tuple(lower), self._mentions(made, tokens, lower))

    def _mentions(self, made: str, tokens: list[str], lower: list[str]) -> tuple[Mention, ...]:
        hits = self._phrase_hits(tokens, lower)
        if not hits:
            return ()
        self._add_wider(hits)
        for concept_id, near, first, needed in self._compounds:
            if first in hits and needed <= hits.keys() and (found := _compound_hits(near, hits, tokens)):
                hits[concept_id].extend(found)
                for wider in self._wider.get(concept_id, ()):
                    hits[wider].extend(found)
        starts = starts_of_tokens(made, tokens)
        places = sorted(
            (starts[first], starts[last - 1] + len(tokens[last - 1]), concept_id)
            for concept_id, found in hits.items()
            for first, last in _longest(found)
        )
        return tuple(Mention(concept_id, start, end, made[start:end]) for start, end, concept_id in places)

    def _phrase_hits(self, tokens: list[str], lower: list[str]) -> defaultdict[str, list[_Hit]]:
        hits: defaultdict[str, list[_Hit]] = defaultdict(list)
        for finder, sought in ((self._lower, lower), (self._exact, tokens)):
            for name, first, last in finder.find(sought):
                hits[name].append((first, last))
        for block in hits.keys() & self._blocks.keys():
            name, blocking = self._blocks[block], hits.pop(block)
            if name in hits:
                hits[name] = [hit for hit in hits[name] if not any(_inside(hit, each) for each in blocking)]
        return hits

    def _add_wider(self, hits: defaultdict[str, list[_Hit]]) -> None:
        for name in list(hits):
            for wider in self._wider.get(name, ()):
                hits[wider].extend(hits[name])


def _lower(tokens: Sequence[str]) -> list[str]:
    return [token.lower() for token in tokens]


def _inside(hit: _Hit, outer: _Hit) -> bool:
    return outer[0] <= hit[0] and hit[1] <= outer[1]


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Keep, of one concept's overlapping matches, the longest; of equally long ones the first."""
    if len(hits) == 1:
        return hits
    kept: list[_Hit] = []  # in order of place and disjoint: only the neighbours can overlap
    starts: list[int] = []
    for first, last in sorted(set(hits), key=lambda hit: (hit[0] - hit[1], hit[0])):
        place = bisect_left(starts, first)
        free_before = not place or kept[place - 1][1] <= first
        if free_before and (place == len(kept) or last <= starts[place]):
            kept.insert(place, (first, last))
            starts.insert(place, first)
    return kept


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


def _compound_hits(near: Near, hits: defaultdict[str, list[_Hit]], tokens: list[str]) -> list[_Hit]:
    """Find stretches that hold one mention of each concept, close together and in one sentence."""
    parts = [hits.get(name, []) for name in near.all_of]
    if not all(parts):
        return []
    widest = near.within + sum(min(last - first for first, last in places) for places in parts)
    ends = [place for place, token in enumerate(tokens) if token in _SENTENCE_END]
    found: list[_Hit] = []
    for anchor in sorted(parts[0], key=lambda hit: hit[0]):
        first, last = anchor
        here = bisect_left(ends, first)
        same = [[hit for hit in places if bisect_left(ends, hit[0]) == here] for places in parts[1:]]
        if not all(same):
            continue
        for places in same:
            closest = min(places, key=lambda hit: (_gap((first, last), hit), hit[0]))
            first, last = min(first, closest[0]), max(last, closest[1])
        if last - first > widest or not _SENTENCE_END.isdisjoint(tokens[first : last - 1]):
            continue
        between = [hit for name in near.not_between for hit in hits.get(name, [])]
        if not any(_inside(hit, (first, last)) for hit in between):
            found.append((first, last))
    # The closest words make the compound; a longer stretch around them may run into the next clause.
    return [hit for hit in found if not any(other != hit and _inside(other, hit) for other in found)]


def _gap(one: _Hit, other: _Hit) -> int:
    """Words between two matches; 0 when they touch or overlap."""
    return max(other[0] - one[1], one[0] - other[1], 0)
