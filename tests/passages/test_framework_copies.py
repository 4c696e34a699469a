"""A requirement quoted is never an act; an act in similar words stays one."""

from __future__ import annotations

import pytest

from evidence_kit.passages.framework_copies import WordingIndex, find_copies
from evidence_kit.records.document import BlockKind, Span
from evidence_kit.records.passage import Passage

# Invented, in the manner of a framework.
WORDINGS = (
    "A senior leader must sit on the Black, Asian and Minority Ethnic staff council at least six times each year.",
    "Evidence that all senior leaders have taken a course on cultural understanding and fair recruitment.",
    "The trust can show that it has widened access to senior posts in the last two years.",
    "Publish the plan",
)
INDEX = WordingIndex.of(WORDINGS)


def copies(text: str, cells: tuple[Span, ...] = ()) -> list[str]:
    passage = Passage(
        id="d0@0:0",
        document="d0",
        paper="d0:p1",
        kind=BlockKind.PARAGRAPH,
        segments=(),
        text=text,
        cells=cells,
    )
    return [text[start:end] for start, end in find_copies(passage, INDEX)]


@pytest.mark.parametrize("wording", WORDINGS[:3])
def test_a_wording_is_a_copy_of_itself(wording: str) -> None:
    assert copies(wording) == [wording.rstrip(".")]
    assert copies(f"Silver 3: {wording}")[0].endswith(wording.rstrip("."))
    assert copies(wording.upper().replace(" ", "\n"))


def test_other_names_for_ethnic_minority_people_make_no_difference() -> None:
    assert copies("A senior leader must sit on the BAME staff council at least six times each year.")
    assert copies(
        "A senior leader must sit on the ethnic minority staff council at least six times each year."
    )


@pytest.mark.parametrize(
    "text",
    [
        "The Chief Nurse sat on the ethnic minority staff council six times in 2025/26.",
        "A senior leader sits on the Black, Asian and Minority Ethnic staff council at least six times each year.",
        "We have shown that it has widened access to senior posts in the last two years.",
        "All 14 senior leaders have taken a course on cultural understanding and fair recruitment.",
        "Senior leaders talked about access.",
        "Publish the plan",
    ],
)
def test_acts_in_similar_words_are_no_copies(text: str) -> None:
    assert copies(text) == []


def test_only_the_quoting_sentence_is_a_copy() -> None:
    text = f"{WORDINGS[0]} The Chief Nurse came to the council on 4 May."
    assert copies(text) == [WORDINGS[0].rstrip(".")]


def test_a_quotation_inside_a_longer_sentence_is_found() -> None:
    text = (
        "In its second chapter, which the board discussed at length in the spring, the framework says that a "
        "senior leader must sit on the Black, Asian and Minority Ethnic staff council at least six times "
        "each year, and the board thought about what that would take for "
        "a small organisation with few leaders and much to do."
    )
    (found,) = copies(text)
    assert found.startswith("senior leader") or found.startswith("a senior leader")
    assert found.endswith("each year")


def test_in_a_row_only_the_cell_that_asks_is_a_copy() -> None:
    claim = "The Chief Nurse sat on it six times."
    text = f"{WORDINGS[0]}\t{claim}"
    cells = ((0, len(WORDINGS[0])), (len(WORDINGS[0]) + 1, len(text)))
    assert copies(text, cells) == [WORDINGS[0].rstrip(".")]


def test_empty_texts_and_no_wordings() -> None:
    assert copies("") == []
    assert (
        find_copies(
            Passage(id="x", document="d", paper="p", kind=BlockKind.PARAGRAPH, segments=(), text=WORDINGS[0]),
            WordingIndex.of(()),
        )
        == ()
    )
