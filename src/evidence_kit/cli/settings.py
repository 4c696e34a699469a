"""From the command line, the configuration file and the defaults, in this order of trust, to the options of a run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, cast

from evidence_kit.cli.limits import Given, limits_of
from evidence_kit.errors import UsageError

if TYPE_CHECKING:
    from evidence_kit.cli.config import Config
    from evidence_kit.options import MapOptions

MOST_WORKERS = 8
"""More do not help with a folder of papers, and each may take 200 MiB."""

FROM_PAPERS = "from the papers"
"""Where the organisation comes from when nobody states it."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """What the command line gave; ``None`` where it gave nothing."""

    organisation: str | None = None
    as_of: date | None = None
    framework: Path | None = None
    target: str | None = None
    workers: int | None = None
    ocr: str | None = None
    no_cache: bool = False
    limits: Given = ()


def default_workers() -> int:
    """Return one worker a processor, within reason."""
    return max(1, min(os.cpu_count() or 1, MOST_WORKERS))


class _Chooser:
    """Picks each value and keeps where it came from."""

    def __init__(self, file_name: str) -> None:
        self._file_name = file_name
        self.stated: list[tuple[str, str]] = []

    def choose(
        self, name: str, flag: Value | None, in_file: Value | None, otherwise: Value, why: str
    ) -> Value:
        if flag is not None:
            self.stated.append((name, "--" + name.replace("_", "-")))
            return flag
        if in_file is not None:
            self.stated.append((name, self._file_name))
            return in_file
        self.stated.append((name, why))
        return otherwise


def build_options(pack: Path, *, flags: Flags, config: Config, today: date) -> MapOptions:
    """Return the options of a run, with the source of every setting.

    Raises:
        UsageError: The pack or the framework is no folder.
    """
    from evidence_kit.cli.cache import cache_folder
    from evidence_kit.options import MapOptions

    if not pack.exists():
        raise UsageError(
            f"There is no folder or file {pack}.", next_step="Check the spelling and the current folder."
        )
    chooser = _Chooser(config.path.name if config.path else "")
    organisation = chooser.choose(
        "organisation", flags.organisation, config.organisation, "", "from the papers"
    )
    as_of = chooser.choose("as_of", flags.as_of, config.as_of, today, "today's date")
    target = chooser.choose("target", flags.target, config.target, "", "the first level")
    nothing: Path | None = None
    framework = chooser.choose("framework", flags.framework, config.framework, nothing, "built in")
    if framework is not None and not framework.is_dir():
        raise UsageError(
            f"There is no framework folder {framework}.", next_step="Check --framework or the settings file."
        )
    names = chooser.choose("names", None, config.names or None, (), "none given")
    ocr = chooser.choose("ocr", flags.ocr, config.ocr, "off", "not asked for")
    chooser.choose("limit", flags.limits or None, config.limits or None, (), "none given")
    return MapOptions(
        pack=pack,
        organisation=organisation,
        as_of=as_of,
        framework=framework,
        target=target,
        names=names,
        workers=default_workers() if flags.workers is None else flags.workers,
        cache=cache_folder(flags.no_cache),
        limits=limits_of((*config.limits, *flags.limits)),
        ocr=cast(Literal["off", "auto", "force"], ocr),
        stated=tuple(sorted(chooser.stated)),
    )
