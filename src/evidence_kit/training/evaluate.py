"""How good a model is on organisations that it never saw."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np

from evidence_kit.classify.bundle import Bundle
from evidence_kit.records.criterion import CriterionKind
from evidence_kit.training import measures
from evidence_kit.training.acts import acts_told
from evidence_kit.training.examples import Examples, Flags, any_of
from evidence_kit.training.measures import Confusion, Rates
from evidence_kit.training.prepare import Prepared
from evidence_kit.training.stances import by_cue, trials
from evidence_kit.training.train import Floats, HeldOut, share_weights

WORST = 15
"""Errors of each sort that are told with their text."""


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """An error: what was wanted and given, and how likely the model found it that the passage bears on anything."""

    passage: str
    wanted: tuple[str, ...]
    given: tuple[str, ...]
    probability: float
    text: str


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of one evaluation; every one is of held-out organisations.

    Attributes:
        corpus, recipe, lexicon: Digests of what was evaluated.
        bearing: Whether a passage bears on any criterion: by ``model``, by ``keywords``, and by either.
        criteria: By criterion.
        overall: Micro and macro F1 over all criteria and over deliverables, by the model and by keywords.
        near_taken, other_taken: Shares of near-misses and of other passages that were taken for something.
        calibration_error: Of probabilities above one in ten, pooled over criteria, at the stated share.
        kinds: By kind of paper, whether a passage bears on any criterion.
        stance: Of stance and of whose act it is, by rules and by what could be learnt: by label, how many were read as
            what.
        stance_by_cue: By what the rules went by, how many acts they decided, and how many rightly.
        false, missed: The worst errors.
        left_out: Criteria with too few passages to learn from.
    """

    corpus: str
    recipe: str
    lexicon: str
    organisations: int
    passages: int
    bearing: dict[str, Rates]
    criteria: dict[str, Rates]
    overall: dict[str, Rates]
    near_taken: float
    other_taken: float
    calibration_error: float
    kinds: dict[str, Rates]
    stance: dict[str, Confusion]
    stance_by_cue: dict[str, tuple[int, int]] = {}
    false: tuple[Wrong, ...]
    missed: tuple[Wrong, ...]
    left_out: tuple[str, ...]


def evaluate(prepared: Prepared, bundle: Bundle, held: HeldOut) -> Evaluation:
    """Judge held-out scores by a bundle's calibration and thresholds."""
    examples, meta = prepared.examples, bundle.meta
    likely = np.where(examples.scored, bundle.gate.calibration.probabilities(held.gate), 0.0)
    chosen = bundle.criteria.calibration.probabilities(held.criteria)
    given = taken(likely, chosen, take=meta.take, choose=meta.choose)
    caught = any_of(given)
    told = tuple(acts_told(prepared.corpus.passages, prepared.around, prepared.knowledge))
    return Evaluation(
        corpus=prepared.corpus.digest,
        recipe=prepared.recipe.digest,
        lexicon=prepared.knowledge.lexicon.digest,
        organisations=len(set(examples.groups)),
        passages=len(examples.groups),
        bearing=_bearing(examples, likely, caught, meta.seed),
        criteria=dict(_by_criterion(examples, likely[:, None] * chosen, given, meta.seed)),
        overall=dict(_overall(prepared, given, meta.seed)),
        near_taken=_share(caught, examples.near),
        other_taken=_share(caught, ~examples.bearing & ~examples.near),
        calibration_error=_calibration(prepared, likely[:, None] * chosen),
        kinds=dict(_by_kind(prepared, caught)),
        stance=trials(told),
        stance_by_cue=by_cue(told),
        false=tuple(_worst(prepared, likely, given, ~examples.bearing & caught, -likely)),
        missed=tuple(_worst(prepared, likely, given, examples.bearing & ~caught, likely)),
        left_out=prepared.left_out,
    )


def taken(likely: Floats, chosen: Floats, *, take: float, choose: float) -> Flags:
    """Return what is taken for what, as ``StatisticalModel.taken`` does passage by passage."""
    least = np.minimum(choose, chosen.max(axis=1))
    return np.asarray((likely >= take)[:, None] & (chosen >= least[:, None]))


def _bearing(examples: Examples, likely: Floats, caught: Flags, seed: int) -> dict[str, Rates]:
    truth, ruled = examples.bearing, any_of(examples.ruled)
    found = {
        name: measures.with_interval(measures.rates, given, truth, examples.groups, seed)
        for name, given in (("model", caught), ("keywords", ruled), ("either", caught | ruled))
    }
    order = measures.average_precision(truth, likely)
    return found | {"model": msgspec.structs.replace(found["model"], average_precision=order)}


def _by_criterion(examples: Examples, likely: Floats, given: Flags, seed: int) -> Iterator[tuple[str, Rates]]:
    for column, name in enumerate(examples.names):
        truth = examples.bears[:, column]
        found = measures.with_interval(measures.rates, given[:, column], truth, examples.groups, seed)
        order = measures.average_precision(truth, likely[:, column])
        yield name, msgspec.structs.replace(found, average_precision=order)


def _overall(prepared: Prepared, given: Flags, seed: int) -> Iterator[tuple[str, Rates]]:
    examples = prepared.examples
    kinds = {criterion.id: criterion.kind for criterion in prepared.knowledge.framework.criteria}
    deliverables = np.array([kinds[name] is CriterionKind.DELIVERABLE for name in examples.names])
    for maker, said in (("model", given), ("keywords", examples.ruled)):
        for name, measure, columns in (
            ("micro", measures.rates, np.ones(len(deliverables), dtype=bool)),
            ("macro", measures.macro, np.ones(len(deliverables), dtype=bool)),
            ("macro, deliverables", measures.macro, deliverables),
        ):
            yield (
                f"{name}, {maker}",
                measures.with_interval(
                    measure, said[:, columns], examples.bears[:, columns], examples.groups, seed
                ),
            )


def _calibration(prepared: Prepared, likely: Floats) -> float:
    examples = prepared.examples
    counts = np.repeat(share_weights(examples, prepared.recipe)[:, None], likely.shape[1], axis=1)
    return measures.calibration_error(likely.ravel(), examples.bears.ravel(), counts.ravel())


def _by_kind(prepared: Prepared, caught: Flags) -> Iterator[tuple[str, Rates]]:
    kinds = np.array([each.kind.value for each in prepared.corpus.passages])
    for kind in sorted(set(kinds.tolist())):
        here = kinds == kind
        yield kind, measures.rates(caught[here], prepared.examples.bearing[here])


def _worst(prepared: Prepared, likely: Floats, given: Flags, wrong: Flags, order: Floats) -> Iterator[Wrong]:
    """Yield the errors that the model was surest of."""
    names = prepared.examples.names
    for row in sorted(np.flatnonzero(wrong).tolist(), key=lambda row: (order[row], row))[:WORST]:
        passage = prepared.corpus.passages[row]
        yield Wrong(
            passage=passage.id,
            wanted=passage.bears,
            given=tuple(name for name, flag in zip(names, given[row], strict=True) if flag),
            probability=round(float(likely[row]), 2),
            text=passage.text,
        )


def _share(caught: Flags, among: Flags) -> float:
    return round(float(caught[among].mean()), 3) if among.any() else 0.0
