"""What the classifier says of every passage of real documents, beside a regular expression and the keywords.

    python benchmarks/real_text_passages.py ../shared/data/real_text [--errors]

A passage is *true* if it overlaps a range of lines labelled *direct*, left out if it overlaps only *context*. Recall
counts ranges, precision counts passages. The regular expression is one line of race words, taken line by line as
anybody with a search box could: the bar to clear. Everything printed is a development figure: nothing is trained on
these documents, and choices were made by looking at them. Skips with a message when the folder is not there.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from evidence_kit.classify.bundle import load_bundle
from evidence_kit.classify.features import Around, surrounded
from evidence_kit.classify.keywords import KeywordClassifier
from evidence_kit.classify.statistical import StatisticalModel
from evidence_kit.language.lexicon import Lexicon
from evidence_kit.language.nlp import Tagger
from evidence_kit.language.own_names import learn_names
from evidence_kit.passages.quoting import source_line
from evidence_kit.pipeline.conclude import cut
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.readers.pack import read_pack
from evidence_kit.records.document import Document
from evidence_kit.records.passage import Passage
from evidence_kit.resources import model_root
from evidence_kit.workers import Limits
from real_text import ORGANISATIONS, Labelled, Lines, load_labelled

RACE_WORDS = re.compile(
    r"\b(?:BAME|BME|ethnic\w*|race|racial\w*|racis[mt]s?|anti-racis[mt]|WRES|PCREF|global majority|minoriti[sz]ed)\b",
    re.IGNORECASE,
)
CAPTIONS = ("Leeds City Council", "NHS West Yorkshire")
INTERLEAVED = ("leeds health",)
LEAST_PRECISION = 0.85
SECOND_LOOK = 250
"""How many passages a slower second stage could score again in a run."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage or line, with how likely each maker finds it, and what it is taken for."""

    document: str
    lines: Lines
    text: str
    likely: float
    criteria: frozenset[str]


def main() -> None:
    """Score all documents and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--errors", action="store_true", help="list what is wrongly taken, and what is missed"
    )
    options = parser.parse_args()
    if not (options.folder / "labels.jsonl").is_file():
        print(f"skipped: {options.folder}/labels.jsonl is not there")
        return
    labelled = load_labelled(options.folder)
    paths = [
        path
        for path in sorted(options.folder.iterdir())
        if path.suffix in (".md", ".txt") and path.name.startswith(tuple(ORGANISATIONS))
    ]
    lines = [each for path in paths for each in by_line(path)]
    keywords, model, take = classified(paths)
    print(
        f"{len(model)} passages of {len(paths)} documents; {sum(bool(each.direct) for each in labelled)} direct"
    )
    print(f"{'':34}{'AP':>6}{'recall':>8}{'precision':>11}{'hard negatives':>16}{'criteria F1':>13}")
    row("race words, line by line", labelled, lines, 0.5)
    row("keywords", labelled, keywords, 0.5)
    row(f"model, from {take:.2f}", labelled, model, take)
    for name, documents in (("captions", CAPTIONS), ("interleaved columns", INTERLEAVED)):
        some = [each for each in labelled if each.document.startswith(documents)]
        row(f"  model, {name}", some, model, take)
    rest = [each for each in labelled if not each.document.startswith((*CAPTIONS, *INTERLEAVED))]
    row("  model, other documents", rest, model, take)
    for path in paths:
        row(f"    {path.name[:28]}", [each for each in labelled if each.document == path.name], model, take)
    print_curve(labelled, model, take)
    if options.errors:
        print_errors(labelled, model, take)


def by_line(path: Path) -> Iterator[Scored]:
    """Yield the lines of a document, taken if they hold a race word."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            likely = float(bool(RACE_WORDS.search(line)))
            yield Scored(path.name, frozenset({number}), line, likely, frozenset())


def classified(paths: Sequence[Path]) -> tuple[list[Scored], list[Scored], float]:
    """Return every passage as keywords and as the model see it, and the model's threshold."""
    knowledge = load_knowledge()
    ruler, model = KeywordClassifier(knowledge.framework), StatisticalModel(load_bundle(model_root()))
    by_keywords, by_model = [], []
    for document, passage, around in passages_of(paths, knowledge.lexicon):
        rules = tuple(each.criterion for each in ruler.predict(around.tags))
        score = model.score(around, rules)
        place = (document.path, lines_of(passage, document), passage.text)
        by_keywords.append(Scored(*place, float(bool(rules)), frozenset(rules)))
        taken = frozenset(model.taken(score)) if score else frozenset()
        by_model.append(Scored(*place, score.bearing if score else 0.0, taken))
    return by_keywords, by_model, model.bundle.meta.take


def passages_of(paths: Sequence[Path], lexicon: Lexicon) -> Iterator[tuple[Document, Passage, Around]]:
    """Yield every passage of the documents with what stands around it, and names that they explain, as a map does."""
    for path in paths:
        document = read_one(path)
        pack = cut([document])
        tagger = Tagger(lexicon, learn_names(pack.passages, lexicon))
        papers = {paper.id: paper for paper in pack.papers}
        for name, group in groupby(pack.passages, key=lambda passage: passage.paper):
            profile = papers[name].profile
            title = " · ".join(part for part in (profile.title, profile.body) if part)
            own = tuple(group)
            tags = (tagger.tag(passage, title) for passage in own)
            for passage, around in zip(own, surrounded(tags, profile.kind), strict=True):
                yield document, passage, around


