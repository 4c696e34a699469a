"""The guarded process pool: every opening of a user's file goes through it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one task of the guard may use.

    Attributes:
        seconds: Wall time of one task (a range of pages, or a file).
        memory_mib: Address space of a worker.
        pages: Pages of one file.
        decompressed_mib: Bytes that a packed file may unpack to.
    """

    seconds: float = 60.0
    memory_mib: int = 2048
    pages: int = 5000
    decompressed_mib: int = 512
