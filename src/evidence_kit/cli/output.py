"""The output folder: checked before the long work, written at its end."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidence_kit import outputs
from evidence_kit.errors import OutputUnwritable, UsageError

_HEAD_BYTES = 4096


def unwritable(path: Path, error: OSError) -> OutputUnwritable:
    """Make our error of the system's: which path, why, and what to do."""
    reason = error.strerror or str(error)
    return OutputUnwritable(
        f"{path} cannot be written: {reason}.",
        next_step="Name another folder with --out, or close what holds it open.",
    )


@contextmanager
def prepared(out: Path) -> Iterator[None]:
    """Make sure that the folder can be written before the work in the block starts.

    What was made for it goes away again when the block fails and has written nothing.

    Raises:
        OutputUnwritable: A file stands in its place, a file that is not ours has one of our names, or the system
            refuses.
    """
    made = []
    for folder in (out / outputs.DATA, out, *out.parents):
        if folder.is_dir():
            break
        if folder.exists():
            raise OutputUnwritable(
                f"{folder} is a file, so no folder can be made in its place and the map cannot be written.",
                next_step="Name another folder with --out, or move the file away.",
            )
        made.append(folder)
    _refuse_foreign(out)
    try:
        (out / outputs.DATA).mkdir(parents=True, exist_ok=True)
        for folder in (out, out / outputs.DATA):
            with tempfile.TemporaryFile(dir=folder):
                pass
        for name in sorted(outputs.FILES):
            _refuse_held(out / name)
    except OSError as error:
        _remove_empty(made)
        raise unwritable(Path(error.filename or out), error) from error
    try:
        yield
    except BaseException:
        _remove_empty(made)
        raise


def _refuse_foreign(out: Path) -> None:
    """Raise where a file has one of our names and nothing says that an earlier map put it there."""
    data = out / outputs.DATA
    there = [out / name for name in sorted(outputs.FILES) if (out / name).is_file()]
    if there and not any(_is_ours(file) for file in (data / outputs.MAP, data / outputs.README)):
        raise OutputUnwritable(
            f"{there[0]} is there already and was not written by evidence-kit, so it was left alone.",
            next_step="Name another folder with --out, or move the file away.",
        )


def _is_ours(file: Path) -> bool:
    """Tell whether a file names the schema of our data near its head; the README, written first, names it too."""
    from evidence_kit.records.evidence_map import SCHEMA

    try:
        with file.open("rb") as stream:
            return SCHEMA.encode() in stream.read(_HEAD_BYTES)
    except OSError:
        return False


def _refuse_held(file: Path) -> None:
    """Raise where a folder stands in a file's place, or a program holds the file (Excel on Windows holds tables)."""
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder stands in its place", str(file))
    if os.name == "nt" and file.is_file():
        with file.open("r+b"):
            pass


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return


def refuse_pack(pack: Path, out: Path) -> None:
    """Refuse to write into the folder of papers itself; a folder inside it will do, and is not read as evidence.

    Raises:
        UsageError: The output folder, or the folder for data in it, is the folder of papers.
    """
    if not pack.is_dir():
        return
    if out.resolve() == pack.resolve():
        raise UsageError(
            f"The output folder is the folder of papers: {pack}.", next_step="Name another one with --out."
        )
    if (out / outputs.DATA).resolve() == pack.resolve():
        raise UsageError(
            f"The map's data would be written into the folder of papers: {pack}.",
            next_step="Name another output folder with --out.",
        )
