"""Writes what may leave, once the check has passed or its findings were accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from evidence_kit import outputs
from evidence_kit.errors import SharingRefused, UsageError
from evidence_kit.pipeline.reporting import RENDERINGS
from evidence_kit.pipeline.sharing.reduced import LeftOut, Shareable
from evidence_kit.records.sharing import SharingCheck
from evidence_kit.reports.material import Material
from evidence_kit.reports.view import build
from evidence_kit.reports.words import DISCLAIMER, count
from evidence_kit.reports.writing import write_file

SHARED = (outputs.PAGE, outputs.WORKBOOK, outputs.PACK)
"""The reports that leave. The cited pages do not: a page holds more than what is quoted of it."""
LEFT_OUT = "left-out.txt"
RECORD = "shared.json"
RECORD_SCHEMA = "evidence-kit/shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Accepted:
    """A finding that was accepted, without its words."""

    id: str
    kind: str
    accepted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """What was shared; stands in the map's own data folder, and never leaves."""

    schema: str
    schema_version: int
    files: dict[str, str]
    small_numbers: int
    accepted: tuple[_Accepted, ...]


def reports_of(shareable: Shareable) -> Mapping[str, str | bytes]:
    """Return the files that are to leave, by name."""
    material = Material(view=build(shareable.map, shareable.decisions))
    return {
        **{name: RENDERINGS[name](material) for name in SHARED},
        LEFT_OUT: _left_out(shareable.left_out),
    }


def write_shared(
    contents: Mapping[str, str | bytes], check: SharingCheck, out: Path, home: Path
) -> tuple[Path, ...]:
    """Write the files, and into the map's data folder who accepted what.

    Args:
        home: The map's folder.

    Raises:
        SharingRefused: A finding is not accepted; nothing is written.
        UsageError: The folder holds other files.
        OutputUnwritable: A file cannot be written.
    """
    if check.open:
        raise SharingRefused(
            f"Nothing was written: {count(len(check.open), 'finding')} of the check "
            f"{'is' if len(check.open) == 1 else 'are'} open.",
            next_step="Mend the papers, or say with --accept FILE who accepts which finding; a FILE that does not "
            "exist is written as a template.",
        )
    refuse_target(out, home)
    for name, content in contents.items():
        write_file(out / name, content)
    record = _Record(
        schema=RECORD_SCHEMA,
        schema_version=1,
        files={name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in sorted(contents)},
        small_numbers=check.limit,
        accepted=tuple(
            _Accepted(id=one.id, kind=one.kind.value, accepted=one.accepted) for one in check.findings
        ),
    )
    write_file(home / outputs.DATA / RECORD, msgspec.json.format(msgspec.json.encode(record)) + b"\n")
    return tuple(out / name for name in contents)


def refuse_target(out: Path, home: Path) -> None:
    """Refuse a folder in which files stand that the check has not seen: they would leave with the rest.

    Raises:
        UsageError: The folder is the map's own, lies in it, or holds other files.
    """
    whole = out.resolve()
    if whole == home.resolve() or whole.is_relative_to((home / outputs.DATA).resolve()):
        raise UsageError(
            f"{out} holds the map itself, which is not for sending.",
            next_step="Name another folder with --out.",
        )
    if not whole.is_dir():
        return
    strange = sorted(path.name for path in whole.iterdir() if path.name not in {*SHARED, LEFT_OUT})
    if strange:
        raise UsageError(
            f"{out} holds {strange[0]}, which the check has not seen and which would leave with the rest.",
            next_step="Name an empty folder with --out.",
        )


def _left_out(left_out: LeftOut) -> str:
    lines = "\n".join(f"- {line}" for line in left_out.lines)
    return f"What was left out before this folder was shared:\n\n{lines}\n\n{DISCLAIMER}\n"
