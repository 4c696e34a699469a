"""Builders that all rooms' tests share: small made things instead of mocked ones."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from evidence_kit.records.criterion import Criterion, CriterionKind, Force, Framework, Wording
from evidence_kit.records.document import BlockKind, Box
from evidence_kit.records.passage import Context, Paper, PaperKind, PaperStatus, Passage, Profile, Segment


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that writes expected files anew; it is refused where CI is set."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the expected files in tests/golden anew"
    )


def _lacking(reason: str) -> NoReturn:
    """Skip a test that needs what this machine lacks; where CI is set, that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def program() -> Callable[[str, str], str]:
    """Find a program of the system by its name and package; without it the test is skipped, and fails under CI."""

    def find(name: str, package: str) -> str:
        path = shutil.which(name)
        if path is None:
            _lacking(f"{name} is not installed; `make test` installs {package} where it can")
        return path

    return find


def quads(page: pikepdf.Page) -> Iterator[tuple[pikepdf.Object, list[Box]]]:
    """Yield the highlights of a page, each with its boxes from the page's top left corner."""
    tall = float(page.mediabox[3])
    for note in page.obj.get("/Annots", ()):
        if note.Subtype == pikepdf.Name.Highlight:
            numbers = [float(number) for number in note.QuadPoints]
            boxes = [numbers[at : at + 8] for at in range(0, len(numbers), 8)]
            yield note, [(box[0], tall - box[1], box[2], tall - box[5]) for box in boxes]


_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def words_inside(path: Path, number: int, boxes: list[Box]) -> str:
    """Return the words of a page whose middles lie in some boxes, as poppler finds them."""
    command = ["pdftotext", "-bbox", "-f", str(number), "-l", str(number), str(path), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    words = [
        (left, (left + right) / 2, (top + bottom) / 2, html.unescape(word))
        for *numbers, word in _WORD.findall(told)
        for left, top, right, bottom in [map(float, numbers)]
    ]
    return " ".join(
        word
        for left, top, right, bottom in boxes
        for _, x, y, word in sorted(words)
        if left - 1 <= x <= right + 1 and top <= y <= bottom
    )


@pytest.fixture(scope="session")
def marked_words(program: Callable[[str, str], str]) -> Callable[[Path], dict[str, str]]:
    """Read a PDF's highlights with poppler: the words inside the boxes of each, by its name."""
    program("pdftotext", "poppler-utils")

    def read(path: Path) -> dict[str, str]:
        found: dict[str, str] = {}
        with pikepdf.open(path) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                for note, boxes in quads(page):
                    name = str(note.NM)
                    found[name] = f"{found.get(name, '')} {words_inside(path, number, boxes)}"
        return found

    return read


@pytest.fixture(scope="session")
def words_in_boxes(program: Callable[[str, str], str]) -> Callable[[Path, int, list[Box]], str]:
    """Return :func:`words_inside`."""
    program("pdftotext", "poppler-utils")
    return words_inside


CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
"""What axe looks for: WCAG 2.2 at A and AA."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium, started once for all tests: Playwright runs only once at a time. Skipped as :func:`program`."""
    if not CHROMIUM.exists():
        _lacking(f"{CHROMIUM} is not installed: pages were not looked at in a browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def violations(browser: Browser) -> Callable[..., list[tuple[str, list[str]]]]:
    """Open a file in Chromium at a width and return what axe finds against WCAG 2.2 A and AA, every part unfolded."""

    def look(file: Path, width: int, rules: dict[str, Any] | None = None) -> list[tuple[str, list[str]]]:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options={"runOnly": WCAG, "rules": rules or {}}).response
        page.close()
        assert found["passes"]
        return [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found["violations"]]

    return look


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
def bare_criterion() -> Callable[..., Criterion]:
    """Build a deliverable without elements and rules, but for what is given."""

    def build(name: str, **given: Any) -> Criterion:
        bare = Criterion(
            id=name,
            level="one",
            driver="d",
            principle="p",
            kind=CriterionKind.DELIVERABLE,
            force=Force.MUST,
            gates_level=True,
            wordings=(Wording("table", f"The wording of {name}."),),
            plain="…",
            elements=(),
            bears=(),
        )
        return replace(bare, **given)

    return build


@pytest.fixture(scope="session")
def framework_of() -> Callable[..., Framework]:
    """Build a framework of some criteria and nothing else."""

    def build(*criteria: Criterion) -> Framework:
        return Framework(
            id="small",
            title="Small",
            edition="first",
            publisher="P",
            source="s",
            attribution="a",
            levels=(),
            principles=(),
            drivers=(),
            criteria=criteria,
            digest="0" * 64,
        )

    return build


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The checkout's root."""
    return Path(__file__).resolve().parents[1]
