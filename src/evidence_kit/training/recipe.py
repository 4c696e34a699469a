"""The recipe of a model: every choice of training, as a TOML file beside its weights."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from evidence_kit.classify.features import Group
from evidence_kit.errors import UsageError


class LayerRecipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One layer: how much each group of features counts, and how far weights may grow (scikit-learn's ``C``)."""

    inverse_regularisation: float
    groups: dict[Group, float]


class Shares(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Shares in a real report.

    Attributes:
        scored: Of all passages, those that are scored at all: ``classify.features.is_worth_scoring``.
        bearing: Of those, the ones that bear on a criterion; probabilities are calibrated at this share.
    """

    scored: float
    bearing: float


class Recipe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All choices of training.

    Attributes:
        seed: Of what is drawn by chance.
        folds: Into which organisations are dealt for cross-validation.
        least_passages: A criterion with fewer bearing passages is left to the keywords.
        least_organisations: In how many a feature must occur.
        floor_quantile: Of a group's length over all passages: shorter ones are not stretched to full length.
        precision: That the threshold is set for, on held-out organisations at the shares.
        criteria_each: How many criteria a passage that bears on something is taken for, on average: the likeliest,
            and others that are likely enough.
        criteria_from_all: Share of the criteria's weights that is learnt from all passages, so that what bears on
            nothing speaks against them; the rest is learnt from passages that bear on something.
        subject: Concepts that the framework is about; empty to score every passage.
        wider: Concepts that the subject is a part of.
        shares: That calibration takes for granted.
        dual: Solve the dual problem: the same weights but for rounding, ten times as fast where a passage has hundreds
            of features.
        digest: SHA-256 of the file.
    """

    seed: int
    folds: int
    least_passages: int
    least_organisations: int
    floor_quantile: float
    precision: float
    criteria_each: float
    subject: tuple[str, ...]
    wider: tuple[str, ...]
    shares: Shares
    gate: LayerRecipe
    criteria: LayerRecipe
    criteria_from_all: float = 0.0
    dual: bool = False
    digest: str = ""


def load_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        UsageError: It is missing, or holds a key or value that nobody knows.
    """
    try:
        raw = path.read_bytes().replace(b"\r\n", b"\n")
        recipe = msgspec.toml.decode(raw, type=Recipe)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"The recipe {path} cannot be read: {error}",
            next_step="models/nw-anti-racist/recipe.toml is one to start from.",
        ) from error
    return msgspec.structs.replace(recipe, digest=hashlib.sha256(raw).hexdigest())
