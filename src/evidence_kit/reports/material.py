"""What a report is made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence_kit.reports.changes import Changes
from evidence_kit.reports.view import MapView
from evidence_kit.workers import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A map in words, and how its papers may be opened again.

    Attributes:
        papers: The folder in which the papers lie; ``None`` if that is not known.
        changes: Since the last map that was different; ``None`` if there was none.
        template: A user's Word document whose styles the pack uses; ``None`` for ours.
        limits: Of the guard around every opening of a file.
        workers: Worker processes; 0 opens files in this process.
    """

    view: MapView
    papers: Path | None = None
    changes: Changes | None = None
    template: Path | None = None
    limits: Limits = Limits()
    workers: int = 0
