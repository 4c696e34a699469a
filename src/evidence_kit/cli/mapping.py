"""``map`` and ``demo``: a folder of papers in, an evidence map out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_kit import outputs
from evidence_kit.cli.cache import no_cache_option
from evidence_kit.cli.config import Config, find_config, load_config
from evidence_kit.cli.limits import limit_option, parse_limits
from evidence_kit.cli.output import prepared, refuse_pack
from evidence_kit.cli.progress import ProgressLine
from evidence_kit.cli.recognition import ocr_option
from evidence_kit.cli.settings import Flags, build_options
from evidence_kit.cli.summary import exit_code_of, summary_json, summary_text

if TYPE_CHECKING:
    from evidence_kit.options import MapOptions
    from evidence_kit.pipeline.reporting import Reported

DAY = click.DateTime(formats=["%Y-%m-%d"])
FOLDER = click.Path(path_type=Path)


def run_map(options: MapOptions, out: Path, *, quiet: bool) -> Reported:
    """Read, conclude and write; show progress on a terminal. Where nothing has changed since, nothing is done.

    Raises:
        EvidenceKitError: As :func:`evidence_kit.pipeline.map_evidence` and
            :func:`evidence_kit.pipeline.reporting.write_map` do.
    """
    options = replace(options, decisions=out / outputs.DECISIONS)
    with prepared(out):
        from evidence_kit.pipeline.written import made_from, still_stands

        source = made_from(options) if options.cache else ""
        if source and still_stands(out, source):
            from evidence_kit.pipeline.reporting import reported_before

            return reported_before(out)

        from evidence_kit.pipeline import map_evidence
        from evidence_kit.pipeline.reporting import write_map

        progress = ProgressLine(quiet=quiet)
        try:
            result = map_evidence(options, progress)
        finally:
            progress.close()
        for note in result.notes:
            click.echo(note, err=True)
        return write_map(
            result.evidence_map,
            result.documents,
            out,
            papers=options.pack,
            limits=options.limits,
            workers=options.workers,
            source=source,
        )


def _finish(reported: Reported, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        click.echo(summary_json(reported))
    elif not quiet:
        click.echo(summary_text(reported))
    click.get_current_context().exit(int(exit_code_of(reported.view.map)))


@click.command("map", short_help="Read a folder of papers and write an evidence map.")
@click.argument("pack", type=FOLDER)
@click.option("--organisation", metavar="NAME", help="Whose evidence it is; else taken from the papers.")
@click.option("--as-of", type=DAY, metavar="YYYY-MM-DD", help="The date to look back from; else today.")
@click.option("--target", metavar="LEVEL", help="The level to put first: bronze, silver or gold.")
@click.option("--framework", type=FOLDER, metavar="DIR", help="A framework; else the built-in one.")
@click.option(
    "--out", type=FOLDER, metavar="DIR", default="evidence-map", show_default=True, help="Where to write."
)
@click.option(
    "--workers", type=click.IntRange(0, 64), metavar="N", help="Reading processes; else one a processor."
)
@click.option(
    "--config", type=FOLDER, metavar="FILE", help="Settings; else evidence-kit.toml of the current folder."
)
@ocr_option
@limit_option
@no_cache_option
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def map_command(
    pack: Path,
    organisation: str | None,
    as_of: datetime | None,
    target: str | None,
    framework: Path | None,
    out: Path,
    workers: int | None,
    config: Path | None,
    ocr: str | None,
    limits: tuple[str, ...],
    no_cache: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read PACK, a folder of papers or one file, and write an evidence map.

    \b
    Example:
      evidence-kit map papers --organisation "Example NHS Trust" --as-of 2026-10-01 --target bronze

    The map is DIR/evidence-map.html: open it in a browser. DIR/data holds the same for programs and spreadsheets, and
    the text of the papers: it is not for sending.

    A gap in the evidence is a result and never changes the exit code; 7 says that a paper or page could not be read.
    """
    flags = Flags(
        organisation=organisation,
        as_of=as_of.date() if as_of else None,
        target=target,
        framework=framework,
        workers=workers,
        ocr=ocr,
        limits=parse_limits(limits),
        no_cache=no_cache,
    )
    found = find_config(pack, named=config, folder=Path.cwd())
    settings = load_config(found) if found else Config()
    refuse_pack(pack, out)
    options = build_options(pack, flags=flags, config=settings, today=date.today())
    _finish(run_map(options, out, quiet=quiet or as_json), as_json=as_json, quiet=quiet)


@click.command("demo", short_help="Map the sample pack of an invented trust.")
@click.option(
    "--out", type=FOLDER, metavar="DIR", default="demo-map", show_default=True, help="Where to write."
)
@click.option(
    "--workers", type=click.IntRange(0, 64), metavar="N", help="Reading processes; else one a processor."
)
@no_cache_option
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def demo_command(out: Path, workers: int | None, no_cache: bool, as_json: bool, quiet: bool) -> None:
    """Map the sample pack that comes with evidence-kit: an invented trust, with its own as-of date."""
    from evidence_kit.resources import demo_root, demo_settings

    settings = load_config(demo_settings())
    flags = Flags(workers=workers, no_cache=no_cache)
    options = build_options(demo_root(), flags=flags, config=settings, today=date.today())
    _finish(run_map(options, out, quiet=quiet or as_json), as_json=as_json, quiet=quiet)
