"""``check``: a filled-in workbook read back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidence_kit import outputs
from evidence_kit.cli.explaining import load_map, map_folder
from evidence_kit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_kit.pipeline.cited import Looked
    from evidence_kit.pipeline.filled import Filled
    from evidence_kit.readers.workbook.forms import Form
    from evidence_kit.records.decision import Decision

CHECK_SCHEMA = "evidence-kit/check"
CHECK_SCHEMA_VERSION = 1


@click.command("check", short_help="Read a filled-in workbook back.")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "folder",
    type=click.Path(path_type=Path),
    metavar="MAP",
    required=True,
    help="The map it is about.",
)
@click.option("--person", metavar="NAME", default="", help="Who decides; else the name in the workbook.")
@click.option(
    "--framework", type=click.Path(path_type=Path), metavar="DIR", help="The map's framework, if your own."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def check_command(workbook: Path, folder: Path, person: str, framework: Path | None, as_json: bool) -> None:
    """Read WORKBOOK, filled in by a person, back into MAP, the folder that `map` wrote.

    Decisions are added to that person's own file in MAP/decisions. Rows of the sheet "Add evidence" are looked up in
    the papers and read like any passage; what bears on its criterion is kept, and the next `map` into the same folder
    reads it. Overdue actions are listed, and every cell that was not understood.

    \b
    Example:
      evidence-kit check evidence-map/evidence-map.xlsx --map evidence-map
    """
    from evidence_kit.pipeline.cited import citing, look_up
    from evidence_kit.pipeline.filled import new_decisions, read_filled
    from evidence_kit.pipeline.knowledge import load_knowledge
    from evidence_kit.reports.data import read_texts
    from evidence_kit.store.decisions import append_decisions, read_decisions

    evidence_map = load_map(folder)
    home = map_folder(folder)
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    filled = read_filled(_forms(workbook), evidence_map, person=person, at=at, today=date.today())
    looked: tuple[Looked, ...] = ()
    if filled.citations:
        texts = read_texts(home / outputs.DATA / outputs.TEXTS, evidence_map)
        looked = look_up(filled.citations, evidence_map, texts, load_knowledge(framework))
    known = read_decisions(home / outputs.DECISIONS).decisions
    said = (*filled.decisions, *citing(looked, person=filled.person, at=at))
    fresh = new_decisions(said, known)
    for name in dict.fromkeys(decision.person for decision in fresh):
        append_decisions(home / outputs.DECISIONS, name, [one for one in fresh if one.person == name])
    click.echo(
        _as_json(filled, looked, fresh) if as_json else "\n".join(_text(filled, looked, fresh, len(said)))
    )


def _forms(workbook: Path) -> tuple[Form, ...]:
    from evidence_kit.readers.base import ReadError
    from evidence_kit.readers.workbook.forms import read_forms

    try:
        return read_forms(workbook)
    except ReadError as error:
        raise UsageError(f"{workbook}: {error.message}", next_step=error.next_step) from error


def _text(filled: Filled, looked: Sequence[Looked], fresh: Sequence[Decision], said: int) -> Iterator[str]:
    from evidence_kit.reports.words import VERDICT_WORDS, count, day, one_line

    yield f"{count(len(fresh), 'new decision')} kept, {said - len(fresh)} said before."
    for decision in fresh:
        words = f" ‘{one_line(decision.quote.text)[:60]}…’" if decision.quote else ""
        said_so = f"{VERDICT_WORDS[decision.verdict]}{words} ({one_line(decision.person)})"
        yield f"  {decision.criterion}: {said_so}"
    for one in looked:
        yield from _looked(one)
    overdue = [action for action in filled.actions if action.overdue]
    if overdue:
        yield f"{count(len(overdue), 'action')} overdue:"
        for action in overdue:
            who = f", {one_line(action.person)}" if action.person else ""
            yield f"  {action.cell} due {day(action.due)}{who}: {one_line(action.action)[:90]}"
    if filled.faults:
        yield f"{count(len(filled.faults), 'cell')} not understood:"
        for fault in filled.faults:
            yield f"  {fault.cell} {fault.message}"


def _looked(one: Looked) -> Iterator[str]:
    from evidence_kit.reports.documents import ranges
    from evidence_kit.reports.words import STATUS_WORDS

    citation = one.citation
    pages = "page" if len(one.pages) == 1 else "pages"
    place = f"{pages} {ranges(one.pages)}" if one.pages else "the document"
    yield f"{citation.cell} {citation.criterion}, {place}:"
    if one.finding is None:
        yield "  There is no such page, or nothing could be read on it."
        return
    yield f"  By itself it gives: {STATUS_WORDS[one.finding.status]}."
    if one.shown:
        yield f"  It shows: {' '.join(one.shown)}"
    if one.missing:
        yield f"  It does not show: {' '.join(one.missing)}"
    if one.already:
        yield "  The map quotes it already."
    elif not one.keys:
        yield "  Nothing on it was read as an act or figure for this criterion, so nothing was kept of it."


def _as_json(filled: Filled, looked: Sequence[Looked], fresh: Sequence[Decision]) -> str:
    def row(one: Looked) -> dict[str, Any]:
        return {
            "cell": one.citation.cell,
            "criterion": one.citation.criterion,
            "pages": one.pages,
            "status": one.finding.status.value if one.finding else None,
            "shown": one.shown,
            "missing": one.missing,
            "kept": len(one.keys),
            "already": one.already,
        }

    return json.dumps(
        {
            "schema": CHECK_SCHEMA,
            "schema_version": CHECK_SCHEMA_VERSION,
            "person": filled.person,
            "new_decisions": [
                {
                    "criterion": one.criterion,
                    "verdict": one.verdict.value,
                    "quote": one.quote.text if one.quote else None,
                    "person": one.person,
                }
                for one in fresh
            ],
            "cited": [row(one) for one in looked],
            "overdue": [
                {"cell": one.cell, "action": one.action, "due": str(one.due)}
                for one in filled.actions
                if one.overdue
            ],
            "not_understood": [{"cell": one.cell, "message": one.message} for one in filled.faults],
        },
        indent=2,
    )