def read_one(path: Path) -> Document:
    """Read one file as a pack of its own."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / path.name).write_bytes(path.read_bytes())
        (document,) = read_pack(Path(folder), workers=0, limits=Limits(), pages_per_task=64)
    return document


def lines_of(passage: Passage, document: Document) -> Lines:
    """Return the source lines of a passage."""
    found = set()
    for segment in passage.segments:
        page = document.pages[segment.page]
        for position in range(segment.start, segment.end):
            if position == segment.start or page.text[position - 1] == "\n":
                found.add(source_line(page, position))
    return frozenset(line for line in found if line is not None)


@dataclass(frozen=True, slots=True)
class Point:
    """What is found from a probability on."""

    likely: float
    recall: float
    precision: float
    negatives: float


def curve(labelled: Sequence[Labelled], scored: Sequence[Scored]) -> list[Point]:
    """Return recall and precision after every further passage, likeliest first."""
    direct = [each for each in labelled if each.direct]
    context = [each for each in labelled if each.labels and not each.direct]
    negatives = [each for each in labelled if not each.labels]
    documents = {each.document for each in labelled}
    hit: set[int] = set()
    taken: set[int] = set()
    true = false = 0
    points = []
    for each in sorted(scored, key=lambda each: -each.likely):
        if each.likely <= 0.0 or each.document not in documents:
            continue
        here = set(overlapping(each, direct))
        hit |= here
        taken |= set(overlapping(each, negatives))
        if here:
            true += 1
        elif not any(True for _ in overlapping(each, context)):
            false += 1
        points.append(
            Point(
                each.likely,
                len(hit) / max(1, len(direct)),
                true / max(1, true + false),
                len(taken) / max(1, len(negatives)),
            )
        )
    return points


def overlapping(scored: Scored, labelled: Sequence[Labelled]) -> Iterator[int]:
    """Yield the numbers of the ranges that a passage overlaps."""
    for number, each in enumerate(labelled):
        if each.document == scored.document and each.lines & scored.lines:
            yield number


def at(points: Sequence[Point], least: float) -> Point:
    """Return the last point that is likely enough."""
    return next((point for point in reversed(points) if point.likely >= least), Point(1.0, 0.0, 0.0, 0.0))


def average_precision(points: Sequence[Point]) -> float:
    """Return the area under precision over recall, in steps."""
    before, area = 0.0, 0.0
    for point in points:
        area += (point.recall - before) * point.precision
        before = point.recall
    return area


def criteria_f1(labelled: Sequence[Labelled], scored: Sequence[Scored], least: float) -> float:
    """Return micro F1 of the criteria on direct ranges, of what is taken there."""
    wanted = given = right = 0
    for each in labelled:
        if each.direct:
            here = (other for other in scored if other.document == each.document and other.likely >= least)
            got = {name for other in here if other.lines & each.lines for name in other.criteria}
            wanted += len(each.direct)
            given += len(got)
            right += len(got & each.direct.keys())
    return 2 * right / max(1, wanted + given)


def row(name: str, labelled: Sequence[Labelled], scored: Sequence[Scored], least: float) -> None:
    """Print how well passages are found."""
    points = curve(labelled, scored)
    here = at(points, least)
    print(
        f"{name:34}{average_precision(points):>6.2f}{here.recall:>8.2f}{here.precision:>11.2f}"
        f"{here.negatives:>16.3f}{criteria_f1(labelled, scored, least):>13.2f}"
    )


def print_curve(labelled: Sequence[Labelled], scored: Sequence[Scored], take: float) -> None:
    """Print points of the curve, the best recall at the least precision, and what a second look could find."""
    points = curve(labelled, scored)
    print("\nmodel, probability: recall / precision")
    print(
        "  "
        + "   ".join(
            f"{least:.2f}: {at(points, least).recall:.2f} / {at(points, least).precision:.2f}"
            for least in (0.5, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.02)
        )
    )
    enough = [point for point in points if point.precision >= LEAST_PRECISION]
    best = max(enough, key=lambda point: point.recall, default=Point(1.0, 0.0, 0.0, 0.0))
    print(f"  best recall at precision {LEAST_PRECISION}: {best.recall:.2f} from {best.likely:.2f}")
    unsure = sorted((each for each in scored if 0 < each.likely < take), key=lambda each: -each.likely)
    found = {each for each in scored if each.likely >= take} | set(unsure[:SECOND_LOOK])
    second = curve(labelled, [each for each in scored if each in found])
    print(
        f"  recall if the {SECOND_LOOK} likeliest of the rest were looked at again: {second[-1].recall:.2f}"
    )


def print_errors(labelled: Sequence[Labelled], scored: Sequence[Scored], take: float) -> None:
    """Print what is wrongly taken, and what is missed."""
    named = [each for each in labelled if each.labels]
    for each in sorted(scored, key=lambda each: -each.likely):
        if each.likely >= take and not any(True for _ in overlapping(each, named)):
            print(
                f"  false {each.likely:.2f} {each.document[:20]} {sorted(each.criteria)}: {each.text[:160]!r}"
            )
    for range_ in labelled:
        here = [each for each in scored if each.document == range_.document and each.lines & range_.lines]
        if range_.direct and max((each.likely for each in here), default=0.0) < take:
            text = max(here, key=lambda each: each.likely).text if here else ""
            print(
                f"  missed {range_.document[:20]} {min(range_.lines)} {sorted(range_.direct)}: {text[:160]!r}"
            )


if __name__ == "__main__":
    main()
