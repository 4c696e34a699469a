"""``share``: what may leave the organisation, after the check that says whether it may."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_kit import outputs
from evidence_kit.cli.explaining import load_map, map_folder
from evidence_kit.cli.limits import limit_option, limits_of, parse_limits
from evidence_kit.cli.settings import default_workers
from evidence_kit.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evidence_kit.pipeline.sharing.reduced import LeftOut
    from evidence_kit.records.sharing import SharingCheck
    from evidence_kit.workers import Limits

FOLDER = click.Path(path_type=Path)


@click.command("share", short_help="Write what may leave the organisation, after a check.")
@click.argument("source", type=FOLDER, metavar="MAP")
@click.option("--out", type=FOLDER, metavar="DIR", help="Where to write: a folder with nothing else in it.")
@click.option("--check-only", is_flag=True, help="Check a map, or any folder of files, and write no reports.")
@click.option(
    "--accept",
    type=FOLDER,
    multiple=True,
    metavar="FILE",
    help="Who accepted which findings; one that is not there is written as a template. May be said again.",
)
@click.option(
    "--findings", type=FOLDER, metavar="FILE", help="Write the findings as a web page; `.json` for data."
)
@click.option(
    "--small-numbers",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    metavar="N",
    help="Numbers of people below N are small.",
)
@click.option("--with-names", is_flag=True, help="Leave the names of the people who decided.")
@click.option("--no-file-names", is_flag=True, help="Number the papers in place of their file names.")
@click.option("--papers", type=FOLDER, metavar="DIR", help="Where the papers lie now; else where they were.")
@limit_option
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def share_command(
    source: Path,
    out: Path | None,
    check_only: bool,
    accept: tuple[Path, ...],
    findings: Path | None,
    small_numbers: int,
    with_names: bool,
    no_file_names: bool,
    papers: Path | None,
    limits: tuple[str, ...],
    as_json: bool,
) -> None:
    """Write of MAP, the folder that `map` wrote, what may leave the organisation: and nothing while a finding is open.

    The check looks for what the papers hide and for what their words tell of people. It also runs alone, on a map or on
    any folder or file. An open finding ends with exit code 10.

    \b
    Examples:
      evidence-kit share --check-only papers --findings findings.html
      evidence-kit share evidence-map --out to-send --accept accepted.toml
    """
    from evidence_kit.pipeline.sharing.check import check_folder

    if not check_only and out is None:
        raise UsageError(
            "Where to write is not said.", next_step="Name a folder with --out, or use --check-only."
        )
    guard = limits_of(parse_limits(limits))
    home = _home(source)
    if home is not None:
        prepared = _prepare(home, papers, out, with_names, not no_file_names, small_numbers, guard)
        check = prepared.check
    elif check_only:
        prepared = None
        check = check_folder(source, limit=small_numbers, limits=guard, workers=default_workers())
    else:
        raise UsageError(
            f"There is no evidence map at {source}.",
            next_step="Give the folder that `evidence-kit map` wrote.",
        )
    check = _told(check, accept, findings, as_json=as_json)
    if prepared is not None and out is not None and not check_only:
        _write(prepared, check, out, quiet=as_json)
    elif check.open:
        click.get_current_context().exit(int(ExitCode.SHARING_REFUSED))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """What is to leave of a map, and what the check says of it."""

    home: Path
    contents: Mapping[str, str | bytes]
    left_out: LeftOut
    check: SharingCheck


def _prepare(
    home: Path,
    papers: Path | None,
    out: Path | None,
    with_names: bool,
    file_names: bool,
    small_numbers: int,
    limits: Limits,
) -> _Prepared:
    """Reduce a map, make its reports, and check them with the papers."""
    from evidence_kit.pipeline.again import papers_of
    from evidence_kit.pipeline.sharing.check import check_map
    from evidence_kit.pipeline.sharing.reduced import reduce
    from evidence_kit.pipeline.sharing.writing import refuse_target, reports_of
    from evidence_kit.store.decisions import read_decisions

    if out is not None:
        refuse_target(out, home)
    whole, known = load_map(home), read_decisions(home / outputs.DECISIONS).decisions
    shareable = reduce(whole, known, with_names=with_names, file_names=file_names)
    contents = reports_of(shareable)
    check = check_map(
        shareable.map,
        contents,
        papers_of(home, papers),
        problems=whole.problems,
        limit=small_numbers,
        limits=limits,
        workers=default_workers(),
    )
    return _Prepared(home=home, contents=contents, left_out=shareable.left_out, check=check)


def _write(prepared: _Prepared, check: SharingCheck, out: Path, *, quiet: bool) -> None:
    from evidence_kit.pipeline.sharing.writing import write_shared

    written = write_shared(prepared.contents, check, out, prepared.home)
    if not quiet:
        click.echo("Left out: " + "; ".join(prepared.left_out.lines) + ".")
        click.echo("\n".join(f"Written: {path.resolve()}" for path in written))


def _home(source: Path) -> Path | None:
    """Return the map's folder; ``None`` for a folder or file that is no map."""
    home = map_folder(source)
    return home if (home / outputs.MARK).is_file() else None


def _told(
    check: SharingCheck, files: tuple[Path, ...], findings: Path | None, *, as_json: bool
) -> SharingCheck:
    """Print the findings; return them with what was accepted, and write the templates that were asked for."""
    from evidence_kit.pipeline.sharing.acceptance import accepted, template
    from evidence_kit.reports.writing import write_file

    check = accepted(check, [file for file in files if file.exists()])
    for file in files:
        if not file.exists():
            write_file(file, template(check))
            click.echo(f"Template written: {file.resolve()}", err=True)
    _tell(check, findings, as_json=as_json)
    return check


def _tell(check: SharingCheck, findings: Path | None, *, as_json: bool) -> None:
    from evidence_kit.pipeline.sharing.kinds import MEANINGS
    from evidence_kit.reports.sharing_check import render, to_json
    from evidence_kit.reports.writing import write_file

    titles = {kind.value: meaning.title for kind, meaning in MEANINGS.items()}
    if findings:
        write_file(findings, to_json(check) if findings.suffix == ".json" else render(check, titles))
    click.echo(to_json(check).decode() if as_json else "\n".join(_text(check, titles)))
    if findings and not as_json:
        click.echo(f"Written: {findings.resolve()}")


def _text(check: SharingCheck, titles: Mapping[str, str]) -> Iterator[str]:
    from evidence_kit.reports.sharing_check import by_file, summary

    for file, groups in by_file(check):
        yield file or "The papers"
        for kind, findings in groups:
            yield f"  {titles[kind]}. {findings[0].way_out}"
            for one in findings:
                place = f"{one.place}: " if one.place else ""
                yield f"    {one.id}  {place}{one.what}{f' (accepted by {one.accepted})' if one.accepted else ''}"
    yield summary(check)
