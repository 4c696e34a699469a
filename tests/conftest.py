"""Builders that all rooms' tests share: small made things instead of mocked ones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Context, Paper, PaperKind, PaperStatus, Passage, Profile, Segment


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that writes expected files anew; it is refused where CI is set."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the expected files in tests/golden anew"
    )


@pytest.fixture(scope="session")
def program() -> Callable[[str, str], str]:
    """Find a program of the system by its name and package; without it the test is skipped, and fails under CI."""

    def find(name: str, package: str) -> str:
        path = shutil.which(name)
        if path is None:
            reason = f"{name} is not installed; `make test` installs {package} where it can"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        return path

    return find


@pytest.fixture
def make_passage() -> Callable[..., Passage]:
    """Build a passage of one segment on the first page."""

    def build(
        text: str,
        *,
        kind: BlockKind = BlockKind.PARAGRAPH,
        headings: tuple[str, ...] = (),
        stem: str = "",
        header: tuple[str, ...] = (),
        cells: tuple[str, ...] = (),
        number: int = 0,
    ) -> Passage:
        spans, position = [], 0
        for cell in cells:
            start = text.index(cell, position)
            position = start + len(cell)
            spans.append((start, position))
        return Passage(
            id=f"d1@0:{number}",
            document="d1",
            paper="d1:p1",
            kind=BlockKind.TABLE_ROW if cells else kind,
            segments=(Segment(0, number, number + len(text)),),
            text=text,
            context=Context(headings=headings, stem=stem, header=header),
            cells=tuple(spans),
        )

    return build


@pytest.fixture
def make_paper() -> Callable[..., Paper]:
    """Build a paper with a profile."""

    def build(
        *,
        kind: PaperKind = PaperKind.REPORT,
        dated: date | None = date(2026, 6, 1),
        status: PaperStatus = PaperStatus.UNKNOWN,
        title: str = "",
        review: date | None = None,
        public: bool | None = None,
        paper_id: str = "d1:p1",
    ) -> Paper:
        profile = Profile(
            title=title, kind=kind, document_date=dated, status=status, review_date=review, public=public
        )
        return Paper(id=paper_id, document="d1", first_page=0, last_page=0, profile=profile)

    return build


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The checkout's root."""
    return Path(__file__).resolve().parents[1]
