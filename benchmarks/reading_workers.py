"""One worker against two, beside a loop that does nothing but compute; started by ``reading.py``.

Usage: ``python benchmarks/reading_workers.py PATH WORKERS`` prints one JSON object: wall seconds, CPU seconds of all
processes, pages, peak memory of the main process and of the largest worker in MiB. ``loop WORKERS`` instead of a path:
the wall seconds of that many loops at once. Workers import this script, so it imports what they need only inside.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from pathlib import Path

LOOPS = 4_000_000


def cpu() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def reading(path: Path, workers: int) -> dict[str, float]:
    """Read a file or folder as the tool does, tables and headings and the way between processes included."""
    from evidence_kit.readers.pack import read_pack
    from evidence_kit.workers import Limits
    from reading_engines import peak_mib

    largest = 0.0

    def ended(_name: str, _done: int, _all: int) -> None:
        nonlocal largest
        for child in multiprocessing.active_children():
            largest = max(largest, peak_mib(str(child.pid)))

    started, used = time.perf_counter(), cpu()
    documents = read_pack(path, workers=workers, limits=Limits(), progress=ended)
    return {
        "wall": time.perf_counter() - started,
        "cpu": cpu() - used,
        "pages": sum(len(document.pages) for document in documents),
        "main": peak_mib(),
        "worker": largest,
    }


def spin(_: int) -> int:
    """Compute and nothing else."""
    total = 0
    for number in range(LOOPS):
        total += number * number
    return total


def loop(workers: int) -> dict[str, float]:
    """Run as many loops as workers at once, twice each; return the wall seconds of a loop's work."""
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        pool.map(abs, range(workers), chunksize=1)  # all have started
        started = time.perf_counter()
        pool.map(spin, range(4), chunksize=1)
        return {"wall": time.perf_counter() - started}


if __name__ == "__main__" and len(sys.argv) > 1:
    what, count = sys.argv[1], int(sys.argv[2])
    print(json.dumps(loop(count) if what == "loop" else reading(Path(what), count)))
