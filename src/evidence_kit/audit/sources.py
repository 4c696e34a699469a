"""Where the reports lie: local paths, and whatever object store fsspec opens; never the web."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from evidence_kit.errors import DependencyMissing, UsageError
from evidence_kit.readers.walk import is_no_paper

_REFUSED = ("http", "https", "ftp", "ftps", "data", "javascript")
_CHUNK = 1 << 20
_LOOKING = 16
"""Paths that are looked up at a time: stores and network drives take their time to answer."""
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]+)(?:::|://)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of a submission.

    Attributes:
        url: As fsspec opens it.
        name: Its own name, by which it is shown.
        stamp: Changes when the file does: size and time, or what the store says of it.
    """

    url: str
    name: str
    size: int
    stamp: str


def scheme_of(path: str) -> str:
    """Return the store that a path names (``s3``); empty for a local path."""
    found = _SCHEME.match(path)
    return found[1].lower() if found else ""


def refuse_web(path: str) -> None:
    """Refuse addresses of the web.

    Raises:
        UsageError: It is one.
    """
    if any(part in _REFUSED for part in re.split(r"::|://", path.lower())):
        raise UsageError(
            f"{path} is an address of the web; an audit fetches nothing from there.",
            next_step="Collect the papers first, and give a folder or an object store (s3://, gs://, abfs://).",
        )


def anchored(path: str, folder: Path) -> str:
    """Return a path as seen from the folder of its manifest; an address of a store stays as it is."""
    return path if scheme_of(path) else str(folder / path)


def files_of(path: str) -> tuple[SourceFile, ...]:
    """Return the file that a path names, or the files below it, sorted; none if nothing is there.

    Raises:
        DependencyMissing: fsspec, or what it needs for this store, is not installed.
        UsageError: The store cannot be opened.
    """
    refuse_web(path)
    system, root = _opened(path)
    try:
        if system.isfile(root):
            return (_file(system, root),)
        found = [name for name in system.find(root) if _is_paper(name, root)]
    except FileNotFoundError:
        return ()
    except Exception as error:  # stores raise what they like
        raise UsageError(
            f"{path} cannot be looked at: {error}.", next_step="Check the path and the store's credentials."
        ) from error
    return tuple(_file(system, name) for name in sorted(found))


def files_of_each(groups: Sequence[Sequence[str]]) -> Iterator[tuple[SourceFile, ...]]:
    """Yield, for each group of paths, the files of all of them, each once, sorted.

    Raises:
        DependencyMissing, UsageError: As :func:`files_of` does.
    """

    def found(paths: Sequence[str]) -> tuple[SourceFile, ...]:
        by_url = {file.url: file for path in paths for file in files_of(path)}
        return tuple(by_url[url] for url in sorted(by_url))

    with ThreadPoolExecutor(_LOOKING) as pool:
        yield from pool.map(found, groups)


def fetch(file: SourceFile, target: Path) -> None:
    """Copy a file to a local path.

    Raises:
        OSError: It cannot be opened, or the copy cannot be written.
    """
    system, path = _opened(file.url)
    with system.open(path, "rb") as source, target.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            copy.write(chunk)


def _opened(path: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        system, root = url_to_fs(path)
    except ImportError as error:
        raise DependencyMissing(
            f"{path} cannot be opened: {error}.",
            next_step='Install the extra: pip install "evidence-kit[audit]"; stores need s3fs, gcsfs or adlfs too.',
        ) from error
    except ValueError as error:
        raise UsageError(f"{path} cannot be opened: {error}.") from error
    return system, str(root)


def _file(system: Any, path: str) -> SourceFile:
    facts = system.info(path)
    size = int(facts.get("size") or 0)
    local = "mtime" in facts and "ino" in facts
    mark = facts["mtime"] if local else facts.get("ETag") or facts.get("etag") or system.ukey(path)
    stamp = f"{size} {mark}"
    return SourceFile(
        url=path if local else str(system.unstrip_protocol(path)),
        name=PurePosixPath(path.replace("\\", "/")).name,
        size=size,
        stamp=stamp,
    )


def _is_paper(path: str, root: str) -> bool:
    inside = path.replace("\\", "/").removeprefix(root.replace("\\", "/")).strip("/")
    return not any(is_no_paper(part) for part in inside.split("/"))
