"""From a stretch of a passage to its places."""

from __future__ import annotations

from array import array
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.passages.papers import split_papers
from evidence_kit.passages.quoting import line_boxes, places_of
from evidence_kit.passages.split import split_passages
from evidence_kit.readers.base import Draft
from evidence_kit.records.document import Box, Document, Media, Page, WordBoxes


def with_boxes(page: Page) -> Page:
    """Give every word of a page a box: ten points a character, lines twelve points high."""
    spans, boxes = array("I"), array("f")
    top = left = 0.0
    position = 0
    for line in page.text.split("\n"):
        left = 0.0
        for word in line.split(" "):
            if word:
                spans.extend((position, position + len(word)))
                boxes.extend((left, top, left + 10 * len(word), top + 10))
            position += len(word) + 1
            left += 10 * (len(word) + 1)
        top += 12
    return replace(page, words=WordBoxes(spans.tobytes(), boxes.tobytes()))


def boxed(document: Document) -> Document:
    return replace(document, pages=tuple(map(with_boxes, document.pages)))


def test_a_quote_has_one_box_a_line(lay) -> None:
    document = boxed(lay(["The sponsor came to\nthe network in March\nand in May."]))
    (passage,) = split_passages(document, split_papers(document))
    (place,) = places_of(document, passage, 4, 38)
    assert document.pages[0].text[place.start : place.end] == "sponsor came to\nthe network in Mar"
    assert place.boxes == ((40.0, 0.0, 190.0, 10.0), (0.0, 12.0, 200.0, 22.0))
    assert (place.page, place.label, place.page_index, place.line) == (1, "1", 0, None)


def test_a_quote_over_a_page_has_two_places(lay) -> None:
    document = lay(["The Medical Director attended the"], ["network on 4 February 2026."])
    first, second = document.pages
    first = replace(first, label="xii", blocks=(replace(first.blocks[0], joins_next=True),))
    document = boxed(replace(document, pages=(first, second)))
    (passage,) = split_passages(document, split_papers(document))
    places = places_of(document, passage, 0, len(passage.text))
    assert [(place.page, place.label) for place in places] == [(1, "xii"), (2, "2")]
    assert (
        " ".join(document.pages[place.page_index].text[place.start : place.end] for place in places)
        == passage.text
    )
    assert all(len(place.boxes) == 1 for place in places)


def test_source_lines_of_text_formats(lay) -> None:
    block = Draft(text="one line\nand the next\nand a third", line=7)
    document = lay([block], media=Media.TEXT)
    (passage,) = split_passages(document, split_papers(document))
    assert [places_of(document, passage, start, start + 3)[0].line for start in (0, 9, 22)] == [7, 8, 9]
    page = document.pages[0]
    scattered = replace(page, blocks=(replace(page.blocks[0], lines=(7, 9, 12)),))
    document = replace(document, pages=(scattered,))
    assert [places_of(document, passage, start, start + 3)[0].line for start in (0, 9, 22)] == [7, 9, 12]


def test_white_space_is_no_place(lay) -> None:
    document = lay(["one  two"])
    (passage,) = split_passages(document, split_papers(document))
    assert places_of(document, passage, 3, 5) == ()
    (place,) = places_of(document, passage, 3, 8)
    assert (place.start, place.end) == (5, 8)


def test_columns_are_not_merged() -> None:
    boxes: list[Box] = [(300, 0, 350, 10), (360, 0, 400, 10), (0, 0, 50, 10), (60, 1, 90, 11)]
    assert line_boxes(boxes) == ((300, 0, 400, 10), (0, 0, 90, 11))


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 700)), max_size=30))
def test_every_word_lies_in_a_line_box(corners: list[tuple[int, int]]) -> None:
    boxes: list[Box] = [(left, top, left + 30, top + 10) for left, top in corners]
    lines = line_boxes(boxes)
    assert len(lines) <= len(boxes)
    for box in boxes:
        assert any(
            line[0] <= box[0] and line[1] <= box[1] and line[2] >= box[2] and line[3] >= box[3]
            for line in lines
        )
