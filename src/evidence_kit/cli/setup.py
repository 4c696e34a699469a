"""``init`` and ``doctor``: getting started, and finding out why it does not work."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_kit.cli.config import write_template
from evidence_kit.errors import ExitCode


@click.command("init", short_help="Write a commented evidence-kit.toml.")
@click.argument("folder", type=click.Path(path_type=Path), default=".", metavar="[DIR]")
def init_command(folder: Path) -> None:
    """Write a commented evidence-kit.toml into DIR, or into the current folder.

    An existing file is never overwritten. Do not put it into the folder of papers: it is not read there.
    """
    path = write_template(folder)
    click.echo(f"Wrote {path}. Every line in it is optional; remove the # of those that you want.")


@click.command("doctor", short_help="Say what is installed and whether it works.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor_command(as_json: bool) -> None:
    """Say what is installed and whether it works: for you, and for a report of a bug."""
    from evidence_kit.cli.doctor import doctor_json, doctor_text, examine

    found = examine()
    click.echo(doctor_json(found) if as_json else doctor_text(found))
    if not all(item.good for item in found):
        click.get_current_context().exit(int(ExitCode.DEPENDENCY_MISSING))
