"""Every quote, found again on its page by readers that share no code with ours.

Normalisation, the same on both sides: NFKC; all white space, hyphens and dashes, control and default-ignorable
characters removed; case folded. Table rows are compared cell by cell.
"""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cache
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from evidence_kit.pipeline.run import MapResult
from evidence_kit.records.document import Box
from evidence_kit.records.finding import Place, Role
from evidence_kit.reports import webpage, word, workbook, workbook_layout
from evidence_kit.reports.view import MapView, build
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


def test_poppler_finds_the_words_of_pdf_quotes_inside_their_boxes(
    sample: MapResult, words_in_boxes: Callable[[Path, int, list[Box]], str]
) -> None:
    cited = places(sample, ".pdf")
    missed = []
    for path, place, text in cited:
        assert place.page is not None and place.boxes
        inside = normalised(words_in_boxes(path, place.page, list(place.boxes)))
        if not all(normalised(cell) in inside for cell in re.split(r"[\t\n]+", text)):
            missed.append((path.name, place.page, text[:80], inside[:80]))
    assert 1 - len(missed) / len(cited) >= SHARE_CONFIRMED, missed


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_other_readers_confirm_quotes_from_pages_of_the_web_and_plain_text(
    sample: MapResult, suffix: str
) -> None:
    cited = places(sample, suffix)
    for path, _, text in cited:
        source = path.read_text(encoding="utf-8")
        whole = (
            html.fromstring(source).text_content() if suffix == ".html" else re.sub(r"[*_`|#>]", "", source)
        )
        assert all(normalised(cell) in normalised(whole) for cell in text.split("\t")), text
    assert cited


SPONSOR = "The Medical Director is our executive sponsor for race equality and is committed to anti-racism."


def make_workbook(path: Path) -> str:
    book = openpyxl.Workbook()
    for row in (("Action", "Progress", "Date"), (SPONSOR, "Complete", "3 April 2026")):
        book.worksheets[0].append(row)
    book.save(path)
    sheets = openpyxl.load_workbook(path).worksheets
    return " ".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)


def make_slides(path: Path) -> str:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "Board seminar, 3 April 2026", SPONSOR
    deck.save(str(path))
    slides = pptx.Presentation(str(path)).slides
    return " ".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )


def make_message(path: Path) -> str:
    message = EmailMessage()
    message["Subject"], message["Date"] = "Our sponsor", "Fri, 03 Apr 2026 09:00:00 +0000"
    message.set_content(f"Dear all,\n\n{SPONSOR}\n", cte="quoted-printable")
    path.write_bytes(bytes(message))
    read = BytesParser(policy=policy.default).parsebytes(path.read_bytes()).get_body()
    assert read is not None
    return str(read.get_content())


@pytest.mark.parametrize(
    ("name", "make"), [("a.xlsx", make_workbook), ("a.pptx", make_slides), ("a.eml", make_message)]
)
def test_other_readers_confirm_quotes_from_workbooks_slides_and_messages(
    tmp_path: Path, map_folder: Callable[..., MapResult], name: str, make: Callable[[Path], str]
) -> None:
    whole = normalised(make(tmp_path / name))
    result = map_folder(tmp_path)
    quotes = [quote for finding in result.evidence_map.findings for quote in finding.quotes]
    assert any(SPONSOR in " ".join(quote.text.split()) for quote in quotes)
    for quote in quotes:
        assert all(normalised(cell) in whole for cell in re.split(r"[\t\n]+", quote.text)), quote.text


Printed = Iterator[tuple[str, int, str]]
"""Criterion, number of the quote within it, and the words as a report prints them."""


def on_the_page(view: MapView) -> Printed:
    page = html.fromstring(webpage.render(view))
    anchors = {
        quote.anchor: (one.criterion.id, quote.number) for one in view.findings for quote in one.quotes
    }
    for figure in page.xpath("//figure[starts-with(@class, 'quote ')]"):
        (words,) = figure.xpath("./blockquote")
        yield *anchors[figure.get("id")], words.text_content()


def in_the_workbook(view: MapView) -> Printed:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook.render(view)))
    head, *rows = book.get_sheet_by_name(workbook_layout.EVIDENCE).to_python()
    criterion, number, words = (
        head.index(name) for name in (workbook_layout.CRITERION, "Quote no.", workbook_layout.QUOTE)
    )
    for row in rows:
        yield str(row[criterion]), int(str(row[number]).partition(".")[0]), str(row[words])


def in_the_pack(view: MapView) -> Printed:
    paragraphs = docx.Document(io.BytesIO(word.render(view))).paragraphs
    for quote, source in pairwise(paragraphs):
        if quote.style is not None and quote.style.name == "Quote" and quote.text.startswith("“"):
            criterion, _, number = source.text.split(" ", 1)[0].rpartition("-")
            yield criterion, int(number), quote.text.removeprefix("“").removesuffix("”")


@pytest.mark.parametrize("report", [on_the_page, in_the_workbook, in_the_pack])
def test_every_report_prints_the_words_that_the_readers_confirmed(
    sample: MapResult, report: Callable[[MapView], Printed]
) -> None:
    evidence_map = replace(sample.evidence_map, target="gold")
    wanted = {
        (finding.criterion, number): quote
        for finding in evidence_map.findings
        for number, quote in enumerate(finding.quotes, start=1)
    }
    printed = {(criterion, number): text for criterion, number, text in report(build(evidence_map))}
    for key, text in printed.items():
        assert normalised(text) == normalised(wanted[key].text), key
    left_out = wanted.keys() - printed.keys()
    if report is in_the_pack:  # which is about the target's levels, and lists no near-misses
        needed = {one.id for one in evidence_map.framework.criteria if one.level != "review"}
        left_out = {key for key in left_out if key[0] in needed and wanted[key].role is not Role.NEAR_MISS}
    assert not left_out
