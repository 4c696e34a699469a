"""The sample pack with every PDF of it scanned, against the pack as it is: which criteria end differently.

Usage: ``python benchmarks/scans.py [--workers N] [--dpi N]``

Scanned means: each page a picture, with no text behind it, read with ``--ocr auto``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pypdfium2
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.cli.config import load_config
from evidence_kit.options import MapOptions
from evidence_kit.pipeline.run import map_evidence
from evidence_kit.readers.ocr import engines as ocr
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.resources import demo_root, demo_settings


def scan(path: Path, source: Path, dpi: int) -> None:
    """Write a PDF of pictures of another one's pages."""
    canvas = Canvas(str(path), invariant=1)
    document = pypdfium2.PdfDocument(source)
    for page in document:
        image = page.render(scale=dpi / 72).to_pil().convert("L")
        canvas.setPageSize(page.get_size())
        canvas.drawImage(ImageReader(image), 0, 0, *page.get_size())
        canvas.showPage()
    document.close()
    canvas.save()


def mapped(folder: Path, workers: int) -> EvidenceMap:
    """Map a folder as the sample pack's own settings say."""
    settings = load_config(demo_settings())
    options = MapOptions(
        pack=folder,
        organisation=settings.organisation or "",
        as_of=settings.as_of or date(2026, 10, 1),
        names=settings.names,
        workers=workers,
        ocr="auto",
    )
    return map_evidence(options).evidence_map


def main() -> None:
    """Scan, map both packs, and print what differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--dpi", type=int, default=200)
    arguments = parser.parse_args()
    if not ocr.is_installed():
        sys.exit(f"Text recognition is not installed: {ocr.INSTALL}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in sorted(demo_root().iterdir()):
            if path.suffix == ".pdf":
                scan(folder / path.name, path, arguments.dpi)
            else:
                shutil.copy(path, folder / path.name)
        text = mapped(demo_root(), arguments.workers)
        start = time.perf_counter()
        scans = mapped(folder, arguments.workers)
        seconds = time.perf_counter() - start
    pages = sum(len(document.ocr_pages) for document in scans.documents)
    print(f"{pages} pages recognised and all mapped in {seconds:.0f} s with {arguments.workers} workers")
    differing = [
        (one, other)
        for one, other in zip(text.findings, scans.findings, strict=True)
        if one.status is not other.status
    ]
    for one, other in differing:
        print(f"{one.criterion}: {one.status.value} as text, {other.status.value} as scans")
    print(f"{len(text.findings) - len(differing)} of {len(text.findings)} criteria have the same status")


if __name__ == "__main__":
    main()
