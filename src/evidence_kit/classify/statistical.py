"""The statistical model: two linear layers over named features, scored with numpy alone.

The first layer says how likely a passage bears on any criterion, the second on which, if it does. A passage that
neither names the framework's subject, in it or around it, nor fits a keyword rule is not scored: hardly one in a
hundred of a real report's passages does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidence_kit.classify.bundle import Bundle, Layer, Numbers
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
        chosen: For each criterion, in the model's order, probability that it bears on it, if it bears on any; nothing
            where it is not taken to bear on any.
        features: As each layer sees them.
    """

    bearing: float
    chosen: tuple[float, ...]
    features: tuple[Vector, ...]


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
        self._groups = frozenset((*bundle.gate.scale, *bundle.criteria.scale))
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
        features = features_of(around, rules, self._subject, self._groups)
        gate, criteria = self.bundle.gate, self.bundle.criteria
        seen = self._vector(features, gate)
        (bearing,) = probabilities(gate, seen)
        if bearing < self.bundle.meta.take:
            return Score(bearing, (), (seen,))
        both = (seen, self._vector(features, criteria))
        return Score(bearing, probabilities(criteria, both[1]), both)

    def taken(self, score: Score) -> dict[str, float]:
        """Return the criteria that a passage is taken for, with their probabilities; none if it is left open.

        A passage that bears on something is taken for what is likely enough, and for what is most likely.
        """
        least = min(self.bundle.meta.choose, max(score.chosen, default=1.0))
        return {
            name: score.bearing * chosen
            for name, chosen in zip(self.criteria, score.chosen, strict=bool(score.chosen))
            if chosen >= least
        }

    def reasons(self, score: Score, criterion: str) -> tuple[tuple[str, float], ...]:
        """Return the features that spoke most for a criterion, with what they add to the log-odds, heaviest first."""
        layers = ((self.bundle.gate, 0), (self.bundle.criteria, self.criteria.index(criterion)))
        parts = [
            seen.values * layer.weights[seen.columns, column] * layer.calibration.slope
            for (layer, column), seen in zip(layers, score.features, strict=True)
        ]
        columns, place = np.unique(
            np.concatenate([seen.columns for seen in score.features]), return_inverse=True
        )
        added = np.round(np.bincount(place, weights=np.concatenate(parts)), PROBABILITY_DIGITS)
        heaviest = np.lexsort((columns, -added))[:REASONS]
        return tuple(
            (self.bundle.vocabulary[columns[index]], float(added[index]))
            for index in heaviest
            if added[index] > 0
        )

    def _vector(self, features: Features, layer: Layer) -> Vector:
        return self._space.vector(features, layer.scale, layer.floor)


def probabilities(layer: Layer, vector: Vector) -> tuple[float, ...]:
    """Return a layer's calibrated probabilities, rounded."""
    scores = layer.bias + vector.values @ layer.weights[vector.columns]
    likely = layer.calibration.probabilities(scores)
    return tuple(np.round(likely.astype(float), PROBABILITY_DIGITS).tolist())
