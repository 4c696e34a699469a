"""What readings and conclusions add to a run: CPU seconds by stage, for a folder of papers.

    python benchmarks/conclusions.py [FOLDER …] [--runs 3] [--organisation NAME] [--write docs/benchmarks.md]

One process, no workers, no cache. Reading files, cutting them into papers and passages, loading the tool's knowledge,
hearing what passages say (tags, predictions, readings), concluding, laying out. Several folders are mapped as one pack;
without one, the sample pack is.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmark_page import machine, put, table
from evidence_kit.language.read import Reader
from evidence_kit.options import MapOptions
from evidence_kit.pipeline import run
from evidence_kit.resources import demo_root

STAGES = {
    "load_knowledge": "loading framework and lexicon",
    "read_pack": "reading files",
    "cut": "papers and passages",
    "bearings_of": "concepts, and what bears on what",
    "read": "readings",
    "conclude_all": "conclusions",
}
"""Functions of ``pipeline/run.py``, in order, and the reader's one; what is left is laying out."""
ADDED = ("read", "conclude_all")


def timed(name: str, function: Callable[..., Any], seconds: dict[str, float]) -> Callable[..., Any]:
    """Wrap a stage so that its CPU seconds are counted."""

    def stage(*args: Any, **options: Any) -> Any:
        started = time.process_time()
        try:
            return function(*args, **options)
        finally:
            seconds[name] += time.process_time() - started

    return stage


def measure(folder: Path, organisation: str) -> tuple[dict[str, float], int]:
    """Map a folder once; return the CPU seconds of each stage and of the whole, and the number of pages."""
    seconds: dict[str, float] = defaultdict(float)
    kept = [(Reader if name == "read" else run, name) for name in STAGES]
    before = [getattr(owner, name) for owner, name in kept]
    for (owner, name), function in zip(kept, before, strict=True):
        setattr(owner, name, timed(name, function, seconds))
    started = time.process_time()
    try:
        made = run.map_evidence(
            MapOptions(pack=folder, organisation=organisation, as_of=date(2026, 10, 1), workers=0)
        )
    finally:
        for (owner, name), function in zip(kept, before, strict=True):
            setattr(owner, name, function)
    seconds["bearings_of"] -= seconds["read"]
    seconds["all"] = time.process_time() - started
    return dict(seconds), sum(document.page_count for document in made.evidence_map.documents)


def main() -> None:
    """Measure several times and print the medians as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[demo_root()])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--organisation", default="")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this Markdown page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as pack:
        for number, folder in enumerate(options.folders):
            shutil.copytree(folder, Path(pack) / str(number))
        runs = [measure(Path(pack), options.organisation) for _ in range(options.runs)]
    text = report([seconds for seconds, _ in runs], runs[0][1])
    print(text)
    if options.write:
        put(options.write, "conclusions", text)


def report(runs: list[dict[str, float]], pages: int) -> str:
    """Return the section of the page: the median CPU seconds of each stage, and what is added by those at the end."""
    spent = {name: statistics.median(run[name] for run in runs) for name in (*STAGES, "all")}
    told = {**STAGES, "rest": "laying out", "all": "all"}
    spent["rest"] = spent["all"] - sum(spent[name] for name in STAGES)
    rows = [(told[name], f"{spent[name]:.2f}", f"{spent[name] / spent['all']:.0%}") for name in told]
    added = sum(spent[name] for name in ADDED)
    return (
        f"## What readings and conclusions add\n\n{machine('spacy')}\n\n{pages} pages, median of {len(runs)} runs.\n\n"
        f"{table(('stage', 'CPU seconds', 'share of the run'), rows)}\n\n"
        f"Readings and conclusions add {added / (spent['all'] - added):.0%} to the rest of the run."
    )


if __name__ == "__main__":
    main()
