"""The keyword classifier: transparent, needs no model, says which concepts moved it.

A passage bears on a criterion when it has a concept of each of the criterion's groups, in its own words or by what
it stands under, at least one of them in its own words or its column's name. The probability is a fixed scale of how
much else speaks for it; it is not calibrated, and says so by the classifier's name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from evidence_kit.records.criterion import Criterion, Framework
from evidence_kit.records.reading import PROBABILITY_DIGITS, Origin, Prediction, Tags

NAME = "keywords"
THRESHOLD = 0.5
"""Predictions from here on bear on their criterion."""
_BASE = 0.55
_PER_OWN_GROUP = 0.1
_PER_CONCEPT = 0.05
_HIGHEST = 0.95


@dataclass(frozen=True, slots=True)
class _Rule:
    """A criterion's groups as sets, for speed."""

    criterion: str
    groups: tuple[frozenset[str], ...]
    never: frozenset[str]
    unless: frozenset[str]
    about: frozenset[str]


class KeywordClassifier:
    """Predicts which criteria a passage bears on.

    Args:
        framework: Its criteria's ``bears``, ``bears_not`` and ``concepts`` are the rules.
    """

    name = NAME

    def __init__(self, framework: Framework) -> None:
        self._rules = tuple(_rule(criterion) for criterion in framework.criteria)
        self._rules_of: defaultdict[str, set[int]] = defaultdict(set)
        for number, rule in enumerate(self._rules):
            for concept in frozenset().union(*rule.groups):
                self._rules_of[concept].add(number)

    def predict(self, tags: Tags) -> tuple[Prediction, ...]:
        """Return a prediction for every criterion that the passage bears on, in the framework's order."""
        own = tags.own_concepts()
        told = own | {mention.concept for mention in tags.mentions if mention.origin is Origin.HEADER}
        numbers = set().union(*(self._rules_of[concept] for concept in told & self._rules_of.keys()))
        if not numbers:
            return ()
        everywhere = tags.concepts()
        found = (self._apply(self._rules[each], tags.passage, everywhere, own) for each in sorted(numbers))
        return tuple(prediction for prediction in found if prediction is not None)

    def _apply(
        self, rule: _Rule, passage: str, everywhere: frozenset[str], own: frozenset[str]
    ) -> Prediction | None:
        if any(group.isdisjoint(everywhere) for group in rule.groups):
            return None
        if rule.never & own and not rule.unless & own:
            return None
        weights: dict[str, float] = {}
        for group in rule.groups:
            here = sorted(group & own) or sorted(group & everywhere)
            weights[here[0]] = _PER_OWN_GROUP if group & own else 0.0
        for concept in sorted((rule.about & own) - weights.keys()):
            weights[concept] = _PER_CONCEPT
        probability = round(min(_HIGHEST, _BASE + sum(weights.values())), PROBABILITY_DIGITS)
        reasons = tuple(sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])))
        return Prediction(passage, rule.criterion, probability, reasons)


def _rule(criterion: Criterion) -> _Rule:
    return _Rule(
        criterion=criterion.id,
        groups=tuple(frozenset(group) for group in criterion.bears),
        never=frozenset(criterion.bears_not),
        unless=frozenset(criterion.bears_unless),
        about=frozenset(criterion.concepts),
    )
