"""Passages: what stays together, what is context, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_kit.passages.cutting import GROUP_LIMIT, MOST_CHARACTERS, WHOLE_WORDS, cut
from evidence_kit.passages.papers import split_papers
from evidence_kit.passages.split import split_passages
from evidence_kit.readers.base import Draft
from evidence_kit.records.document import Block, BlockKind, Document, DocumentState, Media, Page
from evidence_kit.records.passage import Passage

SENTENCE = "The network met in the library and eleven members of staff came to the meeting."


def passages_of(document: Document) -> tuple[Passage, ...]:
    return split_passages(document, split_papers(document))


def texts(document: Document) -> list[str]:
    return [passage.text for passage in passages_of(document)]


def test_a_short_paragraph_stays_whole(lay) -> None:
    assert texts(lay([f"{SENTENCE} {SENTENCE}"])) == [f"{SENTENCE} {SENTENCE}"]


def test_a_long_paragraph_is_cut_between_sentences(lay) -> None:
    found = texts(lay([" ".join([SENTENCE] * 12)]))
    assert len(found) > 1
    assert all(text.startswith("The network") and text.endswith("meeting.") for text in found)
    assert all(len(text.split()) <= GROUP_LIMIT for text in found)
    assert sum(text.count("library") for text in found) == 12


def test_a_sentence_is_never_cut_even_if_it_is_long(lay) -> None:
    long = (
        "The board agreed that "
        + ", and that ".join(f"the plan for ward {n} is good" for n in range(15))
        + "."
    )
    assert len(long.split()) > WHOLE_WORDS
    assert texts(lay([f"{long} {SENTENCE}"]))[0] == long


def test_captions_without_full_stops_are_cut_at_lines(lay) -> None:
    lines = [f"so this is line {n} of what was said in the room" for n in range(60)]
    found = texts(lay(["\n".join(lines)], media=Media.TEXT))
    assert len(found) > 3
    assert all(text.startswith("so this") and text.endswith("the room") for text in found)


def test_a_list_item_knows_its_stem_and_headings(lay) -> None:
    document = lay(
        ["# Report", "## Networks", "Over the past year we have:", "- met six times", "- elected a chair"]
    )
    items = [passage for passage in passages_of(document) if passage.kind is BlockKind.LIST_ITEM]
    assert [item.text for item in items] == ["met six times", "elected a chair"]
    assert {item.context.stem for item in items} == {"Over the past year we have:"}
    assert items[0].context.headings == ("Report", "Networks")


def test_nested_stems_are_joined(lay) -> None:
    document = lay(
        ["In 2026 we will:", "- train all managers", "-- at band 7", "-- at band 8", "- publish the data"]
    )
    stems = {passage.text: passage.context.stem for passage in passages_of(document)}
    assert stems["at band 8"] == "In 2026 we will: train all managers"
    assert stems["publish the data"] == "In 2026 we will:"


def test_the_stem_of_a_long_paragraph_is_its_last_sentence(lay) -> None:
    document = lay([" ".join([SENTENCE] * 5) + " The sponsors went to these meetings:", "- 4 February"])
    assert passages_of(document)[-1].context.stem == "The sponsors went to these meetings:"


def test_a_stem_goes_over_the_page_and_past_furniture(lay) -> None:
    document = lay(["We have:", "- one", "~ Page 1"], ["~ Trust report", "- two"])
    stems = {passage.text: passage.context.stem for passage in passages_of(document)}
    assert stems == {"We have:": "", "one": "We have:", "two": "We have:"}


def test_a_heading_ends_a_list(lay) -> None:
    document = lay(["We have:", "- one", "## Next", "- two"])
    assert passages_of(document)[-1].context.stem == ""


def test_a_loose_paragraph_between_items_opens_no_new_list(lay) -> None:
    document = lay(["We have:", "- one", "This took some time.", "- two", "Next year we will:", "- three"])
    stems = {passage.text: passage.context.stem for passage in passages_of(document)}
    assert stems["two"] == "We have:"
    assert stems["three"] == "Next year we will:"


def test_a_table_row_knows_its_header_and_caption(lay) -> None:
    document = lay(
        [
            "^ Table 3: Attendance of sponsors",
            ("Sponsor", "Network", "Meetings"),
            ("Chief Nurse", "Race", "5"),
            ("Medical Director", "Disability", "4"),
        ]
    )
    row = passages_of(document)[2]
    assert row.kind is BlockKind.TABLE_ROW
    assert [row.text[start:end] for start, end in row.cells] == ["Chief Nurse", "Race", "5"]
    assert row.context.header == ("Sponsor", "Network", "Meetings")
    assert row.context.caption == "Table 3: Attendance of sponsors"


def test_a_table_goes_on_over_the_page_with_its_header(lay) -> None:
    document = lay(
        [("Name", "Role", "Since"), ("A", "Chair", "2024"), ("B", "Chief Nurse", "2023")],
        [("C", "Director", "2021"), ("D", "Director of 5", "2022")],
    )
    assert passages_of(document)[-1].context.header == ("Name", "Role", "Since")


def test_key_and_value_rows_have_no_header(lay) -> None:
    document = lay([("Version", "Final"), ("Approved by", "Board of Directors"), ("Date", "3 March 2026")])
    assert {passage.context.header for passage in passages_of(document)} == {()}


def test_a_label_that_spans_rows_is_the_stem_of_those_below(lay) -> None:
    document = lay(
        [
            Draft(kind=BlockKind.TABLE_ROW, cells=("Level", "Action", "Owner"), table=0, row=0, header=True),
            Draft(kind=BlockKind.TABLE_ROW, cells=("Silver", "", ""), table=0, row=1),
            Draft(kind=BlockKind.TABLE_ROW, cells=("S1", "Set up a council", "Chair"), table=0, row=2),
            Draft(kind=BlockKind.TABLE_ROW, cells=("", "Write its terms", "Chair"), table=0, row=3),
        ]
    )
    found = passages_of(document)
    assert [passage.context.stem for passage in found] == ["", "", "Silver", "Silver S1"]


def test_a_paragraph_that_crosses_a_page_is_one_passage_of_two_segments(lay) -> None:
    document = lay(
        ["The Medical Director attended the", "~ Page 1"], ["~ Head", "network on 4 February 2026."]
    )
    first, second = document.pages
    blocks = (replace(first.blocks[0], joins_next=True), *first.blocks[1:])
    document = replace(document, pages=(replace(first, blocks=blocks), second))
    (passage,) = passages_of(document)
    assert passage.text == "The Medical Director attended the network on 4 February 2026."
    assert [segment.page for segment in passage.segments] == [0, 1]
    places = [
        (each.page, document.pages[each.page].text[each.start : each.end])
        for each in passage.spans_of(21, 45)
    ]
    assert places == [(0, "attended the"), (1, "network on ")]


def test_lines_of_a_text_saved_from_a_pdf_are_joined_where_a_sentence_goes_on(lay) -> None:
    broken = ["Our staff network for race equality met in", "the library on six days last year."]
    assert len(texts(lay(broken, media=Media.TEXT))) == 1
    assert len(texts(lay(broken, media=Media.PDF))) == 2
    assert len(texts(lay(["Our network met", "The board met too, in March."], media=Media.TEXT))) == 2


def test_headings_are_passages_too_and_furniture_never_is(lay) -> None:
    document = lay(["~ Annual report", "# We are an anti-racist trust", "~ 12"])
    assert texts(document) == ["We are an anti-racist trust"]


def test_text_that_no_block_claims_is_not_lost() -> None:
    page = Page(
        number=1, text="Before. A block. After.", blocks=(Block(kind=BlockKind.HEADING, start=8, end=16),)
    )
    document = Document(
        id="d0", path="a.pdf", sha256="", size=1, media=Media.PDF, state=DocumentState.READ, pages=(page,)
    )
    assert texts(document) == ["Before.", "A block.", "After."]


def test_no_pages_no_passages() -> None:
    document = Document(
        id="d0", path="a.pdf", sha256="", size=0, media=Media.PDF, state=DocumentState.NOT_READ
    )
    assert split_papers(document) == ()
    assert split_passages(document, ()) == ()


# Invariants -----------------------------------------------------------------------------------------------------------

SAMPLES = ("The", "board", "Dr.", "e.g.", "met.", "4", "2026.", "held,", "(twice)", "race;", "1.5%", "\n", "")
WORDS = st.lists(st.sampled_from(SAMPLES), min_size=1, max_size=130).map(" ".join)
KINDS = st.sampled_from(list(BlockKind))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents with blocks of every kind, gaps, overlaps, joins and blank cells."""
    pages = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        text, blocks, position = "", [], 0
        for _ in range(draw(st.integers(0, 6))):
            part = draw(WORDS)
            gap = draw(st.sampled_from(["", " ", "\n\n", "loose words "]))
            start = position + len(gap)
            cells = ()
            kind = draw(KINDS)
            if kind is BlockKind.TABLE_ROW:
                middle = draw(st.integers(0, len(part)))
                cells = ((start, start + middle), (start + middle, start + len(part)))
            blocks.append(
                Block(
                    kind=kind,
                    start=max(start - draw(st.integers(0, 2)), 0),
                    end=start + len(part),
                    level=draw(st.integers(0, 3)),
                    table=draw(st.integers(0, 1)) if kind is BlockKind.TABLE_ROW else None,
                    row=draw(st.integers(0, 3)) if kind is BlockKind.TABLE_ROW else None,
                    header=draw(st.booleans()),
                    cells=cells,
                    joins_next=draw(st.booleans()),
                )
            )
            text += gap + part
            position = len(text)
        pages.append(
            Page(number=number, text=text + draw(st.sampled_from(["", " ", " tail"])), blocks=tuple(blocks))
        )
    media = draw(st.sampled_from([Media.PDF, Media.TEXT, Media.HTML]))
    return Document(
        id="d0", path="a.pdf", sha256="", size=1, media=media, state=DocumentState.READ, pages=tuple(pages)
    )


