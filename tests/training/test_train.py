"""Training: what is learnt, that it is the same twice, and that scores without scikit-learn are scikit-learn's."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from evidence_kit.classify.bundle import load_bundle, save_bundle
from evidence_kit.classify.features import Around, Group
from evidence_kit.classify.statistical import Space, StatisticalModel, probabilities
from evidence_kit.errors import UsageError
from evidence_kit.records.criterion import Framework
from evidence_kit.records.reading import Origin, Tags
from evidence_kit.training.examples import Examples
from evidence_kit.training.recipe import Recipe
from evidence_kit.training.train import (
    choice_for,
    enough,
    fold_of,
    held_out,
    learn,
    matrix,
    scores,
    threshold_for,
    train,
)

DIGESTS = {"lexicon": "2" * 64, "corpus": "3" * 64}


def test_it_learns_on_organisations_that_it_has_not_seen(
    small_examples: Examples, small_recipe: Recipe, small_framework: Framework
) -> None:
    bundle, held = train(small_examples, small_recipe, small_framework, DIGESTS)
    assert ((held.gate > 0) == small_examples.bearing).all()
    bearing = small_examples.bearing
    assert (held.criteria[bearing].argmax(axis=1) == small_examples.bears[bearing].argmax(axis=1)).all()
    assert tuple(bundle.meta.labels) == ("Z1", "A2")


def test_what_one_organisation_alone_says_is_not_learnt(
    small_examples: Examples, small_recipe: Recipe
) -> None:
    assert not [name for name in learn(small_examples, small_recipe).vocabulary if "own" in name]


def test_criteria_that_learn_from_all_passages_hold_back_where_nothing_bears(
    small_examples: Examples, small_recipe: Recipe
) -> None:
    def likeliest(share: float) -> float:
        weights = learn(small_examples, msgspec.structs.replace(small_recipe, criteria_from_all=share))
        held = scores(weights, weights.criteria, small_examples.rows(~small_examples.bearing).features)
        return float(held.max(axis=1).mean())

    none, half, whole = map(likeliest, (0.0, 0.5, 1.0))
    assert none > half > whole
    assert half == pytest.approx((none + whole) / 2, abs=0.2)


def test_the_dual_problem_has_the_same_weights(small_examples: Examples, small_recipe: Recipe) -> None:
    one, other = (
        learn(small_examples, msgspec.structs.replace(small_recipe, dual=dual)) for dual in (False, True)
    )
    assert np.allclose(one.criteria.weights, other.criteria.weights, atol=0.01)
    assert np.allclose(one.gate.weights, other.gate.weights, atol=0.01)


def test_scores_are_those_of_scikit_learn(small_examples: Examples, small_recipe: Recipe) -> None:
    weights = learn(small_examples, small_recipe)
    space = Space(weights.vocabulary, weights.rarity)
    given = matrix(space, weights.gate, small_examples.features)
    fitted = LogisticRegression(C=4.0, solver="liblinear", random_state=7).fit(given, small_examples.bearing)
    ours = scores(weights, weights.gate, small_examples.features)[:, 0]
    assert np.allclose(ours, fitted.decision_function(given), atol=1e-4)
    one = space.vector(small_examples.features[0], weights.gate.scale, weights.gate.floor)
    (alone,) = probabilities(weights.gate, one)
    assert alone == pytest.approx(1 / (1 + np.exp(-ours[0])), abs=1e-3)


def test_the_same_passages_give_the_same_bytes(
    small_examples: Examples, small_recipe: Recipe, small_framework: Framework, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        bundle, _ = train(small_examples, small_recipe, small_framework, DIGESTS)
        save_bundle(bundle, tmp_path / name)
    for file in ("weights.npz", "meta.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_bundle_says_the_same_after_it_was_written(
    small_examples: Examples, small_recipe: Recipe, small_framework: Framework, tmp_path: Path
) -> None:
    bundle, _ = train(small_examples, small_recipe, small_framework, DIGESTS)
    save_bundle(bundle, tmp_path)
    again = load_bundle(tmp_path)
    assert again.meta == bundle.meta
    assert again.vocabulary == bundle.vocabulary
    around = Around(Tags("p", (), ((Origin.TEXT, ("the", "council", "met")),)))
    before, after = (StatisticalModel(each).score(around, ()) for each in (bundle, again))
    assert before and after
    assert after.bearing == pytest.approx(before.bearing, abs=2e-3)
    reasons = StatisticalModel(again).reasons(after, "Z1")
    assert reasons[0][0] in {"word:council", "word:met", "words:council met"}


def test_using_a_bundle_needs_no_scikit_learn() -> None:
    code = (
        "import evidence_kit.classify.statistical, evidence_kit.classify.bundle, sys;"
        "assert not {'sklearn', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_criteria_with_too_few_passages_are_left_to_keywords(
    small_examples: Examples, thin_examples: Examples, small_recipe: Recipe
) -> None:
    bears = small_examples.bears.copy()
    bears[:, 1] = False
    assert enough(replace(small_examples, bears=bears), small_recipe).names == ("Z1",)
    with pytest.raises(UsageError, match="too few"):
        enough(thin_examples, small_recipe)


def test_organisations_are_never_parted() -> None:
    groups = [f"org{number % 7}" for number in range(70)]
    folds = fold_of(groups, 5)
    assert set(folds) == set(range(5))
    assert all(
        len({fold for fold, own in zip(folds, groups, strict=True) if own == name}) == 1 for name in groups
    )


def test_held_out_scores_cover_every_passage(small_examples: Examples, small_recipe: Recipe) -> None:
    held = held_out(small_examples, small_recipe)
    assert (held.gate != 0).all()
    assert held.criteria.shape == small_examples.bears.shape


def test_the_threshold_is_the_lowest_with_the_precision() -> None:
    likely = np.linspace(1, 0, 101)
    truth = np.arange(101) < 60
    found = threshold_for(likely, truth, np.ones(101), 0.8)
    assert truth[likely >= found].mean() >= 0.8
    assert truth[likely >= found - 0.05].mean() < 0.8


def test_short_groups_are_not_stretched_to_full_length() -> None:
    space = Space(("word:a", "word:b"), np.ones(2, dtype=np.float32))
    short = space.vector({Group.WORD: ("word:a",)}, {Group.WORD: 1.0}, {Group.WORD: 4.0})
    assert short.values.tolist() == [0.25]
    full = space.vector({Group.WORD: ("word:a", "word:b")}, {Group.WORD: 1.0}, {Group.WORD: 1.0})
    assert float(np.linalg.norm(full.values)) == pytest.approx(1.0)


@pytest.mark.parametrize("each", [1.0, 1.2, 1.5, 2.0])
def test_so_many_criteria_are_chosen_on_average(each: float) -> None:
    likely = np.random.default_rng(1).random((2000, 6))
    least = choice_for(likely, each)
    chosen = likely >= np.minimum(least, likely.max(axis=1, keepdims=True))
    assert chosen.sum(axis=1).mean() == pytest.approx(each, abs=0.05)


def test_one_criterion_alone_is_always_chosen() -> None:
    assert choice_for(np.array([[0.2], [0.9]]), 1.25) == 1.0
