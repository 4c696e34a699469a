"""Who accepted which findings: a small file that a person fills in, made as a template by the check."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from evidence_kit.errors import UsageError
from evidence_kit.pipeline.sharing.kinds import MEANINGS
from evidence_kit.records.sharing import SharingCheck, SharingFinding
from evidence_kit.reports.words import day, one_line

SCHEMA = "evidence-kit/sharing-acceptance"
_KEYS = frozenset({"schema", "accepted_by", "accepted_on", "accepted"})


def template(check: SharingCheck) -> str:
    """Return a file that lists the open findings, none accepted."""
    lines = [
        "# Findings of the check before sharing. To accept one, take the # before its id away. Then put your",
        "# name and the day in. Another person uses a file of their own: --accept may be given again.",
        f'schema = "{SCHEMA}"',
        'accepted_by = ""',
        'accepted_on = ""  # such as 2026-11-24',
        "accepted = [",
    ]
    for finding in check.open:
        place = f", {finding.place}" if finding.place else ""
        words = f"{finding.file}{place}: {MEANINGS[finding.kind].title}: {finding.what}"
        lines += [f'  # "{finding.id}",  # {one_line(words)}']
    return "\n".join([*lines, "]", ""])


def accepted(check: SharingCheck, files: Sequence[Path]) -> SharingCheck:
    """Return the check with what people accepted; ids of findings that are gone do no harm.

    Raises:
        UsageError: A file cannot be read, or says not who accepted or when.
    """
    known: dict[str, list[str]] = {}
    for file in files:
        who, ids = _read(file)
        for one in ids:
            known.setdefault(one, []).append(who)
    return replace(check, findings=tuple(_with(finding, known) for finding in check.findings))


def _with(finding: SharingFinding, known: dict[str, list[str]]) -> SharingFinding:
    return replace(finding, accepted="; ".join(known.get(finding.id, ())))


def _read(file: Path) -> tuple[str, list[str]]:
    """Return who accepted and when, in words, and the ids."""
    try:
        table: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"{file} cannot be read: {error}.",
            next_step="Give a file that does not exist to have a template written, and fill it in.",
        ) from error
    ids = table.get("accepted")
    if table.get("schema") != SCHEMA or set(table) - _KEYS or not isinstance(ids, list):
        raise UsageError(
            f"{file} is no file of accepted findings.",
            next_step="Give a file that does not exist to have a template written, and fill it in.",
        )
    if not ids:
        return "", []
    who = table.get("accepted_by")
    if not isinstance(who, str) or not who.strip():
        raise UsageError(f"{file} does not say who accepted.", next_step="Put your name after accepted_by.")
    return f"{one_line(who)}, {day(_day(file, table.get('accepted_on')))}", [str(one) for one in ids]


def _day(file: Path, value: object) -> date:
    try:
        return value if type(value) is date else date.fromisoformat(str(value))
    except ValueError as error:
        raise UsageError(
            f"{file} does not say on which day findings were accepted.",
            next_step="Put the day after accepted_on, such as 2026-11-24.",
        ) from error