def furniture_of(page: Page) -> set[int]:
    """Characters that only furniture holds: where blocks overlap, the one that starts first has them."""
    owner: dict[int, BlockKind] = {}
    for block in sorted(page.blocks, key=lambda block: (block.start, block.end)):
        for index in range(block.start, block.end):
            owner.setdefault(index, block.kind)
    return {index for index, kind in owner.items() if kind is BlockKind.FURNITURE}


@given(documents())
@settings(max_examples=150, deadline=None)
def test_every_segment_is_its_page_and_no_character_is_lost_or_taken_twice(document: Document) -> None:
    found = passages_of(document)
    seen: dict[int, set[int]] = {index: set() for index in range(len(document.pages))}
    for passage in found:
        parts = [
            document.pages[segment.page].text[segment.start : segment.end] for segment in passage.segments
        ]
        assert passage.text == " ".join(parts)
        assert passage.text == passage.text.strip() != ""
        assert all(0 <= start <= end <= len(passage.text) for start, end in passage.cells)
        for segment in passage.segments:
            covered = set(range(segment.start, segment.end))
            assert not covered & seen[segment.page]
            seen[segment.page] |= covered
    assert len({passage.id for passage in found}) == len(found)
    for index, page in enumerate(document.pages):
        furniture = furniture_of(page)
        missing = [
            place
            for place, letter in enumerate(page.text)
            if not letter.isspace() and place not in seen[index] and place not in furniture
        ]
        assert missing == []


