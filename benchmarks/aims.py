"""Train and test the same engine on another framework: modern-slavery statements, sentence by sentence.

    python benchmarks/aims.py ../shared/data/aims/au_gold.csv

AIMS.au gold: 4,794 sentences of 50 statements. Eleven labels, parts of one question joined by OR, so that eight are
left, as in the published figures. No lexicon, no rules, no hand-tuning: words of the sentence and of those beside it.
Five folds by statement; the threshold of each label is set on the training statements alone, by folds within them.
Skips with a message when the file is not there.

Published on this file by a ModernBERT tuned on the 5,700 other statements: micro F1 .774, macro .740.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from evidence_kit.classify.features import Around, Features, Group, features_of
from evidence_kit.language.lexicon import Lexicon
from evidence_kit.language.nlp import Tagger
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Passage
from evidence_kit.records.reading import Tags
from evidence_kit.training.examples import Examples, Flags
from evidence_kit.training.recipe import LayerRecipe, Recipe, Shares
from evidence_kit.training.train import Floats, fold_of, learn, scores

LABELS = {
    "Approval": ("Approval",),
    "Signature": ("Signature",),
    "C1 entity": ("C1 (reporting entity)",),
    "C2 structure": ("C2 (structure)", "C2 (operations)", "C2 (supply chains)"),
    "C3 risk": ("C3 (risk description)",),
    "C4 action": ("C4 (risk mitigation)", "C4 (remediation)"),
    "C5 effect": ("C5 (effectiveness)",),
    "C6 consultation": ("C6 (consultation)",),
}
PUBLISHED = (0.866, 0.785, 0.594, 0.820, 0.756, 0.785, 0.595, 0.722)
FOLDS = 5
GRID = np.arange(-4.0, 1.5, 0.1)
WORDS = {Group.WORD: 1.0, Group.WORDS: 1.0}
SETTINGS = {
    "words": WORDS,
    "words, and sentences beside": {**WORDS, Group.BEFORE: 0.5, Group.AFTER: 0.5},
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the statement that it stands in, and its labels."""

    statement: str
    text: str
    labels: tuple[bool, ...]


def main() -> None:
    """Score every setting and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=Path("../shared/data/aims/au_gold.csv"))
    options = parser.parse_args()
    if not options.file.is_file():
        print(f"skipped: {options.file} is not there")
        return
    sentences = read(options.file)
    examples = examples_of(sentences)
    print(f"{len(sentences)} sentences of {len(set(examples.groups))} statements; F1 by label")
    print(f"{'':30}{'micro':>7}{'macro':>7}  " + "  ".join(LABELS))
    for name, groups in SETTINGS.items():
        report(name, predicted(examples, recipe_of(groups)), examples.bears)
    print(
        f"{'published, ModernBERT':30}{0.774:>7.3f}{0.740:>7.3f}  "
        + "  ".join(map("{:.2f}".format, PUBLISHED))
    )


def read(path: Path) -> list[Sentence]:
    """Read the sentences in order."""
    with path.open(encoding="latin-1", newline="") as file:
        return [
            Sentence(
                row["statement_id"],
                row["sentence"],
                tuple(any(row[part] == "1" for part in parts) for parts in LABELS.values()),
            )
            for row in csv.DictReader(file)
        ]


def examples_of(sentences: list[Sentence]) -> Examples:
    """Make examples by the tagger that papers go through, with an empty lexicon."""
    tagger = Tagger(Lexicon(concepts=(), cues=(), digest=""))
    tags = [tagger.tag(passage_of(each.text)) for each in sentences]
    bears: Flags = np.array([each.labels for each in sentences])
    return Examples(
        names=tuple(LABELS),
        features=tuple(features_at(sentences, tags, place) for place in range(len(sentences))),
        groups=tuple(each.statement for each in sentences),
        bears=bears,
        near=np.zeros(len(sentences), dtype=bool),
        ruled=np.zeros_like(bears),
        scored=np.ones(len(sentences), dtype=bool),
    )


def features_at(sentences: list[Sentence], tags: list[Tags], place: int) -> Features:
    """Return the features of a sentence with those beside it in the same statement."""

    def beside(other: int) -> Tags | None:
        inside = 0 <= other < len(tags) and sentences[other].statement == sentences[place].statement
        return tags[other] if inside else None

    return features_of(Around(tags[place], beside(place - 1), beside(place + 1)))


def passage_of(text: str) -> Passage:
    """Return a sentence as the papers' passages are."""
    return Passage(id="", document="", paper="", kind=BlockKind.PARAGRAPH, segments=(), text=text)


def recipe_of(groups: dict[Group, float]) -> Recipe:
    """Return a recipe of one layer: nearly every sentence bears on something, so that the gate says little."""
    layer = LayerRecipe(inverse_regularisation=8.0, groups=groups)
    return Recipe(
        seed=0,
        folds=FOLDS,
        least_passages=1,
        least_organisations=1,
        floor_quantile=0.5,
        precision=0.5,
        criteria_each=1.5,
        subject=(),
        wider=(),
        shares=Shares(bearing=0.5, scored=1.0),
        gate=layer,
        criteria=layer,
    )


def predicted(examples: Examples, recipe: Recipe) -> Flags:
    """Return what is taken for what, each statement by weights and thresholds that never saw it."""
    folds = fold_of(examples.groups, FOLDS)
    given: Flags = np.zeros_like(examples.bears)
    for fold in range(FOLDS):
        train = folds != fold
        inner = examples.rows(train)
        least = thresholds(inner, folds[train], recipe)
        given[~train] = scored(inner, examples.rows(~train), recipe) >= least
    return given


def thresholds(examples: Examples, folds: np.ndarray, recipe: Recipe) -> np.ndarray:
    """Return the best threshold of each label, by scores of statements held out in turn."""
    held: Floats = np.zeros(examples.bears.shape)
    for fold in sorted(set(folds.tolist())):
        test = folds == fold
        held[test] = scored(examples.rows(~test), examples.rows(test), recipe)
    return np.array(
        [
            max(GRID, key=lambda least: f1_score(truth, score >= least, zero_division=0))
            for truth, score in zip(examples.bears.T, held.T, strict=True)
        ]
    )


def scored(train: Examples, test: Examples, recipe: Recipe) -> Floats:
    """Score sentences by weights learnt from others: whether it bears on anything, and on what if it does."""
    weights = learn(train, recipe)
    return scores(weights, weights.criteria, test.features) + np.minimum(
        0.0, scores(weights, weights.gate, test.features)
    )


def report(name: str, given: Flags, truth: Flags) -> None:
    """Print a row."""
    by_label = "  ".join(
        f"{f1_score(truth[:, column], given[:, column]):.2f}" for column in range(truth.shape[1])
    )
    micro, macro = (f1_score(truth, given, average=kind) for kind in ("micro", "macro"))
    print(f"{name:30}{micro:>7.3f}{macro:>7.3f}  {by_label}", flush=True)


if __name__ == "__main__":
    main()
