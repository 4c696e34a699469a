"""Times and sizes of all reports of a map, from its data, against the budget of 30 ms a cited page and 1 s.

    evidence-kit map corpus_samples/pack/papers --as-of 2026-10-01 --target gold --out MAP
    python benchmarks/reports.py MAP [--papers DIR] [--runs 5] [--write docs/benchmarks.md]

CPU seconds of one process a run, without workers; medians with the spread. Loading the code and reading the map are
counted in, as a user of ``report`` waits for them. Exit code 1 if all reports together miss the budget.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmark_page import machine, put, table

BUDGET_PAGE, BUDGET_START = 0.030, 1.0
"""CPU seconds: a cited page, and beside all pages."""
Told = dict[str, Any]
"""What a run reports: "made" (seconds and bytes by report), and numbers of documents, cited pages and quotes."""
LOADING = "loading, and the view"
ALL = "all reports together"
SCRIPT = """
import json, sys, time
started = time.process_time()
from pathlib import Path
from evidence_kit.pipeline.again import papers_of, seen_papers
from evidence_kit.pipeline.reporting import RENDERINGS, calendar_of, letters_of
from evidence_kit.reports.data import from_json
from evidence_kit.reports.material import Material
from evidence_kit.reports.view import build
home, stated = Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2] else None
papers = papers_of(home, stated)
evidence_map = from_json((home / "data" / "evidence-map.json").read_bytes())
view = build(evidence_map, sources=seen_papers(home, papers))
material = Material(view=view, papers=papers)
made = {"LOADING": (time.process_time() - started, 0)}
extras = {"letters": letters_of, "calendar": calendar_of}
for name, render in {**RENDERINGS, **extras}.items():
    begun = time.process_time()
    content = render(material)
    spent = time.process_time() - begun
    parts = content.values() if name in extras else [content]
    made[name] = (spent, sum(len(each if isinstance(each, bytes) else each.encode()) for each in parts))
print(json.dumps({
    "made": made,
    "documents": len(evidence_map.documents),
    "pages": len(evidence_map.cited_pages),
    "quotes": sum(len(finding.quotes) for finding in evidence_map.findings),
}))
""".replace("LOADING", LOADING)


def main() -> int:
    """Write all reports several times, print the table, and tell whether the budget is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("map", nargs="?", type=Path, help="the folder that map wrote")
    parser.add_argument("--papers", default="", help="where the papers lie, if not where the map says")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this Markdown page")
    options = parser.parse_args()
    if options.map is None or not (options.map / "data" / "evidence-map.json").is_file():
        print("skipped: name the folder of a map")
        return 0
    runs = [run(options.map, options.papers) for _ in range(options.runs)]
    text = report(runs)
    print(text)
    if options.write:
        put(options.write, "reports", text)
    return 0 if statistics.median(total(each) for each in runs) <= budget(runs[0]) else 1


def run(home: Path, papers: str) -> Told:
    """Make all reports in a process of its own; return what it reports."""
    command = [sys.executable, "-c", SCRIPT, str(home), papers]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def total(told: Told) -> float:
    """Return the CPU seconds of a run."""
    return sum(seconds for seconds, _ in told["made"].values())


def budget(told: Told) -> float:
    """Return the CPU seconds that all reports may take."""
    return BUDGET_START + BUDGET_PAGE * told["pages"]


def report(runs: list[Told]) -> str:
    """Return the section of the page: a line a report, and all together against the budget."""
    first = runs[0]
    rows = []
    for name, (_, size) in first["made"].items():
        seconds = [each["made"][name][0] for each in runs]
        rows.append((name, _spread(seconds), f"{size / 1000:.0f}" if size else ""))
    sizes = sum(size for _, size in first["made"].values())
    totals = [total(each) for each in runs]
    rows.append((ALL, _spread(totals), f"{sizes / 1000:.0f}"))
    share = statistics.median(totals) / budget(first)
    return (
        f"## Reports\n\n{machine('pypdfium2', 'pikepdf', 'xlsxwriter', 'jinja2')}\n\n"
        f"{first['documents']} documents, {first['pages']} cited pages, {first['quotes']} quotes; {len(runs)} runs, "
        f"one process each, no workers.\n\n{table(('what', 'CPU seconds: median (min–max)', 'kB'), rows)}\n\n"
        f"The budget, 30 ms a cited page and 1 s, is {budget(first):.2f} s; {share:.0%} of it is used."
    )


def _spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} ({min(seconds):.2f}–{max(seconds):.2f})"


if __name__ == "__main__":
    sys.exit(main())
