"""Train and test the same engine on another framework: modern-slavery statements, sentence by sentence.

    python benchmarks/aims.py ../shared/data/aims/au_gold.csv

AIMS.au gold: 4,794 sentences of 50 statements. Eleven labels, parts of one question joined by OR, so that eight are
left, as in the published figures. No lexicon, no rules: words of the sentence and of those beside it. The file deals
the sentences of the statements out in turn, eight at a time; they are put together again first.

Five folds by statement; calibration and the threshold of each label are set on the training statements alone, by folds
within them. ``--deals`` deals the statements into folds in so many other ways too, since fifty statements are few.
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
from evidence_kit.training.train import Floats, HeldOut, fitted_line, fold_of, held_out, learn, scores

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
BESIDE = 3
"""Sentences on either side that stand for the passage before and after: papers' passages are paragraphs."""
GATE_COUNTS = 0.4
"""How much of the gate's log-probability counts where the criteria's weights know what bears on nothing."""
WORDS = {Group.WORD: 1.0, Group.WORDS: 1.0}
BOTH_SIDES = {**WORDS, Group.BEFORE: 0.6, Group.AFTER: 0.6}
LETTERS = {**BOTH_SIDES, Group.LETTERS: 0.8}
SETTINGS = {
    "words": (WORDS, 0.0),
    "and sentences beside": (BOTH_SIDES, 0.0),
    "and letters": (LETTERS, 0.0),
    "and criteria half from all": (LETTERS, 0.5),
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
    parser.add_argument("--deals", type=int, default=0, help="deal the folds in so many other ways too")
    options = parser.parse_args()
    if not options.file.is_file():
        print(f"skipped: {options.file} is not there")
        return
    sentences = read(options.file)
    examples = examples_of(sentences)
    print(f"{len(sentences)} sentences of {len(set(examples.groups))} statements; F1 by label")
    print(f"{'':30}{'micro':>7}{'macro':>7}  " + "  ".join(LABELS))
    for deal in range(options.deals + 1):
        folds = fold_of([f"{deal} {each}" if deal else each for each in examples.groups], FOLDS)
        for name, (groups, from_all) in SETTINGS.items():
            report(name, predicted(examples, recipe_of(groups, from_all), folds), examples.bears)
    print(
        f"{'published, ModernBERT':30}{0.774:>7.3f}{0.740:>7.3f}  "
        + "  ".join(map("{:.2f}".format, PUBLISHED))
    )


def read(path: Path) -> list[Sentence]:
    """Read the sentences, each statement's together and in order."""
    with path.open(encoding="latin-1", newline="") as file:
        found = [
            Sentence(
                row["statement_id"],
                row["sentence"],
                tuple(any(row[part] == "1" for part in parts) for parts in LABELS.values()),
            )
            for row in csv.DictReader(file)
        ]
    return sorted(found, key=lambda each: each.statement)


def examples_of(sentences: list[Sentence]) -> Examples:
    """Make examples by the tagger that papers go through, with an empty lexicon."""
    tagger = Tagger(Lexicon(concepts=(), cues=(), digest=""))
    bears: Flags = np.array([each.labels for each in sentences])
    return Examples(
        names=tuple(LABELS),
        features=tuple(features_at(sentences, tagger, place) for place in range(len(sentences))),
        groups=tuple(each.statement for each in sentences),
        bears=bears,
        near=np.zeros(len(sentences), dtype=bool),
        ruled=np.zeros_like(bears),
        scored=np.ones(len(sentences), dtype=bool),
    )


def features_at(sentences: list[Sentence], tagger: Tagger, place: int) -> Features:
    """Return the features of a sentence with those beside it in the same statement."""

    def tagged(start: int, end: int) -> Tags:
        near = (
            each for each in sentences[max(0, start) : end] if each.statement == sentences[place].statement
        )
        return tagger.tag(passage_of(" . ".join(each.text for each in near)))

    before, after = tagged(place - BESIDE, place), tagged(place + 1, place + 1 + BESIDE)
    return features_of(Around(tagged(place, place + 1), before, after))


def passage_of(text: str) -> Passage:
    """Return a sentence as the papers' passages are."""
    return Passage(id="", document="", paper="", kind=BlockKind.PARAGRAPH, segments=(), text=text)


def recipe_of(groups: dict[Group, float], from_all: float) -> Recipe:
    """Return a recipe of one layer: nearly every sentence bears on something, so that the gate says little."""
    layer = LayerRecipe(inverse_regularisation=5.0, groups=groups)
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
        criteria_from_all=from_all,
        dual=True,
    )


def predicted(examples: Examples, recipe: Recipe, folds: np.ndarray) -> Flags:
    """Return what is taken for what, each statement by weights, calibration and thresholds that never saw it."""
    given: Flags = np.zeros_like(examples.bears)
    for fold in range(FOLDS):
        train = folds != fold
        inner = examples.rows(train)
        inside = held_out(inner, recipe)
        weights = learn(inner, recipe)
        features = examples.rows(~train).features
        outside = HeldOut(
            scores(weights, weights.gate, features)[:, 0], scores(weights, weights.criteria, features)
        )
        known, likely = (likelihoods(each, inside, inner, recipe) for each in (inside, outside))
        least = [best_threshold(*column) for column in zip(known.T, inner.bears.T, strict=True)]
        given[~train] = likely >= np.array(least)
    return given


def likelihoods(held: HeldOut, known: HeldOut, examples: Examples, recipe: Recipe) -> Floats:
    """Return probabilities by the gate and the criteria, calibrated on known scores."""
    bearing, bears = examples.bearing, examples.bears[examples.bearing]
    gate = fitted_line(known.gate, bearing, np.ones(len(bearing)))
    criteria = fitted_line(known.criteria[bearing].ravel(), bears.ravel(), np.ones(bears.size))
    counts = GATE_COUNTS if recipe.criteria_from_all else 1.0
    likely: Floats = gate.probabilities(held.gate)[:, None] ** counts * criteria.probabilities(held.criteria)
    return likely


def best_threshold(likely: Floats, truth: Flags) -> float:
    """Return the probability from which F1 is expected to be best, once probabilities are calibrated to the label.

    The threshold with the best F1 on the training statements follows a handful of sentences where a label is rare; what
    the calibrated probabilities of all sentences lead to expect does not.
    """
    line = fitted_line(np.log(likely / (1 - likely)), truth, np.ones(len(truth)))
    order = np.argsort(-likely, kind="stable")
    right = line.probabilities(np.log(likely / (1 - likely)))[order]
    expected = 2 * np.cumsum(right) / (np.arange(1, len(right) + 1) + right.sum())
    return float(likely[order[expected.argmax()]])


def report(name: str, given: Flags, truth: Flags) -> None:
    """Print a row."""
    by_label = "  ".join(
        f"{f1_score(truth[:, column], given[:, column]):.2f}" for column in range(truth.shape[1])
    )
    micro, macro = (f1_score(truth, given, average=kind) for kind in ("micro", "macro"))
    print(f"{name:30}{micro:>7.3f}{macro:>7.3f}  {by_label}", flush=True)


if __name__ == "__main__":
    main()
