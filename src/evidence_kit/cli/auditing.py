"""``audit``: the reports of many organisations over several years, as one dataset."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from evidence_kit.cli.limits import limit_option, limits_of, parse_limits
from evidence_kit.cli.progress import ProgressLine
from evidence_kit.cli.recognition import ocr_option
from evidence_kit.cli.settings import default_workers
from evidence_kit.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from evidence_kit.audit.run import AuditResult
    from evidence_kit.audit.work import Ocr
    from evidence_kit.records.criterion import Framework

FOLDER = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("audit")
def audit_group() -> None:
    """Audit the published reports of many organisations over several years.

    An audit says what the reports show. It shows no levels and ranks nobody: what a report does not show may be done
    all the same.
    """


@audit_group.command("template")
@click.argument("file", type=FOLDER, default="manifest.xlsx")
def template_command(file: Path) -> None:
    """Write an empty manifest to FILE (.xlsx or .csv): a row for every report."""
    from evidence_kit.audit.manifest import COLUMNS, template
    from evidence_kit.reports.writing import write_file

    if file.exists():
        raise UsageError(f"{file} is there already; nothing was written.")
    write_file(file, template(file))
    click.echo(f"Wrote {file}. Its columns are {', '.join(COLUMNS)}; code, type and region may stay empty.")


@audit_group.command("run")
@click.argument("source")
@click.option("--out", type=FOLDER, metavar="DIR", default="audit", show_default=True, help="Where to write.")
@click.option("--framework", type=FOLDER, metavar="DIR", help="A framework; else the built-in one.")
@click.option(
    "--papers",
    multiple=True,
    metavar="KIND",
    default=["annual report"],
    show_default=True,
    help="What sort of papers are audited; may be said again.",
)
@click.option("--workers", type=click.IntRange(0, 64), metavar="N", help="Processes; else one a processor.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler, such as tcp://host:8786, instead.")
@ocr_option
@limit_option
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def run_command(
    source: str,
    out: Path,
    framework: Path | None,
    papers: tuple[str, ...],
    workers: int | None,
    scheduler: str | None,
    ocr: str | None,
    limits: tuple[str, ...],
    quiet: bool,
) -> None:
    """Read all reports of SOURCE and write an audit: inventory, evidence maps, dataset and report.

    SOURCE is a manifest (`audit template` writes an empty one), or a folder with a folder for each organisation. Paths
    may lie in an object store (s3://, gs://, abfs://); nothing is fetched from the web.

    A run that was interrupted is taken up again with the same command. 7 says that a report could not be read whole.
    """
    from evidence_kit.audit.engines import Engine, InProcess, LocalProcesses
    from evidence_kit.audit.run import run_audit
    from evidence_kit.audit.work import Settings

    settings = Settings(
        framework=framework.resolve() if framework else None,
        kinds=papers,
        ocr=cast("Ocr", ocr or "off"),
        limits=limits_of(parse_limits(limits)),
        guarded=workers != 0,
    )
    with ExitStack() as stack:
        engine: Engine = InProcess()
        if scheduler:
            from evidence_kit.audit.cluster import DaskCluster

            engine = stack.enter_context(DaskCluster(scheduler))
        elif workers != 0:
            engine = LocalProcesses(workers or default_workers())
        progress = ProgressLine(quiet=quiet)
        stack.callback(progress.close)
        result = run_audit(source, out, engine=engine, settings=settings, progress=progress)
    if not quiet:
        click.echo(summary(result, out))
    if not result.complete:
        click.get_current_context().exit(int(ExitCode.PARTLY_READ))


@audit_group.command("sample")
@click.argument("audit", type=FOLDER)
@click.option(
    "--number", type=click.IntRange(2, 10_000), default=200, show_default=True, help="Findings to draw."
)
@click.option("--seed", default="", metavar="WORD", help="Another word draws another sample.")
@click.option("--read", "filled", type=FILE, multiple=True, help="A filled-in workbook; may be said again.")
def sample_command(audit: Path, number: int, seed: str, filled: tuple[Path, ...]) -> None:
    """Draw findings of AUDIT for two people to check, or read their answers back.

    Half of them are evidenced, half are not, spread over types of organisation, years and statuses. With --read, the
    shares that people uphold and the shares that were missed are printed in the report, with intervals.
    """
    from evidence_kit.audit.report import write_report
    from evidence_kit.audit.sample import read_sample, write_sample
    from evidence_kit.reports.words import count

    framework, kinds = _knowledge(audit)
    if not filled:
        for path in write_sample(audit, framework, number, seed):
            click.echo(f"Wrote {path}.")
        return
    answers = read_sample(audit, filled)
    write_report(audit, framework, kinds)
    for reader, own in answers.items():
        click.echo(f"{reader}: {count(len(own), 'answer')}.")
    click.echo("The report shows them.")


@audit_group.command("replies")
@click.argument("audit", type=FOLDER)
@click.option("--out", type=FOLDER, metavar="DIR", help="Where to write; else AUDIT/replies.")
@click.option(
    "--read",
    "filled",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="A filled-in form, or a folder of them; may be said again.",
)
def replies_command(audit: Path, out: Path | None, filled: tuple[Path, ...]) -> None:
    """Write a form for each organisation of AUDIT to reply to, or read replies back.

    With --read, replies stand beside the findings in the report; they change nothing in them.
    """
    from evidence_kit.audit.replies import forms_below, read_replies, write_forms
    from evidence_kit.audit.report import write_report
    from evidence_kit.reports.words import count

    framework, kinds = _knowledge(audit)
    if not filled:
        target = out or audit / "replies"
        click.echo(f"Wrote {count(write_forms(audit, framework, target), 'form')} below {target}.")
        return
    replies = read_replies(audit, [form for path in filled for form in forms_below(path)])
    write_report(audit, framework, kinds)
    for code, number in sorted(Counter(one.finding.split("/")[0] for one in replies).items()):
        click.echo(f"{code}: {count(number, 'reply', 'replies')}.")
    click.echo(f"{count(len(replies), 'reply', 'replies')} read; the report shows them.")


def _knowledge(root: Path) -> tuple[Framework, tuple[str, ...]]:
    """Return an audit's framework and the sorts of papers that it is about."""
    from evidence_kit.audit.record import read_run
    from evidence_kit.pipeline.knowledge import load_knowledge

    run = read_run(root)
    folder = Path(run.framework_folder) if run.framework_folder else None
    framework = load_knowledge(folder).framework
    if framework.digest != run.framework_digest:
        raise UsageError(
            f"The framework is another one than that of the audit in {root}.",
            next_step="Run the audit again: reports that were read before are not read again.",
        )
    return framework, run.kinds


def summary(result: AuditResult, out: Path) -> str:
    """Return what a run did, in words."""
    from evidence_kit.audit.inventory import STATE_WORDS
    from evidence_kit.reports.words import count

    states = ", ".join(f"{number} {STATE_WORDS[state]}" for state, number in result.states.items())
    lines = [
        f"{count(sum(result.states.values()), 'submission')} (organisation and year): {states}.",
        f"Read {result.read} now and {result.read_before} before; concluded {result.concluded} now and "
        f"{result.concluded_before} before.",
        *(f"Not done: {name}: {why}" for name, why in result.lost),
        f"Wrote {out}.",
    ]
    return "\n".join(lines)
