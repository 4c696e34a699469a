"""The steps of ``model train``, ``evaluate`` and ``card``, from folders to files."""

from __future__ import annotations

from pathlib import Path

from evidence_kit.classify.bundle import Bundle, save_bundle
from evidence_kit.classify.meta import load_meta
from evidence_kit.errors import OutputUnwritable
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.training.card import card
from evidence_kit.training.evaluate import Evaluation, evaluate
from evidence_kit.training.floors import (
    EVALUATION,
    FLOORS,
    load_evaluation,
    load_floors,
    set_floors,
    written,
)
from evidence_kit.training.prepare import RECIPE, Prepared, folder_of, prepare
from evidence_kit.training.train import train

CARD = "MODEL_CARD.md"


def make_model(
    *,
    framework: Path | None = None,
    passages: Path | None = None,
    recipe: Path | None = None,
    out: Path | None = None,
    floors: bool = False,
    reason: str = "",
) -> tuple[Evaluation, Path]:
    """Train a model, judge it on held-out organisations, and write both with the card.

    Args:
        framework, passages, recipe: As :func:`evidence_kit.training.prepare.prepare` takes them.
        out: Folder of the model; ``None`` for the framework's own.
        floors: Set floors too.
        reason: Why floors may be lowered.

    Returns:
        The evaluation, and where the model was written.

    Raises:
        CorpusInvalid: Labelled passages break the rules.
        UsageError: No criterion has passages enough, or a floor would be lowered without a reason.
        OutputUnwritable: The folder cannot be written.
    """
    prepared = prepare(framework=framework, passages=passages, recipe=recipe)
    bundle, evaluation = _trained(prepared)
    folder = out or folder_of(framework)
    set_to = set_floors(evaluation, load_floors(folder), reason) if floors else None
    try:
        save_bundle(bundle, folder)
        (folder / EVALUATION).write_bytes(written(evaluation))
        text = card(bundle.meta, evaluation, prepared.knowledge.framework)
        (folder / CARD).write_text(text, encoding="utf-8", newline="\n")
        if recipe is not None:
            (folder / RECIPE).write_bytes(recipe.read_bytes())
        if set_to:
            (folder / FLOORS).write_bytes(written(set_to))
    except OSError as error:
        raise OutputUnwritable(f"The model cannot be written to {folder}: {error}.") from error
    return evaluation, folder


def judge(
    *, framework: Path | None = None, passages: Path | None = None, recipe: Path | None = None
) -> Evaluation:
    """Judge what would be trained, on held-out organisations; nothing is written."""
    _, evaluation = _trained(prepare(framework=framework, passages=passages, recipe=recipe))
    return evaluation


def _trained(prepared: Prepared) -> tuple[Bundle, Evaluation]:
    digests = {"lexicon": prepared.knowledge.lexicon.digest, "corpus": prepared.corpus.digest}
    bundle, held = train(prepared.examples, prepared.recipe, prepared.knowledge.framework, digests)
    return bundle, evaluate(prepared, bundle, held)


def card_of(framework: Path | None = None) -> str:
    """Return the card of a framework's model.

    Raises:
        ModelUnusable: There is no model, or it cannot be read.
    """
    folder = folder_of(framework)
    meta, _ = load_meta(folder)
    return card(meta, load_evaluation(folder), load_knowledge(framework, keywords_only=True).framework)
