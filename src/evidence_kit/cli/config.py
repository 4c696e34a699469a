"""``evidence-kit.toml``: the settings of an organisation, and where they may be read from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from evidence_kit.cli.limits import Given, checked_limits
from evidence_kit.errors import ConfigError, OutputUnwritable, UsageError

CONFIG_NAME = "evidence-kit.toml"
KNOWN_KEYS = ("organisation", "as_of", "framework", "target", "ocr", "names", "limits")
OCR_MODES = ("off", "auto", "force")

TEMPLATE = """\
# Settings of evidence-kit. Every line is optional; what is given on the command line wins.
# The file is read from the folder in which you type the command. It is never read from inside the folder of papers,
# so that whoever sent the papers cannot steer the result. Its values are printed in the evidence map.

# Whose evidence it is, as the papers write it. Left out: taken from the papers, with the reason shown.
# organisation = "Example Hospitals NHS Foundation Trust"

# The date that windows ("within the past year") are measured back from. Left out: today.
# as_of = 2026-10-01

# The level that comes first in the report: "bronze", "silver" or "gold".
# target = "bronze"

# A folder with another framework, relative to this file. Left out: the North West Anti-racist Framework.
# framework = "our-framework"

# Text recognition for scanned pages and pictures: "off", "auto" (pages without usable text) or "force" (every page).
# It needs: pip install "evidence-kit[ocr]"
# ocr = "auto"

# How far reading goes before it gives a file or page up, for papers that hit a limit; the message names it.
# [limits]
# seconds = 120

# The organisation's own names for bodies and networks, and the concept that each is.
# A concept that nobody knows is refused, and the message lists those of bodies and networks.
[names]
# "REACH" = "ethnic_minority_staff_network"
# "People First Committee" = "board_committee"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The values of a configuration file; ``None`` or empty where it has none. ``path`` is ``None`` without a file."""

    path: Path | None = None
    organisation: str | None = None
    as_of: date | None = None
    framework: Path | None = None
    target: str | None = None
    ocr: str | None = None
    names: tuple[tuple[str, str], ...] = ()
    limits: Given = ()


def find_config(pack: Path, *, named: Path | None, folder: Path) -> Path | None:
    """Return the configuration file that applies, or ``None``.

    Args:
        pack: The folder or file with the papers. For a file, its folder counts as the pack.
        named: What ``--config`` names; may lie anywhere.
        folder: The current folder.

    Raises:
        ConfigError: ``named`` is no file.
    """
    if named is not None:
        if not named.is_file():
            raise ConfigError(
                f"There is no configuration file {named}.", next_step="Check what --config names."
            )
        return named
    candidate = folder / CONFIG_NAME
    return candidate if candidate.is_file() and not lies_within(folder, pack) else None


def lies_within(folder: Path, pack: Path) -> bool:
    """Tell whether ``folder`` is the pack or lies inside it; links are followed."""
    top = (pack if pack.is_dir() else pack.parent).resolve()
    inner = folder.resolve()
    return inner == top or top in inner.parents


def load_config(path: Path) -> Config:
    """Read a configuration file.

    Raises:
        ConfigError: It cannot be read, is not TOML, or holds a key or value that nobody knows.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} is not a valid TOML file: {error}.",
            next_step="Text needs quotation marks, dates look like 2026-10-01; `evidence-kit init` writes an example.",
        ) from error
    unknown = sorted(set(table) - set(KNOWN_KEYS))
    if unknown:
        raise ConfigError(
            f"{path}: unknown setting {', '.join(unknown)}.", next_step=f"Known are: {', '.join(KNOWN_KEYS)}."
        )
    framework = _text(table, "framework", path)
    return Config(
        path=path,
        organisation=_text(table, "organisation", path),
        as_of=_date(table, path),
        framework=path.parent / framework if framework else None,
        target=_text(table, "target", path),
        ocr=_ocr(table, path),
        names=_names(table, path),
        limits=_limits(table, path),
    )


def _text(table: Mapping[str, Any], key: str, path: Path) -> str | None:
    value = table.get(key)
    if value is None or (isinstance(value, str) and value.strip()):
        return value.strip() if value else None
    raise ConfigError(f"{path}: {key} must be text in quotation marks, not {value!r}.")


def _ocr(table: Mapping[str, Any], path: Path) -> str | None:
    mode = _text(table, "ocr", path)
    if mode is None or mode in OCR_MODES:
        return mode
    raise ConfigError(f"{path}: ocr must be one of {', '.join(OCR_MODES)}, not {mode!r}.")


def _date(table: Mapping[str, Any], path: Path) -> date | None:
    value = table.get("as_of")
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            value = repr(value)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise ConfigError(f"{path}: as_of must be a date such as 2026-10-01, not {value}.")


def _names(table: Mapping[str, Any], path: Path) -> tuple[tuple[str, str], ...]:
    names = table.get("names", {})
    if not isinstance(names, dict):
        raise ConfigError(
            f"{path}: names must be a table: a line [names], then lines such as " + '"REACH" = "concept".'
        )
    for name, concept in names.items():
        if not isinstance(concept, str) or not name.strip():
            raise ConfigError(
                f"{path}: in [names], {name!r} must name a concept in quotation marks, not {concept!r}."
            )
    return tuple(sorted(names.items()))


def _limits(table: Mapping[str, Any], path: Path) -> Given:
    limits = table.get("limits", {})
    if not isinstance(limits, dict):
        raise ConfigError(
            f"{path}: limits must be a table: a line [limits], then lines such as seconds = 120."
        )
    try:
        return checked_limits(limits, f"{path}: [limits]")
    except UsageError as error:
        raise ConfigError(error.message, next_step=error.next_step) from error


def write_template(folder: Path) -> Path:
    """Write a commented ``evidence-kit.toml`` into the folder and return its path; an existing one is never touched.

    Raises:
        OutputUnwritable: There is one already, or the folder cannot be written.
    """
    path = folder / CONFIG_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(TEMPLATE)
    except FileExistsError as error:
        raise OutputUnwritable(
            f"{path if path.exists() else folder} exists already and was left as it is.",
            next_step="Edit it, or name another folder.",
        ) from error
    except OSError as error:
        raise OutputUnwritable(f"{path} cannot be written: {error.strerror}.") from error
    return path
