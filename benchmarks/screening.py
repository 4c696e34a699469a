"""What a screening adds to a map: one application of long PDF files and the first sample pack, 40 claims.

    python benchmarks/screening.py FILE.pdf … [--runs 3] [--write docs/benchmarks.md]

Processor seconds and peak memory of the two commands as a coordinator types them, in one process each; medians of
interleaved runs with the spread. "First" begins with an empty cache, "again" with what the first run kept.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import pypdfium2

from benchmark_page import machine, put, table

ROOT = Path(__file__).parents[1]
PACK = ROOT / "corpus_samples" / "pack" / "papers"
CLAIMS = ROOT / "tests" / "screening" / "claims" / "pack.csv"
MOST_CLAIMS = 40
TRUST = "Oxmere and Tarndale NHS Foundation Trust"
GIVEN = ("--organisation", TRUST, "--as-of", "2026-10-01", "--target", "gold", "--workers", "0", "--quiet")
Cost = tuple[float, float]
"""Processor seconds and peak MiB."""


def main() -> None:
    """Run both commands in turn, several times, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this Markdown page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        application = shutil.copytree(PACK, home / "application")
        for path in options.files:
            shutil.copy(path, application)
        pages = sum(len(pypdfium2.PdfDocument(path)) for path in application.glob("*.pdf"))
        claims = _write_claims(home / "claims.csv")
        costs: dict[str, list[Cost]] = defaultdict(list)
        for run in range(options.runs):
            for name, cost in _measured(home / str(run), application, claims):
                costs[name].append(cost)
    rows = [
        (name, _spread([seconds for seconds, _ in found]), f"{max(peak for _, peak in found):.0f}")
        for name, found in costs.items()
    ]
    text = "\n\n".join(
        (
            "## Screening",
            f"An application of {pages} PDF pages and other files, {MOST_CLAIMS} claims, medians of {options.runs} "
            f"runs (least to most). A screening adds {_added(costs, 'first'):.0%} to a first map. A map that is made "
            "again is only looked up; a screening reads the claims and looks for unseen words each time.",
            table(("command", "processor seconds", "peak MiB"), rows),
            f"{machine()} Load {os.getloadavg()[0]:.1f}.",
        )
    )
    print(text)
    if options.write:
        put(options.write, "screening", text)


def _write_claims(path: Path) -> Path:
    with CLAIMS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:MOST_CLAIMS]
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(("Criterion", "Claimed status", "Document", "Page", "What it shows"))
        write.writerows((row["criterion"], "in place", row["document"], "", row["claim"]) for row in rows)
    return path


def _measured(home: Path, application: Path, claims: Path) -> list[tuple[str, Cost]]:
    """Return the costs of both commands with an empty cache, and again with what they kept."""
    commands = {
        "map": ("map", application, "--out", home / "map", *GIVEN),
        "screen run": ("screen", "run", application, "--claims", claims, "--round", home / "round", *GIVEN),
    }
    return [
        (f"{name}, {when}", _cost(command, home / "caches"))
        for when in ("first", "again")
        for name, command in commands.items()
    ]


def _cost(command: tuple[str | Path, ...], caches: Path) -> Cost:
    caches.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "evidence_kit", *map(str, command)],
        env=os.environ | {"XDG_CACHE_HOME": str(caches), "HOME": str(caches)},
        cwd=caches,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 7):
        raise SystemExit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _added(costs: dict[str, list[Cost]], when: str) -> float:
    map_, screen = (
        statistics.median(cost[0] for cost in costs[f"{name}, {when}"]) for name in ("map", "screen run")
    )
    return screen / map_ - 1


def _spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.1f} ({min(seconds):.1f} to {max(seconds):.1f})"


if __name__ == "__main__":
    main()
