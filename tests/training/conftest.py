"""A small world to train in: a framework of two criteria, and passages of six organisations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from evidence_kit.classify.features import Group
from evidence_kit.records.criterion import Criterion, Framework
from evidence_kit.training.examples import Examples
from evidence_kit.training.recipe import LayerRecipe, Recipe, Shares


@pytest.fixture
def small_framework(
    bare_criterion: Callable[..., Criterion], framework_of: Callable[..., Framework]
) -> Framework:
    return framework_of(bare_criterion("Z1"), bare_criterion("A2"))


@pytest.fixture
def small_recipe() -> Recipe:
    layer = LayerRecipe(inverse_regularisation=4.0, groups={Group.WORD: 1.0, Group.WORDS: 0.5})
    return Recipe(
        seed=7,
        folds=3,
        least_passages=4,
        least_organisations=2,
        floor_quantile=0.8,
        precision=0.8,
        criteria_each=1.0,
        subject=(),
        wider=(),
        shares=Shares(bearing=0.2, scored=1.0),
        gate=layer,
        criteria=layer,
        digest="1" * 64,
    )


@pytest.fixture
def small_examples() -> Examples:
    """Z1 is told by one word, A2 by another; the rest speaks of money."""
    features, groups, bears = [], [], []
    for organisation in range(6):
        for number in range(9):
            kind = number % 3
            said = (("council", "met"), ("sponsor", "named"), ("costs", "rose"))[kind]
            other = f"word:own{organisation}"
            features.append(
                {
                    Group.WORD: tuple(sorted((*(f"word:{word}" for word in said), f"word:n{number}", other))),
                    Group.WORDS: (f"words:{' '.join(said)}",),
                }
            )
            groups.append(f"org{organisation}")
            bears.append((kind == 0, kind == 1))
    truth = np.array(bears, dtype=bool)
    return Examples(
        names=("Z1", "A2"),
        features=tuple(features),
        groups=tuple(groups),
        bears=truth,
        near=np.zeros(len(truth), dtype=bool),
        ruled=np.zeros_like(truth),
        scored=np.ones(len(truth), dtype=bool),
    )


@pytest.fixture
def thin_examples(small_examples: Examples) -> Examples:
    """Of one criterion nothing, of the other three passages."""
    truth = np.zeros_like(small_examples.bears)
    truth[:3, 0] = True
    return replace(small_examples, bears=truth)
