"""A map is the same to the byte with and without a cache; what did not change is not made again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_kit.language.read import Reader
from evidence_kit.pipeline import conclude, keeping, run
from evidence_kit.pipeline.run import MapResult
from evidence_kit.records.document import Document
from evidence_kit.reports.data import evidence_csv, findings_csv, texts_jsonl_gz, to_json
from evidence_kit.reports.view import build
from evidence_kit.reports.webpage import render
from evidence_kit.store.cache import FILE_NAME

MINUTES = """\
# Notes of the Race Equality Network

14 January 2026

The Medical Director attended the Race Equality Network on 14 January 2026.

- The Trust has no zero-tolerance statement on racist abuse.
- A leadership council for ethnic minority staff will be set up by March 2027.
"""


@pytest.fixture
def papers(tmp_path: Path, make_pdf: Callable[..., Path]) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "notes.md").write_text(MINUTES, encoding="utf-8")
    (folder / "again.md").write_text(MINUTES, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    filler = [f"Paragraph {number} of the report on estates tells of roofs. " * 9 for number in range(30)]
    make_pdf(folder / "annual.pdf", [*filler, "# Our board", MINUTES.splitlines()[4], *filler])
    return folder


@pytest.fixture(autouse=True)
def _steady_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code does not change in the middle of a test, whatever an editor does meanwhile."""
    monkeypatch.setattr(keeping, "code_digest", lambda *parts: f"code {parts}")


def written(result: MapResult) -> dict[str, bytes]:
    made = result.evidence_map
    return {
        "json": to_json(made),
        "html": render(build(made)).encode(),
        "findings": findings_csv(made),
        "evidence": evidence_csv(made),
        "texts": texts_jsonl_gz(result.documents),
    }


def count_made(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Write down which documents are cut up, whose passages are read, and whether a tagger is made."""
    made: dict[str, list[str]] = {"cut": [], "read": [], "tagger": []}
    cut, read, tagger = conclude.split_papers, Reader.read, run.Tagger

    def counted_cut(document: Document) -> object:
        made["cut"].append(document.path)
        return cut(document)

    def counted_read(self: Reader, passage: object, *rest: object) -> object:
        made["read"].append(passage.document)  # type: ignore[attr-defined]
        return read(self, passage, *rest)  # type: ignore[arg-type]

    def counted_tagger(*arguments: object) -> object:
        made["tagger"].append("made")
        return tagger(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(conclude, "split_papers", counted_cut)
    monkeypatch.setattr(Reader, "read", counted_read)
    monkeypatch.setattr(run, "Tagger", counted_tagger)
    return made


@pytest.mark.parametrize("workers", [0, 1])
def test_the_same_bytes_without_a_cache_with_a_new_one_and_with_a_full_one(
    papers: Path,
    tmp_path: Path,
    map_folder: Callable[..., MapResult],
    monkeypatch: pytest.MonkeyPatch,
    workers: int,
) -> None:
    without = map_folder(papers, workers=workers)
    assert sum(len(finding.quotes) for finding in without.evidence_map.findings) > 3
    new = map_folder(papers, workers=workers, cache=tmp_path / "cache")
    made = count_made(monkeypatch)
    full = map_folder(papers, workers=workers, cache=tmp_path / "cache")
    assert made == {"cut": [], "read": [], "tagger": []}
    assert written(without) == written(new) == written(full)
    assert without.documents == full.documents
    assert without.evidence_map == full.evidence_map
    assert full.notes == ()


def test_only_what_changed_is_made_again(
    papers: Path, tmp_path: Path, map_folder: Callable[..., MapResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    map_folder(papers, cache=tmp_path / "cache")
    (papers / "notes.md").write_text(MINUTES.replace("Medical Director", "Chief Executive"), encoding="utf-8")
    made = count_made(monkeypatch)
    changed = map_folder(papers, cache=tmp_path / "cache")
    assert made["cut"] == ["notes.md"]
    assert len(set(made["read"])) == 1
    monkeypatch.undo()
    assert written(changed) == written(map_folder(papers))


def test_another_organisation_another_date_and_other_names_are_no_mix_up(
    papers: Path, tmp_path: Path, map_folder: Callable[..., MapResult]
) -> None:
    from datetime import date

    choices = (
        {},
        {"organisation": "Another NHS Trust"},
        {"as_of": date(2030, 1, 1)},
        {"names": (("Medical Director", "ethnic_minority_staff_network"),)},
        {"pages_per_task": 1},
    )
    for options in choices:
        kept = map_folder(papers, cache=tmp_path / "cache", **options)
        assert written(kept) == written(map_folder(papers, **options)), options


def test_other_code_makes_everything_again(
    papers: Path, tmp_path: Path, map_folder: Callable[..., MapResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    map_folder(papers, cache=tmp_path / "cache")
    monkeypatch.setattr(keeping, "code_digest", lambda *parts: "other code")
    made = count_made(monkeypatch)
    map_folder(papers, cache=tmp_path / "cache")
    assert len(made["cut"]) == 4


@pytest.mark.parametrize("part", [0, 0.3, 0.9])
def test_a_damaged_cache_costs_a_note_and_never_the_map(
    papers: Path, tmp_path: Path, map_folder: Callable[..., MapResult], part: float
) -> None:
    without = written(map_folder(papers, cache=tmp_path / "cache"))
    file = tmp_path / "cache" / FILE_NAME
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * part)] or b"no database " * 99)
    damaged = map_folder(papers, cache=tmp_path / "cache")
    assert written(damaged) == without
    assert any("thrown away" in note for note in damaged.notes)
    assert map_folder(papers, cache=tmp_path / "cache").notes == ()


def test_a_cache_inside_the_pack_is_no_paper(papers: Path, map_folder: Callable[..., MapResult]) -> None:
    without = map_folder(papers)
    for _ in range(2):
        assert written(map_folder(papers, cache=papers / "kept")) == written(without)
