"""The sample pack's cited pages: an independent reader confirms what is marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from evidence_kit.pipeline.run import MapResult
from evidence_kit.records.finding import Role
from evidence_kit.reports.marked_pdf import render
from evidence_kit.reports.material import Material
from evidence_kit.reports.view import build
from evidence_kit.resources import demo_root

SHARE_CONFIRMED = 0.99
"""Goal of the design for an independent reader; what it misses is listed by the assertion."""


def normalised(text: str) -> str:
    """Return letters and digits alone, NFKC and case folded: poppler has its own mind about blanks and bullets."""
    return "".join(re.findall(r"\w", unicodedata.normalize("NFKC", text).casefold()))


def test_poppler_finds_the_words_of_every_quote_inside_its_mark(
    sample: MapResult, tmp_path: Path, marked_words: Callable[[Path], dict[str, str]]
) -> None:
    evidence_map = replace(sample.evidence_map, target="gold")
    made = tmp_path / "cited-pages.pdf"
    made.write_bytes(render(Material(view=build(evidence_map), papers=demo_root())))
    texts = {(page.document, page.page_index): page.text for page in evidence_map.cited_pages}
    levels = {level.id for level in evidence_map.framework.levels if level.cumulative}
    wanted = {
        f"{place.document}@{place.page_index}:{place.start}-{place.end}": normalised(
            texts[place.document, place.page_index][place.start : place.end]
        )
        for finding in evidence_map.findings
        if evidence_map.framework.criterion(finding.criterion).level in levels
        for quote in finding.quotes
        if quote.role is not Role.NEAR_MISS
        for place in quote.places
    }
    found = {name: normalised(words) for name, words in marked_words(made).items()}
    missed = [(name, words, found.get(name)) for name, words in wanted.items() if found.get(name) != words]
    assert len(wanted) > 50
    assert found.keys() == wanted.keys()
    assert 1 - len(missed) / len(wanted) >= SHARE_CONFIRMED, missed
