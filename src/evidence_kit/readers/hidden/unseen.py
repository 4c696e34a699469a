"""Words of given pages that nobody sees, whole: for readers who would otherwise take them for part of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2.raw as pdfium

from evidence_kit.readers.base import ReadError
from evidence_kit.readers.hidden import pdf
from evidence_kit.readers.hidden.word import unseen_text
from evidence_kit.readers.pdf.reader import opened
from evidence_kit.records.document import Media
from evidence_kit.workers import Limits

LOOKED_AT = frozenset({Media.PDF, Media.WORD})
"""Formats whose readers read words that are there for nobody's eye."""


@dataclass(frozen=True, slots=True)
class Look:
    """A file to look at, and the indexes of the pages that matter."""

    path: str
    media: Media
    pages: tuple[int, ...]
    limits: Limits


def unseen_words(look: Look) -> Mapping[int, str]:
    """Return the words that nobody sees, by the index of their page; empty for a file that cannot be opened.

    Runs in a worker. A Word file has no pages of its own: its words stand under every index that was asked for.
    """
    try:
        if look.media is Media.WORD:
            return dict.fromkeys(look.pages, unseen_text(Path(look.path), look.limits))
        return _in_pdf(look)
    except ReadError:
        return {}


def _in_pdf(look: Look) -> dict[int, str]:
    found = {}
    with opened(Path(look.path)) as document:
        for index in look.pages:
            page = pdfium.FPDF_LoadPage(document.raw, index)
            if not page:
                continue
            try:
                found[index] = " ".join(pdf.unseen(page, look.limits.pixels))
            finally:
                pdfium.FPDF_ClosePage(page)
    return found
