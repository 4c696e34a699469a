"""Floors: what falls below them is told, none is lowered without a reason, and the shipped model holds its own."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from evidence_kit.classify.bundle import load_bundle
from evidence_kit.classify.statistical import StatisticalModel
from evidence_kit.errors import FloorMissed, UsageError
from evidence_kit.resources import model_root
from evidence_kit.training import measures
from evidence_kit.training.card import card
from evidence_kit.training.evaluate import Evaluation
from evidence_kit.training.floors import (
    Floors,
    check_floors,
    figures_of,
    load_evaluation,
    load_floors,
    set_floors,
)
from evidence_kit.training.prepare import Prepared, prepare
from evidence_kit.training.workshop import CARD

FITTED_F1 = 0.8
"""On the passages that it learnt from, a model is better than on others; below this the lexicon or the rules have
moved away from it."""


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return load_evaluation(model_root())


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare()


def test_a_figure_below_its_floor_is_told_with_both_numbers(evaluation: Evaluation) -> None:
    high = Floors(corpus=evaluation.corpus, figures={"criteria, micro F1": 0.999})
    with pytest.raises(FloorMissed, match=r"criteria, micro F1: 0\.\d+, below 0\.999"):
        check_floors(evaluation, high)


def test_floors_hold_for_the_passages_that_they_were_set_with(evaluation: Evaluation) -> None:
    with pytest.raises(FloorMissed, match="other passages"):
        check_floors(evaluation, Floors(corpus="0" * 64, figures={}))


def test_no_floor_is_lowered_without_a_reason(evaluation: Evaluation) -> None:
    before = Floors(corpus="0" * 64, figures=dict.fromkeys(figures_of(evaluation), 0.999))
    with pytest.raises(UsageError, match="would be lowered"):
        set_floors(evaluation, before)
    lowered = set_floors(evaluation, before, "harder passages")
    assert lowered.lowered == ("harder passages",)
    check_floors(evaluation, lowered)


def test_floors_that_are_set_hold(evaluation: Evaluation) -> None:
    check_floors(evaluation, set_floors(evaluation, None))


def test_the_shipped_model_holds_its_floors_on_the_passages_of_today(
    evaluation: Evaluation, prepared: Prepared
) -> None:
    """After a change of passages: ``evidence-kit model train --set-floors``."""
    floors = load_floors(model_root())
    assert floors
    check_floors(evaluation, floors)
    assert evaluation.corpus == prepared.corpus.digest
    assert load_bundle(model_root()).meta.corpus == prepared.corpus.digest
    assert evaluation.recipe == prepared.recipe.digest


def test_the_shipped_model_fits_the_lexicon_and_rules_of_today(prepared: Prepared) -> None:
    """A lexicon or rules that moved away from the weights: ``evidence-kit model train``."""
    model = StatisticalModel(load_bundle(model_root()))
    names = np.array(prepared.examples.names)
    rules = [tuple(names[row].tolist()) for row in prepared.examples.ruled]
    scored = [model.score(each, ruled) for each, ruled in zip(prepared.around, rules, strict=True)]
    caught = np.array([bool(score and model.taken(score)) for score in scored])
    assert measures.rates(caught, prepared.examples.bearing).f1 >= FITTED_F1


def test_the_shipped_card_is_that_of_its_figures(evaluation: Evaluation, prepared: Prepared) -> None:
    text = card(load_bundle(model_root()).meta, evaluation, prepared.knowledge.framework)
    assert (model_root() / CARD).read_text(encoding="utf-8") == text


def test_an_evaluation_survives_its_file(evaluation: Evaluation) -> None:
    assert msgspec.json.decode(msgspec.json.encode(evaluation), type=Evaluation) == evaluation
    assert Path(model_root() / "evaluation.json").stat().st_size < 100_000
