"""``init``, ``doctor``, ``--version`` and ``--help``."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidence_kit import __version__
from evidence_kit.cli.config import CONFIG_NAME, TEMPLATE
from evidence_kit.cli.doctor import NEEDED, Examined, doctor_text
from evidence_kit.cli.main import cli
from evidence_kit.cli.reading import parse_pages
from evidence_kit.errors import UsageError
from evidence_kit.language.lexicon import load_lexicon
from evidence_kit.resources import lexicon_root


def run(*arguments: str):
    return CliRunner().invoke(cli, list(arguments))


def test_version() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout.strip()) == (0, f"evidence-kit, version {__version__}")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_keeps_its_examples_on_their_lines(flag: str) -> None:
    result = run(flag)
    assert result.exit_code == 0
    assert "\n    evidence-kit demo\n" in result.stdout
    assert "\n    evidence-kit map papers" not in result.stdout
    assert "\n    evidence-kit map papers" in run("map", flag).stdout.replace("      ", "    ")


def test_no_command_prints_help_and_counts_as_usage() -> None:
    result = run()
    assert result.exit_code == 2
    assert "Commands:" in result.output


def test_init_writes_and_then_refuses(tmp_path: Path) -> None:
    first = run("init", str(tmp_path))
    assert first.exit_code == 0
    assert (tmp_path / CONFIG_NAME).is_file()
    second = run("init", str(tmp_path))
    assert second.exit_code == 6
    assert "exists already" in second.stderr


def test_init_takes_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init").exit_code == 0
    assert (tmp_path / CONFIG_NAME).is_file()


def test_doctor_finds_this_installation_in_order() -> None:
    result = run("doctor", "--json")
    report = json.loads(result.stdout)
    found = {item["name"]: item for item in report["found"]}
    assert [name for name, item in found.items() if not item["good"]] == []
    assert (result.exit_code, report["good"]) == (0, True)
    assert set(NEEDED) < set(found)
    assert found["PDFium"]["value"].count(".") == 3
    assert found["worker processes"]["value"] == "start and answer"


def test_doctor_says_what_is_bad_and_what_to_do() -> None:
    text = doctor_text(
        (Examined(name="a", value="1"), Examined(name="bb", value="gone", good=False, advice="Get\nit."))
    )
    assert text == "ok  a   1\nBAD bb  gone\n        Get\n        it."


@pytest.mark.parametrize(
    ("text", "ranges"), [(None, ()), ("3", ((3, 3),)), ("3-7", ((3, 7),)), ("1, 3-7", ((1, 1), (3, 7)))]
)
def test_pages(text: str | None, ranges: tuple[tuple[int, int], ...]) -> None:
    assert parse_pages(text) == ranges


@pytest.mark.parametrize("text", ["0", "7-3", "a", "1-", "1,,2", "-3"])
def test_pages_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match="names no pages"):
        parse_pages(text)


def test_an_empty_page_range_is_refused() -> None:
    with pytest.raises(UsageError):
        parse_pages("")


def test_the_concepts_that_the_settings_file_shows_exist(tmp_path: Path) -> None:
    known = load_lexicon(lexicon_root()).ids()
    shown = re.findall(r'^# ".*?" = "(\w+)"$', TEMPLATE, re.MULTILINE)
    assert len(shown) == 2
    assert set(shown) <= known
