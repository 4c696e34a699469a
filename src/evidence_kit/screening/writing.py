"""Writes what a screening gives into the application's folder in the round, and reads it again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from evidence_kit import outputs
from evidence_kit.errors import UsageError
from evidence_kit.pipeline.filled import Fault
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports import data
from evidence_kit.reports.writing import write_file
from evidence_kit.screening import workbook
from evidence_kit.screening.claims import Claim
from evidence_kit.screening.forms import review_document, review_workbook
from evidence_kit.screening.letters import (
    Sentence,
    feedback,
    feedback_document,
    questions,
    questions_document,
)
from evidence_kit.screening.merge import SideBySide
from evidence_kit.screening.round import Round
from evidence_kit.screening.screen import Application
from evidence_kit.screening.sheet import render_html, render_word, sheet_of

SCHEMA = "evidence-kit/screening"
SHEET, SHEET_WORD, WORKBOOK = "pre-screen.html", "pre-screen.docx", "screening.xlsx"
QUESTIONS, FORMS = "questions.docx", "forms"
SCREENING = "screening.json"
FEEDBACK, MERGED = "feedback-draft.docx", "reviews.xlsx"
TRACES = "feedback-draft.json"
_SHOWN = {"framework": "Framework", "model": "Passages found by", "ocr": "Text recognition"}
"""Settings of the round that stand in every sheet, beside date, target and wording."""
KEPT = (
    *("round.toml", "rulings.yml", SHEET, SHEET_WORD, WORKBOOK, QUESTIONS, FORMS),
    *(FEEDBACK, TRACES, MERGED, SCREENING, outputs.DECISIONS),
)
"""What is kept of a round when it is closed: what people decided, and what they were given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """A claim with its verdict, as kept.

    Attributes:
        unshown: What it says beside its criterion, and the pages do not show.
    """

    claim: Claim
    verdict: str
    reason: str
    quotes: tuple[tuple[str, str], ...]
    unshown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRecord:
    """What ``data/screening.json`` holds: claims with verdicts, and what every sentence of the questions rests on."""

    organisation: str
    target: str
    wording: str
    claims: tuple[ClaimRecord, ...]
    sentences: tuple[Sentence, ...]
    schema: str = SCHEMA
    schema_version: int = 1


def write_screening(
    application: Application, held: Round, folder: Path, reviewers: Sequence[str]
) -> tuple[Path, ...]:
    """Write everything that a screening gives.

    Args:
        application: What was screened.
        held: The round.
        folder: Where it goes.
        reviewers: For whom forms are written: a workbook and a Word document each.

    Raises:
        OutputUnwritable: A file cannot be written.
    """
    view = application.view
    settings = (
        *((words, held.settings[name]) for name, words in _SHOWN.items() if name in held.settings),
        *(("Version differs", note) for note in held.notes),
    )
    asks = questions(application.screened, view.map.framework.criteria)
    sheet = sheet_of(application, held.rulings, settings)
    contents: dict[str, str | bytes] = {
        SHEET: render_html(sheet),
        SHEET_WORD: render_word(sheet, application),
        WORKBOOK: workbook.render(application, asks, held.rulings, settings),
        QUESTIONS: questions_document(asks, view.map.organisation, view.map.as_of),
    }
    framework, target, claims = view.map.framework, view.target.id, application.form.claims
    for name in reviewers:
        for suffix, made in ((".xlsx", review_workbook), (".docx", review_document)):
            contents[f"{FORMS}/review-{_slug(name)}{suffix}"] = made(
                framework, target, view.map.organisation, claims, reviewer=name, made=view.map.as_of
            )
    data.write_data(application.result.evidence_map, application.result.documents, folder / outputs.DATA)
    record = ScreeningRecord(
        organisation=view.map.organisation,
        target=target,
        wording=application.wording,
        claims=tuple(
            ClaimRecord(
                claim=one.claim,
                verdict=one.verdict.value,
                reason=one.reason,
                quotes=tuple((quote.text, quote.place) for quote in one.quotes),
                unshown=tuple(each.told for each in one.unshown),
            )
            for one in application.screened
        ),
        sentences=tuple(sentence for ask in asks for sentence in ask.sentences),
    )
    contents[f"{outputs.DATA}/{SCREENING}"] = msgspec.json.format(msgspec.json.encode(record)) + b"\n"
    for name, content in contents.items():
        write_file(folder / name, content)
    return tuple(folder / name for name in contents)


def read_screening(folder: Path) -> ScreeningRecord:
    """Return what a screening gave.

    Raises:
        UsageError: No application was screened into the folder.
    """
    try:
        return msgspec.json.decode((folder / outputs.DATA / SCREENING).read_bytes(), type=ScreeningRecord)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"There is no screened application in {folder}.",
            next_step="Give the folder that `evidence-kit screen run` wrote.",
        ) from error


def write_merged(
    folder: Path, evidence_map: EvidenceMap, rows: Sequence[SideBySide], faults: Sequence[Fault]
) -> None:
    """Write reviewers and tool side by side, and the draft of feedback with what each of its sentences rests on.

    Raises:
        OutputUnwritable: A file cannot be written.
    """
    told = feedback(rows, evidence_map.framework)
    name, day = evidence_map.organisation, evidence_map.as_of
    write_file(folder / MERGED, workbook.render_merged(name, rows, faults, day))
    write_file(folder / FEEDBACK, feedback_document(told, name, day))
    write_file(folder / TRACES, msgspec.json.format(msgspec.json.encode(told)) + b"\n")


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "reviewer"
