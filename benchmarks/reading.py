"""Pages per second of our PDF reading against pdfplumber's text extraction and PDFium's bare text call.

Usage: ``python benchmarks/reading.py FILE.pdf [FILE.pdf …] [--pages N] [--rounds N]``

Times are process CPU seconds in one process and one run, so that ratios hold on a shared machine; of several rounds
the fastest counts. *ours* is what ``evidence_kit.readers.pack`` does with a file of pages: words with boxes, blocks,
furniture, headings; *+ tables* looks for tables as well, as the tool always does. pdfplumber reads the same pages;
``--pages`` keeps it short.
"""

from __future__ import annotations

import argparse
import ctypes
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium

from evidence_kit.readers import pdf
from evidence_kit.readers.structure import finish_pages
from evidence_kit.workers import Limits


def ours(path: Path, pages: int) -> int:
    """Read pages with blocks and boxes and settle the whole; return the number of characters."""
    found = pdf.inspect(path, Limits())
    read = pdf.read(path, 0, pages, Limits())
    return sum(len(page.text) for page in finish_pages(read, found.outline))


def without_tables(path: Path, pages: int) -> int:
    """As :func:`ours`, all lines taken for text."""
    part_tables = pdf.part_tables
    pdf.part_tables = lambda found, _rules: iter([found.segments])
    try:
        return ours(path, pages)
    finally:
        pdf.part_tables = part_tables


def bare(path: Path, pages: int) -> int:
    """Let PDFium load each page's text and give it in one call."""
    document = pypdfium2.PdfDocument(path)
    total = 0
    for index in range(pages):
        page = pdfium.FPDF_LoadPage(document.raw, index)
        text_page = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text_page)
        buffer = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text_page, 0, count, buffer)
        total += len(bytes(buffer).decode("utf-16-le", "replace"))
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)
    document.close()
    return total


def plumber(path: Path, pages: int) -> int:
    """Extract text page by page with pdfplumber."""
    total = 0
    with pdfplumber.open(path) as document:
        for page in document.pages[:pages]:
            total += len(page.extract_text() or "")
            page.close()
    return total


def seconds(act: Callable[[Path, int], int], path: Path, pages: int, rounds: int) -> float:
    """Return the CPU seconds of the fastest round."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        act(path, pages)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Time the three on every file and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=60, help="at most so many pages of each file")
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds for ours and the bare call; pdfplumber has one"
    )
    arguments = parser.parse_args()
    print(
        f"{'pages/s':<40} {'pages':>5} {'ours':>6} {'+ tables':>8} {'bare':>6} {'plumber':>8} {'ours/bare':>9} "
        f"{'ours/plumber':>12} {'+ tables':>8}"
    )
    totals = [0.0] * 4
    total_pages = 0
    for path in arguments.files:
        document = pypdfium2.PdfDocument(path)
        pages = min(arguments.pages, len(document))
        document.close()
        times = [
            seconds(without_tables, path, pages, arguments.rounds),
            seconds(ours, path, pages, arguments.rounds),
            seconds(bare, path, pages, arguments.rounds),
            seconds(plumber, path, pages, 1),
        ]
        totals = [total + one for total, one in zip(totals, times, strict=True)]
        total_pages += pages
        print_row(path.name, pages, times)
    print_row("all", total_pages, totals)


def print_row(name: str, pages: int, times: list[float]) -> None:
    """Print rates and ratios of one file."""
    our, tables, bare_, plumber_ = times
    print(
        f"{name[-40:]:<40} {pages:>5} {pages / our:>6.0f} {pages / tables:>8.0f} {pages / bare_:>6.0f} "
        f"{pages / plumber_:>8.1f} {bare_ / our:>9.0%} {plumber_ / our:>11.1f}x {plumber_ / tables:>7.1f}x"
    )


if __name__ == "__main__":
    main()
