"""``cache``: what is kept between runs, where, and how to be rid of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_kit.errors import OutputUnwritable

if TYPE_CHECKING:
    from evidence_kit.store.cache import Cache, Content

MIB = 1 << 20
CACHE_SCHEMA = "evidence-kit/cache"
CACHE_SCHEMA_VERSION = 1
OFF_TEXT = "There is no cache: EVIDENCE_KIT_CACHE is set to off."

no_cache_option = click.option(
    "--no-cache", is_flag=True, help="Neither use nor keep results of earlier runs."
)


def cache_folder(no_cache: bool) -> Path | None:
    """Return the folder of the cache for a run; ``None`` for a run without one."""
    from evidence_kit.store.place import default_folder

    return None if no_cache else default_folder()


@contextmanager
def _existing(folder: Path | None) -> Iterator[Cache | None]:
    """Open the cache that is there; none is made for a look at it.

    Raises:
        OutputUnwritable: It cannot be used.
    """
    from evidence_kit.store.cache import FILE_NAME, Cache

    if folder is None or not (folder / FILE_NAME).is_file():
        yield None
        return
    with Cache(folder) as cache:
        yield cache
    for note in cache.notes:
        click.echo(note, err=True)
    if not cache.usable:
        raise OutputUnwritable(
            f"The cache {cache.path} cannot be used.",
            next_step="Delete its folder, or name another one in the variable EVIDENCE_KIT_CACHE.",
        )


@click.group("cache")
def cache_group() -> None:
    """Look at the results that are kept between runs, or remove them.

    The cache holds text of the papers that were read, on this computer alone. EVIDENCE_KIT_CACHE names another folder
    for it, or is "off".
    """


@cache_group.command("info")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def info_command(as_json: bool) -> None:
    """Say where the cache is and what it holds."""
    from evidence_kit.store.cache import LIMIT

    folder = cache_folder(False)
    with _existing(folder) as cache:
        content = cache.content() if cache else None
    click.echo(info_json(folder, content, LIMIT) if as_json else info_text(folder, content, LIMIT))


def info_text(folder: Path | None, content: Content | None, limit: int) -> str:
    """Return what a cache holds, for people."""
    if folder is None:
        return OFF_TEXT
    if content is None:
        return f"Nothing is kept. The cache would be in {folder}."
    lines = [f"{content.path}: {_mib(content.file_size)} of at most {_mib(limit)}"]
    lines += [f"  {kind}: {count} ({_mib(stored)})" for kind, count, stored in content.kinds]
    lines.append("It holds text of the papers. `evidence-kit cache clear` removes everything.")
    return "\n".join(lines)


def info_json(folder: Path | None, content: Content | None, limit: int) -> str:
    """Return what a cache holds, for programs."""
    body = {
        "schema": CACHE_SCHEMA,
        "schema_version": CACHE_SCHEMA_VERSION,
        "folder": None if folder is None else str(folder),
        "entries": content.entries if content else 0,
        "bytes": content.stored if content else 0,
        "file_bytes": content.file_size if content else 0,
        "limit_bytes": limit,
        "kinds": {
            kind: {"entries": count, "bytes": stored}
            for kind, count, stored in (content.kinds if content else ())
        },
    }
    return json.dumps(body, indent=2)


def _mib(count: int) -> str:
    return f"{count / MIB:.1f} MiB"


@cache_group.command("prune")
@click.option(
    "--to",
    "mib",
    type=click.IntRange(min=0),
    metavar="MIB",
    default=512,
    show_default=True,
    help="How much to leave, in MiB.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def prune_command(mib: int, as_json: bool) -> None:
    """Remove what was not used for longest, until no more than so much is left."""
    with _existing(cache_folder(False)) as cache:
        removed = cache.prune(mib * MIB) if cache else 0
        left = cache.content().entries if cache else 0
    _tell_removed(removed, left, as_json)


@cache_group.command("clear")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def clear_command(as_json: bool) -> None:
    """Remove everything that is kept, from the disk too."""
    with _existing(cache_folder(False)) as cache:
        removed = cache.clear() if cache else 0
        left = cache.content().entries if cache else 0
    _tell_removed(removed, left, as_json)


def _tell_removed(removed: int, left: int, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"removed": removed, "left": left}, indent=2))
    else:
        click.echo(f"Removed {removed} kept results; {left} are left.")
