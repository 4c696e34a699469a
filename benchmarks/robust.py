"""How a folder of awkward files ends: a table of outcomes by kind, under the limits of the tool.

Usage: ``python benchmarks/robust.py [FOLDER] [--workers N] [--seconds N] [--write docs/benchmarks.md]`` (without a
folder, the hostile files that the tests make)

Every file must end as read, partly read or not read with a problem; a run that takes longer than its limits allow, or a
file that ends with neither text nor problem, is a fault and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmark_page import machine, put, table
from evidence_kit.readers.pack import read_pack
from evidence_kit.records.document import Document, DocumentState
from evidence_kit.workers import Limits
from reading_engines import peak_mib

ROOT = Path(__file__).resolve().parents[1]
STATES = (DocumentState.READ, DocumentState.PARTLY_READ, DocumentState.NOT_READ)


def made(folder: Path) -> Path:
    """Write the hostile files of the tests into a folder."""
    spec = importlib.util.spec_from_file_location("hostile", ROOT / "tests" / "readers" / "hostile.py")
    if spec is None or spec.loader is None:
        raise SystemExit("The script that makes hostile files is not there; name a folder.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.write(folder)
    return folder


def in_silence(documents: Sequence[Document]) -> list[str]:
    """Return the paths of files that ended with neither text nor problem, and hold no other files."""
    paths = [document.path for document in documents]
    return [
        document.path
        for document in documents
        if document.state is not DocumentState.READ
        and not document.problems
        and not any(path.startswith(document.path + "/") for path in paths)
    ]


def outcomes(documents: Sequence[Document]) -> str:
    """Return the table: a row a suffix, the files in archives and messages on their own."""
    rows: dict[str, Counter[str]] = {}
    for document in documents:
        row = rows.setdefault(Path(document.path).suffix.lower() or "(none)", Counter())
        row[document.state.value] += 1
        row["pages"] += len(document.pages)
        row.update({problem.code for problem in document.problems})
    states = [state.value for state in STATES]
    everything = sum(rows.values(), Counter())
    lines = []
    for kind, row in [
        *sorted(rows.items(), key=lambda item: -sum(item[1][state] for state in states)),
        ("all", everything),
    ]:
        codes = ", ".join(
            f"{code} {count}" for code, count in row.most_common() if code not in (*states, "pages")
        )
        files = sum(row[state] for state in states)
        lines.append([kind, str(files), *(str(row[state]) for state in states), str(row["pages"]), codes])
    head = ["kind", "files", "read", "partly", "not read", "pages", "files with problems, by code"]
    return table(head, lines).replace("--:|\n", ":--|\n", 1)


def main() -> int:
    """Read, print the table, and write it into the page if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--seconds", type=float, default=20, help="wall time of a file or of a range of its pages"
    )
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this Markdown page")
    arguments = parser.parse_args()
    limits = Limits(seconds=arguments.seconds)
    largest = 0.0

    def ended(_name: str, _done: int, _all: int) -> None:
        nonlocal largest
        for child in multiprocessing.active_children():
            largest = max(largest, peak_mib(str(child.pid)))

    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        documents = read_pack(
            arguments.folder or made(Path(folder)), workers=arguments.workers, limits=limits, progress=ended
        )
        seconds = time.perf_counter() - started
    silent = in_silence(documents)
    from_where = (
        "Awkward and hostile files of other projects' tests" if arguments.folder else "Our own hostile files"
    )
    inner = sum(_is_inner(document.path, documents) for document in documents)
    text = "\n\n".join(
        (
            "## Awkward files",
            machine(),
            f"{from_where}: {len(documents) - inner} files, and {inner} in archives and messages among them; "
            f"{arguments.workers} workers, {arguments.seconds:.0f} seconds a file or range of pages. The run took "
            f"{seconds:.0f} seconds; peak memory of the main process {peak_mib():.0f} MiB, of the largest worker "
            f"{largest:.0f} MiB. Files that ended with neither text nor problem: {len(silent)}.",
            outcomes(documents),
        )
    )
    print(text)
    for path in silent:
        print(f"neither text nor problem: {path}", file=sys.stderr)
    if arguments.write:
        put(arguments.write, "robust", text)
    return 1 if silent else 0


def _is_inner(path: str, documents: Sequence[Document]) -> bool:
    return any(path.startswith(document.path + "/") for document in documents)


if __name__ == "__main__":
    sys.exit(main())
