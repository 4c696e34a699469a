"""``--limit`` on the command line and ``[limits]`` in the settings file; what is hit is named with its value."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.cli.config import load_config
from evidence_kit.cli.limits import parse_limits
from evidence_kit.cli.main import cli
from evidence_kit.cli.settings import Flags, build_options
from evidence_kit.errors import ConfigError, ExitCode, UsageError
from evidence_kit.workers import Limits

TODAY = date(2026, 11, 24)


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def three_pages(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    canvas = Canvas(str(folder / "report.pdf"))
    for number in range(3):
        canvas.drawString(72, 700, f"The Board met in month {number + 1}.")
        canvas.showPage()
    canvas.save()
    return folder


def test_a_limit_that_is_hit_is_named_with_its_value_and_may_be_raised(three_pages: Path) -> None:
    path = three_pages / "report.pdf"
    result = run("read", path, "--limit", "pages=2", "--no-cache")
    assert result.exit_code == ExitCode.PARTLY_READ
    assert "(pages = 2)" in result.stdout
    assert "--limit pages=" in result.stdout
    assert "month 3" not in result.stdout
    assert "month 3" in run("read", path, "--limit", "pages=3", "--no-cache").stdout


def test_a_map_says_which_limits_were_not_the_usual_ones(three_pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "map"
    asked = ("--as-of", "2026-10-01", "--out", out, "--workers", "0", "--json")
    assert run("map", three_pages, *asked, "--limit", "pages=2", "--limit", "seconds=60").exit_code == 7
    settings = dict(
        json.loads((out / "data" / "evidence-map.json").read_text(encoding="utf-8"))["run"]["settings"]
    )
    assert {name: value for name, value in settings.items() if "limit" in name} == {
        "limit: pages": "2",
        "source: limit": "--limit",
    }


def test_the_settings_file_and_the_command_line_go_together(tmp_path: Path) -> None:
    path = tmp_path / "evidence-kit.toml"
    path.write_text("[limits]\nseconds = 120.5\npages = 9\n", encoding="utf-8")
    config = load_config(path)
    assert build_options(tmp_path, flags=Flags(), config=config, today=TODAY).limits == Limits(
        seconds=120.5, pages=9
    )
    flags = Flags(limits=parse_limits(["pages=7"]))
    assert build_options(tmp_path, flags=flags, config=config, today=TODAY).limits == Limits(
        seconds=120.5, pages=7
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("minutes=3", "no limit 'minutes'"),
        ("pages", "whole number above 0"),
        ("pages=0", "whole number above 0"),
        ("pages=2.5", "whole number above 0"),
        ("seconds=soon", "a number above 0"),
        ("seconds=inf", "a number above 0"),
        ("seconds=-1", "a number above 0"),
    ],
)
def test_what_is_no_limit_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_limits([text])
    name, _, value = text.partition("=")
    path = tmp_path / "evidence-kit.toml"
    path.write_text(
        f"[limits]\n{name} = {value if value and value != 'soon' else 'true'}\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=said):
        load_config(path)


def test_the_limits_in_the_docs_are_those_of_the_code(checkout: Path) -> None:
    page = (checkout / "docs" / "formats.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", page, re.MULTILINE))
    assert {name: float(value.replace(",", "")) for name, value in rows.items()} == asdict(Limits())


def test_limits_that_are_no_table_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "evidence-kit.toml"
    path.write_text("limits = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="must be a table"):
        load_config(path)
