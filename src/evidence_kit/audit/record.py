"""``run.json``: what made an audit, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from evidence_kit.audit.folder import RUN
from evidence_kit.errors import UsageError
from evidence_kit.reports.writing import write_file


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """``run.json``: what made the dataset, and how long it took. The one file with a clock in it."""

    schema: str
    schema_version: int
    tool_version: str
    code: str
    framework: str
    framework_folder: str
    kinds: tuple[str, ...]
    framework_digest: str
    lexicon_digest: str
    classifier: str
    source: str
    engine: str
    options: dict[str, str]
    seconds: dict[str, float]
    done: dict[str, int]
    lost: dict[str, str]
    files: dict[str, str]


def write_run(root: Path, record: RunRecord) -> None:
    """Write the record of a run into the audit's folder."""
    write_file(root / RUN, msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")


def read_run(root: Path) -> RunRecord:
    """Return what made the audit in a folder.

    Raises:
        UsageError: It holds no audit that has run to its end.
    """
    try:
        return msgspec.json.decode((root / RUN).read_bytes(), type=RunRecord)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(
            f"{root} holds no audit that has run to its end: {error}.",
            next_step="Give the folder that `evidence-kit audit run` wrote.",
        ) from error
