"""The options of a run: built in ``cli`` or by a caller, unpacked in ``pipeline``, seen by no stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from evidence_kit.workers import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOptions:
    """What ``evidence-kit map`` needs to know.

    Attributes:
        pack: Folder (or one file) to read.
        organisation: Whose evidence it is; empty to take it from the documents.
        as_of: The date windows are measured back from.
        framework: Folder of a framework; ``None`` for the one that ships with the tool.
        target: Id of the level that comes first in reports; empty for the first level.
        names: The organisation's own names of bodies and networks: name to concept id.
        workers: Worker processes; 0 reads in this process.
        pages_per_task: How many pages of a PDF a worker reads at a time; never shows in the result.
        limits: Of the guard around every opening of a file.
        skip: Files or folders below ``pack`` that are not evidence (earlier outputs).
        ocr: Text recognition: ``off``; ``auto`` for pages with ink and no usable text, if it is installed; ``force``
            for every page with ink.
        cache: Folder in which results are kept for the next run; ``None`` to keep none. Never shows in the result.
        decisions: Folder of people's decisions: passages that they cite for a criterion are read for it.
        stated: Where the settings came from, for the report: pairs of name and source.
    """

    pack: Path
    as_of: date
    organisation: str = ""
    framework: Path | None = None
    target: str = ""
    names: tuple[tuple[str, str], ...] = ()
    workers: int = 0
    pages_per_task: int = 64
    limits: Limits = field(default_factory=Limits)
    skip: tuple[Path, ...] = ()
    ocr: Literal["off", "auto", "force"] = "off"
    cache: Path | None = None
    decisions: Path | None = None
    stated: tuple[tuple[str, str], ...] = ()
