"""What the documents say about commands, options, codes and files is true."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from evidence_kit.checks.catalogue import CHECK_NAMES
from evidence_kit.cli.config import KNOWN_KEYS
from evidence_kit.cli.main import cli
from evidence_kit.errors import ExitCode
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.readers import base
from evidence_kit.records.finding import Status
from evidence_kit.reports.words import STATUS_WORDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(group: click.Group = cli, prefix: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield " ".join((*prefix, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, (*prefix, name))


COMMANDS = dict(commands())


def section(command: str) -> str:
    """Return the part of docs/cli.md that is about a command; a group's commands share the group's."""
    top = command.split()[0]
    match = re.search(
        rf"^## `evidence-kit {top}\b.*?(?=^## |\Z)", page("docs/cli.md"), re.MULTILINE | re.DOTALL
    )
    assert match, f"docs/cli.md has no section for {top}"
    return match[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_a_place_in_the_docs(name: str) -> None:
    assert COMMANDS[name].help
    assert f"evidence-kit {name}" in section(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented_where_its_command_is(name: str) -> None:
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name} has no help"
            assert f"`{parameter.opts[0]}" in section(name), f"{name} {parameter.opts[0]}"


def test_no_page_names_an_option_that_is_none() -> None:
    known = {
        option for command in COMMANDS.values() for parameter in command.params for option in parameter.opts
    }
    known |= {"--help", "--version"}
    for name in COMMANDS:
        said = set(re.findall(r"`(--[a-z-]+)", section(name)))
        assert said <= known, said - known


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_names_a_command_that_is_none(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    code = re.findall(r"`[^`\n]+`|^ {4}.*$", text, re.MULTILINE)
    for line in code:
        for words in re.findall(r"(?:^|[\s`/\\])evidence-kit +([a-z]+)(?: +([a-z]+))?", line):
            group = COMMANDS.get(words[0])
            assert group is not None, f"{path.name}: evidence-kit {words[0]}"
            if isinstance(group, click.Group) and words[1]:
                assert " ".join(words) in COMMANDS, f"{path.name}: evidence-kit {' '.join(words)}"


EXAMPLES = re.findall(r"^```python\n(.*?)^```", page("docs/library.md"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_for_python_run(number: int, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "minutes.md").write_text("# Minutes\n\nThe Board met on 3 March 2026.\n", encoding="utf-8")
    (tmp_path / "example.py").write_text(EXAMPLES[number], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 2


def test_every_command_has_a_function_in_the_docs() -> None:
    table = re.findall(r"^\| (`.*?) \|", page("docs/library.md"), re.MULTILINE)
    named = {name for cell in table for name in re.findall(r"`([a-z ]+)`", cell)}
    groups = {name for name, command in COMMANDS.items() if isinstance(command, click.Group)}
    printing_only = groups | {"framework list"}
    assert named == set(COMMANDS) - printing_only


def test_every_exit_code_is_documented_by_number_and_name() -> None:
    text = page("docs/cli.md")
    rows = dict(re.findall(r"^\| (\d+) \| `(\w+)` \|", text, re.MULTILINE))
    assert rows == {str(int(code)): code.name for code in ExitCode}


def test_every_setting_is_documented() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", page("docs/configuration.md"), re.MULTILINE)
    assert set(rows) == set(KNOWN_KEYS)


def test_every_problem_code_is_documented() -> None:
    codes = {
        value
        for name, value in vars(base).items()
        if name.isupper() and isinstance(value, str) and re.fullmatch(r"[a-z_]+", value)
    }
    rows = re.findall(r"^\| `(\w+)` \|", page("docs/errors.md"), re.MULTILINE)
    assert codes <= set(rows), codes - set(rows)


@pytest.mark.parametrize("name", sorted(CHECK_NAMES))
def test_every_check_is_documented(name: str) -> None:
    assert f"`{name}`" in page("docs/taxonomy.md")


def test_every_status_is_explained_in_the_readme() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \|", page("README.md"), re.MULTILINE)
    assert {STATUS_WORDS[status] for status in Status} <= set(rows)


def test_make_targets_named_in_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    for path in PAGES:
        code = re.findall(r"`[^`\n]+`|^ {4}.*$", path.read_text(encoding="utf-8"), re.MULTILINE)
        said = {name for line in code for name in re.findall(r"(?:^ {4}|`)make ([a-z]+)", line)}
        assert said <= targets, f"{path.name}: {said - targets}"


def test_the_version_is_the_same_everywhere() -> None:
    from evidence_kit import __version__

    assert tomllib.loads(page("pyproject.toml"))["project"]["version"] == __version__


def test_what_is_not_yet_checked_is_listed_by_name_in_the_readme() -> None:
    section = re.search(
        r"<!-- not-yet-checked: begin.*?-->(.*?)<!-- not-yet-checked: end -->", page("README.md"), re.S
    )
    assert section
    listed = dict(re.findall(r"^- `([\w.]+)`: (.+)$", section[1], re.MULTILINE))
    open_ones = {
        criterion.id: str(dict(element.parameters)["what"])
        for criterion in load_knowledge().framework.criteria
        for element in criterion.elements
        if element.check == "open.not_yet_checked" and element.required
    }
    assert listed == open_ones
