"""One round, equal treatment: settings written once and held against every application, and the panel's rulings."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from evidence_kit import __version__
from evidence_kit.errors import OutputUnwritable, UsageError
from evidence_kit.framework.yaml_lines import YamlFault, load_yaml
from evidence_kit.options import MapOptions
from evidence_kit.pipeline.knowledge import Knowledge
from evidence_kit.reports.words import listed, one_line
from evidence_kit.reports.writing import write_file
from evidence_kit.store.code import code_digest
from evidence_kit.workers import Limits

SETTINGS, RULINGS, CACHE = "round.toml", "rulings.yml", "cache"
_DIGITS = 16
_VERSIONS = ("tool", "code")
"""Settings that are named where they differ, and refuse nothing."""

_RULINGS = """\
# Rulings of this round: each is printed in every pre-screen sheet.
# - question: Does a sponsor who is a non-executive director count?
#   ruling: Yes, as a director of the board.
#   date: 2026-10-05
"""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A question of the round, how the panel ruled, and when."""

    question: str
    ruling: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The workspace of a round.

    Attributes:
        settings: As written down, by name.
        new: They are not written down yet: see :func:`begin`.
        notes: Versions that differ from those of the round.
    """

    folder: Path
    settings: Mapping[str, str]
    rulings: tuple[Ruling, ...] = ()
    new: bool = False
    notes: tuple[str, ...] = ()

    @property
    def cache(self) -> Path:
        """Where results of this round are kept; nothing is shared with other rounds."""
        return self.folder / CACHE


def settings_of(mapped: MapOptions, knowledge: Knowledge, wording: str) -> dict[str, str]:
    """Return what must be the same for every application of a round."""
    return {
        "framework": f"{knowledge.framework.id}, {knowledge.framework.edition}",
        "framework_digest": knowledge.framework.digest[:_DIGITS],
        "lexicon_digest": knowledge.lexicon.digest[:_DIGITS],
        "model": knowledge.classifier.name,
        "wording": wording,
        "as_of": mapped.as_of.isoformat(),
        "target": mapped.target or knowledge.framework.levels[0].id,
        "ocr": mapped.ocr,
        **{f"limit_{name}": f"{value:g}" for name, value in asdict(mapped.limits).items()},
        "tool": __version__,
        "code": code_digest()[:_DIGITS],
    }


def open_round(folder: Path, asked: Mapping[str, str]) -> Round:
    """Return a round: the one that stands in the folder if its settings are these, else a new one to :func:`begin`.

    Raises:
        UsageError: The round was begun with other settings, or a file of it cannot be read.
    """
    if not (folder / SETTINGS).is_file():
        return Round(folder=folder, settings=dict(asked), rulings=_rulings(folder), new=True)
    known = read_settings(folder)
    differ = [name for name in {**known, **asked} if known.get(name) != asked.get(name)]
    refused = [name for name in differ if name not in _VERSIONS]
    if refused:
        told = [f"{name} is {known.get(name, 'not set')}, not {asked.get(name, 'set')}" for name in refused]
        raise UsageError(
            f"The round in {folder} was begun with other settings: {listed(told)}.",
            next_step="Leave these options out, or use the framework, lexicon and model that the round began with, so "
            "that every application is read alike; or begin another round.",
        )
    notes = tuple(f"{name}: {known.get(name)} when the round began, {asked.get(name)} now" for name in differ)
    return Round(folder=folder, settings=known, rulings=_rulings(folder), notes=notes)


def begin(opened: Round) -> None:
    """Write a new round's settings down, once its first application could be read.

    Raises:
        OutputUnwritable: They cannot be written.
    """
    if not opened.new:
        return
    lines = ["# Settings of this round: every application is read by them. Written once.", ""]
    lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in opened.settings.items()]
    write_file(opened.folder / SETTINGS, "\n".join(lines) + "\n")
    if not (opened.folder / RULINGS).exists():
        write_file(opened.folder / RULINGS, _RULINGS)


def read_settings(folder: Path) -> dict[str, str]:
    """Return the settings of a round; empty if none was begun in the folder.

    Raises:
        UsageError: They cannot be read.
    """
    path = folder / SETTINGS
    if not path.is_file():
        return {}
    try:
        return {name: str(value) for name, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}.", next_step="Restore it, or begin another round."
        ) from error


def as_in_round(mapped: MapOptions, folder: Path, stated: Sequence[str]) -> MapOptions:
    """Return the options with the round's own settings for all that nobody stated.

    Args:
        mapped: Options of this run.
        folder: The round's.
        stated: Names of settings that were stated for this run: they are held against the round's.
    """
    known = read_settings(folder)
    if not known:
        return mapped
    if "as_of" not in stated and "as_of" in known:
        mapped = replace(mapped, as_of=date.fromisoformat(known["as_of"]))
    if "target" not in stated and "target" in known:
        mapped = replace(mapped, target=known["target"])
    if "ocr" not in stated and known.get("ocr") in ("off", "auto", "force"):
        mapped = replace(mapped, ocr=known["ocr"])  # type: ignore[arg-type]  # one of the three modes
    if "limit" not in stated:
        kinds = {name: type(value) for name, value in asdict(Limits()).items()}
        limits = {
            name: kind(float(known[f"limit_{name}"]))
            for name, kind in kinds.items()
            if f"limit_{name}" in known
        }
        mapped = replace(mapped, limits=Limits(**limits))
    return mapped


def _rulings(folder: Path) -> tuple[Ruling, ...]:
    path = folder / RULINGS
    if not path.is_file():
        return ()
    try:
        found = load_yaml(path.read_text(encoding="utf-8")) or []
        return tuple(
            Ruling(one_line(str(one["question"])), one_line(str(one["ruling"])), one_line(str(one["date"])))
            for one in found
        )
    except (OSError, UnicodeDecodeError, YamlFault, KeyError, TypeError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}.", next_step="Give every ruling a question, a ruling and a date."
        ) from error


@dataclass(frozen=True, slots=True)
class Closing:
    """What a round holds: what to keep, and what goes when it is closed, as paths in its folder."""

    keep: tuple[str, ...]
    delete: tuple[str, ...]


def closing(folder: Path, kept: Sequence[str]) -> Closing:
    """List what a round holds.

    Args:
        folder: The round's.
        kept: Names of files and folders that are to be kept, wherever they stand in it.

    Raises:
        UsageError: It is no round.
    """
    if not (folder / SETTINGS).is_file():
        raise UsageError(f"{folder} is no round: it has no {SETTINGS}.", next_step="Name the round's folder.")
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    keep = tuple(path.as_posix() for path in files if set(path.parts) & set(kept))
    return Closing(keep, tuple(path.as_posix() for path in files if path.as_posix() not in keep))


def delete(folder: Path, those: Closing) -> None:
    """Delete what is not to be kept; only ever files that were listed, inside the round's folder.

    Raises:
        OutputUnwritable: Something cannot be deleted.
    """
    try:
        for name in those.delete:
            (folder / name).unlink(missing_ok=True)
        for path in sorted(_folders(folder), reverse=True):
            if not any(path.iterdir()):
                path.rmdir()
        shutil.rmtree(folder / CACHE, ignore_errors=True)
    except OSError as error:
        raise OutputUnwritable(f"{error.filename} cannot be deleted: {error.strerror}.") from error


def _folders(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())
