"""Rows that name columns, where neither the file nor bold type says so: the same in every format."""

from pathlib import Path

import pytest
from docx import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.readers.base import Draft, make_page
from evidence_kit.readers.header_rows import mark_headers, names_columns
from evidence_kit.readers.pack import read_file
from evidence_kit.records.document import BlockKind, Page
from evidence_kit.workers import Limits

PLAIN = (
    ("Action", "Owner", "Due"),
    ("Publish the data", "Chief Nurse", "May"),
    ("Train panels", "HR", "June"),
)


def headers(pages: tuple[Page, ...]) -> list[str]:
    return [
        page.text[block.start : block.end].replace("\t", " | ")
        for page in pages
        for block in page.blocks
        if block.header
    ]


def page_of(*rows: tuple[str, ...], table: int = 0, told: int = 0) -> Page:
    return make_page(
        [
            Draft(kind=BlockKind.TABLE_ROW, cells=row, table=table, row=number, header=number < told)
            for number, row in enumerate(rows)
        ]
    )


def html(rows: tuple[tuple[str, ...], ...]) -> str:
    laid = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body><main><h1>Plan</h1><p>What we do.</p><table>{laid}</table></main></body></html>"


@pytest.mark.parametrize("name", ["plan.html", "plan.docx"])
def test_a_plain_header_is_one_in_every_format(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix == ".html":
        path.write_text(html(PLAIN), encoding="utf-8")
    else:
        word = WordDocument()
        word.add_paragraph("What we do.")
        table = word.add_table(rows=3, cols=3)
        for row, cells in enumerate(PLAIN):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        word.save(str(path))
    assert headers(read_file(path, limits=Limits()).pages) == ["Action | Owner | Due"]


def test_a_header_is_known_where_it_comes_again_on_the_next_page() -> None:
    pages = mark_headers([page_of(*PLAIN), page_of(PLAIN[0], ("Review", "Board", "July"))])
    assert headers(pages) == ["Action | Owner | Due"] * 2


def test_a_row_that_says_the_same_further_down_is_none() -> None:
    assert headers(mark_headers([page_of(*PLAIN, PLAIN[0])])) == ["Action | Owner | Due"]


def test_what_the_file_marks_is_left_alone() -> None:
    page = page_of(("Plan",), *PLAIN, told=1)
    assert mark_headers([page]) == (page,)


@pytest.mark.parametrize(
    ("top", "below", "named"),
    [
        (("Group", "Staff"), ("White", "4,210"), True),
        (("Indicator", "2024/25", "2025/26"), ("Likelihood", "1.4", "1.2"), True),
        (("Group", "Band 5", "Band 8a"), ("Asian", "112", "3"), True),
        (("Quarter", "Q1", "Q2"), ("Reports", "12 %", "14 %"), True),
        (("No", "Action", "State on 4 September"), ("1", "Publish", "Under way"), True),
        (("No", "Action", "Where we were, 31st Mar 2026"), ("1", "Publish", "Under way"), True),
        (("No", "Action", "4 posts"), ("1", "Publish", "Under way"), False),
        (("Name", "Role"), ("Jane Roe", "Chair"), False),
        (("Version", "Final"), ("Approved by", "Trust Board"), False),
        (("Owner:", "Chief Nurse", "Trust"), ("Date:", "May", "Trust"), False),
        (("White", "4,210", "81%"), ("Asian", "512", "10%"), False),
        (("Ref", "", "Owner"), ("A1", "Publish", "HR"), False),
        (
            ("We publish the data of all our staff each year in spring", "HR", "May"),
            ("Train", "HR", "June"),
            False,
        ),
    ],
)
def test_what_names_columns(top: tuple[str, ...], below: tuple[str, ...], named: bool) -> None:
    assert names_columns([top, below, below]) is named


def test_a_control_table_of_two_columns_has_no_header() -> None:
    rows = [
        ("Organisation", "Sandhill NHS Trust"),
        ("Version", "3.1"),
        ("Status", "Approved"),
        ("Approved by", "Board"),
    ]
    assert not names_columns(rows)
    assert names_columns([("Meeting", "Attended"), ("January", "5 of 6"), ("March", "6 of 6")])


cells = st.tuples(*[st.text("aB1 5%\t:", max_size=6)] * 3)


@given(st.lists(st.lists(cells, max_size=5), max_size=4))
def test_nothing_but_marks_changes_and_a_second_time_changes_nothing(
    tables: list[list[tuple[str, ...]]],
) -> None:
    pages = [page_of(*rows, table=number // 2) for number, rows in enumerate(tables)]
    once = mark_headers(pages)
    assert [page.text for page in once] == [page.text for page in pages]
    assert mark_headers(once) == once
