"""Which pages a person means by what stands in a form."""

import pytest

from evidence_kit.pipeline.cited import pages_meant
from evidence_kit.records.document import Document, DocumentState, Media, Page


def document(*labels: str | None, numbered: bool = True) -> Document:
    pages = tuple(
        Page(number=at if numbered else None, label=label) for at, label in enumerate(labels, start=1)
    )
    return Document(
        id="d1", path="pack.pdf", sha256="", size=0, media=Media.PDF, state=DocumentState.READ, pages=pages
    )


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2", {1}),
        ("p. iii", {0}),
        ("page 12", {2}),
        ("pp. 1-3", {0, 1, 2}),
        ("1, 3 to 4", {0, 2, 3}),
        ("1 and 13", {0, 3}),
        ("99", set()),
        ("see annex", set()),
        ("1-999999999", set()),
        ("", {0, 1, 2, 3}),
    ],
)
def test_numbers_of_the_file_and_printed_ones_are_both_tried(said: str, meant: set[int]) -> None:
    assert pages_meant(document("iii", "11", "12", "13"), said) == meant


def test_a_document_without_pages_is_meant_whole() -> None:
    assert pages_meant(document(None, numbered=False), "7") == {0}


def test_of_a_file_of_one_page_that_page_is_meant() -> None:
    """An extract keeps the number that the page had in the whole pack."""
    assert pages_meant(document("1"), "30") == {0}
    assert pages_meant(document("1", "2"), "30") == set()
