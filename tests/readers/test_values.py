"""Tables of values: what parts them, how they are quoted, what is a header; a cell is text whatever it looks like."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_kit.readers.base import EMPTY_FILE, TOO_LARGE, ReadError
from evidence_kit.readers.workbook import sheets, values
from evidence_kit.readers.workbook.grid import lay_rows
from evidence_kit.readers.workbook.grid_headers import Cell, Kind, Row
from evidence_kit.readers.workbook.values import delimiter_of
from evidence_kit.records.document import BlockKind
from evidence_kit.workers import Limits

LIMITS = Limits()


def rows(path: Path, content: str | bytes) -> list[tuple[str, int | None, tuple[str, ...]]]:
    """Header mark, source line and cells of every row."""
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    inspection, pages = values.read_whole(path, LIMITS)
    assert len(pages) == inspection.page_count
    return [
        (
            "header" if block.header else "row" if block.cells else block.kind.value,
            block.line,
            tuple(page.text[low:high] for low, high in block.cells) or (page.text[block.start : block.end],),
        )
        for page in pages
        for block in page.blocks
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_text(tmp_path: Path, delimiter: str) -> None:
    text = "\n".join(delimiter.join(line) for line in (("Action", "Owner"), ("Pay, grading; review", "HR")))
    text = text.replace("Pay, grading; review", '"Pay, grading; review"')
    assert rows(tmp_path / "a.csv", text) == [
        ("header", 1, ("Action", "Owner")),
        ("row", 2, ("Pay, grading; review", "HR")),
    ]
    assert delimiter_of(text) == delimiter


def test_quoted_line_ends_ragged_rows_and_blank_columns(tmp_path: Path) -> None:
    text = (
        'Name,Note,,Count\r\n"A ""B"" C","two\r\nlines",,3\r\nShort\r\nLong,x,,4,beyond\r\n\r\nNext,y,,5\r\n'
    )
    found = rows(tmp_path / "a.csv", text)
    assert found == [
        ("header", 1, ("Name", "Note", "Count", "")),
        ("row", 2, ('A "B" C', "two\nlines", "3", "")),
        ("row", 4, ("Short", "", "", "")),
        ("row", 5, ("Long", "x", "4", "beyond")),
        ("row", 7, ("Next", "y", "5", "")),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    found = rows(tmp_path / "a.csv", "Name,Café\nZoë,£5\n".encode(encoding))
    assert found == [("header", 1, ("Name", "Café")), ("row", 2, ("Zoë", "£5"))]


def test_what_would_run_in_a_spreadsheet_is_text(tmp_path: Path) -> None:
    text = 'Name,Link\n=cmd|\' /C calc\'!A0,"=HYPERLINK(""http://evil"")"\n@SUM(1),+1+1\n'
    assert [cells for _, _, cells in rows(tmp_path / "a.csv", text)] == [
        ("Name", "Link"),
        ("=cmd|' /C calc'!A0", '=HYPERLINK("http://evil")'),
        ("@SUM(1)", "+1+1"),
    ]


def test_excels_own_word_on_the_delimiter_and_a_title_above(tmp_path: Path) -> None:
    assert rows(tmp_path / "a.csv", "sep=;\nBand;White,BME\n8a;1,2\n") == [
        ("header", 2, ("Band", "White,BME")),
        ("row", 3, ("8a", "1,2")),
    ]
    found = rows(tmp_path / "b.csv", "Staff by band\n\nBand,White,BME\n8a,1,2\n8b,3,4\n")
    assert found[:2] == [("caption", 1, ("Staff by band",)), ("header", 3, ("Band", "White", "BME"))]


def test_a_quotation_mark_that_nobody_closed_swallows_nothing(tmp_path: Path) -> None:
    text = 'Name,Note\nA,"open\n' + "".join(f"Person {number},note\n" for number in range(400))
    assert len(rows(tmp_path / "a.csv", text)) == 402
    assert len(rows(tmp_path / "b.csv", 'Name,Note\nA,"' + "x" * 200_000 + "\nB,y\n")) == 3


def test_a_row_of_figures_is_no_header(tmp_path: Path) -> None:
    assert [mark for mark, _, _ in rows(tmp_path / "a.csv", "8a,1,2\n8b,3,4\n8c,5,6\n")] == ["row"] * 3


def test_too_many_values_are_read_as_far_as_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "SHEET_CELLS", 10)
    path = tmp_path / "a.csv"
    path.write_text("Name,Count\n" + "x,1\n" * 50, encoding="utf-8")
    (problem,) = values.read_whole(path, LIMITS)[0].problems
    assert problem.code == TOO_LARGE
    assert "from line 6 on" in problem.message.replace("The rows from", "from")


def test_an_empty_file_and_one_of_separators_alone(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        rows(tmp_path / "a.csv", " \n")
    assert caught.value.code == EMPTY_FILE
    assert rows(tmp_path / "b.csv", ",,,\n,,,\n") == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=300), st.text('a1,;\t|"\n\r =', max_size=300).map(str.encode)))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    try:
        rows(tmp_path / "a.csv", content)
    except ReadError as error:
        assert error.next_step.endswith(".")


CELLS = st.builds(
    Cell, st.text("ab1 .:", min_size=1, max_size=12).filter(str.strip), st.sampled_from(Kind), st.booleans()
)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.integers(1, 12), st.dictionaries(st.integers(1, 7), CELLS, min_size=1, max_size=7), max_size=12
    )
)
def test_no_cell_of_a_grid_is_lost_or_doubled(grid: dict[int, dict[int, Cell]]) -> None:
    drafts = lay_rows([Row(number, grid[number]) for number in sorted(grid)])
    laid = [text for draft in drafts for text in (draft.cells or (draft.text,)) if text]
    stored = [cell.text for cells in grid.values() for cell in cells.values()]
    assert sorted("".join(laid).replace(" ", "")) == sorted("".join(stored).replace(" ", ""))
    tables: dict[int, list[int | None]] = {}
    for draft in drafts:
        if draft.kind is BlockKind.TABLE_ROW:
            assert draft.table is not None
            tables.setdefault(draft.table, []).append(draft.row)
    assert list(tables) == list(range(len(tables)))
    assert all(numbers == list(range(len(numbers))) for numbers in tables.values())
