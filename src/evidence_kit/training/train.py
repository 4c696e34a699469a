"""Training: weights by scikit-learn's logistic regression, calibration and thresholds on held-out organisations."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np
import numpy.typing as npt
import scipy
import scipy.sparse as sp
import sklearn
from sklearn.linear_model import LogisticRegression

from evidence_kit.classify.bundle import Bundle, Layer, Line, Numbers
from evidence_kit.classify.features import Features, Group
from evidence_kit.classify.meta import FORMAT, Meta, label_digests
from evidence_kit.classify.statistical import Space
from evidence_kit.errors import UsageError
from evidence_kit.records.criterion import Framework
from evidence_kit.training.examples import Examples, Flags
from evidence_kit.training.recipe import LayerRecipe, Recipe

Floats = npt.NDArray[np.float64]
_WHOLE = Line(slope=1.0, offset=0.0)
_LEAST_TAKEN = 20
"""A threshold that fewer passages pass says nothing of precision."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Vocabulary and layers, not calibrated yet."""

    vocabulary: tuple[str, ...]
    rarity: Numbers
    gate: Layer
    criteria: Layer


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Scores of every passage by weights that never saw its organisation: one column, and one a criterion."""

    gate: Floats
    criteria: Floats


def learn(examples: Examples, recipe: Recipe) -> Weights:
    """Fit both layers: the gate on all passages, the criteria on those that bear on any and, in part, on all."""
    groups = {*recipe.gate.groups, *recipe.criteria.groups}
    vocabulary, rarity = _vocabulary(examples, groups, recipe.least_organisations)
    space = Space(vocabulary, rarity)
    bearing = examples.rows(examples.bearing)
    gate = _fit(space, recipe.gate, recipe, examples.features, examples.bearing[:, None])
    criteria = _fit(space, recipe.criteria, recipe, bearing.features, bearing.bears)
    if share := recipe.criteria_from_all:
        whole = _fit(space, recipe.criteria, recipe, examples.features, examples.bears, criteria.floor)
        criteria = _between(criteria, whole, share)
    return Weights(vocabulary, rarity, gate, criteria)


def held_out(examples: Examples, recipe: Recipe) -> HeldOut:
    """Score every passage by weights that were learnt from other organisations."""
    folds = fold_of(examples.groups, recipe.folds)
    gate = np.zeros(len(folds))
    criteria = np.zeros(examples.bears.shape)
    for fold in range(recipe.folds):
        test = folds == fold
        weights = learn(examples.rows(~test), recipe)
        held = examples.rows(test).features
        gate[test] = scores(weights, weights.gate, held)[:, 0]
        criteria[test] = scores(weights, weights.criteria, held)
    return HeldOut(gate, criteria)


def train(
    examples: Examples, recipe: Recipe, framework: Framework, digests: Mapping[str, str]
) -> tuple[Bundle, HeldOut]:
    """Train a model.

    Args:
        examples: Of criteria with passages enough: :func:`enough`.
        recipe: All choices.
        framework: Whose criteria they are.
        digests: Of ``lexicon`` and ``corpus``.

    Returns:
        The bundle, and the held-out scores that its calibration rests on.
    """
    held = held_out(examples, recipe)
    weights = learn(examples, recipe)
    share = share_weights(examples, recipe)
    bearing, scored = examples.bearing, examples.scored
    gate_line = fitted_line(held.gate[scored], bearing[scored], share[scored])
    criteria_line = fitted_line(
        held.criteria[bearing].ravel(), examples.bears[bearing].ravel(), np.ones(examples.bears[bearing].size)
    )
    likely = np.where(scored, gate_line.probabilities(held.gate), 0.0)
    chosen = criteria_line.probabilities(held.criteria[bearing])
    take = threshold_for(likely, bearing, share, recipe.precision)
    labels = label_digests(framework)
    meta = Meta(
        format=FORMAT,
        framework=framework.id,
        labels={name: labels[name] for name in examples.names},
        lexicon=digests["lexicon"],
        corpus=digests["corpus"],
        recipe=recipe.digest,
        subject=recipe.subject,
        wider=recipe.wider,
        shares=msgspec.structs.asdict(recipe.shares),
        take=take,
        unsure=round(take / 4, 4),
        choose=choice_for(chosen, recipe.criteria_each),
        seed=recipe.seed,
        versions={"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
    )
    bundle = Bundle(
        meta=meta,
        vocabulary=weights.vocabulary,
        rarity=weights.rarity,
        gate=replace(weights.gate, calibration=gate_line),
        criteria=replace(weights.criteria, calibration=criteria_line),
    )
    return bundle, held


def enough(examples: Examples, recipe: Recipe) -> Examples:
    """Leave out criteria with too few passages to learn from.

    Raises:
        UsageError: There is none with enough.
    """
    kept = examples.bears.sum(axis=0) >= recipe.least_passages
    if not kept.any():
        raise UsageError(
            f"No criterion has {recipe.least_passages} labelled passages that bear on it: too few to learn from.",
            next_step="Without a model, keywords classify: every criterion of the framework has its rules.",
        )
    names = tuple(name for name, keep in zip(examples.names, kept, strict=True) if keep)
    return replace(examples, names=names, bears=examples.bears[:, kept], ruled=examples.ruled[:, kept])


def fold_of(groups: Sequence[str], folds: int) -> npt.NDArray[np.int64]:
    """Deal groups into folds, by the hash of their names: another group changes the place of few."""
    ordered = sorted(set(groups), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    place = {name: number % folds for number, name in enumerate(ordered)}
    return np.array([place[name] for name in groups], dtype=np.int64)


def share_weights(examples: Examples, recipe: Recipe) -> Floats:
    """Return what each scored passage counts for, so that bearing ones have the stated share of them; 0 for others."""
    bearing = examples.bearing & examples.scored
    rest = examples.scored & ~examples.bearing
    weights = np.zeros(len(bearing))
    weights[bearing] = recipe.shares.bearing / max(1, bearing.sum())
    weights[rest] = (1 - recipe.shares.bearing) / max(1, rest.sum())
    return np.asarray(weights * examples.scored.sum())


def scores(weights: Weights, layer: Layer, features: Sequence[Features]) -> Floats:
    """Return a layer's scores, one row a passage."""
    made: Floats = (
        matrix(Space(weights.vocabulary, weights.rarity), layer, features) @ layer.weights + layer.bias
    )
    return made


