"""Which files of a folder are papers: not hidden ones, not locks, not our own earlier outputs, nothing outside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence_kit.errors import UsageError
from evidence_kit.readers import base
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.sniff import unreadable

OUR_DATA = Path("data", "evidence-map.json")
"""A folder that holds this is an earlier output."""
OUR_REPORTS = frozenset({"evidence-map.html", "evidence-map.xlsx", "evidence-pack.docx", "cited-pages.pdf"})
NOT_PAPERS = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "__macosx"})
DEEPEST = 32
"""Folders in folders."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the pack: its name with forward slashes, where it is, and why it cannot be opened, if so."""

    name: str
    path: Path
    error: ReadError | None = None


def find_files(folder: Path, skip: tuple[Path, ...] = ()) -> tuple[FoundFile, ...]:
    """Return the files of a folder, or the one file that it names, sorted by name.

    Links are followed where they stay in the folder; one that leads out of it is found with an error.

    Raises:
        UsageError: There is no such file or folder.
    """
    if not folder.exists():
        raise UsageError(
            f"There is no folder {folder}.",
            next_step="Check the path; give the folder that holds the papers.",
        )
    if not folder.is_dir():
        return (FoundFile(_readable(folder.name), folder),)
    left_out = {path.resolve() for path in skip}
    root = folder.resolve()
    if (root / OUR_DATA).is_file():  # mapped into the pack itself
        left_out |= {root / "data", *(root / report for report in OUR_REPORTS)}
    return tuple(sorted(_walk(root, root, left_out, 0), key=lambda found: found.name))


def _walk(root: Path, folder: Path, left_out: set[Path], depth: int) -> Iterator[FoundFile]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _found(root, folder, unreadable(error))
        return
    for entry in entries:
        path = folder / entry.name
        if _is_no_paper(entry.name) or path in left_out:
            continue
        if entry.is_symlink():
            yield from _link(root, path, left_out)
        elif entry.is_dir():
            if (path / OUR_DATA).is_file():
                continue
            if depth == DEEPEST:
                yield _found(root, path, _too_deep())
                continue
            yield from _walk(root, path, left_out, depth + 1)
        else:
            yield _file(root, path, entry.is_file())


def _is_no_paper(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in NOT_PAPERS


def _link(root: Path, path: Path, left_out: set[Path]) -> Iterator[FoundFile]:
    """Yield a link's file if it lies in the pack; a link to a folder of the pack adds nothing."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        yield _found(
            root,
            path,
            ReadError(
                base.UNREADABLE, "This is a link that leads nowhere.", "Put the file itself into the folder."
            ),
        )
        return
    if not target.is_relative_to(root):
        yield _found(
            root,
            path,
            ReadError(
                base.OUTSIDE,
                "This is a link to a place outside the folder; such links are not followed.",
                "Put the file itself into the folder.",
            ),
        )
    elif target.is_file() and target not in left_out:
        yield _file(root, path, regular=True)


def _file(root: Path, path: Path, regular: bool) -> FoundFile:
    if regular:
        return _found(root, path)
    return _found(
        root,
        path,
        ReadError(base.UNREADABLE, "This is no file that holds data (a pipe or a device).", "Remove it."),
    )


def _too_deep() -> ReadError:
    return ReadError(
        base.TOO_LARGE,
        f"Folders are nested more than {DEEPEST} deep here; this one was not entered.",
        "Move its papers further up.",
    )


def _found(root: Path, path: Path, error: ReadError | None = None) -> FoundFile:
    return FoundFile(_readable(path.relative_to(root).as_posix()), path, error)


def _readable(name: str) -> str:
    """Return a file name as text that can be written anywhere; some systems allow names that are no text."""
    return os.fsencode(name).decode("utf-8", "replace")
