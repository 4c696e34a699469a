"""Stance, and whose act it is: the rules against what people labelled, and what could be learnt in their place.

A map uses the rules of ``language``. What is learnt is measured beside them, on organisations that it did not see,
alone and as something that may only take *done* away; ``docs/model.md`` says what came of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from evidence_kit.training.acts import DONE, Features, Told
from evidence_kit.training.measures import Confusion
from evidence_kit.training.train import fold_of

BY_RULES = "stance, rules"
"""Name of what the rules read, among the trials."""
FOLDS = 5
SURE = 0.7
"""How likely an act must be done before the learned version says so, since a false one is feared most."""
DOUBTED = 0.3
"""Less likely than this, the learned version takes away what the rules call done."""

Likely = dict[str, float]
"""How likely each label is."""
Learned = Callable[[Sequence[Features]], list[Likely]]


def trials(told: Sequence[Told]) -> dict[str, Confusion]:
    """Return what was read as what: by the rules, by what was learnt from other organisations, and by both.

    Of one organisation alone nothing can be learnt that it did not see: then the rules stand by themselves.
    """
    if not told:
        return {}
    stances, owners = [each.stance for each in told], [each.whose for each in told]
    read = {"rules": [each.read for each in told]}
    read_whose = {"rules": [each.read_whose for each in told]}
    if len({each.organisation for each in told}) > 1:
        read |= versions(read["rules"], held_out(told, stances))
        read_whose["learned"] = list(map(likeliest, held_out(told, owners)))
    return {
        **{f"stance, {name}": confusion(stances, given) for name, given in read.items()},
        **{f"whose, {name}": confusion(owners, given) for name, given in read_whose.items()},
    }


def by_cue(told: Iterable[Told]) -> dict[str, tuple[int, int]]:
    """Return, for each cue that the rules went by, how many acts it decided and how many of them rightly."""
    acts, right = Counter[str](), Counter[str]()
    for each in told:
        acts[each.by] += 1
        right[each.by] += each.read == each.stance
    return {name: (acts[name], right[name]) for name in sorted(acts, key=lambda name: (-acts[name], name))}


def versions(read: Sequence[str], likely: Sequence[Likely]) -> dict[str, list[str]]:
    """Return what each version says of acts that the rules ``read`` and for which labels are so ``likely``."""
    return {
        "learned": list(map(likeliest, likely)),
        f"learned, done from {SURE}": [done_from(each, SURE) for each in likely],
        "rules, the learned takes done away": [
            done_from(each, DOUBTED) if said == DONE else said
            for said, each in zip(read, likely, strict=True)
        ],
    }


def likeliest(likely: Likely) -> str:
    """Return the likeliest label; of two as likely, the first by name."""
    return max(sorted(likely), key=likely.__getitem__)


def done_from(likely: Likely, least: float) -> str:
    """Return *done* from a probability on, else the likeliest of the others."""
    others = {label: each for label, each in likely.items() if label != DONE}
    return DONE if likely.get(DONE, 0.0) >= least or not others else likeliest(others)


def held_out(told: Sequence[Told], labels: Sequence[str]) -> list[Likely]:
    """Return how likely each label is for each act, by weights that never saw its organisation."""
    folds = fold_of([each.organisation for each in told], FOLDS)
    none = dict.fromkeys(sorted(set(labels)), 0.0)
    likely: dict[int, Likely] = {}
    for fold in sorted(set(folds.tolist())):
        others, here = np.flatnonzero(folds != fold).tolist(), np.flatnonzero(folds == fold).tolist()
        learned = learn([told[row].features for row in others], [labels[row] for row in others])
        found = learned([told[row].features for row in here])
        likely.update((row, none | each) for row, each in zip(here, found, strict=True))
    return [likely[row] for row in range(len(told))]


def learn(features: Sequence[Features], labels: Sequence[str]) -> Learned:
    """Fit a multinomial logistic regression; rare labels count as much as frequent ones."""
    one = len(set(labels)) == 1
    model = make_pipeline(
        DictVectorizer(dtype=np.float32),
        DummyClassifier() if one else LogisticRegression(class_weight="balanced", max_iter=2000),
    ).fit(features, labels)
    classes: list[str] = model.classes_.tolist()

    def learned(asked: Sequence[Features]) -> list[Likely]:
        return [dict(zip(classes, row, strict=True)) for row in model.predict_proba(asked).tolist()]

    return learned


def confusion(wanted: Iterable[str], given: Iterable[str]) -> Confusion:
    """Count, for each label, what was given."""
    counts = Counter(zip(wanted, given, strict=True))
    said = sorted({each for _, each in counts})
    return {
        label: {each: counts[label, each] for each in said}
        for label in sorted({label for label, _ in counts})
    }
