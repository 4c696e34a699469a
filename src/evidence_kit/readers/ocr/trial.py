"""Whether text recognition works here: a page that we write, rendered and read."""

from __future__ import annotations

import tempfile
from pathlib import Path

from evidence_kit.readers.ocr.engines import engine, engine_name
from evidence_kit.readers.pdf.picture import picture
from evidence_kit.workers import Limits

WORDS = "The board met on 26 March 2026"

__all__ = ["WORDS", "engine_name", "read_words"]


def read_words(words: str) -> str:
    """Write words on a page, render it, and return what is read of it; runs in a worker.

    Raises:
        DependencyMissing: There is no engine.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(_page(words))
        lines = engine().lines(picture(path, 0, Limits()))
    return " ".join(word.text for line in lines for word in line)


def _page(words: str) -> bytes:
    """Return a PDF of one page; PDFium mends its missing table of contents."""
    content = f"BT /F 14 Tf 72 700 Td ({words}) Tj ET".encode("ascii")
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        b"4 0 obj<</Length " + str(len(content)).encode() + b">>stream\n" + content + b"\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
