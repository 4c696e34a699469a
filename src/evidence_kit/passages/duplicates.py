"""Finds papers that stand in a pack twice: the same text in a committee's pack and the board's, or on the web."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from zlib import crc32

from evidence_kit.records.days import day_words
from evidence_kit.records.passage import Paper, PaperKind, PaperStatus, Passage

SHINGLE_WORDS = 5
SAME_OVERLAP = 0.9
"""Share of the shorter paper's shingles that the longer one must hold."""
SAME_SIZE = 0.7
"""The shorter paper must have this share of the longer one's words: a cover sheet may differ, a chapter may not."""
SAME_FIGURES = 0.9
"""Share of figures and dates that must agree: quarterly reports share their prose and differ in these."""
MIN_WORDS = 40
"""Papers of fewer words are the same only if every word is."""
_SKETCH = 64
_SKETCH_OVERLAP = 0.5
"""Below this share of common sketch values, two papers are not compared in full."""

_WORD = re.compile(r"[^\W_]+(?:[.,:/%][^\W_]+)*%?")

_VENUE_STRENGTH = {
    PaperKind.BOARD_MINUTES: 0,
    PaperKind.BOARD_PAPER: 0,
    PaperKind.ANNUAL_REPORT: 1,
    PaperKind.COMMITTEE_MINUTES: 1,
    PaperKind.COMMITTEE_PAPER: 1,
}
_OTHER_VENUE = 2
_STATUS_STRENGTH = {
    PaperStatus.IN_FORCE: 0,
    PaperStatus.UNKNOWN: 1,
    PaperStatus.DRAFT: 2,
    PaperStatus.SUPERSEDED: 3,
}
_MINUTES = frozenset({PaperKind.BOARD_MINUTES, PaperKind.COMMITTEE_MINUTES, PaperKind.NETWORK_MINUTES})
_NEVER = frozenset({PaperKind.AGENDA, PaperKind.APPLICATION, PaperKind.GUIDANCE, PaperKind.OFFER})
"""Kinds that are no evidence anyway; an application that repeats a paper must not stand in its stead."""


@dataclass(frozen=True)
class _Text:
    """A paper's words, lower-cased, and what is made of them on demand."""

    words: tuple[str, ...]

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(" ".join(self.words).encode()).hexdigest()

    @cached_property
    def shingles(self) -> frozenset[int]:
        words = [word.encode() for word in self.words]
        count = max(len(words) - SHINGLE_WORDS + 1, 1)
        return frozenset(crc32(b" ".join(words[index : index + SHINGLE_WORDS])) for index in range(count))

    @cached_property
    def sketch(self) -> frozenset[int]:
        """The smallest shingles: two papers that share most shingles share most of these."""
        return frozenset(sorted(self.shingles)[:_SKETCH])

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(word for word in self.words if any(map(str.isdigit, word)))


def mark_duplicates(papers: Sequence[Paper], passages: Iterable[Passage]) -> tuple[Paper, ...]:
    """Return the papers in the same order with the digest of their text, repeats marked with the one that counts.

    Of papers with the same text the one with the strongest venue counts (the board before a committee), then the one
    in force before a draft, then the first. It lists the others' venues.

    Args:
        papers: All papers of the pack, in order of path and place.
        passages: All their passages.
    """
    texts = _texts(papers, passages)
    marked = {
        paper.id: replace(paper, text_digest=text.digest) for paper, text in zip(papers, texts, strict=True)
    }
    for group in _groups(papers, texts):
        ordered = sorted(group, key=lambda index: (*_strength(papers[index]), index))
        kept, *others = (marked[papers[index].id] for index in ordered)
        for other in others:
            marked[other.id] = replace(other, duplicate_of=kept.id)
        venues = dict.fromkeys(
            venue_of(papers[index]) for index in sorted(group) if papers[index].id != kept.id
        )
        venues.pop(venue_of(kept), None)
        marked[kept.id] = replace(kept, venues=tuple(venues))
    return tuple(marked[paper.id] for paper in papers)


