"""Words of given pages that nobody sees, whole: for readers who would otherwise take them for part of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2.raw as pdfium

from evidence_kit.readers.base import ReadError
from evidence_kit.readers.hidden import pdf, unseen_open, unseen_sheets, unseen_slides, unseen_web, word
from evidence_kit.readers.pdf.reader import opened
from evidence_kit.records.document import Media
from evidence_kit.workers import Limits

_WHOLE: Mapping[Media, Callable[[Path, Limits], str]] = {
    Media.WORD: word.unseen_text,
    Media.SLIDES: unseen_slides.unseen_text,
    Media.WORKBOOK: unseen_sheets.unseen_text,
    Media.HTML: unseen_web.unseen_text,
    Media.OPENDOCUMENT: unseen_open.unseen_text,
}
"""What finds them in the whole of a file."""
LOOKED_AT = frozenset({Media.PDF, *_WHOLE})
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

    Runs in a worker. Only a PDF is looked at page by page: of other files the words stand under every index that was
    asked for.
    """
    try:
        if whole := _WHOLE.get(look.media):
            return dict.fromkeys(look.pages, whole(Path(look.path), look.limits))
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
