"""What a model's folder says of itself, read without its weights: a run that finds all its readings kept needs none."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path

from evidence_kit.errors import ModelUnusable
from evidence_kit.records.criterion import Framework

FORMAT = 1
WEIGHTS, META = "weights.npz", "meta.json"
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError)
"""What reading a broken folder may raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What a bundle was made from, and how its scores are to be read.

    Attributes:
        format: Of the bundle.
        framework: Id of the framework.
        labels: Digest of criterion ids and wordings, by criterion: a criterion whose wording changed is not known.
        lexicon, corpus, recipe: Digests of what it was trained with.
        subject, wider: Concepts that the framework is about, and those that they are a part of.
        shares: What calibration takes for granted of a real report: the recipe's ``Shares``, by name.
        take: Probability from which a passage bears on something.
        unsure: Probability from which it is left open: for a second look, and for nothing else.
        choose: Probability, if a passage bears on something, from which it bears on a criterion.
        seed: Of what is drawn by chance in training.
        versions: Of the libraries that it was trained with.
    """

    format: int
    framework: str
    labels: dict[str, str]
    lexicon: str
    corpus: str
    recipe: str
    subject: tuple[str, ...]
    wider: tuple[str, ...]
    shares: dict[str, float]
    take: float
    unsure: float
    choose: float
    seed: int
    versions: dict[str, str]


def load_meta(folder: Path) -> tuple[Meta, str]:
    """Read a model's description.

    Returns:
        The description, and the SHA-256 of it and the weights.

    Raises:
        ModelUnusable: A file is missing, broken, or of another format.
    """
    try:
        raw = (folder / META).read_bytes()
        digest = hashlib.sha256(raw + (folder / WEIGHTS).read_bytes()).hexdigest()
        body = json.loads(raw)
        if body["format"] != FORMAT:
            raise ValueError(f"format {body['format']}, not {FORMAT}")
        known = {field.name: body[field.name] for field in fields(Meta)}
    except UNREADABLE as error:
        raise unusable(folder, error) from error
    return Meta(**known | {name: tuple(known[name]) for name in ("subject", "wider")}), digest


def unusable(folder: Path, error: Exception) -> ModelUnusable:
    """Say that a model's folder cannot be read."""
    return ModelUnusable(
        f"The model in {folder} cannot be read: {error}.",
        next_step="Train it again (evidence-kit model train), or take the folder away: keywords need no model.",
    )


def label_digests(framework: Framework) -> dict[str, str]:
    """Return, for each criterion, a digest of what its label means: its id and its wordings."""
    return {
        criterion.id: hashlib.sha256(
            "\n".join((criterion.id, *(wording.text for wording in criterion.wordings))).encode()
        ).hexdigest()[:16]
        for criterion in framework.criteria
    }
