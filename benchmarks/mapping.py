"""The whole of ``map`` against pdfplumber's text extraction alone, on the same PDF files, in one run.

    python benchmarks/mapping.py FILE.pdf … [--runs 5] [--write docs/benchmarks.md]

CPU seconds of one process each, files to JSON and files to JSON, HTML and CSV; medians of interleaved runs with the
spread, and ratios. Loading the tool's own knowledge (lexicon, framework) is counted in, as a user waits for it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmark_page import machine, put, table

MAPPING = """
import sys, time
from datetime import date
from pathlib import Path
started = time.process_time()
from evidence_kit import MapOptions, map_evidence
from evidence_kit.reports.data import to_json, write_data
pack, out, full = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "full"
result = map_evidence(MapOptions(pack=pack, as_of=date(2026, 10, 1), organisation="Example", workers=0))
if full:
    from evidence_kit.reports.view import build
    from evidence_kit.reports.webpage import render
    write_data(result.evidence_map, result.documents, out)
    (out / "map.html").write_text(render(build(result.evidence_map)), encoding="utf-8")
else:
    (out / "map.json").write_bytes(to_json(result.evidence_map))
print(time.process_time() - started)
"""
PLUMBING = """
import json, sys, time
from pathlib import Path
started = time.process_time()
import pdfplumber
texts = []
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    with pdfplumber.open(path) as document:
        for page in document.pages:
            texts.append(page.extract_text())
            page.close()
(Path(sys.argv[2]) / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
print(time.process_time() - started)
"""
CONTENDERS = {
    "pdfplumber, text to JSON": (PLUMBING, ""),
    "map to JSON": (MAPPING, "json"),
    "map to JSON, HTML and CSV": (MAPPING, "full"),
}


def main() -> None:
    """Run all contenders in turn, several times, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this Markdown page")
    options = parser.parse_args()
    files = [path for path in options.files if path.is_file()]
    if not files:
        print("skipped: name one PDF or more")
        return
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "pack"
        pack.mkdir()
        for path in files:
            shutil.copy(path, pack)
        seconds: dict[str, list[float]] = {name: [] for name in CONTENDERS}
        for _ in range(options.runs):
            for name, (script, argument) in CONTENDERS.items():
                seconds[name].append(cpu_seconds(script, pack, argument))
    text = report(seconds, len(files), pages_of(files))
    print(text)
    if options.write:
        put(options.write, "mapping", text)


def cpu_seconds(script: str, pack: Path, argument: str) -> float:
    """Run a script in a process of its own and return the CPU seconds that it reports."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-c", script, str(pack), out, argument]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def pages_of(files: list[Path]) -> int:
    """Count the pages of all files."""
    script = (
        "import json, sys, pypdfium2\n"
        "print(json.dumps(sum(len(pypdfium2.PdfDocument(path)) for path in sys.argv[1:])))"
    )
    command = [sys.executable, "-c", script, *map(str, files)]
    return int(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def report(seconds: dict[str, list[float]], files: int, pages: int) -> str:
    """Return the section of the page: medians, spreads and ratios."""
    runs = seconds["pdfplumber, text to JSON"]
    rows = []
    for name, values in seconds.items():
        median = statistics.median(values)
        spread = f"{median:.2f} ({min(values):.2f}–{max(values):.2f})"
        rows.append((name, spread, f"{pages / median:.0f}", f"{statistics.median(runs) / median:.1f}"))
    head = ("what", "CPU seconds: median (min–max)", "pages a second", "times pdfplumber's speed")
    return (
        f"## The whole map\n\n{machine('pypdfium2', 'pdfplumber', 'spacy')}\n\n"
        f"{pages} pages of {files} PDF files, interleaved runs: {len(runs)}; one process each, no workers, no cache, "
        f"start-up counted in.\n\n{table(head, rows)}"
    )


if __name__ == "__main__":
    main()
