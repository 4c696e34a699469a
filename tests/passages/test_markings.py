"""Markings of confidentiality stand in lines by themselves; extracts are told by numbers, titles and names."""

from __future__ import annotations

import pytest

from evidence_kit.passages.markings import extract_of, is_private_part, marking_of
from evidence_kit.records.document import Document, DocumentState, Media, Page


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("CONFIDENTIAL", "CONFIDENTIAL"),
        ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("Official – Sensitive: Commercial", "Official – Sensitive: Commercial"),
        ("Restricted", "Restricted"),
        ("Private and confidential", "Private and confidential"),
        ("Security classification: Confidential", "Confidential"),
        ("*** In confidence – not for publication ***", "In confidence – not for publication"),
        ("Commercial in confidence   Page 3 of 9", "Commercial in confidence"),
        ("STRICTLY CONFIDENTIAL – do not forward", "STRICTLY CONFIDENTIAL"),
        ("DRAFT – CONFIDENTIAL", "CONFIDENTIAL"),
        ("CONFIDENTIAL (contains personal data)", "CONFIDENTIAL"),
        ("Confidential: HR only", "Confidential"),
        ("Classification: Official Sensitive (Personal)", "Official Sensitive"),
        ("This report is confidential and must not leave the trust.", "This report is confidential"),
        ("For internal use", "For internal use"),
        ("INTERNAL ONLY", "INTERNAL ONLY"),
        ("Staff in confidence", "Staff in confidence"),
        ("Exempt from publication under section 40", "Exempt from publication under section 40"),
        ("Example Trust | OFFICIAL-SENSITIVE | People Committee, 3 May 2026", "OFFICIAL-SENSITIVE"),
    ],
)
def test_markings(line: str, marking: str) -> None:
    assert marking_of(["Example NHS Trust", line]) == marking


@pytest.mark.parametrize("heading", ["Part 2: private session", "Confidential items", "CONFIDENTIAL"])
def test_headings_of_private_parts(heading: str) -> None:
    assert is_private_part(heading)


@pytest.mark.parametrize(
    "heading", ["Part 2: our commitments", "Confidential advice for staff", "Private patients"]
)
def test_headings_of_other_parts(heading: str) -> None:
    assert not is_private_part(heading)


@pytest.mark.parametrize(
    "line",
    [
        "Confidentiality policy",
        "Confidential reporting of concerns",
        "Staff can speak to a guardian in confidence.",
        "Restricted practice in mental health wards",
        "OFFICIAL",
        "Calls are confidential",
        "Confidential: a guardian hears you and tells nobody",
        "Staff said that this service is confidential and helps them",
        "ALL CALLS ARE CONFIDENTIAL",
        "Our statement is for internal use and for visitors",
        "Nobody is exempt from publication of their interests here",
        "",
        "CONFIDENTIAL "
        + "and this is a long line about how we keep the records of our patients confidential " * 2,
    ],
)
def test_prose_is_no_marking(line: str) -> None:
    assert marking_of([line]) == ""


def document(labels: list[str | None], texts: list[str] | None = None, number: bool = True) -> Document:
    pages = tuple(
        Page(number=index + 1 if number else None, label=label, text=(texts or [""] * len(labels))[index])
        for index, label in enumerate(labels)
    )
    return Document(
        id="d1", path="a.pdf", sha256="", size=1, media=Media.PDF, state=DocumentState.READ, pages=pages
    )


def extract(found: Document, title: str = "Annual report", stem: str = "a") -> str:
    return extract_of(found, title=title, stem=stem)


def test_an_extract_by_the_numbers_printed_on_it() -> None:
    assert extract(document(["3", "4", "5", None, "7"])).startswith("pages 3 to 7 of a longer document")
    assert extract(document([None, "12", "13"])).startswith("pages 11 to 13")


@pytest.mark.parametrize(
    "labels",
    [
        ["1", "2", "3"],
        [None, None, "1", "2"],
        ["i", "ii", "1", "2"],
        ["5"],
        ["2", "1", "9", "4"],
        [None, None, None],
    ],
)
def test_no_extract_by_numbers(labels: list[str | None]) -> None:
    assert extract(document(labels)) == ""
    assert extract(document(["3", "4"], number=False)) == ""


def test_an_extract_by_the_total_printed_on_it() -> None:
    texts = ["Text\nPage 3 of 40", "Page 9 of 40", "more, page 21 of 40"]
    assert extract(document([None] * 3, texts)) == "3 of 40 pages, by what is printed on them"
    assert extract(document([None] * 3, ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"])) == ""


def test_an_extract_by_title_or_name() -> None:
    plain = document(["1", "2"])
    assert "its title says" in extract(plain, title="Extract from the Board minutes")
    assert "name says “pp 3-7”" in extract(plain, stem="annual_report_pp 3-7")
    for stem in ("board-2026-03-14", "pages 09-4", "page 7"):
        assert extract(plain, stem=stem) == ""