def matrix(space: Space, layer: Layer, features: Sequence[Features]) -> sp.csr_matrix:
    """Return the features of many passages as one layer sees them."""
    rows = [space.vector(each, layer.scale, layer.floor) for each in features]
    starts = np.cumsum([0, *(len(row.columns) for row in rows)])
    columns = np.concatenate([row.columns for row in rows]) if rows else np.zeros(0, dtype=np.int64)
    values = np.concatenate([row.values for row in rows]) if rows else np.zeros(0, dtype=np.float32)
    width = layer.weights.shape[0]
    return sp.csr_matrix((values, columns, starts), shape=(len(rows), width))


def threshold_for(likely: Floats, truth: Flags, counts: Floats, precision: float) -> float:
    """Return the lowest probability from which passages are right with a precision."""
    order = np.argsort(-likely, kind="stable")
    right = np.cumsum((truth * counts)[order]) / np.cumsum(counts[order])
    good = np.flatnonzero(right >= precision)
    place = max(int(good[-1]) if len(good) else 0, min(_LEAST_TAKEN, len(order) - 1))
    return float(np.floor(likely[order[place]] * 1000) / 1000)


def choice_for(likely: Floats, each: float) -> float:
    """Return the probability from which so many criteria a passage are chosen on average, the likeliest anyway."""
    others = np.sort(likely, axis=1)[:, :-1].ravel()
    if not len(others):
        return 1.0
    return round(float(np.quantile(others, max(0.0, 1 - (each - 1) * len(likely) / len(others)))), 2)


def _vocabulary(examples: Examples, groups: set[Group], least: int) -> tuple[tuple[str, ...], Numbers]:
    """Return the features that organisations enough have, sorted, and how rare each is."""
    having: defaultdict[str, set[str]] = defaultdict(set)
    count: Counter[str] = Counter()
    for features, group in zip(examples.features, examples.groups, strict=True):
        for name in _named(features, groups):
            having[name].add(group)
            count[name] += 1
    kept = tuple(sorted(name for name, places in having.items() if len(places) >= least))
    total = len(examples.features)
    # Rounded as they are stored: what is trained is what is scored later.
    rarity = np.array([np.log((1 + total) / (1 + count[name])) + 1 for name in kept], dtype=np.float16)
    return kept, rarity.astype(np.float32)


def _named(features: Features, groups: set[Group]) -> Iterator[str]:
    for group, names in features.items():
        if group in groups:
            yield from names


def _fit(
    space: Space,
    layer: LayerRecipe,
    recipe: Recipe,
    features: Sequence[Features],
    truth: Flags,
    floor: dict[Group, float] | None = None,
) -> Layer:
    """Fit one logistic regression a column; without a floor, each group's is told by these features."""
    shell = Layer(
        scale=dict(layer.groups),
        floor=floor
        or {group: _typical(space, group, features, recipe.floor_quantile) for group in layer.groups},
        weights=np.zeros((space.size, truth.shape[1]), dtype=np.float32),
        bias=np.zeros(truth.shape[1], dtype=np.float32),
        calibration=_WHOLE,
    )
    given = matrix(space, shell, features)
    for column in range(truth.shape[1]):
        fitted = LogisticRegression(
            C=layer.inverse_regularisation, solver="liblinear", dual=recipe.dual, random_state=recipe.seed
        ).fit(given, truth[:, column])
        shell.weights[:, column] = fitted.coef_[0]
        shell.bias[column] = fitted.intercept_[0]
    return shell


def _between(one: Layer, other: Layer, share: float) -> Layer:
    """Return a layer with weights between those of two over the same features."""
    return replace(
        one,
        weights=(1 - share) * one.weights + share * other.weights,
        bias=(1 - share) * one.bias + share * other.bias,
    )


def _typical(space: Space, group: Group, features: Sequence[Features], quantile: float) -> float:
    """Return the length of a group's features in a passage that is longer than so many others."""
    lengths = [length for each in features if (length := space.length(each, group)) > 0]
    return round(float(np.quantile(lengths, quantile)), 4) if lengths else 1.0


def fitted_line(given: Floats, truth: Flags, counts: Floats) -> Line:
    """Fit log-odds to scores (Platt)."""
    fitted = LogisticRegression(C=1e6, solver="lbfgs").fit(given[:, None], truth, sample_weight=counts)
    return Line(slope=round(float(fitted.coef_[0, 0]), 6), offset=round(float(fitted.intercept_[0]), 6))
