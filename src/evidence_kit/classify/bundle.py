"""A trained model as plain data: weights in ``weights.npz`` without pickled objects, everything else in ``meta.json``.

Nothing in a bundle is code, and reading one needs neither scikit-learn nor scipy.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from evidence_kit.classify.features import Group
from evidence_kit.classify.meta import META, UNREADABLE, WEIGHTS, Meta, load_meta, unusable

LAYERS = ("gate", "criteria")
Numbers = npt.NDArray[np.float32]
AnyFloat = TypeVar("AnyFloat", bound=np.floating)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line from a score to log-odds: how a score is calibrated."""

    slope: float
    offset: float

    def probabilities(self, scores: npt.NDArray[AnyFloat]) -> npt.NDArray[AnyFloat]:
        """Turn scores into probabilities."""
        made: npt.NDArray[AnyFloat] = 1 / (1 + np.exp(-(self.slope * scores + self.offset)))
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Weights of one question, or of one question a criterion, over the same features.

    Attributes:
        scale: For each group that counts, how much; the features of a group share it by their rarity.
        floor: For each group, the length below which a group is not stretched: two words weigh less than twenty.
        weights: Features × questions.
        bias: One a question.
        calibration: From score to log-odds.
    """

    scale: dict[Group, float]
    floor: dict[Group, float]
    weights: Numbers
    bias: Numbers
    calibration: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A model, loaded.

    Attributes:
        vocabulary: Names of features, in the order of the weights.
        rarity: One number a feature: the rarer, the more it says.
        gate: Whether a passage bears on any criterion.
        criteria: On which, if it does; the questions in the order of ``meta.labels``.
        digest: SHA-256 of both files.
    """

    meta: Meta
    vocabulary: tuple[str, ...]
    rarity: Numbers
    gate: Layer
    criteria: Layer
    digest: str = ""


def save_bundle(bundle: Bundle, folder: Path) -> None:
    """Write a bundle; the same bundle gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, npt.NDArray[Any]] = {
        "vocabulary": np.frombuffer("\n".join(bundle.vocabulary).encode(), dtype=np.uint8),
        "rarity": bundle.rarity.astype(np.float16),
    }
    layers = dict(zip(LAYERS, (bundle.gate, bundle.criteria), strict=True))
    for name, layer in layers.items():
        arrays[f"{name}_weights"] = layer.weights.astype(np.float16)
        arrays[f"{name}_bias"] = layer.bias
    np.savez_compressed(folder / WEIGHTS, **arrays)  # type: ignore[arg-type]
    meta = asdict(bundle.meta) | {
        name: {
            "scale": {group.value: value for group, value in layer.scale.items()},
            "floor": {group.value: value for group, value in layer.floor.items()},
            "calibration": asdict(layer.calibration),
        }
        for name, layer in layers.items()
    }
    (folder / META).write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def load_bundle(folder: Path) -> Bundle:
    """Read a model.

    Raises:
        ModelUnusable: A file is missing, broken, or of another format.
    """
    meta, digest = load_meta(folder)
    try:
        body = json.loads((folder / META).read_bytes())
        with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
            gate, criteria = (_layer(body[name], name, arrays) for name in LAYERS)
            vocabulary = tuple(arrays["vocabulary"].tobytes().decode().split("\n"))
            rarity = arrays["rarity"].astype(np.float32)
    except (*UNREADABLE, BadZipFile) as error:
        raise unusable(folder, error) from error
    return Bundle(
        meta=meta, vocabulary=vocabulary, rarity=rarity, gate=gate, criteria=criteria, digest=digest
    )


def _layer(meta: dict[str, Any], name: str, arrays: Any) -> Layer:
    return Layer(
        scale={Group(group): value for group, value in meta["scale"].items()},
        floor={Group(group): value for group, value in meta["floor"].items()},
        weights=arrays[f"{name}_weights"].astype(np.float32),
        bias=arrays[f"{name}_bias"].astype(np.float32),
        calibration=Line(**meta["calibration"]),
    )
