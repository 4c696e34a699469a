"""An audit of a made collection by local processes and a Dask cluster: pages a second, memory, a second run.

    python benchmarks/audit.py COLLECTION [--write docs/audit.md]

COLLECTION is what ``scripts/made_collection.py`` wrote. Wall times; where the machine is shared with other work, the
loop that only computes, timed before every run, says so. Needs the extra ``audit``. No part of the tests: it takes
minutes.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmark_page import machine, put, table

PORT = 18790
MIB = 1 << 20


@dataclass
class Measured:
    """What a run took: seconds, CPU seconds of its processes as far as seen, largest process and all at once (MiB)."""

    name: str
    seconds: float
    loop: float
    main: float
    largest: float
    pages: int


def _spin(_: int) -> int:
    return sum(number * number for number in range(4_000_000))


def loop_seconds() -> float:
    """Return how long two processes that only compute take now."""
    started = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_spin, range(2))
    return time.monotonic() - started


def run(name: str, collection: Path, out: Path, *more: str) -> Measured:
    """Run an audit and watch its memory."""
    loop = loop_seconds()
    command = [
        sys.executable,
        "-m",
        "evidence_kit",
        "audit",
        "run",
        str(collection / "manifest.csv"),
        "--quiet",
    ]
    started = time.monotonic()
    process = subprocess.Popen([*command, "--out", str(out), *more])
    main = largest = 0.0
    while process.poll() is None:
        try:
            own = psutil.Process(process.pid)
            main = max(main, own.memory_info().rss / MIB)
            largest = max([largest, *(one.memory_info().rss / MIB for one in own.children(recursive=True))])
        except psutil.Error:
            pass
        time.sleep(0.2)
    seconds = time.monotonic() - started
    assert process.returncode in (0, 7), process.returncode
    record = json.loads((out / "run.json").read_text())
    print(name, round(seconds, 1), record["seconds"], record["done"], round(main), round(largest), flush=True)
    return Measured(name, seconds, loop, main, largest, pages_of(out))


def pages_of(out: Path) -> int:
    """Return the pages that an audit concluded from."""
    import pyarrow.parquet as pq

    return sum(pq.read_table(out / "data" / "inventory.parquet")["pages"].to_pylist())


def same(one: Path, other: Path) -> bool:
    """Tell whether two datasets are the same to the byte."""
    names = sorted(path.name for path in (one / "data").iterdir())
    return filecmp.cmpfiles(one / "data", other / "data", names, shallow=False)[0] == names


def on_a_cluster(collection: Path, out: Path, folder: Path) -> Measured:
    """Start a scheduler and two workers, and run on them."""
    dask = str(Path(sys.executable).parent / "dask")
    address = f"tcp://127.0.0.1:{PORT}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    words = [["scheduler", "--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard"]]
    words += [
        [
            "worker",
            address,
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            str(folder / f"w{number}"),
        ]
        for number in range(2)
    ]
    processes = [subprocess.Popen([dask, *one], env=environment, **quiet) for one in words]  # type: ignore[call-overload]
    try:
        time.sleep(5)
        return run("Dask: a scheduler, two workers", collection, out, "--scheduler", address)
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


def changed_framework(folder: Path) -> Path:
    """Return a copy of the built-in framework in which one window is longer."""
    from evidence_kit.resources import framework_root, model_root

    own = shutil.copytree(framework_root(), folder / "framework")
    shutil.copytree(model_root(), own / "model")
    criterion = own / "criteria" / "R2.yml"
    text = criterion.read_text(encoding="utf-8")
    assert "months: 24" in text
    criterion.write_text(text.replace("months: 24", "months: 30"), encoding="utf-8")
    return own


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collection", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        two, cluster = folder / "two", folder / "cluster"
        measured = [run("two local processes", given.collection, two, "--workers", "2")]
        measured.append(run("the same again, nothing changed", given.collection, two, "--workers", "2"))
        measured.append(on_a_cluster(given.collection, cluster, folder))
        alike = same(two, cluster)
        own = str(changed_framework(folder))
        measured.append(
            run(
                "another framework, the same papers",
                given.collection,
                two,
                "--workers",
                "2",
                "--framework",
                own,
            )
        )
        measured.append(run("one local process", given.collection, folder / "one", "--workers", "1"))
        alike = alike and same(cluster, folder / "one")
        size = (
            sum(path.stat().st_size for path in (folder / "one" / "work").rglob("*") if path.is_file()) / MIB
        )
    first = measured[0]
    rows = [
        [one.name, f"{one.seconds:.0f}", f"{one.pages / one.seconds:.0f}", f"{one.seconds / first.seconds:.0%}",
         f"{one.loop:.1f}", f"{one.main:.0f}", f"{one.largest:.0f}" if one.largest else ""]
        for one in measured
    ]  # fmt: skip
    text = (
        f"## What it costs\n\n{machine()}\n\n{first.pages:,} pages of made reports of 80 to 250 pages. "
        f"Datasets of all engines the same to the byte: {'yes' if alike else 'NO'}. `work/`: {size:.0f} MiB.\n\n"
        + table(["run", "s", "pages/s", "of the first", "loop s", "main MiB", "largest worker MiB"], rows)
        + "\n\n*Loop*: two processes that only compute, timed just before; the longer, the more other work took turns."
    )
    print(text)
    if given.write:
        put(given.write, "audit", text)


if __name__ == "__main__":
    main()
