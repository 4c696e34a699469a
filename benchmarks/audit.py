"""An audit of a made collection by local processes and on a Dask cluster: pages a second, CPU, memory, runs again.

    python benchmarks/audit.py COLLECTION SMALL [--repeat 1] [--write docs/benchmarks.md]

Both are what ``scripts/made_collection.py`` wrote; the small one tells what a submission more costs. The engines take
turns, so that other work on the machine falls on all of them, and a loop that only computes runs between them.
Needs the extra ``audit``. No part of the tests: a collection of 240 reports takes a quarter of an hour.
"""

from __future__ import annotations

import argparse
import csv
import filecmp
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

import reading_workers
from benchmark_page import machine, put, table
from reading_engines import peak_mib

PAPER = 100_000
"""Submissions that nobody has run: what they would cost is told from those that were."""
PORT = 18790
POLL_SECONDS = 0.2
MIB = 1 << 20
HEAD = (
    "run", "s", "pages/s", "CPU s", "ms CPU a page", "other work, cores", "main MiB", "largest worker MiB"
)  # fmt: skip


@dataclass(kw_only=True)
class Measured:
    """What a run took.

    Attributes:
        cpu: Seconds of all processes that it used, its Dask workers among them.
        others: How many cores' worth of other work the machine did meanwhile.
        keeping: CPU seconds of the process that keeps the results.
        main, largest: Peak memory of that process, and of the largest other one, in MiB.
        submissions: Those that were read.
    """

    name: str
    seconds: float
    cpu: float
    others: float
    keeping: float
    main: float
    largest: float
    pages: int
    submissions: int


class Watch:
    """Looks at processes and their children as long as they run."""

    def __init__(self, roots: Sequence[int]) -> None:
        self.roots = roots
        self.cpu: dict[int, float] = {}
        self.before: dict[int, float] = {}
        self.peak: dict[int, float] = {}
        self.look()
        self.before = dict(self.cpu)

    def look(self) -> None:
        """Take note of all that run now."""
        for root in self.roots:
            try:
                own = psutil.Process(root)
                every = [own, *own.children(recursive=True)]
            except psutil.Error:
                continue
            for one in every:
                try:
                    times = one.cpu_times()
                    self.cpu[one.pid] = times.user + times.system
                    self.peak[one.pid] = max(self.peak.get(one.pid, 0.0), peak_mib(str(one.pid)))
                except (psutil.Error, OSError):
                    continue

    @property
    def seconds(self) -> float:
        """CPU seconds since the beginning."""
        return sum(self.cpu.values()) - sum(self.before.values())


