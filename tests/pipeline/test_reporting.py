"""Reports are written with the decisions beside them, and never over what somebody filled in."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from evidence_kit import outputs
from evidence_kit.pipeline.reporting import RENDERINGS, seen_from, write_map, write_reports
from evidence_kit.pipeline.run import MapResult
from evidence_kit.pipeline.written import read_written
from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.resources import demo_root
from evidence_kit.store.decisions import append_decisions, read_decisions


@pytest.fixture
def folder(tmp_path: Path, sample: MapResult) -> Path:
    write_map(sample.evidence_map, sample.documents, tmp_path / "map", papers=tmp_path / "papers")
    return tmp_path / "map"


def decide(folder: Path) -> None:
    decision = Decision(
        criterion="B1", verdict=Verdict.CONFIRMED, person="Priya Nair", at="2026-11-24T09:30:00Z"
    )
    append_decisions(folder / outputs.DECISIONS, "Priya Nair", [decision])


def test_all_reports_are_there_and_written_the_same_twice(folder: Path, sample: MapResult) -> None:
    assert {path.name for path in folder.iterdir()} == {*RENDERINGS, outputs.DATA}
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    again = write_reports(sample.evidence_map, folder, papers=read_written(folder).papers)
    assert again.kept == ()
    assert before == {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_decisions_stand_in_the_reports_and_are_never_touched(
    folder: Path, sample: MapResult, tmp_path: Path
) -> None:
    decide(folder)
    (kept,) = (folder / outputs.DECISIONS).iterdir()
    before = kept.read_bytes()
    told = write_map(sample.evidence_map, sample.documents, folder, papers=tmp_path / "papers")
    assert kept.read_bytes() == before
    level = next(level for level in told.view.levels if level.level.id == "bronze")
    assert level.confirmed == 1 and "1 of 5 confirmed by a person" in level.line
    assert level.line in (folder / outputs.PAGE).read_text(encoding="utf-8")


def test_a_workbook_that_somebody_filled_in_is_kept(folder: Path, sample: MapResult, tmp_path: Path) -> None:
    workbook = folder / outputs.WORKBOOK
    filled = workbook.read_bytes() + b"filled in"
    for number in (1, 2):
        workbook.write_bytes(filled)
        told = write_map(sample.evidence_map, sample.documents, folder, papers=tmp_path / "papers")
        assert told.kept == (folder / outputs.KEPT / f"evidence-map-{number}.xlsx",)
        assert told.kept[0].read_bytes() == filled
        assert workbook.read_bytes() != filled


def test_reports_go_elsewhere_beside_what_somebody_wrote_there(
    folder: Path, sample: MapResult, tmp_path: Path
) -> None:
    decide(folder)
    before = read_written(folder)
    for _ in range(2):
        told = write_reports(
            sample.evidence_map, folder, papers="../papers", names=[outputs.PACK], into=tmp_path / "other"
        )
        assert told.kept == () and told.view.levels[0].confirmed == 1
    assert {path.name for path in (tmp_path / "other").iterdir()} == {outputs.PACK}
    assert read_written(folder) == before
    (tmp_path / "other" / outputs.PACK).write_bytes(b"written in")
    (kept,) = write_reports(
        sample.evidence_map, folder, papers="", names=[outputs.PACK], into=tmp_path / "other"
    ).kept
    assert kept.read_bytes() == b"written in"


def test_a_damaged_line_of_decisions_is_told(folder: Path, sample: MapResult) -> None:
    decide(folder)
    (file,) = (folder / outputs.DECISIONS).iterdir()
    file.write_bytes(file.read_bytes() + b"{}\n")
    told = write_reports(sample.evidence_map, folder, papers="")
    assert [problem.code for problem in told.problems] == ["decision_unreadable"]
    assert len(read_decisions(folder / outputs.DECISIONS).decisions) == 1


def test_the_papers_as_seen_from_the_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "papers").mkdir()
    file = tmp_path / "papers" / "one.pdf"
    file.write_bytes(b"%PDF")
    assert seen_from(tmp_path / "map", tmp_path / "papers") == "../papers"
    assert seen_from(tmp_path / "papers" / "map", tmp_path / "papers") == ".."
    assert seen_from(tmp_path / "map", file) == "../papers"
    monkeypatch.chdir(tmp_path)
    assert seen_from(Path("map"), Path("papers")) == "../papers"


def test_an_unreadable_note_of_an_earlier_run_says_nothing(folder: Path) -> None:
    (folder / outputs.DATA / outputs.WRITTEN).write_bytes(b"[")
    assert read_written(folder).files == {}


def test_the_page_says_what_changed_since_the_last_map_that_was_different(
    folder: Path, sample: MapResult, tmp_path: Path
) -> None:
    def written(evidence_map: EvidenceMap) -> str:
        write_map(evidence_map, sample.documents, folder, papers=tmp_path / "papers")
        return (folder / outputs.PAGE).read_text(encoding="utf-8")

    assert "Since the last map" not in written(sample.evidence_map)
    first, *rest = sample.evidence_map.findings
    poorer = replace(sample.evidence_map, findings=(replace(first, quotes=()), *rest))
    changed = written(poorer)
    assert "Since the last map" in changed and "0 new quotes" in changed
    assert written(poorer) == changed


def test_the_page_shows_cited_places(sample: MapResult, tmp_path: Path) -> None:
    write_map(sample.evidence_map, sample.documents, tmp_path / "map", papers=demo_root())
    page = html.fromstring((tmp_path / "map" / outputs.PAGE).read_text(encoding="utf-8"))
    pictures = page.xpath("//details[@class='picture']/img")
    assert pictures and all(
        image.get("alt") and image.get("src").startswith("data:image/jpeg") for image in pictures
    )
    by_criterion = Counter(
        image.xpath("ancestor::*[@data-criterion]/@data-criterion")[0] for image in pictures
    )
    assert max(by_criterion.values()) <= 3
