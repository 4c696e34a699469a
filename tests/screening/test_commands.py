"""The commands, as a coordinator types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evidence_kit.cli.main import cli

ROWS = (
    ("B1", "in place", "board-minutes.pdf", "12", "The Chief Nurse is our executive sponsor"),
    ("S1", "in place", "board-minutes.pdf", "13", "We have a council"),
    ("Q9", "in place", "board-minutes.pdf"),
)


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture(scope="module")
def screened(
    tmp_path_factory: pytest.TempPathFactory, whole: Path, made: Any
) -> tuple[Path, Path, Path, Result]:
    home = tmp_path_factory.mktemp("round")
    claims = made.claims(home / "claims.csv", ROWS)
    done = run(
        "screen", "run", whole, "--claims", claims, "--round", home / "r", "--out", home / "r" / "vale", "--workers", 0,
        "--organisation", "Example Vale NHS Trust", "--as-of", "2026-10-01", "--target", "silver",
        "--reviewer", "Ada Obi", "--json",
    )  # fmt: skip
    return home / "r", claims, whole, done


def test_run_writes_everything_and_tells_it_as_json(screened: tuple[Path, Path, Path, Result]) -> None:
    home, _, _, done = screened
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert [(one["criterion"], one["verdict"]) for one in told["claims"]] == [
        ("B1", "confirmed"),
        ("S1", "planned"),
    ]
    assert told["unmatched"][0]["cell"] == "table 1!A4"
    names = {
        path.relative_to(home / "vale").as_posix() for path in (home / "vale").rglob("*") if path.is_file()
    }
    assert {
        "pre-screen.html",
        "pre-screen.docx",
        "screening.xlsx",
        "questions.docx",
        "data/screening.json",
    } <= names
    assert {"forms/review-ada-obi.xlsx", "forms/review-ada-obi.docx"} <= names
    record = json.loads((home / "vale" / "data" / "screening.json").read_text(encoding="utf-8"))
    assert all(sentence["rests_on"] for sentence in record["sentences"])
    assert (home / "cache").is_dir()


def test_a_later_run_takes_the_rounds_settings_and_gives_the_same(
    screened: tuple[Path, Path, Path, Result], tmp_path: Path
) -> None:
    home, claims, papers, first = screened
    before = (home / "vale" / "screening.xlsx").read_bytes()
    given = ("--claims", claims, "--round", home, "--out", home / "vale", "--workers", 0)
    again = run("screen", "run", papers, *given, "--organisation", "Example Vale NHS Trust", "--json")
    assert json.loads(again.output)["claims"] == json.loads(first.output)["claims"]
    assert (home / "vale" / "screening.xlsx").read_bytes() == before
    other = run("screen", "run", papers, *given, "--as-of", "2026-11-01")
    assert other.exit_code == 2
    assert "as_of is 2026-10-01, not 2026-11-01" in other.output


def test_merge_reads_a_filled_form_and_drafts_feedback(screened: tuple[Path, Path, Path, Result]) -> None:
    home = screened[0] / "vale"
    form = home / "forms" / "review-ada-obi.xlsx"
    book = openpyxl.load_workbook(form)
    for row in book["Review"].iter_rows(min_row=2):
        if row[1].value == "S1":
            row[5].value, row[6].value = "confirmed", "I know the council"
    book.save(form)
    for _ in range(2):
        done = run("screen", "merge", home, form, "--json")
        assert done.exit_code == 0, done.output
    (told,) = json.loads(done.output)["criteria"]
    assert told["decisions"] == {"Ada Obi": "confirmed"}
    assert (told["tool"], told["tool_differs"]) == (["planned"], True)
    (file,) = (home / "decisions").glob("*.jsonl")
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1
    sentences = json.loads((home / "feedback-draft.json").read_text(encoding="utf-8"))
    assert {name for one in sentences for name in one["rests_on"]} == {sentences[0]["rests_on"][0]}
    assert sentences[0]["rests_on"][0].startswith("Ada Obi, ")
    assert (home / "reviews.xlsx").is_file()


def test_close_lists_first_and_deletes_when_told(screened: tuple[Path, Path, Path, Result]) -> None:
    home, _, papers, _ = screened
    listed = json.loads(run("screen", "close", home, "--json").output)
    assert "vale/data/texts.jsonl.gz" in listed["delete"]
    assert not listed["deleted"]
    done = run("screen", "close", home, "--delete")
    assert done.exit_code == 0
    assert not (home / "cache").exists()
    assert (home / "vale" / "pre-screen.html").is_file()
    assert list(papers.iterdir())


def test_the_template_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "claims.xlsx"
    assert run("screen", "template", "--out", path, "--target", "bronze").exit_code == 0
    again = run("screen", "template", "--out", path)
    assert again.exit_code == 2
    assert "left alone" in again.output
