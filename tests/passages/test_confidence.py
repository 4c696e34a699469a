"""Passages of recognised pages know how sure their words are, wherever they stand."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.passages.confidence import mark_confidence
from evidence_kit.records.document import BlockKind, Document, DocumentState, Media, Page, WordBoxes
from evidence_kit.records.passage import Passage, Segment


def page(words: list[str], sure: list[int], *, ocr: bool = True) -> Page:
    spans, position = array("I"), 0
    for word in words:
        spans.extend((position, position + len(word)))
        position += len(word) + 1
    boxes = WordBoxes(
        spans.tobytes(), array("f", [0.0] * 4 * len(words)).tobytes(), bytes(sure if ocr else ())
    )
    confidence = sum(sure) / 100 / len(sure) if ocr else None
    return Page(number=1, text=" ".join(words), words=boxes, ocr=ocr, confidence=confidence)


def document(*pages: Page) -> Document:
    return Document(
        id="d1", path="a.pdf", sha256="", size=0, media=Media.PDF, state=DocumentState.READ, pages=pages
    )


def passage(whole: Document, *segments: Segment) -> Passage:
    text = " ".join(whole.pages[one.page].text[one.start : one.end] for one in segments)
    return Passage(
        id="d1@0:0", document="d1", paper="d1:p1", kind=BlockKind.PARAGRAPH, segments=segments, text=text
    )


def test_a_passage_over_two_pages_has_the_words_of_both_and_the_lesser_confidence() -> None:
    whole = document(page(["The", "board", "met"], [90, 91, 92]), page(["on", "3", "May"], [80, 70, 60]))
    (marked,) = mark_confidence(whole, [passage(whole, Segment(0, 4, 13), Segment(1, 0, 4))])
    assert marked.confidence == pytest.approx(0.7)
    said = [(marked.text[word.start : word.end], word.confidence) for word in marked.recognised]
    assert said == [("board", 0.91), ("met", 0.92), ("on", 0.8), ("3", 0.7)]


def test_text_of_the_file_itself_is_as_it_was() -> None:
    whole = document(
        page(["The", "board", "met"], [90, 91, 92]), page(["on", "3", "May"], [1, 1, 1], ocr=False)
    )
    own = passage(whole, Segment(1, 0, 4))
    assert mark_confidence(whole, [own]) == (own,)
    mixed = mark_confidence(whole, [passage(whole, Segment(0, 0, 3), Segment(1, 0, 4))])[0]
    assert (mixed.confidence, len(mixed.recognised)) == (pytest.approx(0.91), 1)


@given(
    words=st.lists(st.text("abc", min_size=1, max_size=6), min_size=1, max_size=8),
    data=st.data(),
)
def test_every_recognised_word_is_its_own_text(words: list[str], data: st.DataObject) -> None:
    sure = [data.draw(st.integers(0, 100)) for _ in words]
    whole = document(page(words, sure))
    start = data.draw(st.integers(0, len(whole.pages[0].text) - 1))
    end = data.draw(st.integers(start + 1, len(whole.pages[0].text)))
    (marked,) = mark_confidence(whole, [passage(whole, Segment(0, start, end))])
    assert [marked.text[word.start : word.end] for word in marked.recognised] == marked.text.split()
