"""Workbooks made here: by XlsxWriter and xlwt, and by hand for what they do not write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from evidence_kit.readers.base import DAMAGED, ENCRYPTED, HIDDEN, PICTURES, TOO_LARGE, Inspection, ReadError
from evidence_kit.readers.office.package import Package
from evidence_kit.readers.workbook import reader as workbook
from evidence_kit.readers.workbook import sheets, xlsx
from evidence_kit.readers.workbook.formats import plain_number, show_number
from evidence_kit.readers.workbook.grid_headers import Kind
from evidence_kit.records.document import Block, BlockKind, Page, PageState
from evidence_kit.workers import Limits

LIMITS = Limits()
Fill = Callable[[xlsxwriter.Workbook], None]


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Fill], Path]:
    """Write a workbook; its formats and sheets are made by the function given."""

    def build(fill: Fill) -> Path:
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
            fill(book)
        return path

    return build


def read(path: Path) -> tuple[Inspection, tuple[Page, ...]]:
    inspection, pages = workbook.read_whole(path, LIMITS)
    assert len(pages) == inspection.page_count
    for page in pages:
        position = 0
        for block in page.blocks:
            assert position <= block.start < block.end <= len(page.text)
            assert not page.text[position : block.start].strip()
            assert all(block.start <= low <= high <= block.end for low, high in block.cells)
            position = block.end
        assert not page.text[position:].strip()
    return inspection, pages


def lines(page: Page) -> list[str]:
    """A page in short: kind, level or table and row, text with its cells parted."""
    return [_line(page, block) for block in page.blocks]


def _line(page: Page, block: Block) -> str:
    if block.kind is BlockKind.TABLE_ROW:
        mark = f"{block.table}.{block.row}{'h' if block.header else ''}"
        return f"{mark} " + " | ".join(page.text[low:high] for low, high in block.cells)
    level = str(block.level) if block.level else ""
    return f"{block.kind.value}{level} {page.text[block.start : block.end]}"


def test_a_sheet_is_a_page_of_tables_captions_and_notes(make: Callable[[Fill], Path]) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        share = book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet("WRES 2026")
        sheet.write("A1", "Workforce Race Equality Standard")
        sheet.write("A2", "Data as at 31 March 2026.")
        sheet.write("A4", "Indicator 1: staff in bands")
        sheet.merge_range("B5:C5", "2025")
        sheet.merge_range("D5:E5", "2026")
        sheet.merge_range("A5:A6", "Band")
        sheet.write_row("B6", ["White", "BME", "White", "BME"])
        sheet.write_row("A7", ["Band 8a", 120, 14])
        sheet.write("D7", 0.883, share)
        sheet.write("E7", 0.1171, share)
        sheet.write_row("A8", ["Band 8b", 1080, 9])
        sheet.write("D8", 0.95, share)
        sheet.write("E8", 0.05, share)
        sheet.write("A9", "Source: Electronic Staff Record")
        sheet.write("A12", "Action plan")
        sheet.write_row("G13", ["Action", "Due", "Cost"])
        sheet.write("G14", "Reverse mentoring")
        sheet.write_datetime("H14", datetime(2026, 2, 4))
        sheet.write("I14", 2500, book.add_format({"num_format": "[$£-809]#,##0"}))
        sheet.write("G15", "Careers fair")
        sheet.write_datetime("H15", datetime(2026, 4, 1), book.add_format({"num_format": "mmm-yy"}))
        sheet.write("I15", -12.5, book.add_format({"num_format": "£#,##0.00"}))

    _, (page,) = read(make(fill))
    assert page.number == 1
    assert lines(page) == [
        "heading1 WRES 2026",
        "heading2 Workforce Race Equality Standard",
        "paragraph Data as at 31 March 2026.",
        "caption Indicator 1: staff in bands",
        "0.0h Band | 2025 |  | 2026 | ",
        "0.1h  | White | BME | White | BME",
        "0.2 Band 8a | 120 | 14 | 88.3% | 11.7%",
        "0.3 Band 8b | 1080 | 9 | 95.0% | 5.0%",
        "paragraph Source: Electronic Staff Record",
        "caption Action plan",
        "1.0h Action | Due | Cost",
        "1.1 Reverse mentoring | 4 February 2026 | £2,500",
        "1.2 Careers fair | April 2026 | -£12.50",
    ]


def test_a_table_goes_on_after_a_blank_row_and_keeps_its_columns(make: Callable[[Fill], Path]) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row("A1", ["Group", "White", "BME", "Not known"])
        sheet.write_row("A2", ["Nurses", 10, 20, 30])
        sheet.write("A4", "Medical")
        sheet.write_row("A5", ["Doctors", 1])
        sheet.write("D5", 3)
        sheet.write_row("A8", ["Prepared by", "The workforce team"])

    _, (page,) = read(make(fill))
    assert lines(page) == [
        "furniture Sheet1",
        "0.0h Group | White | BME | Not known",
        "0.1 Nurses | 10 | 20 | 30",
        "0.2 Medical |  |  | ",
        "0.3 Doctors | 1 |  | 3",
        "1.0 Prepared by | The workforce team",
    ]


def test_tables_side_by_side_are_two_and_a_blank_column_within_one_is_nothing(
    make: Callable[[Fill], Path],
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        beside = book.add_worksheet("Beside")
        for column, unit in (("A", "Trust"), ("E", "System")):
            beside.write_row(f"{column}1", [unit, "Headcount"])
            beside.write_row(f"{column}2", ["BME", 5])
            beside.write_row(f"{column}3", ["White", 50])
        spaced = book.add_worksheet("Spaced")
        spaced.write_row("A1", ["Band", "White", "", "BME", "Total"])
        spaced.write_row("A2", ["8a", 1, "", 2, 3])
        spaced.write_row("A3", ["8b", 4, "", 5, 9])

    _, (beside, spaced) = read(make(fill))
    assert lines(beside)[1:] == [
        "0.0h Trust | Headcount", "0.1 BME | 5", "0.2 White | 50",
        "1.0h System | Headcount", "1.1 BME | 5", "1.2 White | 50",
    ]  # fmt: skip
    assert lines(spaced)[1:] == [
        "2.0h Band | White | BME | Total", "2.1 8a | 1 | 2 | 3", "2.2 8b | 4 | 5 | 9",
    ]  # fmt: skip


def test_header_rows_by_filter_table_and_bold(make: Callable[[Fill], Path]) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        bold = book.add_format({"bold": True})
        one = book.add_worksheet("Filter")
        one.write_row("A1", ["Name", "Role"])
        one.write_row("A2", ["A. Person", "Executive sponsor"])
        one.autofilter("A1:B2")
        two = book.add_worksheet("Table")
        two.add_table("B2:C3", {"columns": [{"header": "Name"}, {"header": "Role"}], "data": [["A", "B"]]})
        three = book.add_worksheet("Bold")
        three.write_row("A1", ["Name", "Role"], bold)
        three.write_row("A2", ["A. Person", "Executive sponsor"])
        four = book.add_worksheet("Text")
        four.write("A1", "Purpose", bold)
        four.write("A2", "This workbook shows the data that the board saw.\nIt was agreed in May.")
        four.write("A3", "• Sheet one: data")

    _, (one, two, three, four) = read(make(fill))
    for page in (one, two, three):
        assert [line[2:] for line in lines(page)[1:]] == [
            "0h Name | Role",
            "1 A. Person | Executive sponsor" if page is not two else "1 A | B",
        ]
    assert lines(four)[1:] == [
        "heading2 Purpose",
        "paragraph This workbook shows the data that the board saw.",
        "paragraph It was agreed in May.",
        "list_item1 Sheet one: data",
    ]


def test_pairs_of_values_have_no_header_and_groups_have_two_rows(make: Callable[[Fill], Path]) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("About")
        pairs = (("Trust", "Example"), ("Year", 2025), ("Contact", "A. Person"), ("Staff", 5000))
        for row, pair in enumerate(pairs):
            sheet.write_row(row, 0, pair)
        grouped = book.add_worksheet("Grouped")
        grouped.write_row("A1", ["Band", "2025", "", "2026"])
        grouped.write_row("A2", ["", "White", "BME", "White"])
        grouped.write_row("A3", ["8a", 1, 2, 3])

    _, (page, grouped) = read(make(fill))
    assert lines(page)[1:] == [
        "0.0 Trust | Example", "0.1 Year | 2025", "0.2 Contact | A. Person", "0.3 Staff | 5000",
    ]  # fmt: skip
    assert lines(grouped)[1:3] == ["1.0h Band | 2025 |  | 2026", "1.1h  | White | BME | White"]


def test_formulas_give_their_stored_value_and_booleans_errors_and_rich_text_their_text(
    make: Callable[[Fill], Path],
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Values")
        sheet.write_formula("A1", '="Chair"&"s"', None, "Chairs")
        sheet.write_formula("B1", "=2+3", None, 5)
        sheet.write_boolean("C1", True)
        sheet.write_formula("D1", "=1/0", None, "#DIV/0!")
        sheet.write_rich_string("E1", "Ethnic ", book.add_format({"bold": True}), "minority", " staff")
        sheet.write("F1", "=HYPERLINK(evil)".removeprefix("="))
        sheet.write_datetime("G1", time(9, 30), book.add_format({"num_format": "hh:mm"}))
        sheet.write_comment("A1", "A remark that is no content")

    _, (page,) = read(make(fill))
    assert lines(page)[1:] == [
        "0.0 Chairs | 5 | TRUE | #DIV/0! | Ethnic minority staff | HYPERLINK(evil) | 09:30"
    ]


def test_what_is_hidden_is_not_read_and_said_to_be(make: Callable[[Fill], Path]) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        shown = book.add_worksheet("Shown")
        shown.write_row("A1", ["Band", "Name", "White"])
        shown.write_row("A2", ["8a", "Secret person", 3])
        shown.write_row("A3", ["8b", "Secret person", 4])
        shown.write_row("A4", ["8c", "Secret person", 5])
        shown.set_column("B:B", None, None, {"hidden": True})
        shown.set_row(2, None, None, {"hidden": True})
        hidden = book.add_worksheet("Lists")
        hidden.write("A1", "Secret list")
        hidden.hide()
        very = book.add_worksheet("Deep")
        very.write("A1", "Secret list")
        very.very_hidden()

    inspection, pages = read(make(fill))
    assert lines(pages[0])[1:] == ["0.0h Band | White", "0.1 8a | 3", "0.2 8c | 5"]
    assert [page.state for page in pages[1:]] == [PageState.UNREAD, PageState.UNREAD]
    assert "hidden" in pages[1].reason
    assert not any("Secret" in page.text for page in pages)
    (problem,) = inspection.problems
    assert (problem.code, problem.pages) == (HIDDEN, (1,))
    assert "rows (1) and columns (1)" in problem.message


def test_text_boxes_are_read_and_charts_are_said_not_to_be(make: Callable[[Fill], Path]) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Charts")
        sheet.write_row("A1", ["Year", "Share"])
        sheet.write_row("A2", [2025, 12])
        sheet.insert_textbox("D2", "The share rose in every year.")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Charts!$B$2:$B$2"})
        sheet.insert_chart("D9", chart)

    inspection, (page,) = read(make(fill))
    assert lines(page)[-1] == "paragraph The share rose in every year."
    assert [(problem.code, problem.pages) for problem in inspection.problems] == [(PICTURES, (1,))]


def test_a_large_sheet_is_read_as_far_as_the_limit(
    make: Callable[[Fill], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "SHEET_CELLS", 40)
    monkeypatch.setattr(sheets, "WORKBOOK_CELLS", 60)

    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("One", "Two", "Three"):
            sheet = book.add_worksheet(name)
            for row in range(30):
                sheet.write_row(row, 0, [f"Row {row}", row])

    inspection, pages = read(make(fill))
    assert [page.text.count("Row ") for page in pages] == [20, 10, 0]
    assert [(problem.code, problem.pages) for problem in inspection.problems] == [
        (TOO_LARGE, (1,)), (TOO_LARGE, (2,)), (TOO_LARGE, (3,)),
    ]  # fmt: skip
    assert "from row 21 on" in inspection.problems[0].message
    many = workbook.read_whole(make(fill), Limits(pages=2))[1]
    assert [page.state for page in many] == [PageState.READ, PageState.READ, PageState.UNREAD]


def test_a_long_sheet_is_several_pages_of_one_number(make: Callable[[Fill], Path]) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Short").write("A1", "Short")
        sheet = book.add_worksheet("Long")
        sheet.write_row("A1", ["Action", "Cost"])
        for row in range(1, 4000):
            sheet.write_row(row, 0, [f"Action number {row} of the plan for the year", row])

    _, pages = read(make(fill))
    assert [page.number for page in pages] == [1, 2, 2]
    assert sum(page.text.count("Action number") for page in pages) == 3999
    assert {block.table for page in pages[1:] for block in page.blocks if block.cells} == {0}


def test_values_agree_with_calamine(make: Callable[[Fill], Path]) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Data")
        for row in range(50):
            sheet.write_row(row, row % 3, [f"Name {row}", row * 1.25, -row, f"  odd \n text {row} "])
        book.add_worksheet("More").write("XFD1048576", "far away")

    path = make(fill)
    reference = CalamineWorkbook.from_path(str(path))
    with Package(path, LIMITS) as package:
        ours = list(xlsx.read_sheets(package))
    assert [sheet.name for sheet in ours] == reference.sheet_names
    theirs = reference.get_sheet_by_index(0).to_python(skip_empty_area=False)
    for row in ours[0].rows:
        for column, cell in row.cells.items():
            value = theirs[row.number - 1][column - 1]
            if isinstance(value, float):
                assert float(cell.text) == value and cell.kind is Kind.NUMBER
            else:
                assert cell.text.split() == value.split()
    assert sum(len(row.cells) for row in ours[0].rows) == 200
    assert ours[1].rows[0].cells[16384].text == "far away"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.125, "0%", "13%"),
        (0.1171, "0.0%", "11.7%"),
        (0.5, "General", "0.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-9, "General", "0.000000001"),
        (1234.5, "#,##0", "1,235"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"nil"', "nil"),
        (12, '0" staff"', "12 staff"),
        (12, '0"%"', "12%"),
        (7, "000", "007"),
        (2.5, "0.##", "2.5"),
        (2, "0.##", "2"),
        (1500000, '#,##0.0,,"m"', "1.5m"),
        (-0.001, "0.0", "0.0"),
        (3, ";;;", ""),
        (1e300, "#,##0.00", None),
        (float("inf"), "0", ""),
        (46057, "dd/mm/yyyy", "4 February 2026"),
        (46057.4375, "d/m/yy h:mm", "4 February 2026 10:30"),
        (46057, "[$-809]dd mmmm yyyy;@", "4 February 2026"),
        (46057, "mmm-yy", "February 2026"),
        (46057, "yyyy", "2026"),
        (59, "d/m/yyyy", "28 February 1900"),
        (-1, "d/m/yyyy", "-1"),
        (3e6, "d/m/yyyy", "3000000"),
        (1.5, "[h]:mm", "36:00"),
        (0.3958333333, "hh:mm", "09:30"),
        (1234, "# ?/?", "1234"),
        (12, "[<100]0.0;0", "12"),
        (5, "#,##0\\ _€", "5"),
    ],
)
def test_numbers_are_shown_by_their_format(value: float, code: str, shown: str | None) -> None:
    text, _ = show_number(value, code)
    assert text == (plain_number(value) if shown is None else shown)


def test_days_count_from_1904_where_the_file_says_so() -> None:
    assert show_number(44595, "d/m/yyyy", from_1904=True)[0] == "4 February 2026"


@given(st.floats(allow_nan=True, allow_infinity=True), st.text(max_size=20))
def test_any_number_and_format_give_a_text(value: float, code: str) -> None:
    text, kind = show_number(value, code)
    assert isinstance(text, str)
    assert isinstance(kind, Kind)


def test_old_workbooks(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("WRES")
    for column, name in enumerate(("Indicator", "Share", "Date")):
        sheet.write(0, column, name)
    sheet.write(1, 0, "Shortlisting")
    sheet.write(1, 1, 0.25, xlwt.easyxf(num_format_str="0%"))
    sheet.write(1, 2, date(2026, 2, 4), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    hidden = book.add_sheet("Lists")
    hidden.write(0, 0, "Secret")
    hidden.visibility = 1
    path = tmp_path / "old.xls"
    book.save(str(path))
    _, pages = read(path)
    # calamine gives no formats: a share comes as it is stored
    assert lines(pages[0]) == [
        "heading1 WRES",
        "0.0h Indicator | Share | Date",
        "0.1 Shortlisting | 0.25 | 4 February 2026",
    ]
    assert pages[1].state is PageState.UNREAD
    whole = path.read_bytes()
    for size in range(0, len(whole), len(whole) // 12):
        path.write_bytes(whole[:size] or b"\xd0")
        expect_read_or_refused(path)


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
ODS = (
    f'<o:document-content xmlns:o="{OFFICE}" xmlns:t="{TABLE}" xmlns:x="{TEXT}" xmlns:s="{STYLE}">'
    '<o:automatic-styles><s:style s:name="off"><s:table-properties t:display="false"/></s:style></o:automatic-styles>'
    "<o:body><o:spreadsheet>{}</o:spreadsheet></o:body></o:document-content>"
)


def open_sheet(path: Path, content: str, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(content))
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return path


def cell(text: str, told: str = "string", more: str = "") -> str:
    return f'<t:table-cell o:value-type="{told}" {more}><x:p>{text}</x:p></t:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<t:table-row {more}>{''.join(cells)}</t:table-row>"


def test_open_spreadsheets_show_what_they_show(tmp_path: Path) -> None:
    wide = '<t:table-cell t:number-columns-repeated="16384"/>'
    far = f'<t:table-row t:number-rows-repeated="1048000">{wide}</t:table-row>'
    content = (
        '<t:table t:name="WRES"><t:table-column/><t:table-column t:visibility="collapse"/><t:table-column/>'
        "<t:table-column/>"
        + row(cell("Indicator"), cell("Secret"), cell("Share"), cell("Day"))
        + row(
            cell("Short<x:s/>listing"),
            cell("Secret"),
            cell("12.5%", "percentage"),
            cell("04/02/26", "date", 'o:date-value="2026-02-04"'),
        )
        + row(cell("Secret"), more='t:visibility="collapse"')
        + far
        + '</t:table><t:table t:name="Lists" t:style-name="off">'
        + row(cell("Secret"))
        + "</t:table>"
    )
    inspection, pages = read(open_sheet(tmp_path / "a.ods", content))
    assert lines(pages[0]) == [
        "heading1 WRES",
        "0.0h Indicator | Share | Day",
        "0.1 Short listing | 12.5% | 4 February 2026",
    ]
    assert pages[1].state is PageState.UNREAD
    assert "Secret" not in "".join(page.text for page in pages)
    assert [problem.code for problem in inspection.problems] == [HIDDEN]


def test_an_open_spreadsheet_that_repeats_without_end_or_is_encrypted_or_cut(tmp_path: Path) -> None:
    many = row(cell("x", more='t:number-columns-repeated="16384"'), more='t:number-rows-repeated="1048576"')
    inspection, _ = read(open_sheet(tmp_path / "a.ods", f'<t:table t:name="A">{many}</t:table>'))
    assert [problem.code for problem in inspection.problems] == [TOO_LARGE]
    locked = open_sheet(tmp_path / "b.ods", "", **{"META-INF__manifest_xml": "<m><encryption-data/></m>"})
    with pytest.raises(ReadError) as caught:
        read(locked)
    assert caught.value.code == ENCRYPTED
    torn = open_sheet(tmp_path / "c.ods", f'<t:table t:name="A">{row(cell("Kept"))}<t:table-row></t:oops>')
    inspection, (page,) = read(torn)
    assert "Kept" in page.text
    assert [problem.code for problem in inspection.problems] == [DAMAGED]


def expect_read_or_refused(path: Path) -> None:
    try:
        read(path)
    except ReadError as error:
        assert error.message and error.next_step.endswith(".")


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def small(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("WRES")
    sheet.write_row("A1", ["Band", "White", "BME"])
    sheet.write_row("A2", ["8a", 3, 4])


def test_damaged_parts_cost_no_more_than_themselves(make: Callable[[Fill], Path]) -> None:
    def two(book: xlsxwriter.Workbook) -> None:
        small(book)
        book.add_worksheet("Second").write_row("A1", ["Second", "sheet"])

    path = make(two)
    parts = parts_of(path)
    first = "xl/worksheets/sheet1.xml"
    inspection, pages = read(write_parts(path, {**parts, first: parts[first][:-60]}))
    assert "8a" in pages[0].text and "Second" in pages[1].text
    assert [problem.code for problem in inspection.problems] == [DAMAGED]
    _, pages = read(write_parts(path, {name: data for name, data in parts.items() if name != first}))
    assert [page.state for page in pages] == [PageState.UNREAD, PageState.READ]
    with pytest.raises(ReadError) as caught:
        read(write_parts(path, {**parts, "xl/workbook.xml": b"<html/>"}))
    assert caught.value.code == DAMAGED


def test_bombs_end_early(make: Callable[[Fill], Path], tmp_path: Path) -> None:
    path = make(small)
    parts = parts_of(path)
    bomb = b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    strings = bomb + b"]><sst><si><t>&j;</t></si></sst>"
    _, pages = read(write_parts(path, {**parts, "xl/sharedStrings.xml": strings}))
    assert len(pages[0].text) < 1000
    with pytest.raises(ReadError) as caught:
        workbook.read_whole(
            write_parts(path, {**parts, "xl/worksheets/sheet1.xml": b" " * 3_000_000}),
            Limits(decompressed_mib=1),
        )
    assert caught.value.code == TOO_LARGE
    # A long string that is stored once and shown in every cell.
    sheet = b"<worksheet><sheetData>" + b"".join(
        b"<row>" + b'<c t="s"><v>0</v></c>' * 10 + b"</row>" for _ in range(900)
    )
    strings = b"<sst><si><t>" + b"long " * 6000 + b"</t></si></sst>"
    parts |= {
        "xl/worksheets/sheet1.xml": sheet + b"</sheetData></worksheet>",
        "xl/sharedStrings.xml": strings,
    }
    inspection, pages = read(write_parts(path, parts))
    assert sum(len(page.text) for page in pages) < 21_000_000
    assert [problem.code for problem in inspection.problems] == [TOO_LARGE]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_broken_workbooks_are_read_or_refused(make: Callable[[Fill], Path], data: st.DataObject) -> None:
    parts = parts_of(make(small))
    name = data.draw(
        st.sampled_from(sorted(name for name in parts if name.startswith("xl/") or "rels" in name))
    )
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=6))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for one, kept in parts.items():
            archive.writestr(one, bytes(content) if one == name else kept)
    whole = buffer.getvalue()
    path = make(small)
    path.write_bytes(whole[: data.draw(st.one_of(st.just(len(whole)), st.integers(1, len(whole))))])
    expect_read_or_refused(path)