def busy() -> float:
    """Return the CPU seconds of all work on the machine."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - times.iowait - times.guest - times.guest_nice)


def run(name: str, collection: Path, out: Path, *more: str, cluster: Sequence[int] = ()) -> Measured:
    """Run an audit and watch its processes, and those of the cluster that it works on."""
    command = [
        sys.executable,
        "-m",
        "evidence_kit",
        "audit",
        "run",
        str(collection / "manifest.csv"),
        "--quiet",
    ]
    started, all_before = time.monotonic(), busy()
    process = subprocess.Popen([*command, "--out", str(out), *more])
    watch = Watch([process.pid, *cluster])
    while process.poll() is None:
        watch.look()
        time.sleep(POLL_SECONDS)
    seconds = time.monotonic() - started
    assert process.returncode in (0, 7), process.returncode
    others = (busy() - all_before - watch.seconds) / seconds
    record = json.loads((out / "run.json").read_text())
    print(
        name,
        round(seconds, 1),
        record["seconds"],
        record["done"],
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    main = watch.peak.pop(process.pid)
    return Measured(
        name=name, seconds=seconds, cpu=watch.seconds, others=others, keeping=watch.cpu[process.pid], main=main,
        largest=max(watch.peak.values(), default=0), pages=pages_of(out),
        submissions=record["done"]["read"] + record["done"]["read before"],
    )  # fmt: skip


def rows_of(out: Path, name: str) -> list[dict[str, object]]:
    """Return a table of an audit."""
    import pyarrow.parquet as pq

    return list(pq.read_table(out / "data" / f"{name}.parquet").to_pylist())


def pages_of(out: Path) -> int:
    """Return the pages that an audit read, those among them from which nothing is concluded."""
    return sum(int(str(row["pages"])) for row in rows_of(out, "documents"))


def same(one: Path, other: Path) -> bool:
    """Tell whether two datasets are the same to the byte."""
    names = sorted(path.name for path in (one / "data").iterdir())
    return filecmp.cmpfiles(one / "data", other / "data", names, shallow=False)[0] == names


def against_truth(collection: Path, out: Path) -> str:
    """Hold inventory and findings against what was made."""
    with (collection / "truth.csv").open(encoding="utf-8") as stream:
        truth = {(row["code"], row["year"]): row for row in csv.DictReader(stream)}
    states = sum(
        truth[str(row["code"]), str(row["year"])]["state"] == row["state"]
        for row in rows_of(out, "inventory")
    )
    made = {(*key, name) for key, row in truth.items() for name in row["criteria"].split()}
    findings = rows_of(out, "findings")
    shown = {(row["code"], row["year"], row["criterion"]) for row in findings if row["shown"]}
    return (
        f"Inventory as made: {states} of {len(truth)}. Evidenced as made: {len(shown & made)} of {len(made)}; "
        f"evidenced without having been made: {len(shown - made)} of {len(findings) - len(made)}."
    )


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and workers as processes of their own; gives its address and their ids."""
    from distributed import Client

    dask = str(Path(sys.executable).parent / "dask")
    address = f"tcp://127.0.0.1:{PORT}"
    environment = os.environ | {
        "DASK_DISTRIBUTED__WORKER__DAEMON": "False", "DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH": "10",
    }  # fmt: skip
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
        for number in range(workers)
    ]
    with ExitStack() as stack:
        started = []
        for one in words:
            process = subprocess.Popen(
                [dask, *one], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            started.append(process.pid)
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address, started


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


def changed_model(folder: Path) -> Path:
    """Return a copy of the built-in framework whose model has one weight that is a little different."""
    import numpy as np

    from evidence_kit.resources import framework_root, model_root

    own = shutil.copytree(framework_root(), folder / "other-model")
    weights = shutil.copytree(model_root(), own / "model") / "weights.npz"
    with np.load(weights) as file:
        arrays = dict(file)
    name = next(name for name, array in sorted(arrays.items()) if array.dtype.kind == "f" and array.size)
    arrays[name].flat[0] += 1e-6
    np.savez_compressed(weights, **arrays)
    return own


def engines(collection: Path, folder: Path, number: int) -> tuple[list[Measured], float, bool]:
    """Run by one process, by two, and on two Dask workers; a loop that only computes runs in between.

    Returns:
        What was measured, the speed-up that two processes got which only compute, whether all datasets are the same.
    """
    one, two, dask = (folder / f"{name}{number}" for name in ("one", "two", "dask"))
    loops: list[float] = []

    def loop() -> None:
        loops.extend(reading_workers.loop(1)["wall"] / reading_workers.loop(2)["wall"] for _ in range(3))

    loop()
    measured = [run("one local process", collection, one, "--workers", "1")]
    loop()
    measured.append(run("two local processes", collection, two, "--workers", "2"))
    loop()
    with cluster(folder, 2) as (address, processes):
        measured.append(run("two Dask workers", collection, dask, "--scheduler", address, cluster=processes))
    loop()
    return measured, statistics.median(loops), same(one, two) and same(one, dask)


def again(collection: Path, folder: Path) -> list[Measured]:
    """Run what two processes did once more: nothing changed, another framework, another model."""
    two = folder / "two0"
    frameworks = {
        "again, another window in the framework": changed_framework(folder),
        "again, another model": changed_model(folder),
    }
    measured = [run("again, nothing changed", collection, two, "--workers", "2")]
    for name, own in frameworks.items():
        copy = shutil.copytree(two, folder / "changed")
        measured.append(run(name, collection, copy, "--workers", "2", "--framework", str(own)))
        record = json.loads((copy / "run.json").read_text())
        assert record["done"]["read"] == 0 < record["done"]["concluded"], record["done"]
        shutil.rmtree(copy)
    return measured


def sizes(out: Path) -> dict[str, float]:
    """Return how many MiB an audit's folders take."""
    return {
        name: sum(path.stat().st_size for path in (out / name).rglob("*") if path.is_file()) / MIB
        for name in ("work", "maps", "data")
    }


def writing_seconds(out: Path, folder: Path) -> float:
    """Return how long it takes to write again what an audit keeps, durably, file by file as it does."""
    from evidence_kit.reports.writing import write_file

    seconds = 0.0
    for path in sorted(
        path for name in ("work", "maps") for path in (out / name).rglob("*") if path.is_file()
    ):
        data = path.read_bytes()
        started = time.monotonic()
        write_file(folder / path.relative_to(out), data)
        seconds += time.monotonic() - started
    return seconds


def on_paper(big: Measured, small: Measured, size: dict[str, float], writing: float) -> str:
    """Say what very many submissions would cost, if each cost what these did."""
    from evidence_kit.audit.writers import WRITERS

    more = big.submissions - small.submissions
    work = (big.cpu - small.cpu) / more
    keeping = (big.keeping - small.keeping) / more
    each = writing / big.submissions
    alone = max(keeping, each / WRITERS)
    hours = PAPER / 3600
    room = ", ".join(
        f"{mib / big.submissions * PAPER / 1024:.0f} GiB in `{name}/`" for name, mib in size.items()
    )
    return (
        f"A submission more costs {work:.2f} s of CPU in all. Of that, {keeping * 1000:.0f} ms are the process's that "
        f"keeps the results, and for which no other can stand in; to write them durably takes {each * 1000:.0f} ms, "
        f"and {WRITERS} are written at a time. So {PAPER:,} submissions (10,000 organisations, 10 years) of "
        f"{big.pages / big.submissions:.0f} pages would take {work * hours:.0f} core hours, {alone * hours:.1f} hours "
        f"of that one process, and {room}. From {(work - keeping) / alone:.0f} workers on they would wait for it."
    )


def median(rounds: Sequence[Measured]) -> Measured:
    """Return the middle of several runs of one kind by their wall time, with the most memory that any took."""
    middle = sorted(rounds, key=lambda one: one.seconds)[len(rounds) // 2]
    middle.main, middle.largest = max(one.main for one in rounds), max(one.largest for one in rounds)
    return middle


def row(one: Measured) -> list[str]:
    """Return a row of the table."""
    return [
        one.name, f"{one.seconds:.1f}", f"{one.pages / one.seconds:.0f}", f"{one.cpu:.1f}",
        f"{1000 * one.cpu / one.pages:.1f}", f"{one.others:.1f}", f"{one.main:.0f}", f"{one.largest:.0f}",
    ]  # fmt: skip


def main() -> None:
    """Measure, print and write."""
    from evidence_kit.reports.words import count

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collection", type=Path)
    parser.add_argument("small", type=Path)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rounds = [engines(given.collection, folder, number) for number in range(given.repeat)]
        one, two, dask = (median([found[kind] for found, _, _ in rounds]) for kind in range(3))
        later = again(given.collection, folder)
        small = run("a smaller collection, two processes", given.small, folder / "small", "--workers", "2")
        told = against_truth(given.collection, folder / "one0")
        size = sizes(folder / "one0")
        writing = writing_seconds(folder / "one0", folder / "again")
    loop = statistics.median(found for _, found, _ in rounds)
    speed_up = one.seconds / two.seconds
    alike = all(found for _, _, found in rounds)
    text = "\n\n".join(
        (
            "## Audits",
            machine("pypdfium2", "spacy", "distributed", "pyarrow"),
            f"{two.pages:,} pages of made reports, by `scripts/made_collection.py`; {count(given.repeat, 'round')}"
            f"{', medians' if given.repeat > 1 else ''}.",
            table(HEAD, [row(each) for each in (one, two, dask, *later, small)]),
            f"Two processes: {speed_up:.2f} times as fast as one, {speed_up / loop:.2f} of the {loop:.2f} that a loop "
            f"gets which only computes; {two.cpu / one.cpu:.2f} times the CPU. Dask: {dask.seconds / two.seconds:.2f} "
            f"times the time of two local processes, {dask.cpu / two.cpu:.2f} times the CPU. Again, nothing changed: "
            f"{later[0].seconds / two.seconds:.0%} of the first run; another framework: "
            f"{later[1].seconds / two.seconds:.0%}; another model: {later[2].seconds / two.seconds:.0%}; no file read.",
            f"Datasets of all engines the same to the byte: {'yes' if alike else 'NO'}. {told}",
            "Kept: " + ", ".join(f"`{name}/` {each:.1f} MiB" for name, each in size.items()) + ".",
            on_paper(two, small, size, writing),
            "*Other work*: CPU seconds of all else on the machine, by the run's seconds.",
        )
    )
    print(text)
    if given.write:
        put(given.write, "audit", text)


if __name__ == "__main__":
    main()
