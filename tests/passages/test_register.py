"""The evidence register: read whatever its columns are called, merged as the trust's word, and never over a paper's."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from evidence_kit.passages.papers import split_papers
from evidence_kit.passages.register import (
    REGISTER_DIFFERS,
    REGISTER_MISSING,
    REGISTER_UNCLEAR,
    REGISTER_UNLISTED,
    Register,
    Row,
    is_register,
    merge_register,
    read_register,
)
from evidence_kit.readers.pack import read_pack
from evidence_kit.records.document import Document
from evidence_kit.records.passage import STATED_BY_TRUST, Paper, Profile
from evidence_kit.workers import Limits

HEADINGS = (
    "file",
    "title",
    "owner",
    "address where published",
    "date published",
    "public/internal/confidential",
)
MINUTES = "# Notes of the network\n\nThe network met.\n"


def write_register(folder: Path, rows: list[tuple[str, ...]], name: str = "evidence-register.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def pack(folder: Path) -> tuple[Register, tuple[Document, ...]]:
    found = read_pack(folder, limits=Limits())
    register = read_register(found)
    return register, tuple(each for each in found if each.path not in register.names)


def papers_of(documents: tuple[Document, ...]) -> tuple[Paper, ...]:
    return tuple(paper for document in documents for paper in split_papers(document))


def merged(folder: Path) -> tuple[dict[str, Profile], list[tuple[str, str]]]:
    """Return profile by path, and code and message of every problem."""
    register, documents = pack(folder)
    papers, problems = merge_register(register, documents, papers_of(documents))
    paths = {document.id: document.path for document in documents}
    return (
        {paths[paper.document]: paper.profile for paper in papers},
        [(each.code, each.message) for each in (*register.problems, *problems)],
    )


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("evidence-register.csv", True),
        ("Evidence Register.XLSX", True),
        ("evidence_register.ods", True),
        ("sub/evidence-register.csv", False),
        ("evidence-register.pdf", False),
        ("my evidence-register.csv", False),
    ],
)
def test_names(name: str, is_one: bool) -> None:
    assert is_register(name) is is_one


@pytest.mark.parametrize(
    "headings",
    [
        HEADINGS,
        ("File name", "Document title", "Lead", "URL", "Date of publication", "Access"),
        ("FILE", "Name of the evidence", "Responsible", "Web link", "Published on (date)", "Classification"),
        ("Document", "Title", "Owner(s)", "Where was it published?", "When?", "Public?"),
    ],
)
def test_columns_by_any_name_and_below_a_title(tmp_path: Path, headings: tuple[str, ...]) -> None:
    row = ("a.md", "Notes", "Head of EDI", "https://example.org/a", "26 March 2026", "Public")
    write_register(
        tmp_path, [("Evidence register of Example Trust",), (), headings, row, ("", "", "", "", "", "")]
    )
    (tmp_path / "a.md").write_text(MINUTES, encoding="utf-8")
    register, documents = pack(tmp_path)
    assert register.rows == (
        Row("a.md", "Notes", "Head of EDI", "https://example.org/a", date(2026, 3, 26), "Public", True),
    )
    assert [each.path for each in documents] == ["a.md"]


def test_a_workbook_with_real_dates_and_columns_in_another_order(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "evidence-register.xlsx") as book:
        sheet = book.add_worksheet("Register")
        sheet.write_row(0, 0, ["Notes", "Access", "Date published", "File"])
        sheet.write_row(1, 0, ["", "internal", None, "a.md"])
        sheet.write_datetime(1, 2, datetime(2026, 3, 26), book.add_format({"num_format": "dd/mm/yyyy"}))
    (tmp_path / "a.md").write_text(MINUTES, encoding="utf-8")
    register, _ = pack(tmp_path)
    assert [(row.file, row.published, row.public) for row in register.rows] == [
        ("a.md", date(2026, 3, 26), False)
    ]


@pytest.mark.parametrize(
    ("access", "public"),
    [
        ("Public", True),
        ("published", True),
        ("yes", True),
        ("Internal", False),
        ("not public", False),
        ("OFFICIAL-SENSITIVE", False),
        ("unpublished: not published yet", False),
        ("confidential", False),
        ("no", False),
        ("", None),
        ("tbc", None),
    ],
)
def test_what_access_means(tmp_path: Path, access: str, public: bool | None) -> None:
    write_register(tmp_path, [HEADINGS, ("a.md", "x", "", "", "", access)])
    assert pack(tmp_path)[0].rows[0].public is public


def test_what_is_stated_is_merged_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MINUTES, encoding="utf-8")
    write_register(
        tmp_path,
        [HEADINGS, ("A.MD", "Another title", "Head of EDI", "https://example.org", "26/03/2026", "public")],
    )
    profiles, problems = merged(tmp_path)
    profile, reasons = profiles["a.md"], dict(profiles["a.md"].reasons)
    assert (profile.public, profile.published) == (True, date(2026, 3, 26))
    assert (profile.owner, profile.address) == ("Head of EDI", "https://example.org")
    for name in ("public", "published", "owner", "address"):
        assert reasons[name] == STATED_BY_TRUST
    assert profile.title == "Notes of the network", "a title of its own gives a paper its meaning, and stands"
    assert problems == []


def test_its_date_dates_no_paper(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MINUTES, encoding="utf-8")
    before = papers_of(read_pack(tmp_path, limits=Limits()))[0].profile
    write_register(tmp_path, [HEADINGS, ("a.md", "", "", "", "26/03/2026", "public")])
    profile = merged(tmp_path)[0]["a.md"]
    assert (profile.date, profile.date_is_weak) == (before.date, before.date_is_weak)
    assert profile.date != profile.published == date(2026, 3, 26)


def test_a_title_and_a_marking_where_the_paper_has_none(tmp_path: Path) -> None:
    (tmp_path / "scan0001.txt").write_text("x" * 20 + "\n", encoding="utf-8")
    write_register(tmp_path, [HEADINGS, ("scan0001", "Notes of the network", "", "", "", "Confidential")])
    profile = merged(tmp_path)[0]["scan0001.txt"]
    assert profile.title == "Notes of the network"
    assert (profile.marking, profile.public) == ("Confidential", False)
    assert dict(profile.reasons)["title"] == dict(profile.reasons)["marking"] == STATED_BY_TRUST
    assert profile.own_title == "x" * 20


def test_a_papers_own_word_stands_and_the_difference_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Staffing review\n\nCONFIDENTIAL\n\n3 May 2026\n\nText.\n", encoding="utf-8"
    )
    write_register(tmp_path, [HEADINGS, ("a.md", "", "", "", "1 June 2026", "public")])
    profiles, problems = merged(tmp_path)
    profile = profiles["a.md"]
    assert (profile.public, profile.marking) == (False, "CONFIDENTIAL")
    assert (profile.date, profile.published) == (date(2026, 5, 3), date(2026, 6, 1))
    assert [code for code, _ in problems] == [REGISTER_DIFFERS]
    assert "it is public" in problems[0][1]


def test_rows_without_a_file_files_without_a_row_and_names_of_several(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.md").write_text(f"# {folder}\n", encoding="utf-8")
    (tmp_path / "other.md").write_text(MINUTES, encoding="utf-8")
    rows = [("gone.pdf",), ("same.md",), ("one\\same.md",)]
    write_register(tmp_path, [HEADINGS, *((*row, "", "", "", "", "public") for row in rows)])
    profiles, problems = merged(tmp_path)
    assert [code for code, _ in problems] == [REGISTER_MISSING, REGISTER_UNCLEAR, REGISTER_UNLISTED]
    assert "gone.pdf" in problems[0][1]
    assert "‘other.md’, ‘two/same.md’" in problems[2][1]
    assert [profiles[path].public for path in sorted(profiles)] == [True, None, None]


def test_a_folder_stands_for_all_that_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    for name in ("a.md", "b.md"):
        (tmp_path / "web" / name).write_text(f"# {name}\n", encoding="utf-8")
    write_register(tmp_path, [HEADINGS, ("web/", "", "", "", "", "public")])
    profiles, problems = merged(tmp_path)
    assert [profile.public for profile in profiles.values()] == [True, True]
    assert problems == []


def test_a_table_without_a_column_for_the_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MINUTES, encoding="utf-8")
    write_register(tmp_path, [("title", "owner"), ("Notes", "Head of EDI")])
    profiles, problems = merged(tmp_path)
    assert [code for code, _ in problems] == [REGISTER_UNCLEAR]
    assert profiles["a.md"].owner == ""


def test_a_pack_without_a_register_is_left_alone(tmp_path: Path, make_paper: Callable[..., Paper]) -> None:
    (tmp_path / "a.md").write_text(MINUTES, encoding="utf-8")
    register, documents = pack(tmp_path)
    papers = papers_of(documents)
    assert register == Register()
    assert merge_register(register, documents, papers) == (papers, ())
