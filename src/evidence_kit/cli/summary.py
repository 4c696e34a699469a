"""What a run prints at its end: the levels, the statuses, what could not be read, and where the map is."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from evidence_kit import outputs
from evidence_kit.cli.settings import FROM_PAPERS
from evidence_kit.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evidence_kit.pipeline.reporting import Reported
    from evidence_kit.records.document import Problem
    from evidence_kit.records.evidence_map import EvidenceMap
    from evidence_kit.reports.view import MapView

SHOWN_PROBLEMS = 10
SUMMARY_SCHEMA = "evidence-kit/map-summary"
SUMMARY_SCHEMA_VERSION = 1
_FILES = {
    outputs.PAGE: "The map:",
    outputs.WORKBOOK: "The workbook:",
    outputs.PACK: "The pack:",
    outputs.CITED: "Cited pages:",
    outputs.CALENDAR: "Calendar:",
}


def exit_code_of(evidence_map: EvidenceMap) -> ExitCode:
    """Return 7 if a document or a page could not be read, else 0."""
    from evidence_kit.records.document import DocumentState

    whole = all(document.state is DocumentState.READ for document in evidence_map.documents)
    pages = any(document.unread_pages for document in evidence_map.documents)
    return ExitCode.OK if whole and not pages else ExitCode.PARTLY_READ


def summary_text(reported: Reported) -> str:
    """Return the summary in plain English; it says what the page says, since both read the same view."""
    view = reported.view
    return "\n".join(
        [
            *_heading(view),
            "",
            *(level.line for level in (*view.levels, *view.annex)),
            "",
            *_statuses(view),
            "",
            *_problems((*view.problems, *reported.problems)),
            *places(reported),
            f"{'The data:':<13} {(reported.folder / outputs.DATA).resolve()} (holds the papers' text; not for sending)",
        ]
    )


def places(reported: Reported) -> Iterator[str]:
    """Yield a line for every file that was written, and for what was kept of earlier ones."""
    for file in reported.files:
        other = {outputs.LETTERS: "A letter:", outputs.COPIES: "A copy:"}.get(file.parent.name, "Your own:")
        yield f"{_FILES.get(file.name, other):<13} {file.resolve()}"
    if reported.unchanged:
        yield "Nothing has changed since they were written, so nothing was written again."
    for kept in reported.kept:
        yield f"Somebody had written in {kept.name.rpartition('-')[0]}{kept.suffix}; it was kept as {kept.resolve()}"


def _heading(view: MapView) -> Iterator[str]:
    sources = dict(view.map.run.settings)
    name = view.map.organisation or "an organisation that the papers do not name (say --organisation)"
    yield f"Evidence map of {name}"
    if view.map.organisation and sources.get("source: organisation") == FROM_PAPERS:
        yield f"(not stated with --organisation; {view.map.organisation_reason})"
    reason = sources.get("source: as_of", "")
    yield f"as at {view.as_of}" + (f" ({reason})" if reason else "")
    yield f"{view.searched.words[:1].upper()}{view.searched.words[1:]}."


def _statuses(view: MapView) -> Iterator[str]:
    from evidence_kit.reports.words import STATUS_ORDER, STATUS_WORDS

    width = max(len(words) for words in STATUS_WORDS.values())
    yield f"{'':{width}}  deliverables  supporting actions"
    for status in STATUS_ORDER:
        kinds = Counter(finding.is_deliverable for finding in view.findings if finding.status is status)
        yield f"{STATUS_WORDS[status]:{width}}  {kinds[True]:12}  {kinds[False]:18}"


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    from evidence_kit.reports.documents import ranges
    from evidence_kit.reports.words import one_line

    if not problems:
        return
    yield "Problems:"
    for problem in problems[:SHOWN_PROBLEMS]:
        noun = "pages" if len(problem.pages) > 1 else "page"
        pages = f", {noun} {ranges(problem.pages)}" if problem.pages else ""
        yield "  " + one_line(f"{problem.file}{pages}: {problem.message} {problem.next_step}")
    if len(problems) > SHOWN_PROBLEMS:
        yield f"  and {len(problems) - SHOWN_PROBLEMS} more, all listed in the map."
    yield ""


def summary_json(reported: Reported) -> str:
    """Return the summary for programs; the whole map is ``data/evidence-map.json``."""
    view = reported.view
    evidence_map = view.map
    counts = Counter(finding.status.value for finding in evidence_map.findings)
    return json.dumps(
        {
            "schema": SUMMARY_SCHEMA,
            "schema_version": SUMMARY_SCHEMA_VERSION,
            "organisation": evidence_map.organisation,
            "as_of": evidence_map.as_of.isoformat(),
            "target": evidence_map.target,
            "levels": [
                {
                    "level": level.level.id,
                    "evidenced": level.evidenced,
                    "of": level.total,
                    "confirmed": level.confirmed,
                }
                for level in sorted(
                    (*view.levels, *view.annex),
                    key=lambda one: evidence_map.framework.levels.index(one.level),
                )
            ],
            "statuses": dict(sorted(counts.items())),
            "criteria": {finding.criterion: finding.status.value for finding in evidence_map.findings},
            "documents": len(evidence_map.documents),
            "pages": sum(document.page_count for document in evidence_map.documents),
            "unread_pages": sum(len(document.unread_pages) for document in evidence_map.documents),
            "problems": [
                {
                    "code": problem.code,
                    "file": problem.file,
                    "pages": problem.pages,
                    "message": problem.message,
                }
                for problem in (*evidence_map.problems, *reported.problems)
            ],
            "page": str((reported.folder / outputs.PAGE).resolve()),
            "files": [str(file.resolve()) for file in reported.files],
            "unchanged": reported.unchanged,
            "kept": [str(kept.resolve()) for kept in reported.kept],
            "data": str((reported.folder / outputs.DATA).resolve()),
            "exit_code": int(exit_code_of(evidence_map)),
        },
        indent=2,
    )
