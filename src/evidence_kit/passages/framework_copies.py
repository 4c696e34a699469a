"""Finds the framework's own words in a passage: a requirement quoted is never evidence that it is satisfied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evidence_kit.records.document import Span
from evidence_kit.records.passage import Passage

SHINGLE_WORDS = 4
COVERED = 0.7
"""A unit (passage, cell, sentence) is a copy when one wording covers this share of its words."""
VERBATIM = 0.8
"""A run of words that holds this share of a wording is a quotation, whatever stands around it."""
MIN_WORDS = 6
"""Fewer words are a heading or a name, not a requirement."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n\s*\n|\t")
# Words that a requirement does not have and an act does: who it was, that it happened, how much.
_OWN_WORDS = """
    we our us i has have had was were been being did done met attended appointed approved completed published
    achieved delivered held received presented launched agreed medical nurse nursing officer chief finance
    operating interim deputy associate doctor dr professor mr mrs ms yes no not
"""
_OWN = frozenset(_OWN_WORDS.split())
_MODALS = frozenset({"must", "should", "shall", "can", "to", "will", "needs", "required"})
_QUOTING = frozenset(
    {
        "framework",
        "deliverable",
        "criterion",
        "requirement",
        "requires",
        "asks",
        "states",
        "says",
        "wording",
        "quote",
    }
)
_SAME = {"bame": "ethnicminority", "bme": "ethnicminority"}
_ETHNIC = re.compile(
    r"\bblack,? asian,? (?:and|&|or) minority ethnic\b|\bethnic minorit(?:y|ies)\b", re.IGNORECASE
)
_ETHNIC_WORD = "ethnicminority"


@dataclass(frozen=True, slots=True)
class _Token:
    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WordingIndex:
    """Wordings by their runs of :data:`SHINGLE_WORDS` words.

    Attributes:
        shingles: The wordings (numbers) that hold a run of words.
        lengths: Words of each wording.
        vocabularies: The words of each wording.
    """

    shingles: dict[tuple[str, ...], tuple[int, ...]]
    lengths: tuple[int, ...]
    vocabularies: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, wordings: Sequence[str]) -> WordingIndex:
        """Index the framework's wordings; those under :data:`MIN_WORDS` words are left out."""
        shingles: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        lengths: list[int] = []
        vocabularies: list[frozenset[str]] = []
        for text in dict.fromkeys(wordings):
            words = [token.form for token in _tokens(text)]
            if len(words) < MIN_WORDS:
                continue
            for index in range(len(words) - SHINGLE_WORDS + 1):
                members = shingles[tuple(words[index : index + SHINGLE_WORDS])]
                if len(lengths) not in members:
                    members.append(len(lengths))
            lengths.append(len(words))
            vocabularies.append(frozenset(words))
        return cls(
            {key: tuple(members) for key, members in shingles.items()}, tuple(lengths), tuple(vocabularies)
        )


def find_copies(passage: Passage, wordings: WordingIndex) -> tuple[Span, ...]:
    """Return the spans of a passage's text that copy one of the wordings: ordered and disjoint.

    A cell or sentence is a copy when one wording covers at least :data:`COVERED` of its words and the rest does not
    speak of an act (a figure, "we", "has", a job title); or, in a sentence that says that it quotes ("the framework
    asks"), the run of words that holds nearly a whole wording.
    """
    spans: list[Span] = []
    for start, end in _units(passage):
        spans.extend(_copies_in(passage.text, start, end, wordings))
    return _merged(spans)


def _units(passage: Passage) -> list[Span]:
    """Return what is judged for itself: the cells of a row, else the passage's sentences."""
    stretches = [cell for cell in passage.cells if cell[0] < cell[1]] or [(0, len(passage.text))]
    units: list[Span] = []
    for start, end in stretches:
        position = start
        for gap in _SENTENCE_END.finditer(passage.text, start, end):
            units.append((position, gap.start()))
            position = gap.end()
        units.append((position, end))
        if units[-1] != (start, end):
            units.append((start, end))
    return units


def _copies_in(text: str, start: int, end: int, wordings: WordingIndex) -> list[Span]:
    tokens = _tokens(text[start:end])
    if len(tokens) < MIN_WORDS:
        return []
    hits: defaultdict[int, set[int]] = defaultdict(set)
    for index in range(len(tokens) - SHINGLE_WORDS + 1):
        key = tuple(token.form for token in tokens[index : index + SHINGLE_WORDS])
        for number in wordings.shingles.get(key, ()):
            hits[number].update(range(index, index + SHINGLE_WORDS))
    if not hits:
        return []
    number = max(sorted(hits), key=lambda each: len(hits[each]))
    covered = hits[number]
    acts = _speaks_of_an_act(tokens, covered, wordings.vocabularies[number])
    if len(covered) >= COVERED * len(tokens) and not acts:
        return [(start + tokens[0].start, start + tokens[-1].end)]
    if acts and not any(token.form in _QUOTING for token in tokens):
        return []
    return _quotations(tokens, hits, wordings, start)


def _speaks_of_an_act(tokens: Sequence[_Token], covered: set[int], vocabulary: frozenset[str]) -> bool:
    """Say whether what is not covered tells an act; "attends" where the wording says "must attend" does."""
    if vocabulary & _MODALS and not any(token.form in _MODALS for token in tokens):
        return True
    rest = [token.form for index, token in enumerate(tokens) if index not in covered]
    return any(
        word not in vocabulary and (word in _OWN or (any(map(str.isdigit, word)) and index > 0))
        for index, word in enumerate(rest)
    )


def _quotations(
    tokens: Sequence[_Token], hits: dict[int, set[int]], wordings: WordingIndex, offset: int
) -> list[Span]:
    """Return the runs that hold nearly a whole wording, in a sentence that says more."""
    spans = []
    for number in sorted(hits):
        if len(hits[number]) < VERBATIM * wordings.lengths[number] or len(hits[number]) < 2 * SHINGLE_WORDS:
            continue
        low, high = min(hits[number]), max(hits[number])
        rest = set(range(low, high + 1)) - hits[number]
        inside = [tokens[index] for index in sorted(rest)]
        if len(rest) <= len(hits[number]) * (1 - VERBATIM) and not any(
            token.form in _OWN for token in inside
        ):
            spans.append((offset + tokens[low].start, offset + tokens[high].end))
    return spans


def _tokens(text: str) -> list[_Token]:
    """Cut a text into lower-case words; the names of ethnic minority people count as one and the same word."""
    found: list[_Token] = []
    position = 0
    for name in _ETHNIC.finditer(text):
        found.extend(_plain_tokens(text, position, name.start()))
        found.append(_Token(_ETHNIC_WORD, name.start(), name.end()))
        position = name.end()
    found.extend(_plain_tokens(text, position, len(text)))
    return found


def _plain_tokens(text: str, start: int, end: int) -> list[_Token]:
    return [
        _Token(_SAME.get(word, word), match.start(), match.end())
        for match in _WORD.finditer(text, start, end)
        for word in (match[0].casefold().replace("\u2019", "'"),)
    ]


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
