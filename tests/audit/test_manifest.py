"""Manifests and folders of folders become submissions; what is wrong with them is said with its place."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import fsspec
import openpyxl
import pytest

from evidence_kit.audit.manifest import COLUMNS, Submission, read_source, template
from evidence_kit.audit.sources import files_of
from evidence_kit.audit.years import year_of
from evidence_kit.errors import UsageError


@pytest.mark.parametrize(
    ("text", "label", "last"),
    [
        ("2023-24", "2023-24", date(2024, 3, 31)),
        ("2023/2024", "2023-24", date(2024, 3, 31)),
        ("Annual report 2023 to 24", "2023-24", date(2024, 3, 31)),
        ("1999-00 and 2024", "2024", date(2024, 12, 31)),
        ("Annual_Report_2324", "2023-24", date(2024, 3, 31)),
        ("2099-00", "2099-00", date(2100, 3, 31)),
    ],
)
def test_years_are_read_as_people_write_them(text: str, label: str, last: date) -> None:
    year = year_of(text)
    assert year is not None
    assert (year.label, year.last) == (label, last)


@pytest.mark.parametrize("text", ["", "last year", "23", "2025-27x", "12/03"])
def test_what_is_no_year_is_none(text: str) -> None:
    found = year_of(text)
    assert (
        found is None or found.label == "2025"
    )  # a range of years is no financial year; its first is a year


def test_a_year_is_concluded_two_months_after_its_end() -> None:
    assert year_of("2023-24").as_of == date(2024, 5, 31)  # type: ignore[union-attr]
    assert year_of("2024").as_of == date(2025, 2, 28)  # type: ignore[union-attr]


def manifest(folder: Path, *rows: tuple[str, ...], encoding: str = "utf-8", mark: str = ",") -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=mark).writerows([COLUMNS, *rows])
    path = folder / "manifest.csv"
    path.write_bytes(buffer.getvalue().encode(encoding))
    return str(path)


def ids(found: tuple[Submission, ...]) -> list[str]:
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8-sig", ","), ("cp1252", ";"), ("utf-8", "\t"), ("utf-16", "\t")]
)
def test_every_organisation_is_expected_for_every_year(tmp_path: Path, encoding: str, mark: str) -> None:
    source = manifest(
        tmp_path,
        ("Ynys Môn Trust", "B", "acute", "Wales", "2023-24", "b.pdf"),
        ("Alder Trust", "", "", "", "2022/23", "x/a.pdf"),
        ("Alder Trust", "", "", "", "2022/23", "x/a.pdf"),
        encoding=encoding,
        mark=mark,
    )
    found = read_source(source)
    assert ids(found) == ["alder-trust/2022-23", "alder-trust/2023-24", "B/2022-23", "B/2023-24"]
    assert found[0].paths == (str(tmp_path / "x/a.pdf"),), "the same row twice is one file"
    assert found[1].paths == ()
    assert found[3].organisation == "Ynys Môn Trust"


def test_a_workbook_is_a_manifest_too_and_the_template_is_one(tmp_path: Path) -> None:
    path = tmp_path / "manifest.xlsx"
    path.write_bytes(template(path))
    book = openpyxl.load_workbook(path)
    book.active.append(["Alder Trust", "A", "acute", "North West", 2024, "a.pdf"])
    book.save(path)
    assert ids(read_source(str(path))) == ["A/2024"]
    assert template(path) == template(path)
    assert [row[0].value for row in book["How to fill it in"].iter_rows()] == list(COLUMNS)
    assert template(Path("m.csv")).decode("utf-8-sig").split(",")[0] == "organisation"
    with pytest.raises(UsageError, match="neither"):
        template(Path("m.docx"))


def test_faults_are_listed_with_their_lines(tmp_path: Path) -> None:
    source = manifest(
        tmp_path,
        ("", "A", "", "", "2024", "a.pdf"),
        ("Alder", "../up", "", "", "2024", "a.pdf"),
        ("Birch", "B", "", "", "soon", "a.pdf"),
        ("Cedar", "C", "", "", "2024", "a.pdf"),
        ("Cedar Trust", "c", "", "", "2024", "a.pdf"),
    )
    with pytest.raises(UsageError) as caught:
        read_source(source)
    for line in (
        "line 2: no organisation",
        "line 3: the code",
        "line 4: 'soon'",
        "line 6: organisation 'Cedar Trust', but manifest.csv, line 5 has 'Cedar' for the code C",
    ):
        assert line in str(caught.value)


def test_of_hundreds_of_rows_the_faults_are_told_with_what_to_do(tmp_path: Path) -> None:
    rows = [(f"Trust {at}", f"T{at}", "acute", "North West", "2023-24", f"{at}.pdf") for at in range(500)]
    for at in range(0, 500, 10):
        rows[at] = (*rows[at][:4], "2023-25", rows[at][5])
    rows[250] = ("Leeds", " York Trust", *rows[250][1:])
    with pytest.raises(UsageError) as caught:
        read_source(manifest(tmp_path, *rows))
    told = str(caught.value).splitlines()
    assert told[1] == "  manifest.csv, line 2: '2023-25' is no year; write 2023-24 or 2024"
    assert len(told) == 22
    assert told[21] == "  and 32 more Nothing was read. Correct these rows, and run this once more."
    with pytest.raises(UsageError, match="line 2: it has more cells than headings: a comma in a cell"):
        read_source(manifest(tmp_path, rows[250]))


@pytest.mark.parametrize("year", ["2023-25", "2024-03-31", "31 March 2024", "2023-24 and 2024-25", "24"])
def test_a_year_stands_alone(tmp_path: Path, year: str) -> None:
    with pytest.raises(UsageError, match="is no year; write 2023-24 or 2024"):
        read_source(manifest(tmp_path, ("Alder", "A", "", "", year, "a.pdf")))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "m.csv: The file is empty"),
        (bytes(range(256)) * 9, "m.csv: The file holds binary data"),
        (
            b'organisation,year,path\nA,2024,"' + b"x" * 140_000,
            "m.csv, line 2: field larger .* quotation mark",
        ),
        (b"\n\norganisation,year,path\n", "first row of .*m.csv lacks organisation, year and path"),
        (b"organisation,year,path\n,,\n", "no organisation in the source"),
    ],
)
def test_what_is_no_manifest_is_refused_by_name(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "m.csv").write_bytes(data)
    with pytest.raises(UsageError, match=told):
        read_source(str(tmp_path / "m.csv"))


def test_what_hides_in_a_name_is_spelt_out(tmp_path: Path) -> None:
    (found,) = read_source(manifest(tmp_path, ("Alder\u202e\x07 Trust", "A", "\u200bacute", "", "2024", "")))
    assert (found.organisation, found.type) == ("Alder[U+202E][U+0007] Trust", "[U+200B]acute")


def test_blanks_within_a_path_are_its_own(tmp_path: Path) -> None:
    (found,) = read_source(manifest(tmp_path, ("Alder  Trust", "A", "", "", "2024", " Annual  report.pdf ")))
    assert (found.organisation, found.paths) == ("Alder Trust", (str(tmp_path / "Annual  report.pdf"),))


def test_missing_columns_and_the_web_are_refused(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("organisation,year\nA,2024\n")
    with pytest.raises(UsageError, match=r"m\.csv lacks path\. It must name, each once: organisation, code"):
        read_source(str(tmp_path / "m.csv"))
    (tmp_path / "m.csv").write_text("organisation,year,path,Year\nA,2024,a.pdf,2023\n")
    with pytest.raises(UsageError, match="has year more than once"):
        read_source(str(tmp_path / "m.csv"))
    for address in ("https://example.org/a.pdf", "filecache::http://example.org/a.pdf"):
        with pytest.raises(UsageError, match=r"manifest.csv, line 2: .* fetches nothing"):
            read_source(manifest(tmp_path, ("A", "A", "", "", "2024", address)))


def test_a_folder_of_folders_needs_no_manifest(tmp_path: Path) -> None:
    for name in ("Alder Trust/2023-24/report.pdf", "Alder Trust/Report 2022-23.pdf", "Birch/2324.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "Birch" / ".hidden").write_text("x")
    found = {one.id: len(one.paths) for one in read_source(str(tmp_path))}
    assert found == {
        "alder-trust/2022-23": 1,
        "alder-trust/2023-24": 1,
        "birch/2022-23": 0,
        "birch/2023-24": 1,
    }


def test_files_of_an_object_store_are_found(tmp_path: Path) -> None:
    store = fsspec.filesystem("memory")
    store.pipe({"/reports/a/one.pdf": b"1", "/reports/a/.lock": b"", "/reports/b.pdf": b"22"})
    assert [file.name for file in files_of("memory://reports/a")] == ["one.pdf"]
    (file,) = files_of("memory://reports/b.pdf")
    assert (file.size, file.url) == (2, "memory:///reports/b.pdf")
    assert files_of("memory://reports/none") == ()
