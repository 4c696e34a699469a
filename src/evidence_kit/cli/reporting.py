"""``report``: any report of a map again, in a user's own form too; letters and a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_kit import outputs
from evidence_kit.cli.explaining import load_map, map_folder
from evidence_kit.cli.settings import default_workers
from evidence_kit.cli.summary import places
from evidence_kit.errors import UsageError

if TYPE_CHECKING:
    from evidence_kit.pipeline.reporting import Extra

NAMES = {
    "page": outputs.PAGE,
    "workbook": outputs.WORKBOOK,
    "pack": outputs.PACK,
    "cited": outputs.CITED,
}
"""What the reports are called on the command line."""
FOLDER = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("report", short_help="Write reports of a map again, letters, a calendar.")
@click.argument("evidence_map", type=FOLDER, metavar="MAP")
@click.option("--only", multiple=True, type=click.Choice(list(NAMES)), help="This report; may be said again.")
@click.option("--out", type=FOLDER, metavar="DIR", help="Where to write; else the map's folder.")
@click.option("--papers", type=FOLDER, metavar="DIR", help="Where the papers lie now; else where they were.")
@click.option(
    "--template", type=FILE, metavar="FILE", help="Your own: Jinja2, or .docx for the pack's styles."
)
@click.option("--letters", is_flag=True, help="Write a letter about gaps to everybody who holds papers.")
@click.option("--calendar", is_flag=True, help="Write what expires and is due as a calendar file.")
@click.option("--whole-copies", is_flag=True, help="Write each cited PDF as a whole, with the quotes marked.")
def report_command(
    evidence_map: Path,
    only: tuple[str, ...],
    out: Path | None,
    papers: Path | None,
    template: Path | None,
    letters: bool,
    calendar: bool,
    whole_copies: bool,
) -> None:
    """Write reports of MAP, the folder that `map` wrote, again: with what people have decided since.

    What is named is written; where nothing is named, all four reports are. No paper is read again, and what is missing
    by now is said.

    \b
    Examples:
      evidence-kit report evidence-map
      evidence-kit report evidence-map --only pack --template trust-style.docx
      evidence-kit report evidence-map --letters --calendar --out to-send
    """
    from evidence_kit.pipeline.again import lacking, papers_of, refuse_papers, seen_papers
    from evidence_kit.pipeline.reporting import calendar_of, copies_of, letters_of, write_reports

    loaded, home = load_map(evidence_map), map_folder(evidence_map)
    target = out or home
    styles, more = _by_template(template, target)
    names = [NAMES[name] for name in NAMES if name in only or (name == "pack" and styles)]
    where = papers_of(home, papers)
    refuse_papers(target, home, where, own=bool(more))
    missing = lacking(home, loaded, where)
    more += [letters_of] * letters + [calendar_of] * calendar + [copies_of] * whole_copies
    reported = write_reports(
        loaded,
        home,
        papers=seen_papers(target, where),
        names=names if names or more else tuple(NAMES.values()),
        more=more,
        into=None if target.resolve() == home and (home / outputs.MARK).is_file() else target,
        template=styles,
        workers=default_workers(),
    )
    for note in (*missing, *(f"{one.file}: {one.message} {one.next_step}" for one in reported.problems)):
        click.echo(note, err=True)
    if whole_copies and not any(path.parent.name == outputs.COPIES for path in reported.files):
        click.echo(f"No cited PDF could be copied whole; {outputs.CITED} says why.", err=True)
    if reported.files:
        click.echo("\n".join(places(reported)))


def _by_template(template: Path | None, target: Path) -> tuple[Path | None, list[Extra]]:
    """Return a user's own form as what it is: styles for the pack, or a report of its own."""
    from evidence_kit.pipeline.reporting import RENDERINGS, from_template
    from evidence_kit.reports.own_template import written_name

    if template is None:
        return None, []
    if template.suffix.lower() == ".docx":
        return template, []
    name = written_name(template)
    itself = (target / name).resolve() == template.resolve()
    if itself or name in {*RENDERINGS, outputs.CALENDAR} or name.startswith("."):
        raise UsageError(
            f"What the template {template} gives would be written over {'itself' if itself else name}.",
            next_step="Give it a name of its own, such as board-summary.html.j2.",
        )
    return None, [from_template(template)]
