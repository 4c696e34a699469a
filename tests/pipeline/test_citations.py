"""Every quote, found again on its page by readers that share no code with ours.

Normalisation, the same on both sides: NFKC; all white space, hyphens and dashes, control and default-ignorable
characters removed; case folded. Table rows are compared cell by cell.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx

from evidence_kit.pipeline.run import MapResult
from evidence_kit.records.finding import Place
from evidence_kit.resources import demo_root

SHARE_CONFIRMED = 0.99
"""Goal of the design for an independent reader; what it misses is listed by the assertion."""
_DROPPED = re.compile(r"[\s\-‐-―−\u00ad\u200b-\u200f\u2060-\u2064\ufeff\x00-\x1f\x7f]")


def normalised(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


@cache
def pdf_page(path: Path, number: int) -> tuple[str, str]:
    """A page's text in content order and in layout order."""
    command = ["pdftotext", "-f", str(number), "-l", str(number), "-enc", "UTF-8"]
    found = [
        subprocess.run([*command, *order, str(path), "-"], check=True, capture_output=True, text=True).stdout
        for order in (["-raw"], [])
    ]
    return normalised(found[0]), normalised(found[1])


@cache
def word_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return normalised(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


def places(sample: MapResult, suffix: str) -> list[tuple[Path, Place, str]]:
    """Every place that a quote cites in files of a kind, with the words that it claims."""
    paths = {document.id: document for document in sample.documents}
    found = {}
    for finding in sample.evidence_map.findings:
        for place in (place for quote in finding.quotes for place in quote.places):
            document = paths[place.document]
            if document.path.endswith(suffix):
                text = document.pages[place.page_index].text[place.start : place.end]
                found[place.document, place.page_index, place.start, place.end] = (
                    demo_root() / document.path,
                    place,
                    text,
                )
    return list(found.values())


def test_quotes_stand_verbatim_on_the_pages_that_the_map_carries(sample: MapResult) -> None:
    pages = {(page.document, page.page_index): page.text for page in sample.evidence_map.cited_pages}
    for finding in sample.evidence_map.findings:
        for quote in finding.quotes:
            pieces = [
                pages[place.document, place.page_index][place.start : place.end] for place in quote.places
            ]
            assert " ".join(pieces) == quote.text


def test_an_independent_reader_confirms_the_pages_of_pdf_quotes(
    sample: MapResult, program: Callable[[str, str], str]
) -> None:
    program("pdftotext", "poppler-utils")
    cited = places(sample, ".pdf")
    missed = []
    for path, place, text in cited:
        assert place.page is not None
        wanted = [normalised(cell) for cell in re.split(r"[\t\n]+", text) if cell.strip()]
        whole = normalised(text)
        if not any(
            whole in page or all(cell in page for cell in wanted) for page in pdf_page(path, place.page)
        ):
            missed.append((path.name, place.page, text[:80]))
    assert cited
    assert 1 - len(missed) / len(cited) >= SHARE_CONFIRMED, missed


def test_python_docx_confirms_quotes_from_word_files(sample: MapResult) -> None:
    cited = places(sample, ".docx")
    missed = [
        (path.name, text[:80])
        for path, _, text in cited
        if not all(normalised(cell) in word_text(path) for cell in text.split("\t"))
    ]
    assert cited
    assert not missed
