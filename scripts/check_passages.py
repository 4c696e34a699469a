"""Checks the labelled passages: schema, repeats, monotony, counts; with a folder, words shared with its texts.

    python scripts/check_passages.py [--against FOLDER]

Ends with 1 if a passage stands twice, nearly stands in two organisations, or shares words with the folder's texts, or
if too many open alike.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.training import corpus_checks as checks
from evidence_kit.training.corpus import Corpus, load_corpus

PASSAGES = Path(__file__).resolve().parents[1] / "corpus_samples" / "passages"


def faults(corpus: Corpus, against: Path | None) -> Iterator[str]:
    """Yield a line for everything that is wrong."""
    passages = corpus.passages
    for ids in checks.duplicates(passages):
        yield f"the same text: {', '.join(ids)}"
    for one, other, share in checks.near_duplicates(passages):
        yield f"nearly the same text in two organisations: {one}, {other} ({share:.0%})"
    if against:
        for name, file, words in checks.copied(passages, against):
            yield f"shares words with {file}: {name}: {words}"
    alike = checks.shared_openings(passages)
    if sum(map(len, alike.values())) > checks.MOST_SHARED_OPENINGS * len(passages):
        yield from (f"same opening: {words}: {', '.join(ids)}" for words, ids in alike.items())


def summary(corpus: Corpus, criteria: tuple[str, ...]) -> Iterator[str]:
    """Yield what there is: by organisation and by criterion."""
    yield f"{len(corpus.passages)} passages, {len(corpus.organisations())} organisations, digest {corpus.digest[:12]}"
    for slug in corpus.organisations():
        own = [each for each in corpus.passages if each.organisation == slug]
        bearing, near = (
            sum(bool(each.bears) for each in own),
            sum(bool(each.near) for each in own if not each.bears),
        )
        yield f"  {slug}: {bearing} bearing, {near} near-misses only, {len(own) - bearing - near} others"
    bears = Counter(name for each in corpus.passages for name in each.bears)
    near_by = Counter(name for each in corpus.passages for name in each.near)
    yield "  " + "  ".join(f"{name} {bears[name]}/{near_by[name]}" for name in criteria)
    alike = checks.monotony(corpus.passages)
    yield (
        f"  openings shared {alike.shared_openings:.2%}, {alike.distinct_words} words, "
        f"{alike.distinct_verbs} in -ed or -ing, lengths {alike.lengths}"
    )


def main() -> int:
    """Print summary and faults."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, help="folder of texts that no passage may share words with")
    options = parser.parse_args()
    criteria = tuple(criterion.id for criterion in load_knowledge().framework.criteria)
    corpus = load_corpus(PASSAGES, criteria=criteria)
    print("\n".join(summary(corpus, criteria)))
    found = list(faults(corpus, options.against))
    print("\n".join(found))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
