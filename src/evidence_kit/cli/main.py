"""The command ``evidence-kit``. Commands import what is heavy when they run, so that ``--help`` is quick."""

from __future__ import annotations

import contextlib
import sys

import click

from evidence_kit import __version__
from evidence_kit.cli.auditing import audit_group
from evidence_kit.cli.cache import cache_group
from evidence_kit.cli.checking import check_command
from evidence_kit.cli.comparing import compare_command
from evidence_kit.cli.door import Door
from evidence_kit.cli.explaining import explain_command
from evidence_kit.cli.framework import framework_group
from evidence_kit.cli.mapping import demo_command, map_command
from evidence_kit.cli.model import model_group
from evidence_kit.cli.reading import read_command
from evidence_kit.cli.reporting import report_command
from evidence_kit.cli.screening import screen_group
from evidence_kit.cli.setup import doctor_command, init_command
from evidence_kit.cli.sharing import share_command


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="evidence-kit")
def cli() -> None:
    """Read an organisation's papers and map what they show against the North West Anti-racist Framework.

    Nothing leaves this computer. The map says what the papers show; people decide.

    \b
    Start with:
      evidence-kit demo
      evidence-kit map FOLDER --organisation "Example NHS Trust" --target bronze
    """


for command in (
    map_command,
    demo_command,
    explain_command,
    check_command,
    compare_command,
    report_command,
    share_command,
    read_command,
    screen_group,
    framework_group,
    cache_group,
    model_group,
    audit_group,
    init_command,
    doctor_command,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; the process ends with an exit code of :class:`evidence_kit.errors.ExitCode`."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or pipe may not know every character of a paper; better a question mark than no output.
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    cli(prog_name="evidence-kit")
