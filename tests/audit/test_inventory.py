"""Whose report a file is, and of which year."""

from __future__ import annotations

import pytest

from evidence_kit.audit.inventory import _is_other
from evidence_kit.audit.years import year_of
from evidence_kit.records.document import Document, DocumentState, Media, Page

GARROWBY = "Garrowby University Hospitals NHS Foundation Trust"


@pytest.mark.parametrize(
    ("named", "first", "other"),
    [
        (GARROWBY, "", False),
        ("", "Nobody is named", False),
        ("Garrowby Hospitals NHS Trust", "", False),
        ("Elsewhere Ambulance Service NHS Trust", "The Garrowby site", True),
        ("Elsewhere Ambulance Service NHS Trust", f"Joint report with {GARROWBY}", False),
        ("Elsewhere Ambulance Service NHS Trust", "With Garrowby University Hospitals NHS FT.", False),
        ("Garrowby and Elsewhere NHS Trust", "", False),
    ],
)
def test_another_organisation_must_name_itself_and_not_the_expected_one(
    named: str, first: str, other: bool
) -> None:
    document = Document(
        id="d1", path="a.pdf", sha256="", size=1, media=Media.PDF, state=DocumentState.READ,
        pages=(Page(number=1, text=first),),
    )  # fmt: skip
    assert _is_other(GARROWBY, named, document) is other


def test_a_calendar_year_is_that_of_either_end() -> None:
    year, calendar = year_of("2023-24"), year_of("2024")
    assert year and calendar
    assert year.holds(calendar.first, calendar.last)
    assert calendar.holds(year.first, year.last)
    assert not year.holds(year_of("2022-23").first, year_of("2022-23").last)  # type: ignore[union-attr]
