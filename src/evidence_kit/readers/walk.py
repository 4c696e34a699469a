"""Which files of a folder are papers: not hidden ones, not locks, not our own earlier outputs, nothing outside."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence_kit import outputs
from evidence_kit.errors import UsageError
from evidence_kit.readers import base
from evidence_kit.readers.base import ReadError
from evidence_kit.readers.sniff import unreadable

NOT_PAPERS = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "__macosx"})
DEEPEST = 32
"""Folders in folders."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the pack.

    Attributes:
        name: With forward slashes; of a file out of another file, that file's name comes before its own.
        path: Where it is.
        error: Why it cannot be opened, if so.
        root: Name of the outermost file that it came out of; empty for a file of the folder.
        depth: In how many files it lies.
    """

    name: str
    path: Path
    error: ReadError | None = None
    root: str = ""
    depth: int = 0


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
    left_out = {_resolved(path) for path in skip}
    root = _resolved(folder)
    return tuple(sorted(_walk(root, root, left_out, 0), key=lambda found: found.name))


def find_left_out(folder: Path, skip: tuple[Path, ...] = ()) -> tuple[str, ...]:
    """Return the names of the files and folders that are no papers by their names: hidden ones, locks, thumbnails.

    What ``skip`` names and our own earlier outputs are not among them.
    """
    if not folder.is_dir():
        return ()
    left_out = {_resolved(path) for path in skip}
    root = _resolved(folder)
    names = []
    for place, folders, files in os.walk(root):
        here = Path(place)
        names += [
            _readable((here / name).relative_to(root).as_posix()) for name in files if is_no_paper(name)
        ]
        names += [
            _readable((here / name).relative_to(root).as_posix()) + "/"
            for name in folders
            if is_no_paper(name)
        ]
        folders[:] = [name for name in folders if not is_no_paper(name) and here / name not in left_out]
    return tuple(sorted(names))


def _resolved(path: Path) -> Path:
    """Return a path without links and "..", by which its files are found however long their paths are."""
    whole = path.resolve()
    return Path(extended(str(whole))) if os.name == "nt" else whole


def extended(path: str) -> str:
    r"""Return an absolute Windows path in the form that has no limit of 260 characters: ``\\?\C:\…``."""
    if path.startswith("\\\\?\\"):
        return path
    return "\\\\?\\UNC" + path[1:] if path.startswith("\\\\") else "\\\\?\\" + path


def own_outputs(names: Iterable[str]) -> frozenset[str]:
    """Return those of the names (paths with forward slashes) that are files of our own earlier outputs."""
    found = set(names)
    roots = [
        name.removesuffix(outputs.MARK)
        for name in found
        if name == outputs.MARK or name.endswith(f"/{outputs.MARK}")
    ]
    files = {root + ours for root in roots for ours in outputs.FILES}
    folders = tuple(f"{root}{ours}/" for root in roots for ours in sorted(outputs.FOLDERS))
    return frozenset(name for name in found if name in files or name.startswith(folders))


def _walk(root: Path, folder: Path, left_out: set[Path], depth: int) -> Iterator[FoundFile]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _found(root, folder, unreadable(error))
        return
    if (folder / outputs.MARK).is_file():
        left_out = left_out | {folder / ours for ours in outputs.FILES | outputs.FOLDERS}
    for entry in entries:
        path = folder / entry.name
        if is_no_paper(entry.name) or path in left_out:
            continue
        if entry.is_symlink():
            yield from _link(root, path, left_out)
        elif entry.is_dir():
            if depth == DEEPEST:
                yield _found(root, path, _too_deep())
                continue
            yield from _walk(root, path, left_out, depth + 1)
        else:
            yield _file(root, path, entry.is_file())


def is_no_paper(name: str) -> bool:
    """Say whether a file or folder is none to read by its name alone: hidden, a lock, the system's own."""
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
