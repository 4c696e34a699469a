"""``framework``: what the standard asks, whether its files are right, and what to gather for it."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_kit.cli.mapping import DAY, FOLDER
from evidence_kit.errors import FrameworkInvalid, UsageError

if TYPE_CHECKING:
    from evidence_kit.pipeline.knowledge import Knowledge

framework_option = click.option(
    "--framework", "folder", type=FOLDER, metavar="DIR", help="Another framework."
)


def load(folder: Path | None) -> Knowledge:
    """Load a framework with its lexicon; the built-in one for ``None``.

    Raises:
        FrameworkInvalid: Something in it is wrong.
        UsageError: There is no such folder.
    """
    from evidence_kit.pipeline.knowledge import load_knowledge

    if folder is not None and not folder.is_dir():
        raise UsageError(f"There is no framework folder {folder}.", next_step="Check the spelling.")
    return load_knowledge(folder)


def shipped() -> tuple[Path, ...]:
    """Return the folders of the frameworks that come with the tool."""
    from evidence_kit.framework.loader import HEAD_FILE
    from evidence_kit.resources import framework_root

    return tuple(sorted(path.parent for path in framework_root().parent.glob(f"*/{HEAD_FILE}")))


@click.group("framework")
def framework_group() -> None:
    """Look at a framework: its criteria, its files, what to gather."""


@framework_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def list_command(as_json: bool) -> None:
    """List the frameworks that come with evidence-kit."""
    from evidence_kit.cli.framework_text import counted

    found = [(folder, load(folder).framework) for folder in shipped()]
    if as_json:
        rows = [
            {"id": one.id, "title": one.title, "edition": one.edition, "criteria": len(one.criteria)}
            for _, one in found
        ]
        click.echo(json.dumps(rows, indent=2))
        return
    for folder, one in found:
        click.echo(f"{one.id}: {one.title}, {one.edition} ({counted(one)})\n  {folder}")


@framework_group.command("show", short_help="Show all criteria, or one of them.")
@click.argument("criterion", required=False)
@framework_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show_command(criterion: str | None, folder: Path | None, as_json: bool) -> None:
    """Show all criteria, or one CRITERION with its wordings, elements and near-misses."""
    from evidence_kit.cli.framework_text import criterion_text, find_criterion, framework_json, framework_text

    framework = load(folder).framework
    chosen = find_criterion(framework, criterion) if criterion else None
    if as_json:
        click.echo(framework_json(framework, chosen))
    else:
        click.echo(criterion_text(framework, chosen) if chosen else framework_text(framework))


@framework_group.command("check", short_help="Validate a framework's files and run its cases.")
@click.argument("path", required=False, type=FOLDER)
def check_command(path: Path | None) -> None:
    """Validate the framework in the folder PATH, or the built-in one, and run its cases.

    Faults are named with file and line. A case is a short text with the status that it must give.
    """
    from evidence_kit.cli.framework_text import counted
    from evidence_kit.pipeline.cases import load_cases, run_cases
    from evidence_kit.resources import framework_root

    root = path or framework_root()
    knowledge = load(root)
    framework = knowledge.framework
    click.echo(f"{framework.title}, {framework.edition}: {counted(framework)}; every file is valid.")
    cases = load_cases(root, frozenset(criterion.id for criterion in framework.criteria))
    failed = [result for result in run_cases(cases, knowledge) if not result.passed]
    click.echo(f"{len(cases) - len(failed)} of {len(cases)} cases give the status that they must give.")
    if failed:
        raise FrameworkInvalid(
            tuple(
                f"cases/{result.case.criterion}.yml, {result.case.name}: {result.status.value} instead of "
                f"{result.case.status.value}: {result.reason}"
                for result in failed
            )
        )


@framework_group.command("ask", short_help="List what to gather for a level.")
@click.option("--target", metavar="LEVEL", default="", help="The level to gather for; else the first.")
@click.option("--as-of", type=DAY, metavar="YYYY-MM-DD", help="The date to look back from; else today.")
@click.option("--html", type=FOLDER, metavar="FILE", help="Write a web page to FILE instead of printing.")
@framework_option
def ask_command(target: str, as_of: datetime | None, html: Path | None, folder: Path | None) -> None:
    """List what to gather for a level: for each criterion what must be shown, from when, and where it usually is."""
    from evidence_kit.reports.ask import render_ask
    from evidence_kit.reports.writing import write_file

    day = as_of.date() if as_of else date.today()
    asked = render_ask(load(folder).framework, target, day)
    if html is None:
        click.echo(asked.text, nl=False)
        return
    write_file(html, asked.html)
    click.echo(f"Wrote {html}.")
