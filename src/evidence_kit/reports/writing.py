"""Files of a report are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from evidence_kit.errors import OutputUnwritable


def write_file(path: Path, content: bytes | str) -> None:
    """Write a file beside its place, then move it there, so that no reader ever sees half of it.

    Text is written as UTF-8; a lone surrogate (from a file name that is not Unicode) becomes ``?``. Missing folders
    are made.

    Raises:
        OutputUnwritable: The folder or the file cannot be written.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        _remove(temporary)
        raise OutputUnwritable(
            f"{path} cannot be written: {error.strerror or error}.",
            next_step="Close it if another program has it open (spreadsheet programs lock what they show), free some "
            "space, or choose another folder with --out.",
        ) from error


def _remove(path: Path) -> None:
    """Remove what is left of a failed write, if that is possible at all."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The folder itself is the trouble, and the caller is being told about it.
        return
