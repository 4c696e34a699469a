"""``screen``: the claims of an application held against its documents, for the panel that decides."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_kit import outputs
from evidence_kit.cli.config import Config
from evidence_kit.cli.explaining import load_map
from evidence_kit.cli.limits import limit_option, limits_of, parse_limits
from evidence_kit.cli.output import refuse_pack
from evidence_kit.cli.progress import ProgressLine
from evidence_kit.cli.recognition import ocr_option
from evidence_kit.cli.settings import Flags, build_options
from evidence_kit.cli.summary import exit_code_of
from evidence_kit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_kit.screening.merge import Review, SideBySide
    from evidence_kit.screening.round import Round
    from evidence_kit.screening.screen import Application

SCREEN_SCHEMA = "evidence-kit/screen"
DAY = click.DateTime(formats=["%Y-%m-%d"])
FOLDER = click.Path(path_type=Path)


@click.group("screen", short_help="Hold an application's claims against its documents.")
def screen_group() -> None:
    """Hold the claims of an application against its documents, before a panel reads it.

    The panel decides. The applicant's form and narrative may claim, and show nothing.
    """


@screen_group.command("template")
@click.option(
    "--out", type=FOLDER, metavar="FILE", default="claims.xlsx", show_default=True, help="Where to write."
)
@click.option("--target", metavar="LEVEL", default="", help="The level that is applied for; else the first.")
@click.option("--framework", type=FOLDER, metavar="DIR", help="A framework; else the built-in one.")
def template_command(out: Path, target: str, framework: Path | None) -> None:
    """Write a form in which an applicant makes claims: criterion, document, page and words."""
    from evidence_kit.pipeline.knowledge import load_knowledge
    from evidence_kit.reports.writing import write_file
    from evidence_kit.screening.forms import claims_template

    if out.exists():
        raise UsageError(
            f"{out} is there already and was left alone.", next_step="Name another file with --out."
        )
    write_file(out, claims_template(load_knowledge(framework).framework, target, date.today()))
    click.echo(f"Written: {out}")


@screen_group.command("run")
@click.argument("application", type=FOLDER)
@click.option("--claims", type=FOLDER, metavar="FILE", required=True, help="The form with the claims.")
@click.option(
    "--column", "columns", multiple=True, metavar="KEY=HEADING", help="Another heading, as in criterion=Item."
)
@click.option(
    "--round", "held", type=FOLDER, metavar="DIR", default="round", show_default=True, help="The round."
)
@click.option("--out", type=FOLDER, metavar="DIR", help="Where to write; else a folder of the round.")
@click.option("--organisation", metavar="NAME", help="The applicant; else taken from the papers.")
@click.option(
    "--as-of",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="The date to look back from; else the round's, else today.",
)
@click.option("--target", metavar="LEVEL", help="The level that is applied for; else the round's.")
@click.option("--wording", metavar="VARIANT", help="The wording that decides; else the round's, else table.")
@click.option("--framework", type=FOLDER, metavar="DIR", help="A framework; else the built-in one.")
@click.option(
    "--reviewer", "reviewers", multiple=True, metavar="NAME", help="Write a blind form for this reviewer."
)
@click.option(
    "--accept-name", "accepted", multiple=True, metavar="NAME", help="Take a name that the form supplies."
)
@click.option(
    "--workers", type=click.IntRange(0, 64), metavar="N", help="Reading processes; else one a processor."
)
@ocr_option
@limit_option
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def run_command(
    application: Path,
    claims: Path,
    columns: tuple[str, ...],
    held: Path,
    out: Path | None,
    organisation: str | None,
    as_of: datetime | None,
    target: str | None,
    wording: str | None,
    framework: Path | None,
    reviewers: tuple[str, ...],
    accepted: tuple[str, ...],
    workers: int | None,
    ocr: str | None,
    limits: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """Screen APPLICATION, a folder of documents, against the claims in a form.

    \b
    Example:
      evidence-kit screen run applications/vale --claims vale-claims.xlsx --round rounds/2026 --target bronze

    The first run of a round writes its settings down; later ones are held against them.
    """
    flags = Flags(
        organisation=organisation,
        as_of=as_of.date() if as_of else None,
        target=target,
        framework=framework,
        workers=workers,
        ocr=ocr,
        limits=parse_limits(limits),
    )
    home = out or held / application.resolve().name
    for folder in (held, home):
        refuse_pack(application, folder)
    screened, opened = run_screen(
        application, claims, columns, flags, held, home, wording, accepted, quiet or as_json
    )
    from evidence_kit.screening.writing import write_screening

    files = write_screening(screened, opened, home, reviewers)
    if as_json:
        click.echo(json.dumps(_summary(screened, files), indent=2))
    elif not quiet:
        click.echo("\n".join(_told(screened, opened, files)))
    click.get_current_context().exit(int(exit_code_of(screened.view.map)))


def run_screen(
    application: Path,
    claims: Path,
    columns: Sequence[str],
    flags: Flags,
    held: Path,
    home: Path,
    wording: str | None,
    accepted: tuple[str, ...],
    quiet: bool,
) -> tuple[Application, Round]:
    """Open the round and screen one application by its settings.

    Raises:
        EvidenceKitError: As :func:`evidence_kit.screening.screen.screen` and
            :func:`evidence_kit.screening.round.open_round` do.
    """
    from dataclasses import replace

    from evidence_kit.pipeline.knowledge import load_knowledge
    from evidence_kit.pipeline.reporting import seen_from
    from evidence_kit.screening import round as rounds
    from evidence_kit.screening.claims import parse_columns
    from evidence_kit.screening.personal import personal_in
    from evidence_kit.screening.screen import ScreenOptions, screen

    asked = build_options(application, flags=flags, config=Config(), today=date.today())
    stated = [name for name in ("as_of", "target", "ocr") if getattr(flags, name) is not None]
    mapped = rounds.as_in_round(asked, held, [*stated, *(["limit"] if flags.limits else [])])
    decides = wording or rounds.read_settings(held).get("wording", "table")
    knowledge = load_knowledge(flags.framework)
    settings = rounds.settings_of(mapped, knowledge, decides)
    opened = rounds.open_round(held, settings)
    options = ScreenOptions(
        mapped=replace(mapped, cache=opened.cache, skip=(*mapped.skip, held, home)),
        claims=claims,
        columns=parse_columns(columns),
        wording=decides,
        accepted=accepted,
        sources=seen_from(home, application),
    )
    progress = ProgressLine(quiet=quiet)
    try:
        screened = screen(options, personal=personal_in, progress=progress, knowledge=knowledge)
    finally:
        progress.close()
    rounds.begin(opened)
    return screened, opened


@screen_group.command("merge")
@click.argument("screening", type=FOLDER)
@click.argument("forms", nargs=-1, required=True, type=FOLDER)
@click.option("--reviewer", metavar="NAME", default="", help="Whose form it is; else the name in the form.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def merge_command(screening: Path, forms: tuple[Path, ...], reviewer: str, as_json: bool) -> None:
    """Read reviewers' FORMS back into SCREENING, the folder that `screen run` wrote.

    Decisions are added to each reviewer's own file. Reviewers and the tool are laid side by side, and feedback is
    drafted from what people decided.

    \b
    Example:
      evidence-kit screen merge round/vale round/vale/forms/review-ada-obi.xlsx
    """
    reviews, rows = merge_reviews(screening, forms, reviewer)
    if as_json:
        click.echo(json.dumps(_merged_summary(reviews, rows), indent=2))
    else:
        click.echo("\n".join(_merged_text(reviews, rows)))


def merge_reviews(
    folder: Path, forms: Sequence[Path], reviewer: str = ""
) -> tuple[tuple[Review, ...], tuple[SideBySide, ...]]:
    """Read forms, keep their decisions, and write what stands side by side.

    Raises:
        UsageError: No application was screened into the folder, or a file is no reviewer's form.
    """
    from evidence_kit.pipeline.filled import new_decisions
    from evidence_kit.screening.merge import read_review, side_by_side
    from evidence_kit.screening.writing import read_screening, write_merged
    from evidence_kit.store.decisions import append_decisions, read_decisions

    record = read_screening(folder)
    evidence_map = load_map(folder)
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    reviews = tuple(
        read_review(path, evidence_map.framework, at=at, limits=limits_of(()), reviewer=reviewer)
        for path in forms
    )
    place = folder / outputs.DECISIONS
    for review in reviews:
        fresh = new_decisions(review.decisions, read_decisions(place).decisions)
        if fresh:
            append_decisions(place, review.reviewer, fresh)
    verdicts: dict[str, list[str]] = {}
    for one in record.claims:
        verdicts.setdefault(one.claim.criterion, []).append(one.verdict)
    beside = {one.claim.criterion for one in record.claims if one.unshown}
    rows = side_by_side(read_decisions(place).decisions, verdicts, evidence_map.framework, beside)
    write_merged(folder, evidence_map, rows, [fault for review in reviews for fault in review.faults])
    return reviews, rows


@screen_group.command("close")
@click.argument("held", metavar="ROUND", type=FOLDER)
@click.option("--delete", "deleting", is_flag=True, help="Delete what is not to be kept.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def close_command(held: Path, deleting: bool, as_json: bool) -> None:
    """List what to keep of ROUND, a round's folder, and delete the rest when told to.

    Kept are settings, rulings, sheets, forms, questions and decisions. What goes is the cache and the text of the
    applications' documents; the applications themselves are never touched.
    """
    from evidence_kit.reports.words import count
    from evidence_kit.screening.round import closing, delete
    from evidence_kit.screening.writing import KEPT

    found = closing(held, KEPT)
    if deleting:
        delete(held, found)
    if as_json:
        body = {"schema": SCREEN_SCHEMA, "keep": found.keep, "delete": found.delete, "deleted": deleting}
        click.echo(json.dumps(body, indent=2))
        return
    lines = ["Keep:", *(f"  {name}" for name in found.keep), "Deleted:" if deleting else "To delete:"]
    lines += [f"  {name}" for name in found.delete]
    if not deleting and found.delete:
        lines.append(f"{count(len(found.delete), 'file')} would go: run again with --delete.")
    click.echo("\n".join(lines))


def _told(application: Application, held: Round, files: Sequence[Path]) -> Iterator[str]:
    from collections import Counter

    from evidence_kit.reports.words import count, one_line
    from evidence_kit.screening.verdicts import CLAIM_WORDS, ClaimVerdict

    if held.new:
        yield f"A new round: its settings stand in {held.folder / 'round.toml'}."
    for note in held.notes:
        yield f"Version differs. {note}."
    view = application.view
    yield f"{one_line(view.map.organisation) or 'Organisation not named'}: {view.searched.words}."
    counts = Counter(one.verdict for one in application.screened)
    yield f"{count(len(application.screened), 'claim')}:"
    for verdict in ClaimVerdict:
        if counts[verdict]:
            yield f"  {counts[verdict]:>4}  {CLAIM_WORDS[verdict]}"
    for row in application.intake.unmatched:
        yield f"{row.cell} {row.why}."
    for prompt in application.intake.prompts:
        yield f"For the applicant: {prompt}"
    yield f"Written to {files[0].parent}: {', '.join(path.name for path in files)}"
    yield "The panel decides."


def _summary(application: Application, files: Sequence[Path]) -> dict[str, object]:
    return {
        "schema": SCREEN_SCHEMA,
        "organisation": application.view.map.organisation,
        "claims": [
            {
                "id": one.claim.id,
                "criterion": one.claim.criterion,
                "verdict": one.verdict.value,
                "reason": one.reason,
                "quotes": [{"text": quote.text, "place": quote.place} for quote in one.quotes],
                "missing": one.missing,
                "remarks": one.remarks,
            }
            for one in application.screened
        ],
        "unmatched": [{"cell": row.cell, "why": row.why} for row in application.intake.unmatched],
        "uncited": [finding.criterion.id for finding, _ in application.uncited],
        "files": [str(path) for path in files],
    }


def _merged_text(reviews: Sequence[Review], rows: Sequence[SideBySide]) -> Iterator[str]:
    from evidence_kit.reports.words import count
    from evidence_kit.screening.merge import decision_words
    from evidence_kit.screening.verdicts import CLAIM_WORDS

    words = {verdict.value: told for verdict, told in CLAIM_WORDS.items()}
    for review in reviews:
        yield f"{review.reviewer}: {count(len(review.decisions), 'decision')}."
        for fault in review.faults:
            yield f"  {fault.cell} {fault.message}"
    for row in rows:
        tool = ", ".join(words[one] for one in row.tool) or "no claim"
        mark = " *" if row.reviewers_differ else ""
        yield f"{row.criterion}{mark}: {'; '.join(map(decision_words, row.decisions))} | the tool: {tool}"
    yield f"{count(sum(row.reviewers_differ for row in rows), 'criterion', 'criteria')} on which reviewers differ (*)."


def _merged_summary(reviews: Sequence[Review], rows: Sequence[SideBySide]) -> dict[str, object]:
    return {
        "schema": SCREEN_SCHEMA,
        "reviewers": [review.reviewer for review in reviews],
        "not_understood": [
            {"cell": fault.cell, "message": fault.message} for review in reviews for fault in review.faults
        ],
        "criteria": [
            {
                "criterion": row.criterion,
                "decisions": {one.person: one.verdict.value for one in row.decisions},
                "tool": row.tool,
                "reviewers_differ": row.reviewers_differ,
                "tool_differs": row.tool_differs,
            }
            for row in rows
        ],
    }
