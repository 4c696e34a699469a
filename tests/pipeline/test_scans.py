"""The same papers, scanned: the same statuses, and reports that say how the words were had."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageFilter
from reportlab.lib import colors
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from evidence_kit.pipeline.run import MapResult
from evidence_kit.readers.ocr import engines as ocr
from evidence_kit.records.finding import Role, Status
from evidence_kit.reports.data import from_json, texts_jsonl_gz, to_json
from evidence_kit.reports.view import build
from evidence_kit.reports.webpage import render

pytestmark = pytest.mark.skipif(
    not ocr.is_installed() and os.environ.get("CI") != "true",
    reason=f"no text recognition here: {ocr.INSTALL}",
)

MINUTES = [
    "# Race Equality Network: notes of the meeting of 13 May 2026",
    "Attendance of the executive sponsor",
    "The Medical Director attended the Race Equality Network on 14 October 2025, 14 January 2026, 11 March 2026 and "
    "13 May 2026.",
    "The network remains a place of support and a sounding board.",
]
BOARD = [
    "# Example Vale NHS Trust: Board of Directors, 26 March 2026",
    "The Board of Directors approved the anti-racism statement on 26 March 2026. The statement was published on the "
    "Trust's website on 30 March 2026.",
    "# Executive sponsor",
    "The Board appointed the Medical Director as executive sponsor for anti-racism on 26 March 2026.",
    "# Next steps",
    "A leadership council for Black, Asian and minority ethnic staff will be set up by March 2027.",
    "We would like every leader to have a goal on equality, diversity and inclusion.",
    "The Trust has no zero-tolerance statement on racist abuse.",
]
ATTENDED = [
    ["Meeting", "Executive present"],
    ["14 October 2025", "Medical Director"],
    ["14 January 2026", "Medical Director"],
    ["11 March 2026", "Chief Nurse"],
]


def scanned(path: Path, source: Path, way: Callable[[Image.Image], Image.Image]) -> None:
    canvas = Canvas(str(path), invariant=1)
    document = pypdfium2.PdfDocument(source)
    for page in document:
        image = way(page.render(scale=200 / 72).to_pil().convert("L"))
        canvas.setPageSize(page.get_size())
        canvas.drawImage(ImageReader(image), 0, 0, *page.get_size())
        canvas.showPage()
    document.close()
    canvas.save()


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory, make_pdf: Callable[..., Path]) -> dict[str, Path]:
    """The same two papers as text, scanned, and scanned so badly that nobody should rest on them."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("text", "scan", "blurred")}
    table = Table(ATTENDED, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    for name, blocks in (("minutes.pdf", [*MINUTES, table]), ("board.pdf", BOARD)):
        own = make_pdf(folders["text"] / name, blocks)
        scanned(folders["scan"] / name, own, lambda image: image)
        scanned(folders["blurred"] / name, own, lambda image: image.filter(ImageFilter.GaussianBlur(2.6)))
    return folders


def statuses(result: MapResult) -> dict[str, Status]:
    return {finding.criterion: finding.status for finding in result.evidence_map.findings}


def test_the_same_facts_give_the_same_statuses_as_text_and_as_scans(
    packs: dict[str, Path], map_folder
) -> None:
    text, scan = map_folder(packs["text"]), map_folder(packs["scan"], ocr="auto")
    assert statuses(scan) == statuses(text)
    assert len(set(statuses(text).values())) >= 4, "a pack that shows next to nothing shows nothing here"
    quotes = [
        {quote.text.replace("’", "'") for finding in one.evidence_map.findings for quote in finding.quotes}
        for one in (text, scan)
    ]
    # the line at the head of every page is told from the text by its place; of a scan it is a line like others
    assert quotes[0] == quotes[1] - {"Example Vale NHS Trust: papers of the People Committee"}
    assert len(quotes[0]) > 5


def test_reports_say_which_pages_were_recognised(packs: dict[str, Path], map_folder) -> None:
    result = map_folder(packs["scan"], ocr="auto")
    for summary in result.evidence_map.documents:
        assert (summary.ocr_pages, summary.unsure_pages, summary.unread_pages) == ((1,), (), ())
    assert dict(result.evidence_map.run.settings)["text recognition"] == f"auto: {ocr.engine_name()}"
    page = render(build(result.evidence_map))
    assert page.count("page 1 by text recognition") == 2
    assert "words read by text recognition" in page
    assert from_json(to_json(result.evidence_map)) == result.evidence_map
    for line in gzip.decompress(texts_jsonl_gz(result.documents)).decode().splitlines():
        (written,) = json.loads(line)["pages"]
        assert written["ocr"] is True
        assert 0.9 < written["confidence"] <= 1


def test_text_of_the_file_itself_says_nothing_of_recognition(packs: dict[str, Path], map_folder) -> None:
    result = map_folder(packs["text"], ocr="auto")
    assert statuses(result) == statuses(map_folder(packs["text"]))
    assert "by text recognition" not in render(build(result.evidence_map))


def test_what_can_hardly_be_read_is_never_evidence_on_its_own(packs: dict[str, Path], map_folder) -> None:
    result = map_folder(packs["blurred"], ocr="auto")
    unsure = [summary for summary in result.evidence_map.documents if summary.unsure_pages]
    assert unsure, "the scans must be bad enough"
    assert "with low confidence on page 1" in render(build(result.evidence_map))
    names = {summary.id for summary in unsure}
    for finding in result.evidence_map.findings:
        support = {quote.document for quote in finding.quotes if quote.role is Role.SUPPORT}
        if finding.status is Status.EVIDENCED:
            assert support - names
    text = statuses(map_folder(packs["text"]))
    lost = [name for name, status in statuses(result).items() if text[name] is Status.EVIDENCED is not status]
    assert lost


def test_workers_never_show(packs: dict[str, Path], map_folder) -> None:
    maps = [
        to_json(map_folder(packs["scan"], ocr="auto", workers=workers).evidence_map) for workers in (0, 1, 2)
    ]
    assert maps[0] == maps[1] == maps[2]
