"""Floors: figures that a model must not fall below, tied to the passages and the lexicon that they were measured on."""

from __future__ import annotations

from pathlib import Path

import msgspec

from evidence_kit.errors import FloorMissed, UsageError
from evidence_kit.training.acts import DONE
from evidence_kit.training.evaluate import Evaluation
from evidence_kit.training.measures import by_label
from evidence_kit.training.stances import BY_RULES

FLOORS, EVALUATION = "floors.json", "evaluation.json"
SLACK = 0.02
"""How far below today's figure a floor is set: another version of a library moves the third digit."""


class Floors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Figures by name, and the corpus that they hold for.

    Attributes:
        lowered: Why floors were lowered, oldest first.
    """

    corpus: str
    figures: dict[str, float]
    lowered: tuple[str, ...] = ()


def figures_of(evaluation: Evaluation) -> dict[str, float]:
    """Return the figures that floors are set for; the higher, the better."""
    overall = evaluation.overall
    stances = by_label(evaluation.stance.get(BY_RULES, {}))
    return {
        "bearing, F1": evaluation.bearing["model"].f1,
        "bearing, average precision": evaluation.bearing["model"].average_precision or 0.0,
        "criteria, micro F1": overall["micro, model"].f1,
        "criteria, macro F1": overall["macro, model"].f1,
        "deliverables, macro F1": overall["macro, deliverables, model"].f1,
        "near-misses left": round(1 - evaluation.near_taken, 3),
        "other passages left": round(1 - evaluation.other_taken, 3),
        "calibration": round(1 - evaluation.calibration_error, 3),
        **({"stance, precision of done": stances[DONE].precision} if DONE in stances else {}),
    }


def check_floors(evaluation: Evaluation, floors: Floors) -> None:
    """Hold an evaluation to its floors.

    Raises:
        FloorMissed: A figure is below its floor, or the passages are not those that the floors were set with.
    """
    figures = figures_of(evaluation)
    below = [
        f"  {name}: {figures[name]:.3f}, below {floor:.3f}"
        for name, floor in floors.figures.items()
        if figures.get(name, 0.0) < floor
    ]
    if below:
        raise FloorMissed(
            "The model is worse than its floors:\n" + "\n".join(below),
            next_step="Mend what made it worse, or lower the floors: model evaluate --lower-floors REASON.",
        )
    if floors.corpus != evaluation.corpus:
        raise FloorMissed(
            "The floors were set with other passages.",
            next_step="Train again and set them anew: evidence-kit model train --set-floors.",
        )


def set_floors(evaluation: Evaluation, old: Floors | None, reason: str = "") -> Floors:
    """Return floors a little below an evaluation; none is lowered without a reason.

    Raises:
        UsageError: One would be lowered, and no reason is given.
    """
    new = {name: round(value - SLACK, 3) for name, value in figures_of(evaluation).items()}
    before = old.figures if old else {}
    lower = [name for name, value in new.items() if value < before.get(name, 0.0)]
    if reason:
        told = (*(old.lowered if old else ()), reason)
        return Floors(corpus=evaluation.corpus, figures=new, lowered=told)
    if any(new[name] < before[name] - SLACK for name in lower):
        raise UsageError(
            f"Floors would be lowered: {', '.join(lower)}.",
            next_step="Say why: --lower-floors REASON.",
        )
    kept = {name: max(value, before.get(name, 0.0)) for name, value in new.items()}
    return Floors(corpus=evaluation.corpus, figures=kept, lowered=old.lowered if old else ())


def load_floors(folder: Path) -> Floors | None:
    """Read a model's floors, if it has any."""
    path = folder / FLOORS
    return msgspec.json.decode(path.read_bytes(), type=Floors) if path.is_file() else None


def load_evaluation(folder: Path) -> Evaluation:
    """Read the evaluation that stands beside a model.

    Raises:
        UsageError: There is none.
    """
    try:
        return msgspec.json.decode((folder / EVALUATION).read_bytes(), type=Evaluation)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"There is no evaluation in {folder}: {error}.", next_step="Run: evidence-kit model train."
        ) from error


def written(record: msgspec.Struct) -> bytes:
    """Return a record as the bytes of its file."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"
