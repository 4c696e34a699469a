"""How fast, how truly and in which order PDFs are read: ours against other libraries, all in one run.

Usage: ``python benchmarks/reading.py [FILE.pdf …] [--pages N] [--runs N] [--write docs/benchmarks.md]`` (the sample
pack's PDFs, if none is named)

CPU seconds of this process; the engines take turns, and of several runs the median counts, with the smallest and the
largest beside it. *Words* is the F1 of words (as multisets, a page at a time; hyphens left out) against ``pdftotext``.
*Order* is the share of neighbouring words of made pages in two and three columns that are neighbours in the text.
Peers that are not installed are left out with a line.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from benchmark_page import machine, put, table
from evidence_kit.resources import demo_root
from reading_engines import OURS, Engine, engines
from reading_order import WAYS, make_pages, score

HERE = Path(__file__).resolve().parent
BARE, PLUMBER, OUR = "PDFium, bare text call", "pdfplumber", next(iter(OURS))
ALL_OF_IT = list(OURS)[-1]
_HYPHENS = re.compile("[-‐‑\u00ad\u200b]")
_TOKEN = re.compile(r"\w+")


def tokens(text: str) -> Counter[str]:
    """Return the words of a text, without what engines may write in different ways."""
    return Counter(_TOKEN.findall(_HYPHENS.sub("", unicodedata.normalize("NFKC", text)).lower()))


class Agreement:
    """F1 of words over pages."""

    def __init__(self) -> None:
        self._same = self._all = 0

    def add(self, one: str, other: str) -> None:
        """Count a page."""
        mine, theirs = tokens(one), tokens(other)
        self._same += 2 * (mine & theirs).total()
        self._all += mine.total() + theirs.total()

    @property
    def f1(self) -> float:
        """Return the F1 so far."""
        return self._same / self._all if self._all else float("nan")


def pdftotext(path: Path, pages: int) -> list[str] | None:
    """Return the pages as poppler's program gives them, ``None`` without it."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    done = subprocess.run([program, "-l", str(pages), str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace").split("\f")[:pages]


def time_engines(
    chosen: dict[str, Engine], files: Sequence[tuple[Path, int]], runs: int
) -> tuple[dict[str, list[float]], dict[str, Agreement], int]:
    """Return the CPU seconds of every run over all files, the agreement of words, and how many pages it leaves out."""
    seconds: dict[str, list[float]] = {name: [0.0] * runs for name in chosen}
    agreement: defaultdict[str, Agreement] = defaultdict(Agreement)
    left_out: set[tuple[Path, int]] = set()
    for engine in chosen.values():
        engine(files[0][0], 1)  # what is loaded on first use is not the reading
    for path, pages in files:
        truth = pdftotext(path, pages) or []
        unread = {number for number, text in enumerate(chosen[ALL_OF_IT](path, pages)) if not text}
        for run in range(runs):
            for name, engine in chosen.items():
                started = time.process_time()
                texts = engine(path, pages)
                seconds[name][run] += time.process_time() - started
                for number, (mine, theirs) in enumerate(zip(texts, truth if run == 0 else [], strict=False)):
                    if number in unread and theirs.strip():
                        left_out.add((path, number))
                    agreement[name if number not in unread else f"{name}, unread"].add(mine, theirs)
        print(f"  {path.name}: {pages} pages", file=sys.stderr)
    return seconds, agreement, len(left_out)


def reading_orders(chosen: dict[str, Engine]) -> dict[str, dict[str, float]]:
    """Return the score of each engine for each kind of made page."""
    scores: dict[str, dict[str, float]] = {name: {} for name in chosen}
    with tempfile.TemporaryDirectory() as folder:
        for columns in (2, 3):
            for way in WAYS:
                path = Path(folder) / "made.pdf"
                written = make_pages(path, columns=columns, way=way)
                for name, engine in chosen.items():
                    scores[name][f"{columns}, {way}"] = score(written, engine(path, len(written)))
    return scores


