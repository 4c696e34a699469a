"""Which passages bear on which criterion: keywords, and a trained model beside them where there is one.

What keywords find is kept: the checks know its concepts. The model adds what they have no words for, and says how sure
it is; criteria that it was not trained for are left to the keywords.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_kit.classify.features import Around
from evidence_kit.classify.keywords import NAME, THRESHOLD, KeywordClassifier
from evidence_kit.classify.meta import label_digests, load_meta
from evidence_kit.errors import ModelUnusable
from evidence_kit.records.criterion import Framework
from evidence_kit.records.reading import PROBABILITY_DIGITS, By, Prediction

if TYPE_CHECKING:
    from evidence_kit.classify.statistical import StatisticalModel


class Classifier:
    """Predicts which criteria a passage bears on.

    Args:
        framework: Its rules are those of the keywords.
        model: Folder of a trained model; ``None`` for keywords alone. Its weights are read when they are needed.
        lexicon: Digest of the lexicon that tags are made with; a model of another one says so in its name.

    Raises:
        ModelUnusable: The folder cannot be read, or the model knows none of the framework's criteria as worded.
    """

    def __init__(self, framework: Framework, model: Path | None = None, lexicon: str = "") -> None:
        self._keywords = KeywordClassifier(framework)
        self._order = {criterion.id: number for number, criterion in enumerate(framework.criteria)}
        self._folder = model
        self._known: frozenset[str] = frozenset()
        self.name = NAME
        """What classifies, for the run's record."""
        if model is not None:
            meta, digest = load_meta(model)
            labels = label_digests(framework)
            self._known = frozenset(name for name in labels if meta.labels.get(name) == labels[name])
            if not self._known:
                raise ModelUnusable(
                    f"The model in {model} was made for the framework {meta.framework} and knows no criterion of "
                    f"{framework.id} as it is worded.",
                    next_step="Train one (evidence-kit model train), or take the folder away.",
                )
            alone = [name for name in labels if name not in self._known]
            self.name = f"{NAME}, and model {meta.framework} {digest[:12]}"
            self.name += "; trained with another lexicon" if lexicon not in ("", meta.lexicon) else ""
            self.name += f"; keywords alone for {', '.join(alone)}" if alone else ""

    def predict(self, around: Around) -> tuple[Prediction, ...]:
        """Return what a passage bears on, in the framework's order; nothing where both find nothing."""
        found = self._ruled(around)
        if self._folder is not None:
            for each in self._taken(around, tuple(found)):
                by = By.BOTH if each.criterion in found else By.MODEL
                found[each.criterion] = replace(each, by=by)
        return tuple(sorted(found.values(), key=lambda each: self._order[each.criterion]))

    def bearing(self, around: Around) -> float | None:
        """Return how likely a passage bears on any criterion; ``None`` without a model, or where it scores nothing."""
        if self._folder is None:
            return None
        score = self._model.score(around, tuple(self._ruled(around)))
        return score.bearing if score else 0.0

    def _ruled(self, around: Around) -> dict[str, Prediction]:
        """Return what keywords find."""
        found = self._keywords.predict(around.tags)
        return {each.criterion: each for each in found if each.probability >= THRESHOLD}

    @cached_property
    def _model(self) -> StatisticalModel:
        from evidence_kit.classify.bundle import load_bundle
        from evidence_kit.classify.statistical import StatisticalModel

        assert self._folder is not None, "asked for without a model"
        return StatisticalModel(load_bundle(self._folder))

    def _taken(self, around: Around, rules: tuple[str, ...]) -> Iterator[Prediction]:
        """Yield what the model takes a passage for, of the criteria that it knows."""
        model = self._model
        score = model.score(around, rules)
        if score is None:
            return
        for criterion, probability in model.taken(score).items():
            if criterion in self._known:
                yield Prediction(
                    around.tags.passage,
                    criterion,
                    round(probability, PROBABILITY_DIGITS),
                    model.reasons(score, criterion),
                )