def venue_of(paper: Paper) -> str:
    """Return where a paper stood, in words: the body and day of its meeting, else its title, else its document."""
    profile = paper.profile
    when = profile.meeting_date
    if profile.body:
        return f"{profile.body}, {day_words(when)}" if when else profile.body
    return profile.title or paper.document


def _strength(paper: Paper) -> tuple[int, int]:
    profile = paper.profile
    return (_VENUE_STRENGTH.get(profile.kind, _OTHER_VENUE), _STATUS_STRENGTH[profile.status])


def _texts(papers: Sequence[Paper], passages: Iterable[Passage]) -> list[_Text]:
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for passage in passages:
        parts[passage.paper].append(passage.text)
    return [_Text(tuple(_WORD.findall(" ".join(parts[paper.id]).casefold()))) for paper in papers]


def _groups(papers: Sequence[Paper], texts: Sequence[_Text]) -> list[list[int]]:
    """Return groups of indexes of papers with the same text, each of at least two."""
    leader = list(range(len(papers)))
    able = [
        index for index, paper in enumerate(papers) if texts[index].words and paper.profile.kind not in _NEVER
    ]
    for one, two in _alike(able, texts):
        if _root(leader, one) != _root(leader, two) and _same(papers, texts, one, two):
            low, high = sorted((_root(leader, one), _root(leader, two)))
            leader[high] = low
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(len(papers)):
        groups[_root(leader, index)].append(index)
    return [group for _, group in sorted(groups.items()) if len(group) > 1]


def _alike(able: Iterable[int], texts: Sequence[_Text]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of papers, the shorter first, that are of like length and have a sketch value in common.

    All others differ: see :func:`_same`. A paper that is of no other's length needs no sketch.
    """
    ordered = sorted(able, key=lambda index: (len(texts[index].words), index))
    near = [_like_length(texts, one, two) for one, two in pairwise(ordered)]
    compared = [
        index
        for index, before, after in zip(ordered, [False, *near], [*near, False], strict=False)
        if before or after
    ]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for two in compared:
        sketch = texts[two].sketch
        for one in sorted({one for value in sketch for one in holders[value]}):
            if _like_length(texts, one, two):
                yield one, two
        for value in sketch:
            holders[value].append(two)


def _like_length(texts: Sequence[_Text], shorter: int, longer: int) -> bool:
    return len(texts[shorter].words) >= SAME_SIZE * len(texts[longer].words)


def _root(leader: list[int], index: int) -> int:
    while leader[index] != index:
        index = leader[index]
    return index


def _same(papers: Sequence[Paper], texts: Sequence[_Text], one: int, two: int) -> bool:
    first, second = texts[one], texts[two]
    if first.digest == second.digest:
        return not _different_meetings(papers[one], papers[two])
    if len(first.words) < MIN_WORDS or _different_meetings(papers[one], papers[two]):
        return False
    if len(first.sketch & second.sketch) < _SKETCH_OVERLAP * min(len(first.sketch), len(second.sketch)):
        return False
    return (
        _share(first.shingles, second.shingles) >= SAME_OVERLAP
        and _share(first.figures, second.figures) >= SAME_FIGURES
    )


def _share(one: frozenset[int] | frozenset[str], two: frozenset[int] | frozenset[str]) -> float:
    smaller = min(len(one), len(two))
    return len(one & two) / smaller if smaller else 1.0


def _different_meetings(one: Paper, two: Paper) -> bool:
    """Say whether two papers record different meetings, or cover different periods, whatever words they share."""
    first, second = one.profile, two.profile
    if first.kind in _MINUTES or second.kind in _MINUTES:
        dates = {first.meeting_date, second.meeting_date} - {None}
        return len(dates) > 1 or first.kind is not second.kind
    periods = {first.period_end, second.period_end} - {None}
    return len(periods) > 1