def started(script: str, *arguments: str) -> str:
    """Run one of our scripts in a process of its own; return what it prints."""
    command = [sys.executable, str(HERE / script), *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def speed_table(chosen: dict[str, Engine], files: Sequence[tuple[Path, int]], runs: int) -> str:
    """Measure and return the table of engines."""
    seconds, agreement, left_out = time_engines(chosen, files, runs)
    orders = reading_orders(chosen)
    pages = sum(count for _, count in files)
    middle = {name: statistics.median(times) for name, times in seconds.items()}
    longest = max(files, key=lambda file: file[1])
    rows = []
    for name, times in seconds.items():
        peak = float(started("reading_engines.py", name, str(longest[0]), str(longest[1])))
        low, high = min(times), max(times)
        row = [name, f"{pages / middle[name]:.0f}", f"{pages / high:.0f}–{pages / low:.0f}"]
        row.append(f"{middle[BARE] / middle[name]:.0%}")
        row.append(f"{middle[PLUMBER] / middle[name]:.1f} ×" if PLUMBER in middle else "")
        row.append(f"{agreement[name].f1:.4f}")
        row.extend(f"{value:.4f}" for value in orders[name].values())
        rows.append([*row, f"{peak:.0f}"])
    head = ["engine", "pages/s", "spread", "of bare", "pdfplumber", "words F1"]
    head += [f"order: {kind}" for kind in orders[OUR]]
    note = f"Of the words, {left_out} pages are left out that we list as unread, since their fonts give no letters."
    return table([*head, "peak MiB"], rows) + f"\n\n{note}"


def workers_table(paths: dict[str, Path], runs: int) -> str:
    """Measure one worker against two, the loop beside them, and return the table."""
    rows = []
    for name, path in paths.items():
        one, two, loops = [], [], []
        for _ in range(runs):
            loop = [json.loads(started("reading_workers.py", "loop", count))["wall"] for count in "12"]
            loops.append(loop)
            one.append(json.loads(started("reading_workers.py", str(path), "1")))
            two.append(json.loads(started("reading_workers.py", str(path), "2")))
        here = json.loads(started("reading_workers.py", str(path), "0"))
        used = [second["cpu"] / first["cpu"] for first, second in zip(one, two, strict=True)]
        middle = statistics.median
        wall = min(each["wall"] for each in one) / min(each["wall"] for each in two)
        loop_wall = min(first for first, _ in loops) / min(second for _, second in loops)
        rows.append(
            [
                name,
                f"{one[0]['pages']:.0f}",
                f"{here['cpu']:.2f}",
                f"{middle(each['cpu'] for each in one):.2f}",
                f"{middle(each['cpu'] for each in two):.2f}",
                f"{middle(used):.2f} ({min(used):.2f}–{max(used):.2f})",
                f"{wall:.2f}",
                f"{loop_wall:.2f}",
                f"{wall / loop_wall:.2f}",
                f"{here['main']:.0f}",
                f"{max(each['main'] for each in two):.0f}",
                f"{max(each['worker'] for each in two):.0f}",
            ]
        )
    head = ["", "pages", "CPU s, no worker", "one", "two", "two / one", "speed-up", "of the loop"]
    return table([*head, "share of it", "peak MiB, no worker", "main", "worker"], rows)


def main() -> None:
    """Measure, print the tables, and write them into the page if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument(
        "--pages", type=int, default=60, help="at most so many pages of each file, to compare engines"
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into this Markdown page")
    arguments = parser.parse_args()
    paths = arguments.files or sorted(demo_root().glob("*.pdf"))
    files, lengths = [], {}
    for path in paths:
        with pypdfium2.PdfDocument(path) as document:
            lengths[path] = len(document)
        files.append((path, min(arguments.pages, lengths[path])))
    chosen = engines()
    speeds = speed_table(chosen, files, arguments.runs)
    with tempfile.TemporaryDirectory() as folder:
        together = Path(folder) / "all files together"
        together.mkdir()
        for path in paths:
            shutil.copy(path, together)
        longest = max(paths, key=lengths.__getitem__)
        workers = workers_table({"the longest file": longest, "all of them": together}, arguments.runs)
    parts = (
        "## Reading PDFs",
        machine("pypdfium2", "pdfplumber"),
        f"{sum(count for _, count in files)} pages: at most {arguments.pages} of each of {len(files)} files; "
        f"median of {arguments.runs} interleaved runs, all in one process.",
        speeds,
        "*Of bare*: share of the rate of PDFium's page load and text call. *pdfplumber*: times the rate of its "
        "`extract_text`. *Words*: agreement with `pdftotext`. *Order*: made pages of columns, written into the file "
        "column by column or line by line. *Peak*: of a process that reads the longest of these files.",
        "**Workers**, whole files, with tables, headings and all that passes between processes:",
        workers,
        "*Of the loop*: the speed-up that two processes got in the same minutes when they did nothing but compute; "
        "both from the shortest times, since other work on the machine only makes them longer. "
        "*One*: a single worker process; *no worker*: read in the caller's own.",
    )
    text = "\n\n".join(parts)
    print(text)
    if arguments.write:
        put(arguments.write, "reading", text)


if __name__ == "__main__":
    main()
