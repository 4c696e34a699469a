"""The group `model`: explain says what moved a passage, train and evaluate say what is wrong, card prints the card."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidence_kit.cli.main import cli
from evidence_kit.errors import ExitCode
from evidence_kit.resources import framework_root, model_root

BEARS = "Racist abuse of our staff will not be tolerated: zero tolerance, whoever it comes from."


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["model", *words])
    return result.exit_code, result.output


def test_explain_tells_what_moved_a_prediction() -> None:
    code, text = run("explain", BEARS)
    assert code == 0
    assert "concepts in its words: " in text
    assert "B5: " in text
    assert "+" in text.split("B5: ")[1]


def test_explain_reads_what_a_passage_stands_under() -> None:
    said = "We held four sessions with teams across the hospital."
    _, alone = run("explain", said)
    _, under = run("explain", said, "--heading", "Race equality", "--stem", "On anti-racism, this year:")
    assert "taken for no criterion" in alone
    assert "anti_racism" in under.split("concepts that it stands under: ")[1].splitlines()[0]


def test_the_card_that_is_printed_is_the_one_that_ships() -> None:
    code, text = run("card")
    assert code == 0
    assert text == (model_root() / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_a_framework_without_a_model_has_no_card() -> None:
    code, text = run("card", "--framework", str(framework_root("eds-2022")))
    assert code == ExitCode.MODEL_UNUSABLE
    assert "model train" in text


def test_training_with_too_few_passages_says_that_keywords_do_without(tmp_path: Path) -> None:
    line = {"id": "elmsea-001", "kind": "policy", "text": BEARS, "bears": ["B5"], "stance": "done"}
    (tmp_path / "elmsea.jsonl").write_text(json.dumps(line), encoding="utf-8")
    code, text = run("train", "--passages", str(tmp_path), "--out", str(tmp_path / "model"))
    assert code == ExitCode.USAGE
    assert "keywords classify" in text
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_passages_that_break_the_rules_are_told_with_their_line(tmp_path: Path, command: str) -> None:
    (tmp_path / "elmsea.jsonl").write_text("{}\n", encoding="utf-8")
    code, text = run(command, "--passages", str(tmp_path))
    assert code == ExitCode.USAGE
    assert "elmsea.jsonl:1" in text
