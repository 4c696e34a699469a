"""An evidence register in the pack: the trust's word, shown as such, and no evidence itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_kit.errors import NothingRead
from evidence_kit.pipeline.run import MapResult
from evidence_kit.reports.data import from_json, texts_jsonl_gz, to_json
from evidence_kit.reports.view import build
from evidence_kit.reports.webpage import render

STATEMENT = "# Anti-racism statement\n\nThe Board approved the anti-racism statement on 26 March 2026.\n"
CLAIM = "The Medical Director attended the Race Equality Network on 14 January 2026 and 11 March 2026"
REGISTER = f"""file,title,owner,address where published,date published,public/internal/confidential
statement.md,,Director of People,https://example.org/<b>statement,27 March 2026,public
gone.pdf,{CLAIM},,,,internal
"""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "statement.md").write_text(STATEMENT, encoding="utf-8")
    (folder / "evidence-register.csv").write_text(REGISTER, encoding="utf-8")
    return folder


def test_the_register_is_shown_as_the_trusts_word_and_is_no_evidence(
    papers: Path, map_folder: Callable[..., MapResult]
) -> None:
    result = map_folder(papers)
    made = result.evidence_map
    assert [document.path for document in made.documents] == ["statement.md"]
    assert [document.path for document in result.documents] == ["statement.md"]
    (paper,) = made.papers
    assert (paper.profile.public, paper.profile.owner) == (True, "Director of People")
    assert [(each.code, each.file) for each in made.problems] == [
        ("register_missing", "evidence-register.csv")
    ]
    assert (
        dict(made.run.settings)["evidence register"] == "evidence-register.csv (2 rows), stated by the trust"
    )
    page = render(build(made))
    assert "public (stated by the trust)" in page
    assert "published at https://example.org/&lt;b&gt;statement" in page
    assert "owner Director of People" in page
    assert not any(
        "Medical Director attended" in quote.text for each in made.findings for quote in each.quotes
    )
    assert CLAIM not in texts_jsonl_gz(result.documents).decode("latin-1")
    assert from_json(to_json(made)) == made


def test_a_title_that_the_register_states_gives_no_passage_its_meaning(
    tmp_path: Path, map_folder: Callable[..., MapResult]
) -> None:
    """ "Approved by the Board" says nothing of what; the register's title would say it, and must not."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "scan0001.txt").write_text("It was approved by the Board on 26 March 2026.\n", encoding="utf-8")
    before = map_folder(folder).evidence_map
    (folder / "evidence-register.csv").write_text(
        "file,title\nscan0001.txt,Anti-racism statement\n", encoding="utf-8"
    )
    after = map_folder(folder).evidence_map
    assert [paper.profile.title for paper in after.papers] == ["Anti-racism statement"]
    assert [(each.criterion, each.status, each.quotes) for each in after.findings] == [
        (each.criterion, each.status, each.quotes) for each in before.findings
    ]


def test_a_cache_does_not_mix_up_what_the_register_said(
    papers: Path, tmp_path: Path, map_folder: Callable[..., MapResult]
) -> None:
    first = map_folder(papers, cache=tmp_path / "cache")
    (papers / "evidence-register.csv").write_text(
        REGISTER.replace("public\n", "internal\n"), encoding="utf-8"
    )
    second = map_folder(papers, cache=tmp_path / "cache")
    assert second.evidence_map == map_folder(papers).evidence_map
    assert second.evidence_map.papers[0].profile.public is False
    assert first.evidence_map.papers[0].profile.public is True


def test_a_register_alone_is_no_pack(papers: Path, map_folder: Callable[..., MapResult]) -> None:
    (papers / "statement.md").unlink()
    with pytest.raises(NothingRead):
        map_folder(papers)
