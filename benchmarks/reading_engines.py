"""The readers that ``reading.py`` compares: each takes a file and a number of pages and returns the pages' texts.

Usage: ``python benchmarks/reading_engines.py ENGINE FILE PAGES`` prints the peak memory of one engine in MiB.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from evidence_kit.readers.layout.structure import finish_pages
from evidence_kit.readers.pdf import reader as pdf
from evidence_kit.workers import Limits

Engine = Callable[[Path, int], list[str]]
LIMITS = Limits()


def blocks(path: Path, pages: int) -> list[str]:
    """Ours: words with boxes, reading order, blocks; neither tables nor what needs the whole document."""
    with _no_tables():
        return [page.text for page in pdf.read(path, 0, pages, LIMITS)]


def headings(path: Path, pages: int) -> list[str]:
    """Ours with headings, furniture, hyphens and bookmarks settled; no tables."""
    with _no_tables():
        return everything(path, pages)


def everything(path: Path, pages: int) -> list[str]:
    """Ours as the tool reads always: with tables, headings and furniture."""
    found = pdf.inspect(path, LIMITS)
    return [page.text for page in finish_pages(pdf.read(path, 0, pages, LIMITS), found.outline)]


@contextmanager
def _no_tables() -> Iterator[None]:
    """Take all lines for text."""
    part_tables = pdf.part_tables
    pdf.part_tables = lambda found, _rules: iter([found.segments])
    try:
        yield
    finally:
        pdf.part_tables = part_tables


def bare(path: Path, pages: int) -> list[str]:
    """PDFium loads each page and its text and gives it in one call."""
    document = pypdfium2.PdfDocument(path)
    texts: list[str] = []
    for index in range(pages):
        page = pdfium.FPDF_LoadPage(document.raw, index)
        text_page = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text_page)
        buffer = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text_page, 0, count, buffer)
        texts.append(bytes(buffer).decode("utf-16-le", "replace").rstrip("\0"))
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)
    document.close()
    return texts


def plumber(path: Path, pages: int) -> list[str]:
    """Pdfplumber's ``extract_text``."""
    import pdfplumber

    texts = []
    with pdfplumber.open(path) as document:
        for page in document.pages[:pages]:
            texts.append(page.extract_text() or "")
            page.close()
    return texts


def miner(path: Path, pages: int) -> list[str]:
    """Pdfminer.six with its layout analysis as it comes."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    return [
        "\n".join(part.get_text() for part in page if isinstance(part, LTTextContainer))
        for page in extract_pages(path, maxpages=pages)
    ]


def pypdf(path: Path, pages: int) -> list[str]:
    """Pypdf's ``extract_text``."""
    reader = importlib.import_module("pypdf").PdfReader(path)
    return [reader.pages[number].extract_text() for number in range(pages)]


OURS: dict[str, Engine] = {
    "ours: blocks with boxes": blocks,
    "ours: and headings, furniture": headings,
    "ours: and tables (all of it)": everything,
}
PEERS: dict[str, tuple[str, Engine]] = {
    "PDFium, bare text call": ("pypdfium2", bare),
    "pypdf": ("pypdf", pypdf),
    "pdfminer.six": ("pdfminer", miner),
    "pdfplumber": ("pdfplumber", plumber),
}


def engines() -> dict[str, Engine]:
    """Return ours and the peers that are installed; name the others on standard error."""
    found = dict(OURS)
    for name, (module, engine) in PEERS.items():
        if importlib.util.find_spec(module):
            found[name] = engine
        else:
            print(f"{name} is not installed, so it is left out.", file=sys.stderr)
    return found


def peak_mib(process: str = "self") -> float:
    """Return a process's largest size so far; the system's own figure keeps the caller's size in a started process.

    Args:
        process: Its number, or ``self``.
    """
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return float("nan")
    line = next((line for line in status.read_text().splitlines() if line.startswith("VmHWM")), "VmHWM 0 kB")
    return int(line.split()[1]) / 1024


if __name__ == "__main__" and len(sys.argv) > 1:
    engines()[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    print(peak_mib())