@given(documents())
@settings(max_examples=60, deadline=None)
def test_the_same_document_gives_the_same_passages(document: Document) -> None:
    assert passages_of(document) == passages_of(replace(document))


@given(WORDS)
@settings(max_examples=200, deadline=None)
def test_cutting_keeps_every_word_in_order(text: str) -> None:
    spans = cut(text)
    assert [word for start, end in spans for word in text[start:end].split()] == text.split()
    assert list(spans) == sorted(spans)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_cutting_a_text_of_very_many_sentences_takes_each_once(count: int) -> None:
    text = " ".join([SENTENCE] * count * 7)
    assert sum(text[start:end].count("library") for start, end in cut(text)) == count * 7


@pytest.mark.parametrize(
    "text",
    [
        "x" * 50_000,
        "\u00e9x " * 20_000,
        "word" * 3_000 + " " + "word" * 500,
        ("a" * 3_999 + " ") * 5,
        " ".join(["no-stop"] * 9_000),
        "x" * (MOST_CHARACTERS + 1),
    ],
)
@pytest.mark.parametrize("mark", ["", "# ", "- ", "^ "])
def test_text_without_blanks_or_full_stops_is_cut_by_characters(lay, text: str, mark: str) -> None:
    found = texts(lay([mark + text]))
    assert all(len(each) <= MOST_CHARACTERS for each in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_what_is_cut_by_characters_is_cut_at_blanks_where_there_are_some(lay) -> None:
    long = "seventy" * 40
    assert {word for text in texts(lay([" ".join([long] * 80)])) for word in text.split()} == {long}


@pytest.mark.parametrize("header", [False, True])
def test_a_row_with_a_huge_cell_is_cut_and_every_part_keeps_its_columns(lay, header: bool) -> None:
    huge = " ".join(f"word{number}" for number in range(3_000))
    names = Draft(kind=BlockKind.TABLE_ROW, cells=("Ref", "What", "Who"), table=0, row=0, header=True)
    row = Draft(kind=BlockKind.TABLE_ROW, cells=("R1", huge, "Chief Nurse"), table=0, row=1, header=header)
    _, *parts = passages_of(lay([names, row]))
    assert len(parts) > 3
    assert all(len(part.text) <= MOST_CHARACTERS and len(part.cells) == 3 for part in parts)
    columns = [[part.text[slice(*part.cells[column])] for part in parts] for column in range(3)]
    assert [" ".join(" ".join(column).split()) for column in columns] == ["R1", huge, "Chief Nurse"]


def test_what_stands_around_is_clipped(lay) -> None:
    passages = passages_of(lay(["# " + "h" * 50_000, "s" * 50_000 + ":", "- item"]))
    item = passages[-1]
    assert (item.text, {len(text) for text in (*item.context.headings, item.context.stem)}) == (
        "item",
        {MOST_CHARACTERS},
    )


def test_a_tables_title_row_is_its_caption(lay) -> None:
    cells = [("Document control", ""), ("Owner", "Head of EDI"), ("Due", "May 2026")]
    rows = [
        Draft(kind=BlockKind.TABLE_ROW, cells=pair, table=0, row=number, header=number == 0)
        for number, pair in enumerate(cells)
    ]
    last = passages_of(lay(rows))[-1]
    assert (last.context.header, last.context.caption) == ((), "Document control")


def test_a_field_marked_as_header_is_none(lay) -> None:
    rows = [
        Draft(kind=BlockKind.TABLE_ROW, cells=pair, table=0, row=number, header=number == 0)
        for number, pair in enumerate([("Version", "3"), ("Status", "Approved")])
    ]
    assert passages_of(lay(rows))[-1].context.header == ()
