"""How sure the text of a passage is, where it was recognised in a picture of its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence_kit.records.document import Document
from evidence_kit.records.passage import Passage, SureWord


def mark_confidence(document: Document, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the document's passages; those on recognised pages know how sure their words are."""
    if not any(page.ocr for page in document.pages):
        return tuple(passages)
    return tuple(_marked(document, passage) for passage in passages)


def _marked(document: Document, passage: Passage) -> Passage:
    pages = [document.pages[segment.page] for segment in passage.segments]
    known = [page.confidence for page in pages if page.confidence is not None]
    if not known:
        return passage
    return replace(passage, confidence=min(known), recognised=tuple(_words(document, passage)))


def _words(document: Document, passage: Passage) -> Iterator[SureWord]:
    offset = 0
    for segment in passage.segments:
        words = document.pages[segment.page].words
        for start, end, percent in words.sure_within(segment.start, segment.end) if words else ():
            begin, stop = max(start, segment.start), min(end, segment.end)
            yield SureWord(offset + begin - segment.start, offset + stop - segment.start, percent / 100)
        offset += segment.end - segment.start + 1
