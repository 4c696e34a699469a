"""The sample pack mapped once for all tests of the room, its truth, and small papers made here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from evidence_kit.framework.yaml_lines import load_yaml
from evidence_kit.language.lexicon import Lexicon
from evidence_kit.language.nlp import Tagger
from evidence_kit.options import MapOptions
from evidence_kit.pipeline import run
from evidence_kit.pipeline.run import MapResult, map_evidence
from evidence_kit.resources import demo_root

AS_OF = date(2026, 10, 1)
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=14, spaceAfter=8)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=10)
FIRST_PRINTED = 11
"""What stands in the footer of a made PDF's first page."""


_load_once = cache(run.load_knowledge)
_taggers: dict[tuple[str, object], Tagger] = {}


def _tagger_once(lexicon: Lexicon, names: tuple[tuple[str, str], ...] = ()) -> Tagger:
    key = (lexicon.digest, names)
    if key not in _taggers:
        _taggers[key] = Tagger(lexicon, names)
    return _taggers[key]


@pytest.fixture(scope="module", autouse=True)
def _know_once() -> Iterator[None]:
    """Load framework and lexicon, and build the tagger, once for all maps of this room: the same, only sooner."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "load_knowledge", _load_once)
        patch.setattr(run, "Tagger", _tagger_once)
        yield


@pytest.fixture(scope="session")
def truth(checkout: Path) -> dict[str, Any]:
    """What the sample pack shows, as its author wrote it down before any check was written."""
    found: dict[str, Any] = load_yaml(
        (checkout / "corpus_samples" / "pack" / "truth.yml").read_text(encoding="utf-8")
    )
    return found


@pytest.fixture(scope="session")
def sample(truth: dict[str, Any]) -> MapResult:
    """The sample pack's map, made once."""
    as_of = truth["as_of"]
    return map_evidence(
        MapOptions(
            pack=demo_root(),
            organisation=truth["organisation"],
            as_of=as_of if isinstance(as_of, date) else date.fromisoformat(as_of),
        )
    )


def _footer(canvas: Canvas, template: SimpleDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(72, 30, "Example Vale NHS Trust: papers of the People Committee")
    canvas.drawRightString(A4[0] - 72, 30, f"Page {canvas.getPageNumber() + FIRST_PRINTED - 1}")


def write_pdf(path: Path, blocks: list[str | Flowable]) -> Path:
    """Write a PDF: ``# `` begins a heading, other text is a paragraph; pages carry a printed number in the footer."""
    story = [
        block
        if isinstance(block, Flowable)
        else Paragraph(block.removeprefix("# "), HEADING if block.startswith("# ") else BODY)
        for block in blocks
    ]
    template = SimpleDocTemplate(
        str(path), pagesize=A4, leftMargin=72, rightMargin=72, topMargin=72, bottomMargin=72, invariant=1
    )
    template.build(story, onFirstPage=_footer, onLaterPages=_footer)
    return path


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., Path]:
    """Return :func:`write_pdf`."""
    return write_pdf


@pytest.fixture(scope="session")
def gap() -> Callable[[float], Flowable]:
    """Make an empty stretch of so many points."""
    return lambda height: Spacer(1, height)


@pytest.fixture(scope="session")
def make_word() -> Callable[..., Path]:
    """Write a Word file: text is a paragraph, ``# `` a heading, a tuple of tuples a table with a header row."""

    def build(path: Path, blocks: list[str | tuple[tuple[str, ...], ...]]) -> Path:
        document = docx.Document()
        for block in blocks:
            if isinstance(block, str):
                if block.startswith("# "):
                    document.add_heading(block.removeprefix("# "), level=1)
                else:
                    document.add_paragraph(block)
                continue
            table = document.add_table(rows=0, cols=len(block[0]))
            for row in block:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        document.save(str(path))
        return path

    return build


@pytest.fixture
def map_folder() -> Callable[..., MapResult]:
    """Map a folder as the papers of an invented trust."""

    def map_it(folder: Path, **options: Any) -> MapResult:
        given = {"organisation": "Example Vale NHS Trust", "as_of": AS_OF, "workers": 0}
        return map_evidence(MapOptions(pack=folder, **{**given, **options}))

    return map_it
