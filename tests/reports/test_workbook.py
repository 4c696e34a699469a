"""The workbook holds what the map says, as text, in the framework's order, with room for what people say."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports import workbook_layout as layout
from evidence_kit.reports.view import build
from evidence_kit.reports.workbook import render


def sheets(
    evidence_map: EvidenceMap, decisions: list[Decision] | None = None, sources: str = ""
) -> dict[str, list[list[str]]]:
    """Read the workbook with another library than the one that wrote it: rows as text, by sheet."""
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(render(build(evidence_map, decisions or [], sources=sources)))
    )
    return {
        name: [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def column(rows: list[list[str]], heading: str) -> list[str]:
    index = rows[0].index(heading)
    return [row[index] for row in rows[1:]]


def test_the_same_map_gives_the_same_bytes(sample_map: EvidenceMap) -> None:
    assert render(build(sample_map)) == render(build(sample_map))


def test_every_criterion_stands_in_the_self_assessment_in_the_frameworks_order(
    sample_map: EvidenceMap,
) -> None:
    rows = sheets(sample_map)[layout.SELF_ASSESSMENT]
    order = [level.id for level in sample_map.framework.levels]
    criteria = sorted(sample_map.framework.criteria, key=lambda one: order.index(one.level))
    judged = {finding.criterion for finding in sample_map.findings}
    assert column(rows, layout.CRITERION) == [one.id for one in criteria if one.id in judged]


def test_every_quote_stands_in_the_evidence_with_its_words(sample_map: EvidenceMap) -> None:
    rows = sheets(sample_map)[layout.EVIDENCE]
    said = [" ".join(re.sub(r"\[U\+[0-9A-F]{4}\]", "", text).split()) for text in column(rows, layout.QUOTE)]
    quotes = [quote for finding in sample_map.findings for quote in finding.quotes]
    assert len(said) == len(quotes)
    for quote in quotes:
        assert " ".join(re.sub("[\u202e\u202c]", "", quote.text).split()) in said


def test_no_cell_is_a_formula_and_no_link_leaves_the_papers(sample_map: EvidenceMap) -> None:
    content = render(build(sample_map, sources="../papers"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8")
            if name.startswith("xl/worksheets/sheet"):
                assert "<f>" not in text and "<f " not in text
            if "_rels/sheet" in name:
                targets = re.findall(r'Target="([^"]*)"', text)
                assert targets and all(
                    target.replace("\\", "/").startswith("../papers/") for target in targets
                )


def test_what_people_said_is_shown_beside_empty_cells(sample_map: EvidenceMap) -> None:
    at = "2026-11-24T09:30:00Z"
    said = [
        Decision(
            criterion="B1", verdict=Verdict.CONFIRMED, person="Priya Nair", at=at, comment="Seen in July."
        ),
        Decision(criterion="B1", verdict=Verdict.IN_PLACE, person="=cmd()", at=at),
    ]
    rows = sheets(sample_map, said)
    row = next(row for row in rows[layout.SELF_ASSESSMENT] if "B1" in row)
    heads = rows[layout.SELF_ASSESSMENT][0]
    told = row[heads.index(layout.SAID_BEFORE)]
    assert (
        told
        == "confirmed by Priya Nair, 24 November 2026 (Seen in July.); in place by =cmd(), 24 November 2026"
    )
    assert row[heads.index(layout.DECISION)] == ""


def test_the_action_plan_has_the_frameworks_seven_columns(sample_map: EvidenceMap) -> None:
    rows = sheets(sample_map)[layout.ACTIONS]
    assert tuple(rows[0]) == layout.ACTION_COLUMNS
    drafted = [row for row in rows[1:] if row[1]]
    assert len(drafted) == len(build(sample_map).gaps)


def test_what_was_not_read_is_listed(sample_map: EvidenceMap) -> None:
    rows = sheets(sample_map)[layout.NOT_READ]
    unread = {document.path for document in sample_map.documents if document.unread_pages}
    assert unread <= set(column(rows, layout.DOCUMENT))


@pytest.mark.parametrize(
    ("words", "verdict"),
    [("Accept", None), ("accepted", Verdict.ACCEPT), ("  Needs  MORE ", Verdict.NEEDS_MORE), ("", None)],
)
def test_words_of_a_drop_down_are_read_whatever_their_case(words: str, verdict: Verdict | None) -> None:
    assert layout.verdict_of(words, layout.QUOTE_DECISIONS) is verdict
