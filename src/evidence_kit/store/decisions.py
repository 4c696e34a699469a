"""People's decisions: one append-only file of JSON lines a person, in a folder beside the map.

Nothing in such a file is ever changed or taken out: who thinks otherwise later adds a line. Two people's folders are
merged by putting their files together, in any way that the system offers. The lines are described in
``docs/decisions.md``.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import msgspec

from evidence_kit.errors import OutputUnwritable
from evidence_kit.records.decision import (
    ON_CRITERIA,
    ON_QUOTES,
    SCHEMA,
    SCHEMA_VERSION,
    Decision,
)
from evidence_kit.records.document import Problem

SUFFIX = ".jsonl"
LARGEST_LINE = 1 << 20
"""Bytes; a longer line is no decision."""
_UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line(Decision):
    """A line of the file: a decision, and what says that it is one."""

    schema: str
    schema_version: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a folder by time, then as they stand in the files; lines that are none are problems."""

    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_decisions(folder: Path) -> Decisions:
    """Read every file of decisions in a folder; a folder that is missing holds none.

    The same line in two files (a copy that a file-sharing program made) counts once.
    """
    found: dict[Decision, None] = {}
    problems: list[Problem] = []
    for file in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        for one in _read_file(file):
            if isinstance(one, Problem):
                problems.append(one)
            else:
                found[one] = None
    return Decisions(tuple(sorted(found, key=lambda one: one.at)), tuple(problems))


def append_decisions(folder: Path, person: str, decisions: Sequence[Decision]) -> Path:
    """Add a person's decisions to the end of that person's file, and return the file.

    Raises:
        OutputUnwritable: The file cannot be written.
        ValueError: A decision is of somebody else, or its verdict does not fit what it is about.
    """
    for decision in decisions:
        if decision.person != person or (fault := _fault(decision)):
            raise ValueError(fault if decision.person == person else f"a decision of {decision.person!r}")
    path = folder / file_name(person)
    lines = b"".join(
        msgspec.json.encode(
            {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, **_fields(decision)}, order="deterministic"
        )
        + b"\n"
        for decision in decisions
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as stream:
            if _torn(stream.seek(0, os.SEEK_END), path):
                lines = b"\n" + lines
            stream.write(lines)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise OutputUnwritable(
            f"{path} cannot be written: {error.strerror or error}.",
            next_step="No decision was lost: each is still where it was read from. Make the folder writable and run "
            "again.",
        ) from error
    return path


def file_name(person: str) -> str:
    """Return the name of a person's file: letters that every system allows, and a digest that keeps people apart."""
    plain = re.sub(r"[^a-z0-9]+", "-", person.casefold()).strip("-")[:40] or "person"
    return f"{plain}-{hashlib.sha256(person.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}{SUFFIX}"


def _fields(decision: Decision) -> dict[str, object]:
    """Return what the decision says, without what it leaves empty."""
    return {name: value for name, value in msgspec.to_builtins(decision).items() if value not in ("", None)}


def _torn(size: int, path: Path) -> bool:
    """Tell whether the file ends in the middle of a line: a run was cut off while it wrote."""
    if not size:
        return False
    with path.open("rb") as stream:
        stream.seek(size - 1)
        return stream.read(1) != b"\n"


def _read_file(file: Path) -> Iterator[Decision | Problem]:
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as error:
        yield _problem(file, f"it cannot be read: {error.strerror or error}")
        return
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read_line(file, number, line)


def _read_line(file: Path, number: int, line: bytes) -> Decision | Problem:
    if len(line) > LARGEST_LINE:
        return _problem(file, f"line {number} is too long")
    try:
        read = msgspec.json.decode(line, type=_Line)
    except _UNDECODABLE as error:
        return _problem(file, f"line {number} is no decision: {error}")
    if (read.schema, read.schema_version) != (SCHEMA, SCHEMA_VERSION):
        return _problem(file, f"line {number} is of {read.schema!r}, version {read.schema_version}")
    decision = Decision(**{field.name: getattr(read, field.name) for field in fields(Decision)})
    fault = _fault(decision)
    return _problem(file, f"line {number}: {fault}") if fault else decision


def _fault(decision: Decision) -> str:
    """Say why a decision cannot mean anything, or return nothing."""
    allowed = ON_CRITERIA if decision.quote is None else ON_QUOTES
    about = "a criterion" if decision.quote is None else "a quote"
    if decision.verdict not in allowed:
        return f"{decision.verdict.value!r} is no decision about {about}"
    if not (decision.person and decision.criterion and decision.at):
        return "person, criterion or time is missing"
    return ""


def _problem(file: Path, why: str) -> Problem:
    return Problem(
        code="decision_unreadable",
        file=file.name,
        message=f"A decision in {file.name} was left out: {why}.",
        next_step="Ask the person whose file it is, and take the decision again. Nothing was changed in the file.",
    )
