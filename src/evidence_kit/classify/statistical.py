"""The statistical model: two linear layers over named features, scored with numpy alone.

The first layer says how likely a passage bears on any criterion, the second on which, if it does. A passage that
neither names the framework's subject, in it or around it, nor fits a keyword rule is not scored: hardly one in a
hundred of a real report's passages does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from evidence_kit.classify.bundle import Bundle, Layer, Line, Numbers
from evidence_kit.classify.features import Around, Features, Group, Subject, features_of, is_worth_scoring
from evidence_kit.records.reading import PROBABILITY_DIGITS

REASONS = 6
"""Features told for a prediction: those that spoke most for it."""


@dataclass(frozen=True, slots=True)
class Vector:
    """Features of a passage as one layer sees them: columns of the vocabulary, and values."""

    columns: npt.NDArray[np.int64]
    values: Numbers


@dataclass(frozen=True, slots=True)
class Score:
    """What the model says of one passage.

    Attributes:
        bearing: Probability that it bears on any criterion.
        chosen: For each criterion, in the model's order, probability that it bears on it, if it bears on any.
    """

    bearing: float
    chosen: tuple[float, ...]
    vectors: tuple[Vector, Vector]


class Space:
    """The features that a model knows, and how rare they are.

    Args:
        vocabulary: Names, in the order of the weights.
        rarity: One number a feature.
    """

    def __init__(self, vocabulary: Sequence[str], rarity: Numbers) -> None:
        self._column = {name: column for column, name in enumerate(vocabulary)}
        self._rarity = rarity

    @property
    def size(self) -> int:
        """How many features are known."""
        return len(self._column)

    def vector(
        self, features: Features, scale: Mapping[Group, float], floor: Mapping[Group, float]
    ) -> Vector:
        """Return known features by rarity, each group brought to length one, then to its scale.

        Args:
            features: By group.
            scale: For each group that counts, how much.
            floor: For each group, the length below which it is not stretched.
        """
        parts: list[Numbers] = []
        columns: list[int] = []
        for group, weight in scale.items():
            known = self._known(features, group)
            if known:
                rare = self._rarity[known]
                length = max(float(np.linalg.norm(rare)), floor.get(group, 0.0))
                columns.extend(known)
                parts.append((rare * (weight / length)).astype(np.float32))
        values = np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)
        return Vector(np.array(columns, dtype=np.int64), values)

    def length(self, features: Features, group: Group) -> float:
        """Return the length of a group, by rarity alone."""
        return float(np.linalg.norm(self._rarity[self._known(features, group)]))

    def _known(self, features: Features, group: Group) -> list[int]:
        return [self._column[name] for name in features.get(group, ()) if name in self._column]


class StatisticalModel:
    """Scores passages by a bundle."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.criteria = tuple(bundle.meta.labels)
        self._space = Space(bundle.vocabulary, bundle.rarity)
        self._subject = Subject(frozenset(bundle.meta.subject), frozenset(bundle.meta.wider))

    def score(self, around: Around, rules: Sequence[str]) -> Score | None:
        """Score a passage.

        Args:
            around: The passage and what stands next to it.
            rules: Criteria that the keyword classifier finds in it.

        Returns:
            ``None`` where neither subject nor rule is near.
        """
        if not is_worth_scoring(around, rules, self._subject):
            return None
        features = features_of(around, rules, self._subject)
        gate, criteria = self.bundle.gate, self.bundle.criteria
        vectors = (self._vector(features, gate), self._vector(features, criteria))
        (bearing,), chosen = probabilities(gate, vectors[0]), probabilities(criteria, vectors[1])
        return Score(bearing, chosen, vectors)

    def taken(self, score: Score) -> dict[str, float]:
        """Return the criteria that a passage is taken for, with their probabilities; none if it is left open.

        A passage that bears on something is taken for what is likely enough, and for what is most likely.
        """
        meta = self.bundle.meta
        if score.bearing < meta.take:
            return {}
        least = min(meta.choose, max(score.chosen))
        return {
            name: score.bearing * chosen
            for name, chosen in zip(self.criteria, score.chosen, strict=True)
            if chosen >= least
        }

    def reasons(self, score: Score, criterion: str) -> tuple[tuple[str, float], ...]:
        """Return the features that spoke for a criterion, with what they add to the log-odds, heaviest first."""
        gate, criteria = self.bundle.gate, self.bundle.criteria
        column = self.criteria.index(criterion)
        added: dict[int, float] = {}
        for index, value in chain(
            _parts(gate, score.vectors[0], 0), _parts(criteria, score.vectors[1], column)
        ):
            added[index] = added.get(index, 0.0) + value
        named = (
            (self.bundle.vocabulary[index], round(value, PROBABILITY_DIGITS))
            for index, value in added.items()
        )
        told = sorted((pair for pair in named if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))
        return tuple(told[:REASONS])

    def _vector(self, features: Features, layer: Layer) -> Vector:
        return self._space.vector(features, layer.scale, layer.floor)


def probabilities(layer: Layer, vector: Vector) -> tuple[float, ...]:
    """Return a layer's calibrated probabilities."""
    scores = layer.bias + vector.values @ layer.weights[vector.columns]
    return tuple(calibrated(layer.calibration, float(each)) for each in scores)


def calibrated(line: Line, score: float) -> float:
    """Turn a score into a probability, rounded."""
    return round(1 / (1 + math.exp(-(line.slope * score + line.offset))), PROBABILITY_DIGITS)


def _parts(layer: Layer, vector: Vector, column: int) -> list[tuple[int, float]]:
    """Return what each feature adds to the log-odds of one question."""
    added = vector.values * layer.weights[vector.columns, column] * layer.calibration.slope
    return list(zip(vector.columns.tolist(), added.tolist(), strict=True))
