"""What the statistical classifier sees of a passage: named features, so that every weight can be told to a reader.

A feature's name is its group, a colon and the thing: ``word:sponsor``, ``pair:board race``. Which groups count, and how
much, stands in a model's recipe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise

from evidence_kit.records.passage import PaperKind
from evidence_kit.records.reading import Origin, Tags

HEADINGS_USED = 2
"""Of a heading trail, the innermost."""
_FIGURE = "0"
_CUT = frozenset(".,;:!?()[]\"'“”‘’|•–—-/")


class Group(StrEnum):
    """Groups of features."""

    WORD = "word"
    WORDS = "words"
    """Two words in a row."""
    STEM = "stem"
    HEADING = "heading"
    HEADER = "header"
    TITLE = "title"
    BEFORE = "before"
    """Words of the passage before, in the same paper."""
    AFTER = "after"
    KIND = "kind"
    CONCEPT = "concept"
    """Lexicon concepts in the passage's own words."""
    UNDER = "under"
    """Concepts that it takes from stem, headings, table header or title alone."""
    PAIR = "pair"
    """Two concepts of which one is the framework's subject; after ``<`` stands one that it takes from its context."""
    SUBJECT = "subject"
    """Where the framework's subject stands: a value of :class:`Place`."""
    RULE = "rule"
    """Criteria that the keyword classifier finds, by themselves and with the subject's place (``B3 nowhere``)."""


_CONTEXT_GROUP = {
    Origin.STEM: Group.STEM,
    Origin.HEADING: Group.HEADING,
    Origin.HEADER: Group.HEADER,
    Origin.PAPER: Group.TITLE,
}


class Place(StrEnum):
    """Where the framework's subject stands, the nearest place first."""

    OWN = "own"
    CONTEXT = "context"
    """In the stem, the headings, the table header or the title."""
    BESIDE = "beside"
    """In the passage before or after."""
    WIDER = "wider"
    """Nowhere, but the passage names what the subject is a part of."""
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a framework is about (race), and what that is a part of (equality): ids of concepts. May be empty."""

    concepts: frozenset[str] = frozenset()
    wider: frozenset[str] = frozenset()


NO_SUBJECT = Subject()
Features = dict[Group, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Around:
    """A passage's tags, those of the passages next to it in the same paper, and the paper's kind."""

    tags: Tags
    before: Tags | None = None
    after: Tags | None = None
    kind: PaperKind | None = None


def surrounded(tags: Iterable[Tags], kind: PaperKind) -> Iterator[Around]:
    """Yield the passages of one paper, in order, each with those next to it."""
    before: Tags | None = None
    current: Tags | None = None
    for following in tags:
        if current is not None:
            yield Around(current, before, following, kind)
        before, current = current, following
    if current is not None:
        yield Around(current, before, None, kind)


def place_of(around: Around, subject: Subject) -> Place:
    """Say where the subject stands."""
    own = _own_concepts(around.tags)
    if not subject.concepts.isdisjoint(own):
        return Place.OWN
    if not subject.concepts.isdisjoint(around.tags.concepts()):
        return Place.CONTEXT
    if not subject.concepts.isdisjoint(_own_concepts(around.before) | _own_concepts(around.after)):
        return Place.BESIDE
    return Place.NOWHERE if subject.wider.isdisjoint(own) else Place.WIDER


def is_worth_scoring(around: Around, rules: Sequence[str], subject: Subject) -> bool:
    """Tell whether a passage names the subject, in it or around it, or fits a rule; else it bears on nothing."""
    return (
        bool(rules) or not subject.concepts or place_of(around, subject) not in (Place.WIDER, Place.NOWHERE)
    )


def features_of(around: Around, rules: Sequence[str] = (), subject: Subject = NO_SUBJECT) -> Features:
    """Return the features of a passage by group, each once, sorted; a group without any is left out.

    Args:
        around: The passage and what stands next to it.
        rules: Ids of the criteria that the keyword classifier finds in it.
        subject: What the framework is about.
    """
    tags = around.tags
    own = _tokens(_own_words(tags))
    concepts = _own_concepts(tags)
    under = tags.concepts() - concepts
    place = place_of(around, subject)
    found: dict[Group, Iterable[str]] = {
        Group.WORD: _words(own),
        Group.WORDS: _two_words(own),
        **_context_words(tags),
        Group.BEFORE: _words(_tokens(_own_words(around.before))),
        Group.AFTER: _words(_tokens(_own_words(around.after))),
        Group.KIND: (around.kind.value,) if around.kind else (),
        Group.CONCEPT: concepts,
        Group.UNDER: under,
        Group.PAIR: _pairs(concepts, under, subject.concepts | subject.wider),
        Group.SUBJECT: (place.value,) if subject.concepts else (),
        Group.RULE: (*rules, *(f"{rule} {place.value}" for rule in rules)),
    }
    named = ((group, sorted({f"{group.value}:{name}" for name in names})) for group, names in found.items())
    return {group: tuple(names) for group, names in named if names}


def _own_words(tags: Tags | None) -> tuple[str, ...]:
    if tags is None:
        return ()
    return next((words for origin, words in tags.words if origin is Origin.TEXT), ())


def _own_concepts(tags: Tags | None) -> frozenset[str]:
    if tags is None:
        return frozenset()
    return frozenset(mention.concept for mention in tags.mentions if mention.origin is Origin.TEXT)


def _context_words(tags: Tags) -> dict[Group, Iterable[str]]:
    found: dict[Group, list[str]] = {}
    headings = 0
    for origin, words in tags.words:
        if origin is Origin.TEXT:
            continue
        headings += origin is Origin.HEADING
        if headings <= HEADINGS_USED or origin is not Origin.HEADING:
            found.setdefault(_CONTEXT_GROUP[origin], []).extend(_words(_tokens(words)))
    return dict(found)


def _tokens(words: Iterable[str]) -> list[str]:
    """Return words with every number as one sign; blanks that a line end left are gone."""
    return [_FIGURE if any(map(str.isdigit, word)) else word for word in words if not word.isspace()]


def _words(tokens: Iterable[str]) -> Iterator[str]:
    return (token for token in tokens if token not in _CUT)


def _two_words(tokens: list[str]) -> Iterator[str]:
    return (f"{one} {other}" for one, other in pairwise(tokens) if one not in _CUT and other not in _CUT)


def _pairs(concepts: frozenset[str], under: frozenset[str], subject: frozenset[str]) -> Iterator[str]:
    for one, other in combinations(sorted(concepts), 2):
        if one in subject or other in subject:
            yield f"{one} {other}"
    for one in concepts:
        for other in under if one in subject else under & subject:
            yield f"{one}<{other}"
