"""How far a long run is, on one line of standard error; nothing when nobody watches."""

from __future__ import annotations

import shutil
import sys
from typing import TextIO


class ProgressLine:
    """A callback ``(stage, done, total)`` that rewrites one line of a terminal.

    Args:
        quiet: Never write.
        stream: Where to write; standard error if not given. Nothing is written unless it is a terminal.
    """

    def __init__(self, *, quiet: bool = False, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._active = not quiet and self._stream.isatty()
        self._shown = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` parts of a stage are finished."""
        if not self._active:
            return
        count = f" … {done} of {total}" if total else " …"
        # A line that wraps cannot be rewritten; stages hold file names, which may hold anything.
        room = max(shutil.get_terminal_size().columns - len(count) - 1, 1)
        name = "".join(mark if mark.isprintable() else "?" for mark in stage[:1].upper() + stage[1:])
        line = (name if len(name) <= room else name[: room - 1] + "…") + count
        if line != self._shown:
            self._write(line)

    def close(self) -> None:
        """Take the line away again."""
        if self._active and self._shown:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _write(self, line: str) -> None:
        # Blanks over what is left of the longer line before: escape codes do not work on every Windows console.
        self._stream.write("\r" + line.ljust(len(self._shown)))
        self._stream.flush()
        self._shown = line
