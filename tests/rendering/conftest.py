"""Small PDFs and what a map says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.records.document import DocumentState, Media
from evidence_kit.records.evidence_map import DocumentSummary

WORDS = "The Board approved the anti-racism plan of this invented trust."


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Write a PDF with a line of text on each page."""

    def build(
        name: str = "paper.pdf", texts: tuple[str, ...] = (WORDS,), size: tuple[float, float] = (400, 300)
    ) -> Path:
        canvas = Canvas(str(tmp_path / name), pagesize=size, invariant=1)
        for text in texts:
            canvas.setFont("Helvetica", 11)
            canvas.drawString(40, size[1] - 60, text)
            canvas.showPage()
        canvas.save()
        return tmp_path / name

    return build


@pytest.fixture
def summary() -> Callable[..., DocumentSummary]:
    """Say of a file what a map would say."""

    def build(path: Path, *, media: Media = Media.PDF, name: str = "") -> DocumentSummary:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        count = 1
        if media is Media.PDF:
            try:
                with pikepdf.open(path) as pdf:
                    count = len(pdf.pages)
            except pikepdf.PdfError:
                count = 1
        return DocumentSummary(
            id=f"d{digest[:12]}",
            path=name or path.name,
            sha256=digest,
            size=len(data),
            media=media,
            state=DocumentState.READ,
            page_count=count,
            read_pages=count,
        )

    return build
