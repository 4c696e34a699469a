"""Checks of a corpus that no schema can make: repeats, words shared with other texts, monotony.

A model learns templates faster than meaning, and a passage that stands on both sides of a split flatters every figure.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence_kit.training.corpus import LabelledPassage

WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
OPENING_WORDS = 5
MOST_SHARED_OPENINGS = 0.01
"""Share of passages that may open with the same five words as another one."""
SHINGLE = 3
NEAR_DUPLICATE = 0.5
"""Share of the shorter passage's three-word sequences that stand in the other one too."""
LEAST_SHINGLES = 4
"""Below it, two short lines are alike by chance ("Apologies were received from")."""
COPIED_WORDS = 8
"""A sequence of so many words that stands in another text was copied, or is a name or a phrase of law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Monotony:
    """How alike passages are.

    Attributes:
        shared_openings: Share of passages whose first five words open another one too.
        distinct_words: Different words.
        distinct_verbs: Different words in -ed or -ing that stand in two passages or more: a stand-in for verbs.
        lengths: Words of a passage at the 5th, 25th, 50th, 75th and 95th percentile.
    """

    shared_openings: float
    distinct_words: int
    distinct_verbs: int
    lengths: tuple[int, ...]


def words_of(text: str) -> list[str]:
    """Return the lower-cased words of a text."""
    return WORD.findall(text.lower())


def sequences(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    """Return every sequence of so many words."""
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def duplicates(passages: Iterable[LabelledPassage]) -> list[tuple[str, ...]]:
    """Return the ids of passages with the same words under the same stem, header and headings."""
    alike: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for each in passages:
        alike[tuple(words_of(each.text)), each.stem, each.header, each.headings].append(each.id)
    return [tuple(ids) for ids in alike.values() if len(ids) > 1]


def near_duplicates(passages: Sequence[LabelledPassage]) -> list[tuple[str, str, float]]:
    """Return pairs of different organisations that share half of their word sequences, most alike first.

    Organisations are what train and test are parted by, so a pair within one does no harm.
    """
    shingled = {each.id: sequences(words_of(each.text), SHINGLE) for each in passages}
    organisations = {each.id: each.organisation for each in passages}
    having: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, shingles in shingled.items():
        for shingle in sorted(shingles):
            having[shingle].append(name)
    shared = Counter(
        (one, other)
        for names in having.values()
        for position, one in enumerate(names)
        for other in names[position + 1 :]
        if organisations[one] != organisations[other]
    )
    found = []
    for (one, other), count in shared.items():
        shorter = min(len(shingled[one]), len(shingled[other]))
        if shorter >= LEAST_SHINGLES and count / shorter >= NEAR_DUPLICATE:
            found.append((one, other, round(count / shorter, 2)))
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def copied(passages: Iterable[LabelledPassage], folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield id, file name and words of every passage that shares eight words in a row with a text of the folder."""
    texts = {
        path.name: sequences(words_of(path.read_text(encoding="utf-8", errors="replace")), COPIED_WORDS)
        for path in sorted(folder.iterdir())
        if path.suffix in {".txt", ".md"}
    }
    for each in passages:
        here = sequences(words_of(f"{each.before} {each.text} {each.after}"), COPIED_WORDS)
        for name, there in texts.items():
            if both := sorted(here & there):
                yield each.id, name, " ".join(both[0])


def shared_openings(passages: Iterable[LabelledPassage]) -> dict[str, list[str]]:
    """Return the ids of passages that share their first five words, by these words."""
    opening: defaultdict[str, list[str]] = defaultdict(list)
    for each in passages:
        words = words_of(each.text)
        if len(words) >= OPENING_WORDS:
            opening[" ".join(words[:OPENING_WORDS])].append(each.id)
    return {words: ids for words, ids in sorted(opening.items()) if len(ids) > 1}


def monotony(passages: Sequence[LabelledPassage]) -> Monotony:
    """Measure how alike passages are."""
    tokens = [words_of(each.text) for each in passages]
    counts = Counter(word for words in tokens for word in set(words))
    lengths = sorted(map(len, tokens))
    shared = sum(len(ids) for ids in shared_openings(passages).values())
    return Monotony(
        shared_openings=shared / max(1, len(passages)),
        distinct_words=len(counts),
        distinct_verbs=sum(count > 1 and word.endswith(("ed", "ing")) for word, count in counts.items()),
        lengths=tuple(
            lengths[min(len(lengths) - 1, len(lengths) * share // 100)] for share in (5, 25, 50, 75, 95)
        )
        if lengths
        else (),
    )
